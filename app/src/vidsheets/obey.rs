//! What a key press does to the grid.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::fill::{Direction, fill};
use super::grid_state::{Beside, GridState, Run};
use super::keyboard::{FAR, GridCommand, Meaning, meaning};
use super::selection::Runs;
use super::undo::{self, Way};
use super::{acts, edit, rows};
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
        GridCommand::Edge(rows, columns) => state.go_to(untrack(|| state.edge(rows, columns))),
        GridCommand::ExtendEdge(rows, columns) => state.extend_to(untrack(|| state.edge(rows, columns))),
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
        GridCommand::Clear => edit::clear(state, trouble),
        GridCommand::FillDown => fill(state, Direction::Down, trouble),
        GridCommand::FillRight => fill(state, Direction::Right, trouble),
        GridCommand::Undo => undo::go(state, Way::Undo, Vec::new(), trouble),
        GridCommand::Redo => undo::go(state, Way::Redo, Vec::new(), trouble),
        GridCommand::Find => state.finding.set(true),
        GridCommand::FindNext => super::find::next(state),
        GridCommand::Generate => run(state, false),
        GridCommand::GenerateInFront => run(state, true),
        GridCommand::Render => ask(state, untrack(|| state.final_videos()), false),
        GridCommand::Stop => acts::stop_selected(state, trouble),
        GridCommand::Inspect => state.inspecting.set(true),
        GridCommand::AddRow => rows::add_below(state, trouble),
        GridCommand::MoveRows(by) => rows::shift(state, by, trouble),
        GridCommand::MoveColumns(by) => super::columns::shift(state, by, trouble),
        GridCommand::PlainTable => super::views::open_as_table(state),
        GridCommand::PutRowsAway => rows::put_away(state, trouble),
        GridCommand::Keys => state.beside.set(Some(Beside::Keys)),
        GridCommand::DuplicateRow => {
            let row = state.active.get_untracked().row;
            if let Some(row) = state.rows.with_untracked(|rows| rows.get(row).map(|row| row.id.clone())) {
                acts::duplicate_row(state, row, trouble);
            }
        }
        GridCommand::Close if state.beside.get_untracked().is_some() => state.beside.set(None),
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
