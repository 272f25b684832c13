use gen_client::ColumnId;
use gen_client::model::ColumnKind;
use serde::{Deserialize, Serialize};

/// How the lines of a file meet the rows of a vidsheet, and where their fields go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportMapping {
    /// For each column of the file the column of the vidsheet that it fills, if any.
    pub columns: Vec<Option<ColumnId>>,
    /// Which row a line is about.
    pub key: ImportKey,
}

/// Which row a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum ImportKey {
    /// None: every line becomes a new row.
    Append,
    /// The first line meets the first row, and so on.
    RowNumber,
    /// The row whose GEN number stands in this column of the file; a line without one is new.
    RowId {
        /// Which column of the file, from zero.
        at: usize,
    },
    /// The row that holds the same text under the column that this one of the file fills; a line without text is new.
    Column {
        /// Which column of the file, from zero.
        at: usize,
    },
}

/// What an import would do, before it does anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportPlan {
    /// The columns of the file.
    pub file: Vec<FileColumn>,
    /// The columns of the vidsheet.
    pub columns: Vec<TargetColumn>,
    /// What was asked for, or what is proposed.
    pub mapping: ImportMapping,
    /// How many lines there are, beginning with the one asked for.
    pub lines: u32,
    /// Lines that become new rows.
    pub added: u32,
    /// Lines that change something in a row.
    pub changed: u32,
    /// Lines that say what is there already.
    pub same: u32,
    /// The first lines that do something.
    pub preview: Vec<ImportLine>,
    /// Why it cannot be done, if so.
    pub problem: Option<String>,
    /// What this plan would do, as a short word: an import goes on only while that is still the same.
    pub seal: String,
}

/// A column of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileColumn {
    /// Its title; may be empty.
    pub title: String,
    /// The first text below it.
    pub sample: String,
}

/// A column of the vidsheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetColumn {
    /// GEN's number.
    pub id: ColumnId,
    /// What people call it.
    pub title: String,
    /// What its cells hold.
    pub kind: ColumnKind,
    /// Whether GEN fills it itself, so that nobody else may.
    pub is_system: bool,
}

/// What a line would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportLine {
    /// Its number in the file, the head being the first.
    pub line: u32,
    /// The row it meets, from one; `None` becomes a new one.
    pub row: Option<u32>,
    /// What changes.
    pub cells: Vec<ImportCell>,
}

/// What a field would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportCell {
    /// The title of the column.
    pub column: String,
    /// What is there.
    pub before: String,
    /// What comes.
    pub after: String,
}

/// How far an import has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportStep {
    /// The line to go on with, from zero without the head.
    pub next: u32,
    /// Whether there is nothing left.
    pub done: bool,
    /// Rows that this step made.
    pub added: u32,
    /// Rows that this step changed.
    pub changed: u32,
    /// As [`ImportPlan::seal`], for what is left.
    pub seal: String,
}
