use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::{Generation, words};
use crate::tolerant;
use crate::{CellId, ColumnId, LayerId, RowId, VidsheetId};

/// The spreadsheet whose rows are videos. Columns and rows are sorted by position when read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vidsheet {
    /// GEN's number for it.
    pub id: VidsheetId,
    /// What people call it.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub title: String,
    /// The kinds of content.
    #[serde(default, deserialize_with = "in_order")]
    pub columns: Vec<Column>,
    /// The videos.
    #[serde(default, deserialize_with = "in_order")]
    pub rows: Vec<Row>,
}

/// One kind of content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// GEN's number for it.
    pub id: ColumnId,
    /// What people call it.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub title: String,
    /// What its cells hold.
    #[serde(default, rename = "type")]
    pub kind: ColumnKind,
    /// Whether it is people's or the platform's. GEN's words beyond the system ones mean an ingredient.
    #[serde(default)]
    pub role: ColumnRole,
    /// What it is for.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub description: Option<String>,
    /// Order, from any base.
    #[serde(default, deserialize_with = "tolerant::number")]
    pub position: Option<f64>,
}

words! {
    /// What a column's cells hold.
    ColumnKind { Text = "text", Image = "image", Video = "video", Audio = "audio", Stats = "stats" }
}

/// Who a column belongs to. Only ingredients may be edited; the others are the platform's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnRole {
    /// People's own.
    #[default]
    Ingredient,
    /// Holds the layers.
    Video,
    /// Holds the renders.
    FinalVideo,
    /// Cost and metadata.
    Stats,
    /// A row of the variables sheet.
    GlobalVariable,
}

impl ColumnRole {
    /// Whether the platform owns the column, so that people cannot edit it.
    pub fn is_system(self) -> bool {
        self != Self::Ingredient
    }
}

impl<'de> Deserialize<'de> for ColumnRole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match tolerant::text(deserializer)?.as_deref() {
            Some("video") => Self::Video,
            Some("final_video") => Self::FinalVideo,
            Some("stats") => Self::Stats,
            Some("global_variable" | "global_variable_name" | "global_variable_value") => {
                Self::GlobalVariable
            }
            _ => Self::Ingredient,
        })
    }
}

/// One video.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// GEN's number for it.
    pub id: RowId,
    /// Order, from any base.
    #[serde(default, deserialize_with = "tolerant::number")]
    pub position: Option<f64>,
    /// One per column.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub cells: Vec<Cell>,
    /// What people and programs keep with it; unknown keys are kept untouched.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub additional_attributes: Map<String, Value>,
    /// Credits the row took so far.
    #[serde(default, deserialize_with = "tolerant::number")]
    pub cost: Option<f64>,
}

/// One piece of content: a row meets a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// GEN's number for it.
    pub id: CellId,
    /// Its column; filled by position where GEN did not say (D21).
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub column_id: Option<ColumnId>,
    /// What it holds now.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub value: Option<String>,
    /// Settings GEN keeps with it; unknown keys are kept untouched.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub additional_attributes: Map<String, Value>,
    /// The generation whose result the cell shows and the video uses.
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub default_generation: Option<Generation>,
    /// All takes.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub generations: Vec<Generation>,
    /// The stack, lowest first, for a cell of the video column.
    #[serde(default, deserialize_with = "in_order")]
    pub layers: Vec<Layer>,
    /// Credits it took so far.
    #[serde(default, deserialize_with = "tolerant::number")]
    pub cost: Option<f64>,
}

/// One element of a cell's stack, ordered by position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Layer {
    /// GEN's number for it.
    pub id: LayerId,
    /// What people call it.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub name: String,
    /// What it is.
    #[serde(default, rename = "type")]
    pub kind: LayerKind,
    /// Height in the stack, lowest at the back.
    #[serde(default, deserialize_with = "tolerant::number")]
    pub position: Option<f64>,
    /// Timing in frames at 30 a second, place in pixels, style; kept as it came.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub additional_attributes: Map<String, Value>,
    /// The generation it shows.
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub default_generation: Option<Generation>,
    /// All takes.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub generations: Vec<Generation>,
}

words! {
    /// What a layer is.
    LayerKind {
        Text = "text",
        Clip = "clip" | "video",
        Sound = "sound" | "audio",
        Caption = "caption" | "captions",
        Image = "image",
        Shape = "shape",
    }
}

impl Vidsheet {
    /// Gives every cell its column where GEN's answer left it out: by position, if the counts agree.
    pub fn fill_column_ids(&mut self) {
        let columns: Vec<ColumnId> = self.columns.iter().map(|column| column.id.clone()).collect();
        for row in &mut self.rows {
            row.fill_column_ids(&columns);
        }
    }
}

impl Row {
    /// Gives every cell its column by its place, if there is one cell per column and none says otherwise.
    pub fn fill_column_ids(&mut self, columns: &[ColumnId]) {
        if self.cells.len() == columns.len() && self.cells.iter().all(|cell| cell.column_id.is_none()) {
            for (cell, column) in self.cells.iter_mut().zip(columns) {
                cell.column_id = Some(column.clone());
            }
        }
    }

    /// The cell under a column.
    pub fn cell(&self, column: &ColumnId) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.column_id.as_ref() == Some(column))
    }
}

impl Cell {
    /// The newest generation that has not ended, if one is under way.
    pub fn running(&self) -> Option<&Generation> {
        self.generations.iter().rev().find(|generation| generation.can_stop())
    }
}

/// What GEN orders by a `position` of any base.
pub(crate) trait Positioned {
    /// Its place, if GEN said one.
    fn position(&self) -> Option<f64>;
}

macro_rules! positioned {
    ($($name:ident),*) => {$(
        impl Positioned for $name {
            fn position(&self) -> Option<f64> {
                self.position
            }
        }
    )*};
}
positioned!(Column, Row, Layer);

/// Reads a list and puts it in the order of its positions.
pub(crate) fn in_order<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: serde::de::DeserializeOwned + Positioned,
{
    tolerant::list(deserializer).map(by_position)
}

/// Puts things in the order of their positions; those without one come last.
pub(crate) fn by_position<T: Positioned>(mut items: Vec<T>) -> Vec<T> {
    items.sort_by(|a, b| a.position().unwrap_or(f64::MAX).total_cmp(&b.position().unwrap_or(f64::MAX)));
    items
}
