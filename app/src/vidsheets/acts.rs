//! What people do to an open vidsheet: each act changes the state at once, asks the server, and settles.

use std::sync::Arc;

use gen_client::model::CreationCard;
use gen_client::{CellId, GenerationId, RowId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{CellEdit, Gesture, Progress, Topic, VALUE_MAX, Work};

use super::grid_state::{Edit, GridState, Place};
use super::{edit, server_fns, views};
use crate::error::{AppError, ErrorKind};
use crate::generations::{can_retry, server_fns as generation_fns};
use crate::live;
use crate::queue::server_fns::{move_batch_to_front, move_to_front, start_batch, stop_work};

/// Saves what the open editor holds and closes it.
pub fn commit(state: GridState) {
    let Some(draft) = state.draft.get_untracked() else {
        return;
    };
    state.draft.set(None);
    if draft.text == draft.seen.clone().unwrap_or_default() {
        state.edits.update(|edits| drop(edits.remove(&draft.cell)));
        return;
    }
    save(state, draft.cell, draft.text, draft.seen);
}

/// Sends a text to GEN; it stays visible whatever becomes of it.
pub fn save(state: GridState, cell: CellId, text: String, seen: Option<String>) {
    let too_long = text.chars().count() > VALUE_MAX;
    let failed = too_long.then(|| {
        AppError::invalid(
            "Value",
            format!("A cell takes {VALUE_MAX} characters; this has {}.", text.chars().count()),
        )
    });
    let edit = Edit { text: text.clone(), seen: seen.clone(), failed };
    state.edits.update(|edits| drop(edits.insert(cell.clone(), edit)));
    if too_long {
        return;
    }
    let asked = CellEdit { cell: cell.clone(), value: text.clone(), seen };
    let (agent, vidsheet) = state.ids.get_value();
    spawn_local(async move {
        match server_fns::edit_cells(agent, vidsheet, vec![asked.clone()], Gesture::Typed).await {
            Ok(edited) => edit::settle(state, vec![asked], edited.cells),
            Err(error) => {
                let signed_out = error.kind == ErrorKind::SignedOut;
                edit::refuse(state, &cell, &text, error);
                if signed_out {
                    crate::ui::sign_in_again();
                }
            }
        }
    });
}

/// Tries a refused text again, as an answer to what is there now.
pub fn retry(state: GridState, cell: CellId) {
    if let Some(edit) = state.edits.with_untracked(|edits| edits.get(&cell).cloned()) {
        let seen = match edit.failed.map(|error| error.kind) {
            Some(ErrorKind::Conflict { theirs }) => Some(theirs),
            _ => edit.seen,
        };
        save(state, cell, edit.text, seen);
    }
}

/// Gives a refused text up and shows what is saved.
pub fn discard(state: GridState, cell: CellId) {
    state.edits.update(|edits| drop(edits.remove(&cell)));
    refresh_cell(state, cell);
}

/// Keeps texts that GEN has not confirmed while the person signs in again, and puts them back after.
pub fn keep_texts(state: GridState) {
    type Kept = Vec<(CellId, String, Option<String>)>;
    let keep = move || {
        let mut kept: Kept = state.edits.try_with_untracked(|edits| {
            edits.iter().map(|(cell, edit)| (cell.clone(), edit.text.clone(), edit.seen.clone())).collect()
        })?;
        kept.extend(state.draft.get_untracked().map(|draft| (draft.cell, draft.text, draft.seen)));
        if kept.is_empty() { None } else { serde_json::to_string(&kept).ok() }
    };
    let restore = move |json: String| {
        for (cell, text, seen) in serde_json::from_str::<Kept>(&json).unwrap_or_default() {
            let failed = AppError {
                kind: ErrorKind::Internal,
                message: "You were signed out before this was saved.".to_owned(),
                advice: "Nothing was lost: save it now, or give it up.".to_owned(),
                code: Some("signed_out".to_owned()),
            };
            state.edits.update(|edits| drop(edits.insert(cell, Edit { text, seen, failed: Some(failed) })));
        }
    };
    crate::ui::draft("cells", keep, restore);
}

/// Copies a row and goes to the copy.
pub fn duplicate_row(state: GridState, row: RowId, trouble: RwSignal<Option<AppError>>) {
    let (agent, vidsheet) = state.ids.get_value();
    spawn_local(async move {
        match server_fns::duplicate_row(agent, vidsheet, row.clone()).await {
            Ok(copy) => {
                let id = copy.id.clone();
                state.insert(copy, Some(&row));
                go_to_row(state, &id);
            }
            Err(error) => trouble.set(Some(error)),
        }
    });
}

/// Starts a generation on a cell; the error, if any, is for the card. `front` puts it before what waits.
pub async fn generate(
    state: GridState,
    cell: CellId,
    card: CreationCard,
    front: bool,
) -> Result<(), AppError> {
    let (agent, vidsheet) = state.ids.get_value();
    let work = generation_fns::start_generation(agent, vidsheet, cell.clone(), card).await?;
    let waits = work.progress == Progress::Queued;
    let id = work.id.clone();
    state.note_work(Some(work), &cell);
    if front && waits {
        move_to_front(vec![id]).await?;
    }
    Ok(())
}

/// Starts a render of a final video.
pub async fn render(state: GridState, cell: CellId) -> Result<(), AppError> {
    let (agent, vidsheet) = state.ids.get_value();
    let work = generation_fns::start_render(agent, vidsheet, cell.clone()).await?;
    state.note_work(Some(work), &cell);
    Ok(())
}

/// Runs many cells together. `request` names this one yes of a person, so that it counts once.
pub async fn run(state: GridState, cells: Vec<CellId>, front: bool, request: String) -> Result<(), AppError> {
    let (agent, vidsheet) = state.ids.get_value();
    let batch = start_batch(agent, vidsheet, cells, None, request).await?;
    if front {
        move_batch_to_front(batch.id).await?;
    }
    refresh(state);
    Ok(())
}

/// Stops and withdraws what is under way in the selection.
pub fn stop_selected(state: GridState, trouble: RwSignal<Option<AppError>>) {
    let works = untrack(|| stoppable(state));
    if works.is_empty() {
        return;
    }
    trouble.set(None);
    spawn_local(async move {
        match stop_work(works).await {
            Ok(works) => note_all(state, works),
            Err(error) => drop(trouble.try_set(Some(error))),
        }
    });
}

/// The work of the selection that can be stopped or withdrawn, by its ids. Tracks it.
pub fn stoppable(state: GridState) -> Vec<String> {
    let stoppable = |work: &Work| work.progress.can_stop() || work.progress.is_waiting();
    selected_work(state).into_iter().filter(|work| stoppable(work)).map(|work| work.id.clone()).collect()
}

/// The cells of the selection whose newest work failed and can be tried again. Tracks them.
pub fn failed(state: GridState) -> Vec<CellId> {
    let failed = |work: &Work| work.progress != Progress::Stopped && can_retry(work);
    let works = selected_work(state).into_iter().filter(|work| failed(work));
    works.filter_map(|work| work.cell.as_ref().map(|cell| cell.cell_id.clone())).collect()
}

/// Takes what became of several pieces of work into the cells they are for.
pub fn note_all(state: GridState, works: Vec<Work>) {
    for work in works {
        if let Some(cell) = work.cell.as_ref().map(|cell| cell.cell_id.clone()) {
            state.note_work(Some(work), &cell);
        }
    }
}

fn selected_work(state: GridState) -> Vec<Arc<Work>> {
    let span = state.span();
    state.rows.with(|rows| {
        state.work.with(|work| {
            let rows = rows.iter().skip(span.top).take(span.rows());
            let cells = rows.flat_map(|row| row.cells.iter().enumerate());
            let inside = cells.filter(|(at, _)| span.holds_column(*at));
            inside.filter_map(|(_, cell)| work.get(&cell.as_ref()?.id).cloned()).collect()
        })
    })
}

/// Makes a take the one that the cell shows.
pub async fn choose_take(state: GridState, cell: CellId, generation: GenerationId) -> Result<(), AppError> {
    let (agent, vidsheet) = state.ids.get_value();
    let saved = server_fns::choose_take(agent, vidsheet, cell, generation).await?;
    state.patch(saved);
    Ok(())
}

/// Follows what others and GEN change while the page is open. A renewal that finds nothing new makes no
/// news, so a copy that was being renewed is looked at once more.
pub fn follow(state: GridState) {
    Effect::new(move || {
        if state.age.with(|age| age.refreshing) {
            set_timeout(move || refresh(state), std::time::Duration::from_secs(3));
        }
    });
    live::on_topic(move |topic| {
        let (_, ours) = state.ids.get_value();
        match topic {
            Some(Topic::Cell { vidsheet_id, cell_id, .. }) if *vidsheet_id == ours => {
                refresh_cell(state, cell_id.clone())
            }
            Some(Topic::Vidsheet { vidsheet_id, .. }) if *vidsheet_id == ours => refresh(state),
            None => refresh(state),
            Some(_) => {}
        }
    });
}

/// Asks for the whole sheet again.
pub fn refresh(state: GridState) {
    let (agent, vidsheet) = state.ids.get_value();
    state.asked.update_value(|(asked, _)| *asked += 1);
    let (asked, _) = state.asked.get_value();
    let look = state.view.with_untracked(views::text_of);
    spawn_local(async move {
        // A failed refresh leaves what is shown; the shell says that the connection is lost.
        let Ok(saved) = server_fns::open_vidsheet(agent, vidsheet, look).await else { return };
        if state.asked.try_get_value().is_some_and(|(_, shown)| asked > shown) {
            state.asked.update_value(|(_, shown)| *shown = asked);
            state.replace(saved);
        }
    });
}

fn refresh_cell(state: GridState, cell: CellId) {
    let (agent, vidsheet) = state.ids.get_value();
    spawn_local(async move {
        if let Ok(saved) = server_fns::open_cell(agent, vidsheet, cell).await {
            state.patch(saved);
        }
    });
}

/// Goes to a row, in the column where one is.
pub fn go_to_row(state: GridState, row: &RowId) {
    let at = state.rows.with_untracked(|rows| rows.iter().position(|known| known.id == *row));
    if let Some(row) = at {
        state.go_to(Place { row, ..state.active.get_untracked() });
    }
}
