//! The steps of an act. Each holds what was before and what came after, so that taking it back is the same step the
//! other way round.

use gen_client::{CellId, ColumnId, GenerationId, RowId};
use model::RowMark;
use serde::{Deserialize, Serialize};

/// One step of an act.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(crate) enum Step {
    /// Values of cells.
    Values { cells: Vec<Was<CellId, String>> },
    /// Rows that are put away, or shown again; a new row was away before.
    Rows { rows: Vec<RowId>, archived: bool },
    /// The same for columns.
    Columns { columns: Vec<ColumnId>, archived: bool },
    /// The order of all rows, and which of them were moved.
    RowOrder { moved: Vec<RowId>, before: Vec<RowId>, after: Vec<RowId> },
    /// The order of all columns.
    ColumnOrder { moved: Vec<ColumnId>, before: Vec<ColumnId>, after: Vec<ColumnId> },
    /// What a column is called.
    Title(Was<ColumnId, String>),
    /// What a column is for.
    Description(Was<ColumnId, String>),
    /// Which take a cell shows, and the value that went with it.
    Take { take: Was<CellId, Option<GenerationId>>, value: Was<CellId, String> },
    /// Labels and colours of rows.
    Marks { rows: Vec<Was<RowId, RowMark>> },
}

/// What something was and what it became.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Was<I, T> {
    pub(crate) id: I,
    pub(crate) before: T,
    pub(crate) after: T,
}

impl Step {
    /// The step that takes this one back.
    pub(crate) fn inverse(self) -> Self {
        match self {
            Self::Values { cells } => Self::Values { cells: inverse_of_all(cells) },
            Self::Rows { rows, archived } => Self::Rows { rows, archived: !archived },
            Self::Columns { columns, archived } => Self::Columns { columns, archived: !archived },
            Self::RowOrder { moved, before, after } => Self::RowOrder { moved, before: after, after: before },
            Self::ColumnOrder { moved, before, after } => {
                Self::ColumnOrder { moved, before: after, after: before }
            }
            Self::Title(was) => Self::Title(was.inverse()),
            Self::Description(was) => Self::Description(was.inverse()),
            Self::Take { take, value } => Self::Take { take: take.inverse(), value: value.inverse() },
            Self::Marks { rows } => Self::Marks { rows: inverse_of_all(rows) },
        }
    }
}

impl<I, T> Was<I, T> {
    fn inverse(self) -> Self {
        Self { id: self.id, before: self.after, after: self.before }
    }
}

fn inverse_of_all<I, T>(all: Vec<Was<I, T>>) -> Vec<Was<I, T>> {
    all.into_iter().map(Was::inverse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_of_an_inverse_is_the_step_itself_and_what_is_written_reads_back() {
        let id = |n: &str| n.parse().unwrap();
        let was = |before: &str, after: &str| Was { id: id("7"), before: before.into(), after: after.into() };
        let steps = [
            Step::Values { cells: vec![was("", "a")] },
            Step::Rows { rows: vec!["1".parse().unwrap()], archived: false },
            Step::ColumnOrder {
                moved: vec!["1".parse().unwrap()],
                before: vec!["1".parse().unwrap(), "2".parse().unwrap()],
                after: vec!["2".parse().unwrap(), "1".parse().unwrap()],
            },
            Step::Take {
                take: Was { id: id("7"), before: None, after: Some("9".parse().unwrap()) },
                value: was("x", "y"),
            },
        ];
        for step in steps {
            assert_ne!(step.clone().inverse(), step);
            assert_eq!(step.clone().inverse().inverse(), step);
            let written = serde_json::to_string(&step).unwrap();
            assert_eq!(serde_json::from_str::<Step>(&written).unwrap(), step);
        }
    }
}
