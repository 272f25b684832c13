//! The saved copy of vidsheets, put back together in four queries however large they are.

use std::collections::HashMap;

use gen_client::model::{Cell, Column, ColumnKind, ColumnRole, Generation, Row, Vidsheet};
use gen_client::{AgentId, CellId, ColumnId, GenerationId, RowId, VidsheetId};
use model::{EditedBy, PersonId};
use sqlx::{FromRow, SqliteConnection};

use crate::saved::{id, json, json_or_default, text, word};
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
    Ok(cells(conn, agent, vidsheet, std::slice::from_ref(cell)).await?.pop())
}

/// The same for many, in the order of the question.
pub(crate) async fn cells(
    conn: &mut SqliteConnection,
    agent: &AgentId,
    vidsheet: &VidsheetId,
    cells: &[CellId],
) -> Result<Vec<(RowId, Cell)>> {
    let asked: Vec<&str> = cells.iter().map(CellId::as_str).collect();
    let saved: Vec<CellRow> = sqlx::query_as(
        "SELECT c.id, c.row_id, c.column_id, c.value, c.attributes, c.layers, c.default_generation, c.cost
         FROM json_each(?1) asked JOIN cell c ON c.id = asked.value JOIN vidsheet v ON v.id = c.vidsheet_id
         WHERE v.id = ?2 AND v.agent_id = ?3 ORDER BY asked.key",
    )
    .bind(text(&asked)?)
    .bind(vidsheet.as_str())
    .bind(agent.as_str())
    .fetch_all(&mut *conn)
    .await?;
    let takes: Vec<(String, String)> = sqlx::query_as(
        "SELECT g.cell_id, g.json FROM json_each(?) asked JOIN generation g ON g.cell_id = asked.value
         ORDER BY g.rowid",
    )
    .bind(text(&asked)?)
    .fetch_all(&mut *conn)
    .await?;
    let mut takes = by_cell(takes)?;
    saved.into_iter().map(|cell| Ok((id(&cell.row_id)?, cell.into_cell(&mut takes)?))).collect()
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

/// These rows with their cells, in the order of the question.
pub(crate) async fn rows_of(conn: &mut SqliteConnection, rows: &[RowId]) -> Result<Vec<Row>> {
    let ids: Vec<&str> = rows.iter().map(RowId::as_str).collect();
    let heads: Vec<RowHead> = sqlx::query_as(
        "SELECT r.id, r.position, r.cost, r.attributes
         FROM json_each(?) asked JOIN sheet_row r ON r.id = asked.value ORDER BY asked.key",
    )
    .bind(text(&ids)?)
    .fetch_all(&mut *conn)
    .await?;
    let cells: Vec<CellRow> = sqlx::query_as(
        "SELECT c.id, c.row_id, c.column_id, c.value, c.attributes, c.layers, c.default_generation, c.cost
         FROM json_each(?) asked JOIN cell c ON c.row_id = asked.value ORDER BY c.row_id, c.place",
    )
    .bind(text(&ids)?)
    .fetch_all(&mut *conn)
    .await?;
    let takes: Vec<(String, String)> = sqlx::query_as(
        "SELECT g.cell_id, g.json FROM json_each(?) asked JOIN cell c ON c.row_id = asked.value
         JOIN generation g ON g.cell_id = c.id ORDER BY g.rowid",
    )
    .bind(text(&ids)?)
    .fetch_all(&mut *conn)
    .await?;
    put_together(heads, cells, by_cell(takes)?)
}

/// The rows that are put away, with their cells.
pub(crate) async fn archived_rows(conn: &mut SqliteConnection, vidsheet: &VidsheetId) -> Result<Vec<Row>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM sheet_row WHERE vidsheet_id = ? AND hidden = 0 AND archived_at IS NOT NULL ORDER BY place",
    )
    .bind(vidsheet.as_str())
    .fetch_all(&mut *conn)
    .await?;
    let ids = ids.iter().map(|saved| id(saved)).collect::<Result<Vec<RowId>>>()?;
    rows_of(conn, &ids).await
}

/// All rows without their cells.
pub(crate) async fn bare_rows(conn: &mut SqliteConnection, vidsheet: &VidsheetId) -> Result<Vec<Row>> {
    let heads: Vec<RowHead> = sqlx::query_as(
        "SELECT id, position, cost, attributes FROM sheet_row WHERE vidsheet_id = ? AND hidden = 0 ORDER BY place",
    )
    .bind(vidsheet.as_str())
    .fetch_all(conn)
    .await?;
    heads.into_iter().map(RowHead::into_row).collect()
}

/// One column, whether the grid shows it or not.
pub(crate) async fn column(
    conn: &mut SqliteConnection,
    vidsheet: &VidsheetId,
    column: &ColumnId,
) -> Result<Option<Column>> {
    let found: Option<ColumnRow> = sqlx::query_as(
        "SELECT id, title, kind, role, position, description FROM sheet_column WHERE id = ? AND vidsheet_id = ?",
    )
    .bind(column.as_str())
    .bind(vidsheet.as_str())
    .fetch_optional(conn)
    .await?;
    found.map(ColumnRow::into_column).transpose()
}

/// The columns that are put away.
pub(crate) async fn archived_columns(
    conn: &mut SqliteConnection,
    vidsheet: &VidsheetId,
) -> Result<Vec<Column>> {
    let columns: Vec<ColumnRow> = sqlx::query_as(
        "SELECT id, title, kind, role, position, description FROM sheet_column
         WHERE vidsheet_id = ? AND hidden = 0 AND archived_at IS NOT NULL ORDER BY place",
    )
    .bind(vidsheet.as_str())
    .fetch_all(conn)
    .await?;
    columns.into_iter().map(ColumnRow::into_column).collect()
}

/// Who set the values that are there, where it was somebody here.
pub(crate) async fn edited_by(
    conn: &mut SqliteConnection,
    cells: &[CellId],
) -> Result<HashMap<CellId, EditedBy>> {
    let asked: Vec<&str> = cells.iter().map(CellId::as_str).collect();
    let by: Vec<(String, PersonId, String, i64)> = sqlx::query_as(
        "SELECT c.id, p.id, p.name, c.edited_at FROM json_each(?) asked JOIN cell c ON c.id = asked.value
         JOIN person p ON p.id = c.edited_by",
    )
    .bind(text(&asked)?)
    .fetch_all(conn)
    .await?;
    by.into_iter()
        .map(|(cell, person, name, at)| Ok((id(&cell)?, EditedBy { id: person, name, at })))
        .collect()
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
    put_together(heads, cells, by_cell(takes)?)
}

fn put_together(heads: Vec<RowHead>, cells: Vec<CellRow>, mut takes: Takes) -> Result<Vec<Row>> {
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
