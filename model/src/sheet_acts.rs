//! What people do to a vidsheet by hand, and what becomes of it. `E` is how one side of the wire says what went
//! wrong: the store's error on the server, the page's in the browser.

use gen_client::model::{ColumnKind, Row};
use gen_client::{CellId, ColumnId, RowId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::PersonId;

/// The most characters a cell takes.
pub const VALUE_MAX: usize = 20_000;
/// The most characters a row's label takes.
pub const LABEL_MAX: usize = 60;

/// What a person sets one cell to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CellEdit {
    /// Which.
    pub cell: CellId,
    /// The text; empty clears the cell.
    pub value: String,
    /// What was shown when the person decided; `None` is the empty text. Something else that is there by now is not
    /// overwritten.
    pub seen: Option<String>,
}

/// By which gesture cells were changed; the history says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gesture {
    /// Typed into one cell.
    Typed,
    /// Put in from elsewhere.
    Pasted,
    /// Copied down, right, or by the handle.
    Filled,
    /// Found and replaced, or set on a selection.
    Replaced,
    /// Emptied.
    Cleared,
}

impl Gesture {
    /// How a history tells it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Typed => "Typed",
            Self::Pasted => "Pasted",
            Self::Filled => "Filled",
            Self::Replaced => "Replaced",
            Self::Cleared => "Cleared",
        }
    }
}

/// What became of an act on cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edited<E> {
    /// The act that can be taken back; `None` where nothing changed.
    pub act: Option<i64>,
    /// One per cell, in the order of the question.
    pub cells: Vec<EditedCell<E>>,
}

/// What became of one cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditedCell<E> {
    /// Which.
    pub cell: CellId,
    /// How it went.
    pub outcome: EditOutcome<E>,
}

/// How it went with one cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum EditOutcome<E> {
    /// GEN has it.
    Saved,
    /// GEN was not reached, or could not take it now: it is kept, shown to everybody, and sent when GEN answers.
    Waiting,
    /// Something else is there by now; it was left alone.
    Conflict {
        /// What is there.
        theirs: String,
        /// Who put it there, if it was somebody here.
        by: Option<String>,
    },
    /// It cannot be taken, by GEN or by us.
    Refused {
        /// Why.
        error: E,
    },
}

impl<E> Edited<E> {
    /// The same with the errors as another side says them.
    pub fn map_err<F>(self, say: impl Fn(E) -> F + Copy) -> Edited<F> {
        Edited { act: self.act, cells: self.cells.into_iter().map(|cell| cell.map_err(say)).collect() }
    }
}

impl<E> EditedCell<E> {
    /// The same with the error as another side says it.
    pub fn map_err<F>(self, say: impl Fn(E) -> F) -> EditedCell<F> {
        let outcome = match self.outcome {
            EditOutcome::Saved => EditOutcome::Saved,
            EditOutcome::Waiting => EditOutcome::Waiting,
            EditOutcome::Conflict { theirs, by } => EditOutcome::Conflict { theirs, by },
            EditOutcome::Refused { error } => EditOutcome::Refused { error: say(error) },
        };
        EditedCell { cell: self.cell, outcome }
    }
}

/// Texts from elsewhere, and the rows and columns they need. All of it is one act.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Paste {
    /// Cells that are there.
    pub edits: Vec<CellEdit>,
    /// Columns to the right of all others, for text.
    pub new_columns: Vec<NewColumn>,
    /// Rows below all others: what goes under which column.
    pub new_rows: Vec<Vec<(PasteColumn, String)>>,
}

/// A column that a paste needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewColumn {
    /// What to call it; where another column is called so already, a number is added.
    pub title: String,
    /// What goes into rows that are there.
    pub values: Vec<(RowId, String)>,
}

/// A column of a paste's new rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasteColumn {
    /// One that is there.
    Known(ColumnId),
    /// One of the paste's new ones, counted from zero.
    New(usize),
}

/// What became of a paste.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pasted<E> {
    /// The cells, those of new rows and columns among them.
    pub edited: Edited<E>,
    /// The columns it made.
    pub columns: Vec<ColumnId>,
    /// The rows it made, top to bottom.
    pub rows: Vec<RowId>,
    /// Why not all rows or columns could be made. What should have gone there was not sent.
    pub failed: Option<E>,
}

impl<E> Pasted<E> {
    /// The same with the errors as another side says them.
    pub fn map_err<F>(self, say: impl Fn(E) -> F + Copy) -> Pasted<F> {
        let Self { edited, columns, rows, failed } = self;
        Pasted { edited: edited.map_err(say), columns, rows, failed: failed.map(say) }
    }
}

/// One act in the history of a vidsheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SheetAct {
    /// Our number; grows.
    pub id: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Our number for who did it.
    pub by_id: PersonId,
    /// Who did it.
    pub by: String,
    /// What it was, for people.
    pub what: String,
    /// When it was taken back, in milliseconds since 1970.
    pub undone_at: Option<i64>,
}

/// What became of taking an act back, or of doing it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Undone<E> {
    /// Which act.
    pub act: SheetAct,
    /// The cells it was about. A conflict is what somebody changed since: undo again `over` it to insist.
    pub cells: Vec<EditedCell<E>>,
    /// What else was left as it is because somebody changed it since, in words.
    pub left: Vec<String>,
}

impl<E> Undone<E> {
    /// The same with the errors as another side says them.
    pub fn map_err<F>(self, say: impl Fn(E) -> F + Copy) -> Undone<F> {
        let cells = self.cells.into_iter().map(|cell| cell.map_err(say)).collect();
        Undone { act: self.act, cells, left: self.left }
    }
}

/// Who changed a cell last, if it was somebody here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditedBy {
    /// Our number.
    pub id: PersonId,
    /// What others see.
    pub name: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// A text that GEN does not have: it waits, or somebody has to decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaitingEdit {
    /// Our number.
    pub id: i64,
    /// For which cell.
    pub cell: CellId,
    /// In which row.
    pub row: RowId,
    /// That cell's column title.
    pub column_title: String,
    /// The text.
    pub value: String,
    /// What is at GEN, as far as we know.
    pub theirs: String,
    /// Who typed it.
    pub by: EditedBy,
    /// How it stands.
    pub stands: EditStands,
}

/// How a text stands that GEN does not have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum EditStands {
    /// It is sent when GEN answers; the cell shows it.
    Waits,
    /// The cell was changed at GEN meanwhile; the cell shows what is there.
    Conflict,
    /// It cannot be sent, for this reason; the cell shows what is there.
    Refused {
        /// Why, for people.
        reason: String,
    },
}

/// Which text of a conflict stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    /// The one that GEN does not have.
    Mine,
    /// What is at GEN.
    Theirs,
}

/// Somebody who has a vidsheet open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Present {
    /// Our number.
    pub person: PersonId,
    /// What others see.
    pub name: String,
    /// Where they are.
    pub cell: Option<CellId>,
    /// Whether they are typing there.
    pub editing: bool,
}

/// What people mark a row with. GEN keeps it with the row, for everybody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RowMark {
    /// A few words.
    pub label: Option<String>,
    /// A colour.
    pub colour: Option<RowColour>,
}

/// The colours of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowColour {
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow.
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Purple.
    Purple,
}

impl RowMark {
    /// The mark of a row; a colour that we do not know is none.
    pub fn of(row: &Row) -> Self {
        let attributes = &row.additional_attributes;
        let label = attributes.get("label").and_then(Value::as_str).filter(|label| !label.is_empty());
        let colour = attributes.get("color").and_then(|word| serde_json::from_value(word.clone()).ok());
        Self { label: label.map(str::to_owned), colour }
    }

    /// The row's attributes with this mark; everything else that is kept with the row stays.
    pub fn put_into(&self, attributes: &Map<String, Value>) -> Map<String, Value> {
        let mut all = attributes.clone();
        let mut put = |key: &str, value: Value| {
            // An empty value takes the place of one that was there: leaving the key out would keep it at GEN.
            if !value.is_null() || all.contains_key(key) {
                all.insert(key.to_owned(), value);
            }
        };
        put("label", self.label.as_deref().map_or(Value::Null, Value::from));
        put("color", serde_json::to_value(self.colour).unwrap_or_default());
        all
    }
}

/// A column that is put away.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArchivedColumn {
    /// Which.
    pub id: ColumnId,
    /// What it is called.
    pub title: String,
    /// What it holds.
    pub kind: ColumnKind,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_mark_leaves_what_others_keep_with_a_row() {
        let row = |attributes: Value| -> Row {
            serde_json::from_value(json!({ "id": 1, "additional_attributes": attributes })).unwrap()
        };
        let marked = row(json!({ "label": "hero", "color": "beige", "theirs": [1] }));
        assert_eq!(RowMark::of(&marked), RowMark { label: Some("hero".into()), colour: None });
        let green = RowMark { label: None, colour: Some(RowColour::Green) };
        let put = green.put_into(&marked.additional_attributes);
        assert_eq!(Value::from(put.clone()), json!({ "label": null, "color": "green", "theirs": [1] }));
        assert_eq!(RowMark::of(&row(Value::from(put))), green);
        assert!(RowMark::default().put_into(&Map::new()).is_empty());
    }
}
