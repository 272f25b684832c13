//! What an import would do to a vidsheet as it is: pure, so that the preview and the writing come to the same.

use std::collections::HashMap;

use gen_client::ColumnId;
use gen_client::model::{Column, Row, Vidsheet};
use model::{FileColumn, ImportCell, ImportKey, ImportLine, ImportMapping, ImportPlan, TargetColumn};
use sha2::{Digest, Sha256};

use crate::tables::Table;
use model::VALUE_MAX;

/// So many lines are shown before anything is done.
const PREVIEW: usize = 50;

/// What the lines of a file would do.
pub(super) struct Comparison {
    /// Every line from the one asked for.
    pub(super) lines: Vec<Line>,
    /// Why it cannot be done, if so.
    pub(super) problem: Option<String>,
    /// The same as long as it would do the same.
    pub(super) seal: String,
}

/// What one line would do.
pub(super) struct Line {
    /// Its place in the file, from zero without the head.
    pub(super) at: usize,
    /// The place of the row it meets; `None` becomes a new one.
    pub(super) row: Option<usize>,
    /// Column, what is there, what comes.
    pub(super) cells: Vec<(ColumnId, String, String)>,
    /// Whether the row it meets is an empty one at the end, taken in the place of a new one.
    pub(super) takes_empty: bool,
}

impl Comparison {
    pub(super) fn of(sheet: &Vidsheet, table: &Table, mapping: &ImportMapping, from: usize) -> Self {
        let problem = mapping_problem(sheet, table, mapping).or_else(|| too_long(table, mapping, sheet));
        let matched = if problem.is_none() { met(sheet, table, mapping, from) } else { Ok(Vec::new()) };
        let (met, problem) = match matched {
            Ok(met) => (met, problem),
            Err(found) => (Vec::new(), Some(found)),
        };
        let mut free = empty_at_the_end(sheet, &met).into_iter();
        let lines: Vec<Line> = met
            .into_iter()
            .enumerate()
            .map(|(n, row)| {
                let spare = if row.is_none() { free.next() } else { None };
                let at = from + n;
                let row_now = row.or(spare).and_then(|row| sheet.rows.get(row));
                let cells = changes(row_now, &table.rows[at], mapping);
                Line { at, row: row.or(spare), cells, takes_empty: spare.is_some() }
            })
            .collect();
        let seal = seal_of(sheet, &lines);
        Self { lines, problem, seal }
    }

    pub(super) fn into_plan(self, sheet: &Vidsheet, table: &Table, mapping: ImportMapping) -> ImportPlan {
        let count = |wanted: fn(&Line) -> bool| {
            u32::try_from(self.lines.iter().filter(|line| wanted(line)).count()).unwrap_or(u32::MAX)
        };
        let title = |id: &ColumnId| {
            let column = sheet.columns.iter().find(|column| column.id == *id);
            column.map(|column| column.title.clone()).unwrap_or_default()
        };
        let shown = self.lines.iter().filter(|line| line.is_new() || !line.cells.is_empty()).take(PREVIEW);
        let preview = shown
            .map(|line| ImportLine {
                line: u32::try_from(line.at + 2).unwrap_or(u32::MAX),
                row: line.row.filter(|_| !line.takes_empty).and_then(|row| u32::try_from(row + 1).ok()),
                cells: (line.cells.iter())
                    .map(|(column, before, after)| ImportCell {
                        column: title(column),
                        before: before.clone(),
                        after: after.clone(),
                    })
                    .collect(),
            })
            .collect();
        let sample = |at: usize| {
            let first = table.rows.iter().map(|row| &row[at]).find(|text| !text.trim().is_empty());
            first.map(|text| text.chars().take(80).collect()).unwrap_or_default()
        };
        let file = table.columns.iter().enumerate();
        ImportPlan {
            file: file.map(|(at, title)| FileColumn { title: title.clone(), sample: sample(at) }).collect(),
            columns: sheet.columns.iter().map(target).collect(),
            mapping,
            lines: count(|_| true),
            added: count(Line::is_new),
            changed: count(|line| !line.is_new() && !line.cells.is_empty()),
            same: count(|line| !line.is_new() && line.cells.is_empty()),
            preview,
            problem: self.problem,
            seal: self.seal,
        }
    }
}

impl Line {
    /// Whether the sheet has one more filled row by it.
    pub(super) fn is_new(&self) -> bool {
        self.row.is_none() || self.takes_empty
    }
}

fn target(column: &Column) -> TargetColumn {
    TargetColumn {
        id: column.id.clone(),
        title: column.title.clone(),
        kind: column.kind.clone(),
        is_system: column.role.is_system(),
    }
}

fn mapping_problem(sheet: &Vidsheet, table: &Table, mapping: &ImportMapping) -> Option<String> {
    if mapping.columns.len() != table.columns.len() {
        return Some("The mapping is of another file; choose the file again.".to_owned());
    }
    let mut taken: Vec<&ColumnId> = Vec::new();
    for id in mapping.columns.iter().flatten() {
        let Some(column) = sheet.columns.iter().find(|column| column.id == *id) else {
            return Some(
                "A column of the mapping is not in this vidsheet any more; choose another.".to_owned(),
            );
        };
        if column.role.is_system() {
            return Some(format!("GEN fills the column {} itself; leave it out.", column.title));
        }
        if taken.contains(&id) {
            return Some(format!("Two columns of the file go to {}.", column.title));
        }
        taken.push(id);
    }
    if taken.is_empty() {
        return Some("No column of the file goes anywhere yet.".to_owned());
    }
    match mapping.key {
        ImportKey::RowId { at } if at >= table.columns.len() => {
            Some("The key is no column of the file.".to_owned())
        }
        ImportKey::Column { at } if mapping.columns.get(at).is_none_or(Option::is_none) => {
            Some("The key has to go to a column of the vidsheet.".to_owned())
        }
        _ => None,
    }
}

fn too_long(table: &Table, mapping: &ImportMapping, sheet: &Vidsheet) -> Option<String> {
    for (at, row) in table.rows.iter().enumerate() {
        for (text, id) in row.iter().zip(&mapping.columns) {
            let Some(id) = id else { continue };
            // Counting is only needed where there are more bytes than characters allowed.
            if text.len() > VALUE_MAX && text.chars().count() > VALUE_MAX {
                let column = sheet.columns.iter().find(|column| column.id == *id);
                let title = column.map(|column| column.title.as_str()).unwrap_or_default();
                return Some(format!(
                    "Line {}, {title}: {} characters; a cell holds at most {VALUE_MAX}.",
                    at + 2,
                    text.chars().count()
                ));
            }
        }
    }
    None
}

/// The row that each line meets, from the one asked for on.
fn met(
    sheet: &Vidsheet,
    table: &Table,
    mapping: &ImportMapping,
    from: usize,
) -> Result<Vec<Option<usize>>, String> {
    let lines = from..table.rows.len().max(from);
    let (keys, at, by_id) = match mapping.key {
        ImportKey::Append => return Ok(lines.map(|_| None).collect()),
        ImportKey::RowNumber => {
            return Ok(lines.map(|line| (line < sheet.rows.len()).then_some(line)).collect());
        }
        ImportKey::RowId { at } => (row_keys(sheet, |row| row.id.to_string()), at, true),
        ImportKey::Column { at } => {
            let column = mapping.columns.get(at).cloned().flatten();
            let under = |row: &Row| {
                let cell = column.as_ref().and_then(|column| row.cell(column));
                cell.and_then(|cell| cell.value.clone()).unwrap_or_default()
            };
            (row_keys(sheet, under), at, false)
        }
    };
    let mut used: HashMap<&str, usize> = HashMap::new();
    let mut met = Vec::new();
    for (line, row) in table.rows.iter().enumerate() {
        let key = row[at].trim();
        let number = line + 2;
        if key.is_empty() {
            met.push(None);
            continue;
        }
        if let Some(other) = used.insert(key, number) {
            return Err(format!("Lines {other} and {number} have the same key, {}.", short(key)));
        }
        met.push(match keys.get(key).map(Vec::as_slice) {
            None if by_id => {
                return Err(format!(
                    "Line {number} names the row {}, which is not in this vidsheet.",
                    short(key)
                ));
            }
            None => None,
            Some([row]) => Some(*row),
            Some(rows) => {
                return Err(format!(
                    "Line {number}: {} rows of the vidsheet have {} as their key. Take another one.",
                    rows.len(),
                    short(key)
                ));
            }
        });
    }
    Ok(met.split_off(from.min(table.rows.len())))
}

fn row_keys(sheet: &Vidsheet, key: impl Fn(&Row) -> String) -> HashMap<String, Vec<usize>> {
    let mut keys: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, row) in sheet.rows.iter().enumerate() {
        let key = key(row).trim().to_owned();
        if !key.is_empty() {
            keys.entry(key).or_default().push(at);
        }
    }
    keys
}

/// Empty rows at the end that no line meets: a template's own, or one whose making was not heard of.
fn empty_at_the_end(sheet: &Vidsheet, met: &[Option<usize>]) -> Vec<usize> {
    let is_own = |cell: &&gen_client::model::Cell| {
        let column = sheet.columns.iter().find(|column| cell.column_id.as_ref() == Some(&column.id));
        column.is_none_or(|column| !column.role.is_system())
    };
    let is_empty = |row: &Row| {
        row.cells.iter().all(|cell| cell.generations.is_empty())
            && row.cells.iter().filter(is_own).all(|cell| cell.value.as_deref().is_none_or(str::is_empty))
    };
    let full = sheet.rows.iter().rposition(|row| !is_empty(row)).map_or(0, |at| at + 1);
    (full..sheet.rows.len()).filter(|at| !met.contains(&Some(*at))).collect()
}

/// An empty field leaves the cell as it is.
fn changes(row: Option<&Row>, fields: &[String], mapping: &ImportMapping) -> Vec<(ColumnId, String, String)> {
    let fields = fields.iter().zip(&mapping.columns).filter(|(text, _)| !text.is_empty());
    fields
        .filter_map(|(text, column)| {
            let column = column.clone()?;
            let cell = row.and_then(|row| row.cell(&column));
            let before = cell.and_then(|cell| cell.value.clone()).unwrap_or_default();
            (before != *text).then(|| (column, before, text.clone()))
        })
        .collect()
}

fn seal_of(sheet: &Vidsheet, lines: &[Line]) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        let row = line.row.and_then(|row| sheet.rows.get(row)).map(|row| row.id.to_string());
        hash.update(format!("{}\0{}\0", line.at, row.unwrap_or_default()));
        for (column, before, after) in &line.cells {
            hash.update(format!("{column}\0{}\0{before}{}\0{after}", before.len(), after.len()));
        }
    }
    hash.finalize()[..12].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn short(key: &str) -> String {
    let start: String = key.chars().take(40).collect();
    if start.len() < key.len() { format!("“{start}…”") } else { format!("“{key}”") }
}
