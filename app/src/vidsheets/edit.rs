//! Many cells set to new texts by one act.

use std::collections::HashMap;

use gen_client::CellId;
use gen_client::model::ColumnKind;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{CellEdit, EditOutcome, EditedCell, Gesture};

use super::grid_state::{Edit, GridState, Place};
use super::server_fns::edit_cells;
use crate::error::{AppError, ErrorKind};

/// Sets texts at places, in one step that can be taken back. Places that hold no text of people's are left alone;
/// so are those that hold it already.
pub fn set_texts(
    state: GridState,
    texts: Vec<(Place, String)>,
    gesture: Gesture,
    trouble: RwSignal<Option<AppError>>,
) {
    let edits: Vec<CellEdit> =
        untrack(|| texts.into_iter().filter_map(|(place, text)| change(state, place, text)).collect());
    if edits.is_empty() {
        return;
    }
    show(state, &edits);
    trouble.set(None);
    let (agent, vidsheet) = state.ids.get_value();
    spawn_local(async move {
        match edit_cells(agent, vidsheet, edits.clone(), gesture).await {
            Ok(edited) => settle(state, edits, edited.cells),
            Err(error) => {
                for edit in edits {
                    refuse(state, &edit.cell, &edit.value, error.clone());
                }
            }
        }
    });
}

/// Empties every text of the selection.
pub fn clear(state: GridState, trouble: RwSignal<Option<AppError>>) {
    let texts = places(untrack(|| state.span())).map(|place| (place, String::new())).collect();
    set_texts(state, texts, Gesture::Cleared, trouble);
}

/// Takes over what became of each cell.
pub fn settle(state: GridState, edits: Vec<CellEdit>, cells: Vec<EditedCell<AppError>>) {
    let asked: HashMap<CellId, String> = edits.into_iter().map(|edit| (edit.cell, edit.value)).collect();
    let (mut saved, mut done) = (Vec::new(), Vec::new());
    for EditedCell { cell, outcome } in cells {
        let Some(text) = asked.get(&cell) else { continue };
        match outcome {
            EditOutcome::Saved | EditOutcome::Waiting => {
                saved.push((cell.clone(), text.clone()));
                done.push(cell);
            }
            EditOutcome::Conflict { theirs, by } => refuse(state, &cell, text, conflict(theirs, by)),
            EditOutcome::Refused { error } => refuse(state, &cell, text, error),
        }
    }
    if state.rows.is_disposed() {
        return;
    }
    state.set_values(saved);
    state.edits.update(|all| {
        for cell in done {
            // A later text of the same cell may be on its way.
            if all.get(&cell).is_some_and(|edit| asked.get(&cell) == Some(&edit.text)) {
                all.remove(&cell);
            }
        }
    });
}

/// The places of a rectangle, row by row.
pub fn places(span: super::selection::Span) -> impl Iterator<Item = Place> {
    (span.top..=span.bottom)
        .flat_map(move |row| (span.left..=span.right).map(move |column| Place { row, column }))
}

/// Whether people's texts go into a place; `None` where there is no cell.
pub fn takes_text(state: GridState, place: Place) -> bool {
    state.column_at(place).is_some_and(|column| !column.role.is_system() && column.kind == ColumnKind::Text)
}

fn change(state: GridState, place: Place, text: String) -> Option<CellEdit> {
    let cell = state.cell_at(place).filter(|_| takes_text(state, place))?;
    let seen = cell.value.clone();
    let differs = state.text_of(&cell) != text;
    differs.then(|| CellEdit { cell: cell.id.clone(), value: text, seen })
}

fn show(state: GridState, edits: &[CellEdit]) {
    state.edits.update(|all| {
        for edit in edits {
            let shown = Edit { text: edit.value.clone(), seen: edit.seen.clone(), failed: None };
            all.insert(edit.cell.clone(), shown);
        }
    });
}

/// Keeps a text beside the reason why it was not taken.
pub fn refuse(state: GridState, cell: &CellId, text: &str, error: AppError) {
    let gone = state.edits.try_update(|all| {
        if let Some(edit) = all.get_mut(cell).filter(|edit| edit.text == text) {
            edit.failed = Some(error);
        }
    });
    // Whoever left the page meanwhile finds the text in the news of the sheet.
    if gone.is_none() {
        leptos::logging::warn!("a text was refused after its page was left");
    }
}

fn conflict(theirs: String, by: Option<String>) -> AppError {
    let who = by.unwrap_or_else(|| "Somebody".to_owned());
    AppError {
        kind: ErrorKind::Conflict { theirs },
        message: format!("{who} changed this meanwhile."),
        advice: "Nothing was overwritten: choose which text stays.".to_owned(),
        code: None,
    }
}
