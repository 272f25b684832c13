//! The saved copy of vidsheets, put back together in four queries however large they are.

use std::collections::HashMap;

use gen_client::model::{Cell, Column, ColumnKind, ColumnRole, Generation, Row, Vidsheet};
use gen_client::{AgentId, CellId, GenerationId, RowId, VidsheetId};
use model::{EditedBy, PersonId};
use sqlx::{FromRow, SqliteConnection};

use crate::saved::{id, json, json_or_default, word};
use crate::{Error, Result};

/// Which rows and columns are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// What the grid shows.
    Shown,
    /// What was put away too: all that GEN has.
    All,
}

/// A vidsheet of this agent with its columns and rows.
pub(crate) async fn vidsheet(
    conn: &mut SqliteConnection,
    agent: &AgentId,
    vidsheet: &VidsheetId,
    which: Which,
) -> Result<Option<Vidsheet>> {
    let title: Option<String> =
        sqlx::query_scalar("SELECT title FROM vidsheet WHERE id = ? AND agent_id = ?")
            .bind(vidsheet.as_str())
            .bind(agent.as_str())
            .fetch_optional(&mut *conn)
            .await?;
    let Some(title) = title else { return Ok(None) };
    let columns = columns(conn, vidsheet, which).await?;
    let rows = rows(conn, vidsheet, which).await?;
    Ok(Some(Vidsheet { id: vidsheet.clone(), title, columns, rows }))
}

/// One row with its cells, whether the grid shows it or not.
pub(crate) async fn row(conn: &mut SqliteConnection, row: &RowId) -> Result<Option<Row>> {
    let head: Option<RowHead> =
        sqlx::query_as("SELECT id, position, cost, attributes FROM sheet_row WHERE id = ?")
            .bind(row.as_str())
            .fetch_optional(&mut *conn)
            .await?;
    let Some(head) = head else { return Ok(None) };
    let cells: Vec<CellRow> = sqlx::query_as(
        "SELECT id, row_id, column_id, value, attributes, layers, default_generation, cost
         FROM cell WHERE row_id = ? ORDER BY place",
    )
    .bind(row.as_str())
    .fetch_all(&mut *conn)
    .await?;
    let takes: Vec<(String, String)> = sqlx::query_as(
        "SELECT g.cell_id, g.json FROM generation g JOIN cell c ON c.id = g.cell_id WHERE c.row_id = ? ORDER BY g.rowid",
    )
    .bind(row.as_str())
    .fetch_all(&mut *conn)
    .await?;
    let mut takes = by_cell(takes)?;
    let mut row = head.into_row()?;
    for cell in cells {
        row.cells.push(cell.into_cell(&mut takes)?);
    }
    Ok(Some(row))
}

/// One cell and the row it is in; `None` unless it is in this vidsheet of this agent.
pub(crate) async fn cell(
    conn: &mut SqliteConnection,
    agent: &AgentId,
    vidsheet: &VidsheetId,
    cell: &CellId,
) -> Result<Option<(RowId, Cell)>> {
    let saved: Option<CellRow> = sqlx::query_as(
        "SELECT c.id, c.row_id, c.column_id, c.value, c.attributes, c.layers, c.default_generation, c.cost
         FROM cell c JOIN vidsheet v ON v.id = c.vidsheet_id
         WHERE c.id = ? AND v.id = ? AND v.agent_id = ?",
    )
    .bind(cell.as_str())
    .bind(vidsheet.as_str())
    .bind(agent.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    let Some(saved) = saved else { return Ok(None) };
    let takes: Vec<(String, String)> =
        sqlx::query_as("SELECT cell_id, json FROM generation WHERE cell_id = ? ORDER BY rowid")
            .bind(cell.as_str())
            .fetch_all(&mut *conn)
            .await?;
    let row = id(&saved.row_id)?;
    Ok(Some((row, saved.into_cell(&mut by_cell(takes)?)?)))
}

/// The column of a cell, as far as it is known.
pub(crate) async fn column_of(conn: &mut SqliteConnection, cell: &CellId) -> Result<Option<Column>> {
    let column: Option<ColumnRow> = sqlx::query_as(
        "SELECT s.id, s.title, s.kind, s.role, s.position, s.description
         FROM cell c JOIN sheet_column s ON s.id = c.column_id WHERE c.id = ?",
    )
    .bind(cell.as_str())
    .fetch_optional(&mut *conn)
    .await?;
    column.map(ColumnRow::into_column).transpose()
}

/// Who set the value that is there, if it was somebody here.
pub(crate) async fn edited_by(conn: &mut SqliteConnection, cell: &CellId) -> Result<Option<EditedBy>> {
    let by: Option<(PersonId, String, i64)> = sqlx::query_as(
        "SELECT p.id, p.name, c.edited_at FROM cell c JOIN person p ON p.id = c.edited_by WHERE c.id = ?",
    )
    .bind(cell.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(by.map(|(id, name, at)| EditedBy { id, name, at }))
}

/// How many rows and columns are put away.
pub(crate) async fn archived(conn: &mut SqliteConnection, vidsheet: &VidsheetId) -> Result<(u32, u32)> {
    Ok(sqlx::query_as(
        "SELECT (SELECT count(*) FROM sheet_row WHERE vidsheet_id = ?1 AND hidden = 0 AND archived_at IS NOT NULL),
                (SELECT count(*) FROM sheet_column WHERE vidsheet_id = ?1 AND hidden = 0 AND archived_at IS NOT NULL)",
    )
    .bind(vidsheet.as_str())
    .fetch_one(conn)
    .await?)
}

async fn columns(conn: &mut SqliteConnection, vidsheet: &VidsheetId, which: Which) -> Result<Vec<Column>> {
    let columns: Vec<ColumnRow> = sqlx::query_as(
        "SELECT id, title, kind, role, position, description FROM sheet_column
         WHERE vidsheet_id = ? AND hidden = 0 AND (? OR archived_at IS NULL) ORDER BY place",
    )
    .bind(vidsheet.as_str())
    .bind(which == Which::All)
    .fetch_all(conn)
    .await?;
    columns.into_iter().map(ColumnRow::into_column).collect()
}

async fn rows(conn: &mut SqliteConnection, vidsheet: &VidsheetId, which: Which) -> Result<Vec<Row>> {
    let heads: Vec<RowHead> = sqlx::query_as(
        "SELECT id, position, cost, attributes FROM sheet_row
         WHERE vidsheet_id = ? AND hidden = 0 AND (? OR archived_at IS NULL) ORDER BY place",
    )
    .bind(vidsheet.as_str())
    .bind(which == Which::All)
    .fetch_all(&mut *conn)
    .await?;
    let cells: Vec<CellRow> = sqlx::query_as(
        "SELECT id, row_id, column_id, value, attributes, layers, default_generation, cost
         FROM cell WHERE vidsheet_id = ? ORDER BY row_id, place",
    )
    .bind(vidsheet.as_str())
    .fetch_all(&mut *conn)
    .await?;
    let takes: Vec<(String, String)> =
        sqlx::query_as("SELECT cell_id, json FROM generation WHERE vidsheet_id = ? ORDER BY rowid")
            .bind(vidsheet.as_str())
            .fetch_all(&mut *conn)
            .await?;
    let mut takes = by_cell(takes)?;
    let place: HashMap<String, usize> =
        heads.iter().enumerate().map(|(n, head)| (head.id.clone(), n)).collect();
    let mut rows = heads.into_iter().map(RowHead::into_row).collect::<Result<Vec<Row>>>()?;
    for cell in cells {
        if let Some(place) = place.get(&cell.row_id) {
            rows[*place].cells.push(cell.into_cell(&mut takes)?);
        }
    }
    Ok(rows)
}

type Takes = HashMap<String, Vec<Generation>>;

/// Takes per cell, oldest first: by GEN's numbers, else in the order in which they were seen.
fn by_cell(saved: Vec<(String, String)>) -> Result<Takes> {
    let mut takes = Takes::new();
    for (cell, document) in saved {
        takes.entry(cell).or_default().push(json(&document)?);
    }
    for list in takes.values_mut() {
        list.sort_by_key(|generation| number(&generation.id));
    }
    Ok(takes)
}

/// GEN counts its generations up; an id that is no number sorts as equal to the others.
pub(crate) fn number(generation: &GenerationId) -> Option<u64> {
    generation.as_str().parse().ok()
}

#[derive(FromRow)]
struct ColumnRow {
    id: String,
    title: String,
    kind: String,
    role: String,
    position: Option<f64>,
    description: Option<String>,
}

impl ColumnRow {
    fn into_column(self) -> Result<Column> {
        Ok(Column {
            id: id(&self.id)?,
            title: self.title,
            kind: ColumnKind::from(self.kind.as_str()),
            role: role(&self.role)?,
            description: self.description,
            position: self.position,
        })
    }
}

/// The column's role by the word in the database.
fn role(saved: &str) -> Result<ColumnRole> {
    const ROLES: [ColumnRole; 5] = [
        ColumnRole::Ingredient,
        ColumnRole::Video,
        ColumnRole::FinalVideo,
        ColumnRole::Stats,
        ColumnRole::GlobalVariable,
    ];
    let known = ROLES.into_iter().find(|role| word(role).is_ok_and(|word| word == saved));
    known.ok_or_else(|| Error::Corrupt(format!("{saved:?} is not a column's role")))
}

#[derive(FromRow)]
struct RowHead {
    id: String,
    position: Option<f64>,
    cost: Option<f64>,
    attributes: Option<String>,
}

impl RowHead {
    fn into_row(self) -> Result<Row> {
        Ok(Row {
            id: id(&self.id)?,
            position: self.position,
            cells: Vec::new(),
            additional_attributes: json_or_default(self.attributes.as_deref())?,
            cost: self.cost,
        })
    }
}

#[derive(FromRow)]
struct CellRow {
    id: String,
    row_id: String,
    column_id: Option<String>,
    value: Option<String>,
    attributes: Option<String>,
    layers: Option<String>,
    default_generation: Option<String>,
    cost: Option<f64>,
}

impl CellRow {
    fn into_cell(self, takes: &mut Takes) -> Result<Cell> {
        let generations = takes.remove(&self.id).unwrap_or_default();
        let default_generation = self.default_generation.and_then(|chosen| {
            generations.iter().find(|generation| generation.id.as_str() == chosen).cloned()
        });
        Ok(Cell {
            id: id(&self.id)?,
            column_id: self.column_id.as_deref().map(id).transpose()?,
            value: self.value,
            additional_attributes: json_or_default(self.attributes.as_deref())?,
            default_generation,
            generations,
            layers: json_or_default(self.layers.as_deref())?,
            cost: self.cost,
        })
    }
}
