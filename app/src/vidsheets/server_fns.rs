use gen_client::model::Row;
use gen_client::{AgentId, CellId, GenerationId, RowId, VidsheetId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Cached, SavedCell, SavedVidsheet, Take, VidsheetPlan, VidsheetSummary};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// Our registry of an agent's vidsheets.
#[server(input = GetUrl)]
pub async fn list_vidsheets(agent: AgentId) -> Result<Vec<VidsheetSummary>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_vidsheets(&actor, &agent).await?)
}

/// A vidsheet with its rows and cells.
#[server(input = GetUrl)]
pub async fn open_vidsheet(agent: AgentId, vidsheet: VidsheetId) -> Result<Cached<SavedVidsheet>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_vidsheet(&actor, &agent, &vidsheet).await?)
}

/// Makes an empty vidsheet that is to get these columns and rows; [`complete_vidsheet`] makes them.
#[server(input = Json)]
pub async fn create_vidsheet(
    agent: AgentId,
    title: String,
    #[server(default)] plan: VidsheetPlan,
) -> Result<VidsheetId, AppError> {
    let (store, actor) = acting()?;
    Ok(store.create_vidsheet(&actor, &agent, &title, plan).await?)
}

/// Makes what a vidsheet was made for and does not have yet; free.
#[server(input = Json)]
pub async fn complete_vidsheet(agent: AgentId, vidsheet: VidsheetId) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.complete_vidsheet(&actor, &agent, &vidsheet).await?)
}

/// Leaves a vidsheet as it is.
#[server(input = Json)]
pub async fn drop_plan(agent: AgentId, vidsheet: VidsheetId) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.drop_plan(&actor, &agent, &vidsheet).await?)
}

/// Names and labels a vidsheet, here only.
#[server(input = Json)]
pub async fn describe_vidsheet(
    agent: AgentId,
    vidsheet: VidsheetId,
    title: String,
    labels: Vec<String>,
) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.describe_vidsheet(&actor, &agent, &vidsheet, &title, labels).await?)
}

/// Puts a vidsheet out of sight here, or back.
#[server(input = Json)]
pub async fn archive_vidsheet(agent: AgentId, vidsheet: VidsheetId, archived: bool) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.archive_vidsheet(&actor, &agent, &vidsheet, archived).await?)
}

/// Takes a vidsheet made elsewhere into the registry.
#[server(input = Json)]
pub async fn adopt_vidsheet(agent: AgentId, vidsheet: VidsheetId) -> Result<VidsheetId, AppError> {
    let (store, actor) = acting()?;
    Ok(store.adopt_vidsheet(&actor, &agent, &vidsheet).await?)
}

/// Copies a vidsheet, to another agent if one is named.
#[server(input = Json)]
pub async fn clone_vidsheet(
    agent: AgentId,
    vidsheet: VidsheetId,
    #[server(default)] to: Option<AgentId>,
    #[server(default)] title: Option<String>,
) -> Result<VidsheetId, AppError> {
    let (store, actor) = acting()?;
    Ok(store.clone_vidsheet(&actor, &agent, &vidsheet, to.as_ref(), title.as_deref()).await?)
}

/// Adds an empty row at the end.
#[server(input = Json)]
pub async fn add_row(agent: AgentId, vidsheet: VidsheetId) -> Result<Row, AppError> {
    let (store, actor) = acting()?;
    Ok(store.add_row(&actor, &agent, &vidsheet).await?)
}

/// Copies a row with its cells and layers.
#[server(input = Json)]
pub async fn duplicate_row(agent: AgentId, vidsheet: VidsheetId, row: RowId) -> Result<Row, AppError> {
    let (store, actor) = acting()?;
    Ok(store.duplicate_row(&actor, &agent, &vidsheet, &row).await?)
}

/// One cell again, from the saved copy.
#[server(input = GetUrl)]
pub async fn open_cell(agent: AgentId, vidsheet: VidsheetId, cell: CellId) -> Result<SavedCell, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_cell(&actor, &agent, &vidsheet, &cell).await?)
}

/// Sets a cell's value; `seen` is what the editor showed before typing began.
#[server(input = Json)]
pub async fn set_cell_value(
    agent: AgentId,
    vidsheet: VidsheetId,
    cell: CellId,
    value: String,
    seen: Option<String>,
) -> Result<SavedCell, AppError> {
    let (store, actor) = acting()?;
    Ok(store.set_cell_value(&actor, &agent, &vidsheet, &cell, value, seen).await?)
}

/// All takes of a cell, newest first.
#[server(input = GetUrl)]
pub async fn list_takes(agent: AgentId, vidsheet: VidsheetId, cell: CellId) -> Result<Vec<Take>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_takes(&actor, &agent, &vidsheet, &cell).await?)
}

/// Makes a take the one that the cell shows.
#[server(input = Json)]
pub async fn choose_take(
    agent: AgentId,
    vidsheet: VidsheetId,
    cell: CellId,
    generation: GenerationId,
) -> Result<SavedCell, AppError> {
    let (store, actor) = acting()?;
    Ok(store.choose_take(&actor, &agent, &vidsheet, &cell, &generation).await?)
}
