//! Which cells are selected: the active one, or a rectangle around it.

use gen_client::CellId;
use gen_client::model::{ColumnKind, ColumnRole};
use leptos::prelude::*;

use super::grid_state::{GridState, Place};

/// A rectangle of cells, its edges included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first row.
    pub top: usize,
    /// The first column.
    pub left: usize,
    /// The last row.
    pub bottom: usize,
    /// The last column.
    pub right: usize,
}

impl Span {
    /// The smallest rectangle that holds both.
    pub fn of(one: Place, other: Place) -> Self {
        Self {
            top: one.row.min(other.row),
            left: one.column.min(other.column),
            bottom: one.row.max(other.row),
            right: one.column.max(other.column),
        }
    }

    /// The same, so many rows further.
    pub fn moved(self, rows: i64) -> Self {
        let moved = |row: usize| row.saturating_add_signed(rows as isize);
        Self { top: moved(self.top), bottom: moved(self.bottom), ..self }
    }

    /// Whether a cell lies in it.
    pub fn holds(self, place: Place) -> bool {
        self.holds_row(place.row) && self.holds_column(place.column)
    }

    /// Whether any cell of a row lies in it.
    pub fn holds_row(self, row: usize) -> bool {
        (self.top..=self.bottom).contains(&row)
    }

    /// Whether any cell of a column lies in it.
    pub fn holds_column(self, column: usize) -> bool {
        (self.left..=self.right).contains(&column)
    }

    /// How many rows.
    pub fn rows(self) -> usize {
        self.bottom - self.top + 1
    }

    /// How many cells.
    pub fn cells(self) -> usize {
        self.rows() * (self.right - self.left + 1)
    }

    /// Which of its edges a cell lies at, as letters for `style/grid.css`; `None` outside.
    pub fn edges(self, place: Place) -> Option<String> {
        self.holds(place).then(|| {
            let edges = [
                (place.row == self.top, 't'),
                (place.row == self.bottom, 'b'),
                (place.column == self.left, 'l'),
                (place.column == self.right, 'r'),
            ];
            edges.into_iter().filter(|(at, _)| *at).map(|(_, letter)| letter).collect()
        })
    }
}

/// What a run does with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// Generates an ingredient.
    Generate,
    /// Renders a final video.
    Render,
}

impl GridState {
    /// Makes a cell the active one, and the only one selected.
    pub fn go_to(self, place: Place) {
        self.anchor.set_value(place);
        self.selected.set(None);
        self.active.set(place);
    }

    /// Selects everything between where the selection began and a cell, which becomes the active one.
    pub fn extend_to(self, place: Place) {
        let span = Span::of(self.anchor.get_value(), place);
        self.selected.set(Some(span).filter(|span| span.cells() > 1));
        self.active.set(place);
    }

    /// Moves the far corner of the selection.
    pub fn extend_by(self, rows: i64, columns: i64) {
        self.extend_to(self.stepped(rows, columns));
    }

    /// The place at the edge of what is filled in a direction, as other spreadsheets have it: the end of this block, or
    /// the beginning of the next. Tracks the cells.
    pub fn edge(self, rows: i32, columns: i32) -> Place {
        let last = (self.rows.with(Vec::len), self.columns.with(Vec::len));
        let step = |place: Place| {
            let row = place.row.checked_add_signed(rows as isize).filter(|row| *row < last.0)?;
            let column =
                place.column.checked_add_signed(columns as isize).filter(|column| *column < last.1)?;
            Some(Place { row, column })
        };
        let filled = |place: Place| {
            self.cell_at(place)
                .is_some_and(|cell| !self.text_of(&cell).is_empty() || cell.default_generation.is_some())
        };
        let mut at = self.active.get();
        let inside = filled(at) && step(at).is_some_and(filled);
        while let Some(next) = step(at) {
            if inside && !filled(next) {
                break;
            }
            at = next;
            if !inside && filled(next) {
                break;
            }
        }
        at
    }

    /// Selects the whole rows of the selection.
    pub fn select_rows(self) {
        let last = self.columns.with_untracked(Vec::len).saturating_sub(1);
        self.select(Span { left: 0, right: last, ..self.span_untracked() });
    }

    /// Selects the whole columns of the selection.
    pub fn select_columns(self) {
        let last = self.rows.with_untracked(Vec::len).saturating_sub(1);
        self.select(Span { top: 0, bottom: last, ..self.span_untracked() });
    }

    /// Selects the whole sheet.
    pub fn select_all(self) {
        self.select_rows();
        self.select_columns();
    }

    /// Selects a row, or all rows between it and those that are selected. The way of a screen without keys.
    pub fn select_to_row(self, row: usize) {
        let (top, bottom) = match self.selected.get_untracked() {
            Some(span) => (span.top.min(row), span.bottom.max(row)),
            None => (row, row),
        };
        let right = self.columns.with_untracked(Vec::len).saturating_sub(1);
        self.select(Span { top, bottom, left: 0, right });
    }

    /// What is selected. Tracks it.
    pub fn span(self) -> Span {
        let active = self.active.get();
        self.selected.get().unwrap_or_else(|| Span::of(active, active))
    }

    /// The cells of the selection that can be run so, in the order of the sheet. Tracks them.
    pub fn runnable(self, runs: Runs) -> Vec<CellId> {
        self.runnable_in(self.span(), runs)
    }

    /// The final videos of the selected rows. Tracks them.
    pub fn final_videos(self) -> Vec<CellId> {
        let last = self.columns.with(Vec::len).saturating_sub(1);
        self.runnable_in(Span { left: 0, right: last, ..self.span() }, Runs::Render)
    }

    fn runnable_in(self, span: Span, runs: Runs) -> Vec<CellId> {
        let fits = |role: ColumnRole, kind: &ColumnKind| match runs {
            Runs::Generate => role == ColumnRole::Ingredient && *kind != ColumnKind::Stats,
            Runs::Render => role == ColumnRole::FinalVideo,
        };
        let wanted: Vec<usize> = self.columns.with(|columns| {
            let columns = columns.iter().enumerate().filter(|(at, _)| span.holds_column(*at));
            columns.filter(|(_, column)| fits(column.role, &column.kind)).map(|(at, _)| at).collect()
        });
        self.rows.with(|rows| {
            let rows = rows.iter().skip(span.top).take(span.rows());
            rows.flat_map(|row| wanted.iter().filter_map(|at| Some(row.cells.get(*at)?.as_ref()?.id.clone())))
                .collect()
        })
    }

    fn select(self, span: Span) {
        self.selected.set(Some(span).filter(|span| span.cells() > 1));
    }

    fn span_untracked(self) -> Span {
        untrack(|| self.span())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_knows_its_cells_and_its_edges() {
        let span = Span::of(Place { row: 4, column: 5 }, Place { row: 2, column: 4 });
        assert_eq!((span.rows(), span.cells()), (3, 6));
        assert!(span.holds(Place { row: 3, column: 4 }) && !span.holds(Place { row: 3, column: 3 }));
        assert_eq!(span.edges(Place { row: 2, column: 4 }).as_deref(), Some("tl"));
        assert_eq!(span.edges(Place { row: 3, column: 5 }).as_deref(), Some("r"));
        assert_eq!(span.edges(Place { row: 9, column: 5 }), None);
    }
}
