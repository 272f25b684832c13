//! What the open vidsheet holds in the browser: cells, selection, and texts on their way. No server calls.

use std::collections::HashMap;
use std::sync::Arc;

use gen_client::model::{Cell, Column, Row};
use gen_client::{AgentId, CellId, RowId, VidsheetId};
use leptos::prelude::*;
use model::{
    Cached, Present, RowMark, SavedCell, SavedVidsheet, SavedView, SheetView, Shown, Trouble, WaitingEdit,
    Work,
};

use super::drag::Drag;
use super::paste::PastePlan;
use super::selection::Span;
use super::undo::Notice;
use crate::error::AppError;
use crate::page::every_second;

/// A place in the grid, counted from zero, without header and gutter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Which row.
    pub row: usize,
    /// Which column.
    pub column: usize,
}

/// A row with its cells in the order of the columns.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// GEN's number.
    pub id: RowId,
    /// One per column; `None` where GEN has no cell.
    pub cells: Vec<Option<Arc<Cell>>>,
    /// Credits the row took so far.
    pub cost: Option<f64>,
    /// What people marked it with.
    pub mark: RowMark,
}

/// A text that a person typed and GEN has not confirmed.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What was typed.
    pub text: String,
    /// What was there before typing began.
    pub seen: Option<String>,
    /// Why it could not be saved; `None` while it is being saved.
    pub failed: Option<AppError>,
}

/// The text in the open editor, and whether it replaces the value or continues it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Whose.
    pub cell: CellId,
    /// What is typed so far.
    pub text: String,
    /// What was there before typing began.
    pub seen: Option<String>,
}

/// The whole state; cheap to copy.
#[derive(Clone, Copy)]
pub struct GridState {
    /// Whose vidsheet, and which.
    pub ids: StoredValue<(AgentId, VidsheetId)>,
    /// How often the whole sheet was asked for, and which of these answers is shown: an older one may arrive later.
    pub asked: StoredValue<(u64, u64)>,
    /// How the sheet is looked at.
    pub view: RwSignal<SheetView>,
    /// What the view leaves out, and the headings it puts in.
    pub shown: RwSignal<Shown>,
    /// The views that people saved.
    pub saved_views: RwSignal<Vec<SavedView>>,
    /// The columns of the view in order.
    pub columns: RwSignal<Vec<Column>>,
    /// The rows of the view in order.
    pub rows: RwSignal<Vec<GridRow>>,
    /// The newest work of ours per cell.
    pub work: RwSignal<HashMap<CellId, Arc<Work>>>,
    /// Texts on their way to GEN, or refused.
    pub edits: RwSignal<HashMap<CellId, Edit>>,
    /// The active cell.
    pub active: RwSignal<Place>,
    /// Where the selection began.
    pub anchor: StoredValue<Place>,
    /// The selected cells, where they are more than the active one.
    pub selected: RwSignal<Option<Span>>,
    /// What a person is about to run, and has to say yes to.
    pub confirming: RwSignal<Option<Run>>,
    /// The open editor.
    pub draft: RwSignal<Option<Draft>>,
    /// Whether the inspector is open.
    pub inspecting: RwSignal<bool>,
    /// What else is open beside the grid; it goes before the inspector.
    pub beside: RwSignal<Option<Beside>>,
    /// Whether something is being looked for.
    pub finding: RwSignal<bool>,
    /// What would be pasted, while a person is asked.
    pub pasting: RwSignal<Option<PastePlan>>,
    /// What the last act came to, where that has to be said.
    pub notice: RwSignal<Option<Notice>>,
    /// Texts that GEN does not have.
    pub waiting: RwSignal<Vec<WaitingEdit>>,
    /// How many rows and columns are put away.
    pub put_away: RwSignal<(u32, u32)>,
    /// What is being dragged on by its corner, from where it began.
    pub filling: RwSignal<Option<Span>>,
    /// Rows or columns that are dragged.
    pub drag: RwSignal<Option<Drag>>,
    /// Who else has the sheet open.
    pub present: RwSignal<Vec<Present>>,
    /// How old the copy is, whether it is being renewed, and why it could not be.
    pub age: RwSignal<Age>,
    /// The browser's clock, for what runs.
    pub now: RwSignal<Option<i64>>,
}

/// What can be open beside the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Every key and what it does.
    Keys,
    /// The columns: their names, their order, new ones.
    Columns,
    /// What people did, newest first.
    History,
    /// Rows that are put away.
    PutAway,
    /// The variables of the sheet.
    Variables,
    /// Rows from a file.
    Import,
    /// How the sheet is looked at.
    View,
}

/// Cells that are about to be run together.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Which, in the order of the sheet.
    pub cells: Vec<CellId>,
    /// Whether they go before everything that waits.
    pub front: bool,
}

/// How old the copy is.
#[derive(Clone, Debug, PartialEq)]
pub struct Age {
    /// When GEN last said so, in milliseconds since 1970.
    pub as_of: i64,
    /// Whether GEN is being asked at this moment.
    pub refreshing: bool,
    /// Why it could not be renewed.
    pub trouble: Option<Trouble>,
}

impl GridState {
    /// The state of a vidsheet as it was opened with a view.
    pub fn new(opened: Cached<SavedVidsheet>, view: SheetView) -> Self {
        let ids = (opened.value.agent_id.clone(), opened.value.vidsheet.id.clone());
        let state = Self {
            ids: StoredValue::new(ids),
            asked: StoredValue::new((0, 0)),
            view: RwSignal::new(view),
            shown: RwSignal::default(),
            saved_views: RwSignal::default(),
            columns: RwSignal::default(),
            rows: RwSignal::default(),
            work: RwSignal::default(),
            edits: RwSignal::default(),
            active: RwSignal::default(),
            anchor: StoredValue::default(),
            selected: RwSignal::default(),
            confirming: RwSignal::default(),
            draft: RwSignal::default(),
            inspecting: RwSignal::default(),
            beside: RwSignal::default(),
            finding: RwSignal::default(),
            pasting: RwSignal::default(),
            notice: RwSignal::default(),
            waiting: RwSignal::default(),
            put_away: RwSignal::default(),
            filling: RwSignal::default(),
            drag: RwSignal::default(),
            present: RwSignal::default(),
            age: RwSignal::new(Age { as_of: opened.as_of, refreshing: false, trouble: None }),
            now: every_second(),
        };
        state.replace(opened);
        state
    }

    /// Takes a newer copy of the whole vidsheet. Texts on their way stay.
    pub fn replace(self, opened: Cached<SavedVidsheet>) {
        let Cached { value: saved, as_of, refreshing, trouble } = opened;
        self.age.set(Age { as_of, refreshing, trouble });
        let columns = saved.vidsheet.columns;
        let rows: Vec<GridRow> = saved.vidsheet.rows.into_iter().map(|row| grid_row(row, &columns)).collect();
        let last_row = rows.len().saturating_sub(1);
        if self.active.with_untracked(|place| place.row > last_row) {
            self.go_to(Place { row: last_row, ..self.active.get_untracked() });
        }
        // Rows that went away take the selection with them.
        if self.selected.with_untracked(|span| span.is_some_and(|span| span.bottom > last_row)) {
            self.selected.set(None);
        }
        // Columns that are set anew draw every cell anew, and whoever stands in one would lose the focus.
        if self.columns.with_untracked(|known| *known != columns) {
            if !self.columns.with_untracked(Vec::is_empty) {
                super::grid::keep_focus(self);
            }
            self.columns.set(columns);
        }
        self.shown.set(saved.shown);
        self.rows.set(rows);
        self.waiting.set(saved.waiting);
        self.put_away.set((saved.archived_rows, saved.archived_columns));
        let by_cell = |work: Work| Some((work.cell.as_ref()?.cell_id.clone(), Arc::new(work)));
        self.work.set(saved.work.into_iter().filter_map(by_cell).collect());
    }

    /// Takes a newer copy of one cell.
    pub fn patch(self, saved: SavedCell) {
        let id = saved.cell.id.clone();
        if let Some(place) = self.place_of(&id) {
            self.rows.update(|rows| {
                if let Some(slot) = rows.get_mut(place.row).and_then(|row| row.cells.get_mut(place.column)) {
                    *slot = Some(Arc::new(saved.cell));
                }
            });
        }
        self.waiting.update(|all| {
            all.retain(|edit| edit.cell != id);
            all.extend(saved.waiting);
        });
        self.note_work(saved.work, &id);
    }

    /// Shows texts as saved, before GEN's answer is read again.
    pub fn set_values(self, values: Vec<(CellId, String)>) {
        let mut values: HashMap<CellId, String> = values.into_iter().collect();
        self.rows.update(|rows| {
            for slot in rows.iter_mut().flat_map(|row| &mut row.cells).flatten() {
                if let Some(value) = values.remove(&slot.id) {
                    Arc::make_mut(slot).value = Some(value);
                }
            }
        });
    }

    /// Takes newer work on a cell.
    pub fn note_work(self, work: Option<Work>, cell: &CellId) {
        self.work.update(|all| match work {
            Some(work) => drop(all.insert(cell.clone(), Arc::new(work))),
            None => drop(all.remove(cell)),
        });
    }

    /// Puts a new row below a row, or at the end.
    pub fn insert(self, row: Row, below: Option<&RowId>) {
        let row = self.columns.with_untracked(|columns| grid_row(row, columns));
        self.rows.update(|rows| {
            if rows.iter().any(|known| known.id == row.id) {
                return;
            }
            let at =
                below.and_then(|below| rows.iter().position(|known| known.id == *below)).map(|at| at + 1);
            rows.insert(at.unwrap_or(rows.len()), row);
        });
    }

    /// Where a cell is, without tracking.
    pub fn place_of(self, cell: &CellId) -> Option<Place> {
        self.rows.with_untracked(|rows| {
            rows.iter().enumerate().find_map(|(row, grid_row)| {
                let column = grid_row
                    .cells
                    .iter()
                    .position(|slot| slot.as_ref().is_some_and(|known| known.id == *cell));
                column.map(|column| Place { row, column })
            })
        })
    }

    /// The cell at a place. Tracks the rows.
    pub fn cell_at(self, place: Place) -> Option<Arc<Cell>> {
        self.rows.with(|rows| rows.get(place.row)?.cells.get(place.column)?.clone())
    }

    /// The column at a place. Tracks the columns.
    pub fn column_at(self, place: Place) -> Option<Column> {
        self.columns.with(|columns| columns.get(place.column).cloned())
    }

    /// What people see as a cell's text: what was typed, else what is saved.
    pub fn text_of(self, cell: &Cell) -> String {
        let typed = self.edits.with(|edits| edits.get(&cell.id).map(|edit| edit.text.clone()));
        typed.or_else(|| cell.value.clone()).unwrap_or_default()
    }

    /// Opens the editor on the active cell with a text to begin with; `None` continues the value.
    pub fn begin_editing(self, text: Option<String>) -> bool {
        let place = self.active.get_untracked();
        let (Some(cell), Some(column)) = untrack(|| (self.cell_at(place), self.column_at(place))) else {
            return false;
        };
        if column.role.is_system() || column.kind != gen_client::model::ColumnKind::Text {
            return false;
        }
        let refused = self.edits.with_untracked(|edits| edits.get(&cell.id).cloned());
        let seen = refused.as_ref().map_or_else(|| cell.value.clone(), |edit| edit.seen.clone());
        let shown = refused.map(|edit| edit.text).or_else(|| cell.value.clone()).unwrap_or_default();
        self.draft.set(Some(Draft { cell: cell.id.clone(), text: text.unwrap_or(shown), seen }));
        true
    }

    /// Moves the active cell, staying inside the sheet.
    pub fn move_by(self, rows: i64, columns: i64) {
        self.go_to(self.stepped(rows, columns));
    }

    /// The place so many rows and columns from the active cell, inside the sheet.
    pub(super) fn stepped(self, rows: i64, columns: i64) -> Place {
        let last = (self.rows.with_untracked(Vec::len), self.columns.with_untracked(Vec::len));
        let step = |from: usize, by: i64, count: usize| {
            (from as i64 + by).clamp(0, (count as i64 - 1).max(0)) as usize
        };
        let from = self.active.get_untracked();
        Place { row: step(from.row, rows, last.0), column: step(from.column, columns, last.1) }
    }
}

fn grid_row(row: Row, columns: &[Column]) -> GridRow {
    let mark = RowMark::of(&row);
    let mut cells: HashMap<_, _> =
        row.cells.into_iter().filter_map(|cell| Some((cell.column_id.clone()?, Arc::new(cell)))).collect();
    let cells = columns.iter().map(|column| cells.remove(&column.id)).collect();
    GridRow { id: row.id, cells, cost: row.cost, mark }
}

#[cfg(test)]
mod tests;
