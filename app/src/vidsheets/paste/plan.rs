//! Where what is pasted goes: into cells that are there, into new rows below, and into new columns if a person wants.

use gen_client::ColumnId;
use gen_client::model::{Column, ColumnKind};
use leptos::prelude::*;
use model::{CellEdit, NewColumn, Paste, PasteColumn};

use super::super::edit::takes_text;
use super::super::grid_state::{GridState, Place};
use super::super::selection::Span;

/// What a paste would do.
#[derive(Clone, Debug, PartialEq)]
pub struct PastePlan {
    /// Texts for places, in rows that are there and in those that would be made below.
    pub cells: Vec<(Place, String)>,
    /// How many rows would be made.
    pub new_rows: usize,
    /// The columns that get something.
    pub titles: Vec<String>,
    /// The columns that take no text, with how many texts are left out for it.
    pub skipped: Vec<(String, usize)>,
    /// Columns of the table that have no place: their texts, by row of the sheet.
    pub homeless: Vec<Vec<(usize, String)>>,
    /// How many rows there are.
    rows: usize,
}

/// Plans a table on a selection: one text fills all of it, a table that fits it evenly is repeated, anything else
/// begins at its corner.
pub fn plan(table: Vec<Vec<String>>, span: Span, columns: &[Column], rows: usize) -> PastePlan {
    let (high, wide) = (table.len(), table.iter().map(Vec::len).max().unwrap_or(0));
    let (span_high, span_wide) = (span.rows(), span.right - span.left + 1);
    let repeats = span_high.is_multiple_of(high) && span_wide.is_multiple_of(wide);
    let (down, right) = if repeats { (span_high, span_wide) } else { (high, wide) };
    let mut plan = PastePlan {
        cells: Vec::new(),
        new_rows: (span.top + down).saturating_sub(rows),
        titles: Vec::new(),
        skipped: Vec::new(),
        homeless: Vec::new(),
        rows,
    };
    for n in 0..right {
        let at = span.left + n;
        let texts = (0..down)
            .filter_map(|m| Some((span.top + m, table[m % high].get(n % wide)?.clone())))
            .collect::<Vec<_>>();
        match columns.get(at) {
            Some(column) if !column.role.is_system() && column.kind == ColumnKind::Text => {
                plan.titles.push(column.title.clone());
                plan.cells.extend(texts.into_iter().map(|(row, text)| (Place { row, column: at }, text)));
            }
            Some(column) => plan.skipped.push((column.title.clone(), texts.len())),
            None => plan.homeless.push(texts),
        }
    }
    plan
}

impl PastePlan {
    /// How many texts have no place at all.
    pub fn left_out(&self) -> usize {
        self.skipped.iter().map(|(_, texts)| texts).sum()
    }

    /// What is asked of the server.
    pub(super) fn into_paste(self, state: GridState, with_columns: bool) -> Paste {
        let ids: Vec<ColumnId> =
            state.columns.with(|columns| columns.iter().map(|column| column.id.clone()).collect());
        let mut new_rows = vec![Vec::new(); self.new_rows];
        let mut edits = Vec::new();
        for (place, value) in self.cells {
            match place.row.checked_sub(self.rows) {
                Some(new) => new_rows[new].push((PasteColumn::Known(ids[place.column].clone()), value)),
                None => {
                    let cell = state.cell_at(place).filter(|_| takes_text(state, place));
                    edits.extend(cell.map(|cell| CellEdit {
                        cell: cell.id.clone(),
                        seen: cell.value.clone(),
                        value,
                    }));
                }
            }
        }
        let mut new_columns = Vec::new();
        for (n, texts) in self.homeless.into_iter().enumerate().filter(|_| with_columns) {
            let mut values = Vec::new();
            for (row, text) in texts {
                match row.checked_sub(self.rows) {
                    Some(new) => new_rows[new].push((PasteColumn::New(n), text)),
                    None => {
                        let id = state.rows.with(|rows| rows.get(row).map(|row| row.id.clone()));
                        values.extend(id.map(|id| (id, text)));
                    }
                }
            }
            new_columns.push(NewColumn { title: format!("Pasted {}", n + 1), values });
        }
        Paste { edits, new_columns, new_rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn columns() -> Vec<Column> {
        let column = |n: u32, kind: &str, role: &str| {
            serde_json::from_value(json!({ "id": n, "title": format!("C{n}"), "type": kind, "role": role }))
                .unwrap()
        };
        vec![
            column(0, "text", "ingredient"),
            column(1, "text", "ingredient"),
            column(2, "video", "final_video"),
        ]
    }

    fn table(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect()
    }

    fn at(row: usize, column: usize) -> Span {
        Span::of(Place { row, column }, Place { row, column })
    }

    #[test]
    fn one_text_fills_the_selection_and_a_table_repeats_where_it_fits() {
        let all = Span { top: 0, left: 0, bottom: 3, right: 1 };
        assert_eq!(plan(table(&[&["a"]]), all, &columns(), 4).cells.len(), 8);
        let repeated = plan(table(&[&["a", "b"], &["c", "d"]]), all, &columns(), 4);
        assert_eq!(repeated.cells[2], (Place { row: 2, column: 0 }, "a".to_owned()));
        let odd = Span { bottom: 2, ..all };
        assert_eq!(plan(table(&[&["a", "b"], &["c", "d"]]), odd, &columns(), 4).cells.len(), 4);
    }

    #[test]
    fn rows_grow_system_columns_are_left_out_and_what_lies_beyond_is_offered_columns() {
        let plan = plan(table(&[&["a", "b", "c"], &["d", "e", "f"]]), at(3, 1), &columns(), 4);
        assert_eq!(
            plan.cells,
            [(Place { row: 3, column: 1 }, "a".to_owned()), (Place { row: 4, column: 1 }, "d".to_owned())]
        );
        assert_eq!((plan.new_rows, plan.left_out()), (1, 2));
        assert_eq!(plan.skipped, [("C2".to_owned(), 2)]);
        assert_eq!(plan.homeless, [vec![(3, "c".to_owned()), (4, "f".to_owned())]]);
    }

    #[test]
    fn a_ragged_table_keeps_its_holes() {
        let plan = plan(table(&[&["a"], &["b", "c"]]), at(0, 0), &columns(), 4);
        assert_eq!(plan.cells.len(), 3);
    }
}
