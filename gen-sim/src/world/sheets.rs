//! Templates and vidsheets.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Template {
    pub id: u64,
    pub slug: String,
    pub uuid: String,
    pub title: String,
    pub description: String,
    pub scene: usize,
    pub tags: Vec<String>,
    /// Title, type and role of each column.
    pub columns: Vec<(String, String, String)>,
    /// Type and scene of what others made with it.
    pub recents: Vec<(String, usize)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Vidsheet {
    pub id: u64,
    pub slug: String,
    pub uuid: String,
    pub title: String,
    pub agent_id: String,
    pub is_default: bool,
    pub created_ms: u64,
    pub updated_ms: u64,
    /// In position order, like `rows` and `layers`: the index is the position.
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub variables: Vec<(String, String)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Column {
    pub id: u64,
    pub title: String,
    pub kind: String,
    pub role: String,
    pub description: Option<String>,
    pub attributes: Map<String, Value>,
    pub created_ms: u64,
    pub updated_ms: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    pub id: u64,
    pub attributes: Map<String, Value>,
    pub cells: Vec<Cell>,
    pub created_ms: u64,
    pub updated_ms: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cell {
    pub id: u64,
    pub column_id: u64,
    pub value: Value,
    pub attributes: Map<String, Value>,
    pub default_job: Option<u64>,
    pub jobs: Vec<u64>,
    pub layers: Vec<Layer>,
    pub created_ms: u64,
    pub updated_ms: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Layer {
    pub id: u64,
    pub name: String,
    pub kind: String,
    pub attributes: Map<String, Value>,
    pub default_job: Option<u64>,
    pub jobs: Vec<u64>,
    pub created_ms: u64,
    pub updated_ms: u64,
}

impl Vidsheet {
    pub fn cell(&self, id: u64) -> Option<&Cell> {
        self.rows.iter().flat_map(|row| &row.cells).find(|cell| cell.id == id)
    }

    pub fn cell_mut(&mut self, id: u64) -> Option<&mut Cell> {
        self.rows.iter_mut().flat_map(|row| &mut row.cells).find(|cell| cell.id == id)
    }

    /// The row a cell is in, with its position.
    pub fn row_of(&self, cell_id: u64) -> Option<&Row> {
        self.rows.iter().find(|row| row.cells.iter().any(|cell| cell.id == cell_id))
    }

    /// The column of a cell.
    pub fn column_of(&self, cell_id: u64) -> Option<&Column> {
        let column_id = self.cell(cell_id)?.column_id;
        self.columns.iter().find(|column| column.id == column_id)
    }
}

impl Cell {
    /// A cell with nothing in it.
    pub fn empty(id: u64, column_id: u64, now_ms: u64) -> Self {
        Cell {
            id,
            column_id,
            value: Value::Null,
            attributes: Map::new(),
            default_job: None,
            jobs: Vec::new(),
            layers: Vec::new(),
            created_ms: now_ms,
            updated_ms: now_ms,
        }
    }
}
