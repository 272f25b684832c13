use gen_client::model::{Column, ColumnKind, Row};
use gen_client::{AgentId, CellId, ColumnId, GenerationId, RowId, VidsheetId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{
    ArchivedColumn, Cached, CellEdit, Edited, EditedCell, Gesture, Keep, Paste, Pasted, Present, RowMark,
    SavedCell, SavedVidsheet, SheetAct, Take, Undone, VidsheetPlan, VidsheetSummary, WaitingEdit,
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

/// A vidsheet with the rows and cells that a view shows; without a view all of them.
#[server(input = GetUrl)]
pub async fn open_vidsheet(
    agent: AgentId,
    vidsheet: VidsheetId,
    #[server(default)] look: Option<String>,
) -> Result<Cached<SavedVidsheet>, AppError> {
    let (store, actor) = acting()?;
    let view = super::views::asked(look.as_deref())?;
    Ok(store.open_vidsheet(&actor, &agent, &vidsheet).await?.map(|saved| saved.looked_at(&view)))
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

/// Texts from elsewhere with the columns and rows they need, as one act.
#[server(input = Json)]
pub async fn paste_cells(
    agent: AgentId,
    vidsheet: VidsheetId,
    paste: Paste,
) -> Result<Pasted<AppError>, AppError> {
    let (store, actor) = acting()?;
    let pasted = store.paste(&actor, &agent, &vidsheet, paste).await?;
    Ok(pasted.map_err(AppError::from))
}

/// Takes the caller's last act back; `None` where there is none. Cells that somebody changed since stay, unless they are
/// named in `over` right after.
#[server(input = Json)]
pub async fn undo(
    agent: AgentId,
    vidsheet: VidsheetId,
    over: Vec<CellId>,
) -> Result<Option<Undone<AppError>>, AppError> {
    let (store, actor) = acting()?;
    let undone = store.undo(&actor, &agent, &vidsheet, over).await?;
    Ok(undone.map(|undone| undone.map_err(AppError::from)))
}

/// Does again what the caller took back last, as long as they did nothing since.
#[server(input = Json)]
pub async fn redo(
    agent: AgentId,
    vidsheet: VidsheetId,
    over: Vec<CellId>,
) -> Result<Option<Undone<AppError>>, AppError> {
    let (store, actor) = acting()?;
    let redone = store.redo(&actor, &agent, &vidsheet, over).await?;
    Ok(redone.map(|redone| redone.map_err(AppError::from)))
}

/// Adds empty rows below a row, or at the end; what was made.
#[server(input = Json)]
pub async fn add_rows(
    agent: AgentId,
    vidsheet: VidsheetId,
    number: u32,
    after: Option<RowId>,
) -> Result<Vec<Row>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.add_rows(&actor, &agent, &vidsheet, number, after).await?)
}

/// Puts rows before another one, or at the end. The act; `None` where nothing moved.
#[server(input = Json)]
pub async fn move_rows(
    agent: AgentId,
    vidsheet: VidsheetId,
    rows: Vec<RowId>,
    before: Option<RowId>,
) -> Result<Option<i64>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.move_rows(&actor, &agent, &vidsheet, rows, before).await?)
}

/// Puts rows away, or shows them again. The act; `None` where nothing changed.
#[server(input = Json)]
pub async fn archive_rows(
    agent: AgentId,
    vidsheet: VidsheetId,
    rows: Vec<RowId>,
    archived: bool,
) -> Result<Option<i64>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.archive_rows(&actor, &agent, &vidsheet, rows, archived).await?)
}

/// The rows that are put away.
#[server(input = GetUrl)]
pub async fn list_archived_rows(agent: AgentId, vidsheet: VidsheetId) -> Result<Vec<Row>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_archived_rows(&actor, &agent, &vidsheet).await?)
}

/// Gives rows a label and a colour. The act; `None` where nothing changed.
#[server(input = Json)]
pub async fn mark_rows(
    agent: AgentId,
    vidsheet: VidsheetId,
    rows: Vec<RowId>,
    mark: RowMark,
) -> Result<Option<i64>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.mark_rows(&actor, &agent, &vidsheet, rows, mark).await?)
}

/// Adds a column to the right of all others.
#[server(input = Json)]
pub async fn add_column(
    agent: AgentId,
    vidsheet: VidsheetId,
    title: String,
    kind: ColumnKind,
) -> Result<Column, AppError> {
    let (store, actor) = acting()?;
    Ok(store.add_column(&actor, &agent, &vidsheet, &title, kind).await?)
}

/// Copies a column with what its cells hold.
#[server(input = Json)]
pub async fn duplicate_column(
    agent: AgentId,
    vidsheet: VidsheetId,
    column: ColumnId,
) -> Result<Column, AppError> {
    let (store, actor) = acting()?;
    Ok(store.duplicate_column(&actor, &agent, &vidsheet, &column).await?)
}

/// Calls a column otherwise. The act; `None` where nothing changed.
#[server(input = Json)]
pub async fn rename_column(
    agent: AgentId,
    vidsheet: VidsheetId,
    column: ColumnId,
    title: String,
) -> Result<Option<i64>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.rename_column(&actor, &agent, &vidsheet, &column, &title).await?)
}

/// Says what a column is for. The act; `None` where nothing changed.
#[server(input = Json)]
pub async fn describe_column(
    agent: AgentId,
    vidsheet: VidsheetId,
    column: ColumnId,
    description: String,
) -> Result<Option<i64>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.describe_column(&actor, &agent, &vidsheet, &column, &description).await?)
}

/// Puts columns before another one, or at the end. The act; `None` where nothing moved.
#[server(input = Json)]
pub async fn move_columns(
    agent: AgentId,
    vidsheet: VidsheetId,
    columns: Vec<ColumnId>,
    before: Option<ColumnId>,
) -> Result<Option<i64>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.move_columns(&actor, &agent, &vidsheet, columns, before).await?)
}

/// Puts columns away, or shows them again. The act; `None` where nothing changed.
#[server(input = Json)]
pub async fn archive_columns(
    agent: AgentId,
    vidsheet: VidsheetId,
    columns: Vec<ColumnId>,
    archived: bool,
) -> Result<Option<i64>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.archive_columns(&actor, &agent, &vidsheet, columns, archived).await?)
}

/// The columns that are put away.
#[server(input = GetUrl)]
pub async fn list_archived_columns(
    agent: AgentId,
    vidsheet: VidsheetId,
) -> Result<Vec<ArchivedColumn>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_archived_columns(&actor, &agent, &vidsheet).await?)
}

/// Says that the caller has the vidsheet open, and where they are; everybody who has. Say it every 20 seconds, and when
/// it changes.
#[server(input = Json)]
pub async fn be_present(
    agent: AgentId,
    vidsheet: VidsheetId,
    cell: Option<CellId>,
    editing: bool,
) -> Result<Vec<Present>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.be_present(&actor, &agent, &vidsheet, cell, editing).await?)
}

/// Everybody who has the vidsheet open.
#[server(input = GetUrl)]
pub async fn list_present(agent: AgentId, vidsheet: VidsheetId) -> Result<Vec<Present>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_present(&actor, &agent, &vidsheet).await?)
}
