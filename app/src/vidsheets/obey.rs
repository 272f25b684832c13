//! What a key press does to the grid.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::acts;
use super::grid_state::{GridState, Run};
use super::keyboard::{FAR, GridCommand, Meaning, meaning};
use super::selection::Runs;
use crate::error::AppError;

/// Reads a key press and does what it means. `page` is how many rows a screenful holds.
pub fn on_key(state: GridState, event: &KeyboardEvent, page: usize, trouble: RwSignal<Option<AppError>>) {
    if event.is_composing() || super::editor::is_editor(event) {
        return;
    }
    let command = event.ctrl_key() || event.meta_key();
    match meaning(&event.key(), command, event.shift_key(), event.alt_key()) {
        // The editor opens with the key in it; keys that arrive before it has the focus are added to it.
        Meaning::Type(character) => {
            let taken = state.draft.with_untracked(Option::is_some);
            if taken {
                state
                    .draft
                    .update(|draft| draft.iter_mut().for_each(|draft| draft.text.push_str(&character)));
            }
            if taken || state.begin_editing(Some(character.clone())) {
                event.prevent_default();
            } else if character == " " {
                event.prevent_default();
                state.inspecting.set(true);
            }
        }
        Meaning::Command(command) => {
            event.prevent_default();
            obey(state, command, page, trouble);
        }
        Meaning::Nothing => {}
    }
}

fn obey(state: GridState, command: GridCommand, page: usize, trouble: RwSignal<Option<AppError>>) {
    let (far, page) = (i64::from(FAR), page as i64);
    match command {
        GridCommand::Move(rows, columns) => state.move_by(rows.into(), columns.into()),
        GridCommand::Extend(rows, columns) => state.extend_by(rows.into(), columns.into()),
        GridCommand::ExtendPage(pages) => state.extend_by(page * i64::from(pages), 0),
        GridCommand::SelectRows => state.select_rows(),
        GridCommand::SelectColumns => state.select_columns(),
        GridCommand::SelectAll => state.select_all(),
        GridCommand::RowStart => state.move_by(0, -far),
        GridCommand::RowEnd => state.move_by(0, far),
        GridCommand::SheetStart => state.move_by(-far, -far),
        GridCommand::SheetEnd => state.move_by(far, far),
        GridCommand::PageUp => state.move_by(-page, 0),
        GridCommand::PageDown => state.move_by(page, 0),
        GridCommand::Edit => {
            if !state.begin_editing(None) {
                state.inspecting.set(true);
            }
        }
        GridCommand::Clear => acts::clear(state),
        GridCommand::Generate => run(state, false),
        GridCommand::GenerateInFront => run(state, true),
        GridCommand::Render => ask(state, untrack(|| state.final_videos()), false),
        GridCommand::Stop => acts::stop_selected(state, trouble),
        GridCommand::Inspect => state.inspecting.set(true),
        GridCommand::AddRow => acts::add_row(state, trouble),
        GridCommand::DuplicateRow => {
            let row = state.active.get_untracked().row;
            if let Some(row) = state.rows.with_untracked(|rows| rows.get(row).map(|row| row.id.clone())) {
                acts::duplicate_row(state, row, trouble);
            }
        }
        GridCommand::Close if state.inspecting.get_untracked() => state.inspecting.set(false),
        GridCommand::Close => state.go_to(state.active.get_untracked()),
    }
}

/// One cell has a card of its own to start from; several are run with what they have.
fn run(state: GridState, front: bool) {
    if state.selected.with_untracked(Option::is_none) {
        return state.inspecting.set(true);
    }
    let generated = untrack(|| state.runnable(Runs::Generate));
    let cells = if generated.is_empty() { untrack(|| state.runnable(Runs::Render)) } else { generated };
    ask(state, cells, front);
}

fn ask(state: GridState, cells: Vec<gen_client::CellId>, front: bool) {
    if !cells.is_empty() {
        state.confirming.set(Some(Run { cells, front }));
    }
}
