use gen_client::model::Row;
use gen_client::{AgentId, CellId, GenerationId, RowId, VidsheetId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{
    Cached, CellEdit, Edited, EditedCell, Gesture, Keep, SavedCell, SavedVidsheet, SheetAct, Take,
    VidsheetSummary, WaitingEdit,
};

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

/// Makes an empty vidsheet.
#[server(input = Json)]
pub async fn create_vidsheet(agent: AgentId, title: String) -> Result<VidsheetId, AppError> {
    let (store, actor) = acting()?;
    Ok(store.create_vidsheet(&actor, &agent, &title).await?)
}

/// Takes a vidsheet made elsewhere into the registry.
#[server(input = Json)]
pub async fn adopt_vidsheet(agent: AgentId, vidsheet: VidsheetId) -> Result<VidsheetId, AppError> {
    let (store, actor) = acting()?;
    Ok(store.adopt_vidsheet(&actor, &agent, &vidsheet).await?)
}

/// Copies a vidsheet.
#[server(input = Json)]
pub async fn clone_vidsheet(agent: AgentId, vidsheet: VidsheetId) -> Result<VidsheetId, AppError> {
    let (store, actor) = acting()?;
    Ok(store.clone_vidsheet(&actor, &agent, &vidsheet).await?)
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

/// Several cells again, at most 500, from the saved copy: who changed them last, and what waits for GEN.
#[server(input = Json)]
pub async fn open_cells(
    agent: AgentId,
    vidsheet: VidsheetId,
    cells: Vec<CellId>,
) -> Result<Vec<SavedCell>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_cells(&actor, &agent, &vidsheet, &cells).await?)
}

/// Sets values of many cells as one act; each cell goes its own way. What GEN cannot take now waits for it.
#[server(input = Json)]
pub async fn edit_cells(
    agent: AgentId,
    vidsheet: VidsheetId,
    edits: Vec<CellEdit>,
    gesture: Gesture,
) -> Result<Edited<AppError>, AppError> {
    let (store, actor) = acting()?;
    let edited = store.edit_cells(&actor, &agent, &vidsheet, edits, gesture).await?;
    Ok(edited.map_err(AppError::from))
}

/// The texts that GEN does not have and that somebody has to decide about.
#[server(input = GetUrl)]
pub async fn list_conflicts(agent: AgentId, vidsheet: VidsheetId) -> Result<Vec<WaitingEdit>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_conflicts(&actor, &agent, &vidsheet).await?)
}

/// Decides which text of a conflict stays; `seen` is what was shown as being at GEN.
#[server(input = Json)]
pub async fn settle_conflict(
    agent: AgentId,
    vidsheet: VidsheetId,
    edit: i64,
    keep: Keep,
    seen: Option<String>,
) -> Result<EditedCell<AppError>, AppError> {
    let (store, actor) = acting()?;
    let settled = store.settle_conflict(&actor, &agent, &vidsheet, edit, keep, seen).await?;
    Ok(settled.map_err(AppError::from))
}

/// The history of a vidsheet, newest first; at most 50 acts, older than `before`.
#[server(input = GetUrl)]
pub async fn list_acts(
    agent: AgentId,
    vidsheet: VidsheetId,
    before: Option<i64>,
) -> Result<Vec<SheetAct>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_acts(&actor, &agent, &vidsheet, before).await?)
}
