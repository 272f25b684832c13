//! Keeps what GEN says of a vidsheet: writes only what differs, hides what is gone, deletes nothing.

use std::collections::{HashMap, HashSet};

use gen_client::model::{Cell, Column, Generation, Layer, Row, Vidsheet};
use gen_client::{AgentId, CellId, RowId, VidsheetId};
use model::Topic;
use serde_json::{Map, Value, json};

use super::{load, takes};
use crate::media;
use crate::saved::{text, word};
use crate::write_tx::WriteTx;
use crate::{Error, Result};

/// More changed cells than this are told as one change of the vidsheet.
const CELLS_TOLD_ONE_BY_ONE: usize = 20;

/// Where an answer of GEN's comes from: what it belongs to, and the key that asked.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) agent: AgentId,
    pub(crate) vidsheet: VidsheetId,
    pub(crate) key: i64,
}

/// Keeps a whole vidsheet and announces what differs. An answer without columns or rows where there were some
/// is taken for a partial one: GEN has no way of deleting all of either.
pub(crate) async fn vidsheet(tx: &mut WriteTx, place: &Place, mut fetched: Vidsheet) -> Result<()> {
    media::register(tx, Some(&place.agent), &mut fetched).await?;
    media::localise(&mut fetched);
    fetched.fill_column_ids();
    let owner: Option<String> = sqlx::query_scalar("SELECT agent_id FROM vidsheet WHERE id = ?")
        .bind(place.vidsheet.as_str())
        .fetch_optional(&mut **tx)
        .await?;
    if owner.as_deref().is_some_and(|owner| owner != place.agent.as_str()) {
        return Err(Error::NotFound("vidsheet"));
    }
    let saved = load::vidsheet(tx, &place.agent, &place.vidsheet, load::Which::All).await?;
    if saved.is_none() {
        sqlx::query("INSERT INTO vidsheet (id, agent_id, title, updated_at) VALUES (?, ?, ?, ?)")
            .bind(place.vidsheet.as_str())
            .bind(place.agent.as_str())
            .bind(&fetched.title)
            .bind(tx.now())
            .execute(&mut **tx)
            .await?;
        tx.announce(Topic::Vidsheets { agent_id: place.agent.clone() }).await?;
    }
    let saved =
        saved.unwrap_or_else(|| Vidsheet { columns: Vec::new(), rows: Vec::new(), ..fetched.clone() });
    let renamed = !fetched.title.is_empty() && fetched.title != saved.title;
    if renamed {
        sqlx::query("UPDATE vidsheet SET title = ? WHERE id = ?")
            .bind(&fetched.title)
            .bind(place.vidsheet.as_str())
            .execute(&mut **tx)
            .await?;
    }
    let columns_moved = columns(tx, place, &saved.columns, &fetched.columns).await?;
    let rows_moved = rows(tx, place, &saved.rows, &fetched.rows).await?;
    let before = saved.rows.into_iter().map(|row| (row.id.clone(), row)).collect();
    let changed = cells(tx, place, before, fetched.rows).await?;
    if renamed || columns_moved || rows_moved {
        touched(tx, place).await?;
        announce_vidsheet(tx, place).await
    } else {
        announce_changed(tx, place, changed).await
    }
}

/// Says that these cells changed: each, or the vidsheet where they are many.
pub(crate) async fn announce_changed(tx: &mut WriteTx, place: &Place, changed: Vec<CellId>) -> Result<()> {
    if changed.len() > CELLS_TOLD_ONE_BY_ONE {
        touched(tx, place).await?;
        announce_vidsheet(tx, place).await
    } else {
        announce_cells(tx, place, changed).await
    }
}

/// Keeps one row that GEN just made or answered, at the end unless it is already there.
pub(crate) async fn row(tx: &mut WriteTx, place: &Place, fetched: Row) -> Result<()> {
    rows_made(tx, place, vec![fetched]).await
}

/// The same for many.
pub(crate) async fn rows_made(tx: &mut WriteTx, place: &Place, mut fetched: Vec<Row>) -> Result<()> {
    media::register(tx, Some(&place.agent), &mut fetched).await?;
    media::localise(&mut fetched);
    let columns: Vec<String> =
        sqlx::query_scalar("SELECT id FROM sheet_column WHERE vidsheet_id = ? AND hidden = 0 ORDER BY place")
            .bind(place.vidsheet.as_str())
            .fetch_all(&mut **tx)
            .await?;
    let columns = columns.iter().map(|id| crate::saved::id(id)).collect::<Result<Vec<_>>>()?;
    let mut records = Vec::new();
    for row in &mut fetched {
        row.fill_column_ids(&columns);
        records.push(json!([
            row.id.as_str(),
            row.position,
            row.cost,
            attributes_of(&row.additional_attributes)?
        ]));
    }
    sqlx::query(
        "INSERT INTO sheet_row (id, vidsheet_id, place, position, cost, attributes)
         SELECT value ->> 0, ?1, (SELECT coalesce(max(place) + 1, 0) FROM sheet_row WHERE vidsheet_id = ?1) + key,
                value ->> 1, value ->> 2, value ->> 3
         FROM json_each(?2) WHERE true
         ON CONFLICT (id) DO UPDATE SET hidden = 0 WHERE vidsheet_id = excluded.vidsheet_id",
    )
    .bind(place.vidsheet.as_str())
    .bind(text(&records)?)
    .execute(&mut **tx)
    .await?;
    let ids: Vec<RowId> = fetched.iter().map(|row| row.id.clone()).collect();
    let before = load::rows_of(tx, &ids).await?.into_iter().map(|row| (row.id.clone(), row)).collect();
    cells(tx, place, before, fetched).await?;
    touched(tx, place).await?;
    announce_vidsheet(tx, place).await
}

/// Keeps one cell that GEN answered on its own; its row must be known. What a short answer leaves out stays.
pub(crate) async fn cell(tx: &mut WriteTx, place: &Place, mut fetched: Cell) -> Result<()> {
    let Some((row, saved)) = load::cell(tx, &place.agent, &place.vidsheet, &fetched.id).await? else {
        return Err(Error::NotFound("cell"));
    };
    media::register(tx, Some(&place.agent), &mut fetched).await?;
    media::localise(&mut fetched);
    if fetched.layers.is_empty() {
        fetched.layers = saved.layers.clone();
    }
    if fetched.additional_attributes.is_empty() {
        fetched.additional_attributes = saved.additional_attributes.clone();
    }
    if fetched.default_generation.is_none() {
        fetched.default_generation = saved.default_generation.clone();
    }
    let alone = |cell: Cell| Row {
        id: row.clone(),
        position: None,
        cells: vec![cell],
        additional_attributes: Map::new(),
        cost: None,
    };
    let before = HashMap::from([(row.clone(), alone(saved))]);
    let changed = cells(tx, place, before, vec![alone(fetched)]).await?;
    announce_cells(tx, place, changed).await
}

async fn columns(tx: &mut WriteTx, place: &Place, saved: &[Column], fetched: &[Column]) -> Result<bool> {
    if fetched.is_empty() || fetched == saved {
        return Ok(false);
    }
    let mut records = Vec::new();
    for (n, column) in fetched.iter().enumerate() {
        let role = word(&column.role)?;
        records.push(json!([
            column.id.as_str(),
            column.title,
            column.kind.as_str(),
            role,
            n,
            column.position,
            column.description
        ]));
    }
    sqlx::query(
        "INSERT INTO sheet_column (id, vidsheet_id, title, kind, role, place, position, description)
         SELECT value ->> 0, ?1, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
         FROM json_each(?2) WHERE true
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, role = excluded.role,
             place = excluded.place, position = excluded.position, description = excluded.description, hidden = 0
         WHERE vidsheet_id = excluded.vidsheet_id",
    )
    .bind(place.vidsheet.as_str())
    .bind(text(&records)?)
    .execute(&mut **tx)
    .await?;
    let kept: Vec<&str> = fetched.iter().map(|column| column.id.as_str()).collect();
    sqlx::query(
        "UPDATE sheet_column SET hidden = 1
         WHERE vidsheet_id = ? AND id NOT IN (SELECT value FROM json_each(?))",
    )
    .bind(place.vidsheet.as_str())
    .bind(text(&kept)?)
    .execute(&mut **tx)
    .await?;
    Ok(true)
}

/// True when rows came, went, moved or were marked. A row's cost alone is kept without that being news.
async fn rows(tx: &mut WriteTx, place: &Place, saved: &[Row], fetched: &[Row]) -> Result<bool> {
    if fetched.is_empty() {
        return Ok(false);
    }
    let told = |row: &Row| (row.id.clone(), row.additional_attributes.clone());
    let moved = !saved.iter().map(told).eq(fetched.iter().map(told));
    let same_costs = saved.iter().map(|row| row.cost).eq(fetched.iter().map(|row| row.cost));
    if !moved && same_costs {
        return Ok(false);
    }
    let record = |(n, row): (usize, &Row)| {
        Ok(json!([row.id.as_str(), n, row.position, row.cost, attributes_of(&row.additional_attributes)?]))
    };
    let records: Vec<Value> = fetched.iter().enumerate().map(record).collect::<Result<_>>()?;
    sqlx::query(
        "INSERT INTO sheet_row (id, vidsheet_id, place, position, cost, attributes)
         SELECT value ->> 0, ?1, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?2) WHERE true
         ON CONFLICT (id) DO UPDATE SET place = excluded.place, position = excluded.position,
             cost = coalesce(excluded.cost, cost), attributes = excluded.attributes, hidden = 0
         WHERE vidsheet_id = excluded.vidsheet_id",
    )
    .bind(place.vidsheet.as_str())
    .bind(text(&records)?)
    .execute(&mut **tx)
    .await?;
    let kept: Vec<&str> = fetched.iter().map(|row| row.id.as_str()).collect();
    sqlx::query(
        "UPDATE sheet_row SET hidden = 1 WHERE vidsheet_id = ? AND id NOT IN (SELECT value FROM json_each(?))",
    )
    .bind(place.vidsheet.as_str())
    .bind(text(&kept)?)
    .execute(&mut **tx)
    .await?;
    Ok(moved)
}

/// Writes the cells that differ, with their takes; returns which those were.
async fn cells(
    tx: &mut WriteTx,
    place: &Place,
    before: HashMap<RowId, Row>,
    fetched: Vec<Row>,
) -> Result<Vec<CellId>> {
    let known: HashMap<&CellId, &Cell> =
        before.values().flat_map(|row| &row.cells).map(|cell| (&cell.id, cell)).collect();
    let mut records = Vec::new();
    let mut seen = Vec::new();
    let mut changed = Vec::new();
    for row in fetched {
        for (n, mut cell) in row.cells.into_iter().enumerate() {
            include_default(&mut cell);
            let saved = known.get(&cell.id).copied();
            let takes = takes::changed(saved, &cell);
            let differs = saved.is_none_or(|saved| differs(saved, &cell));
            if differs {
                records.push(record(&row.id, n, saved, &cell)?);
            }
            if differs || !takes.is_empty() {
                changed.push(cell.id.clone());
            }
            seen.extend(
                takes
                    .into_iter()
                    .map(|generation| (cell.id.clone(), cell.column_id.clone(), row.id.clone(), generation)),
            );
        }
    }
    write_cells(tx, place, &records).await?;
    takes::remember(tx, place, seen).await?;
    Ok(changed)
}

/// GEN names the default take even where it leaves it out of the list of takes.
fn include_default(cell: &mut Cell) {
    let Some(chosen) = &cell.default_generation else {
        return;
    };
    if !cell.generations.iter().any(|generation| generation.id == chosen.id) {
        cell.generations.push(chosen.clone());
    }
}

/// Whether anything but the takes differs; a cost that GEN left out does not.
fn differs(saved: &Cell, fetched: &Cell) -> bool {
    let chosen = |cell: &Cell| cell.default_generation.as_ref().map(|generation| generation.id.clone());
    saved.value != fetched.value
        || saved.additional_attributes != fetched.additional_attributes
        || saved.layers != fetched.layers
        || chosen(saved) != chosen(fetched)
        || (fetched.cost.is_some() && fetched.cost != saved.cost)
        || (fetched.column_id.is_some() && fetched.column_id != saved.column_id)
}

fn record(row: &RowId, place: usize, saved: Option<&Cell>, cell: &Cell) -> Result<Value> {
    let attributes = attributes_of(&cell.additional_attributes)?;
    let layers: Option<&Vec<Layer>> = Some(&cell.layers).filter(|layers| !layers.is_empty());
    let column = cell.column_id.as_ref().or_else(|| saved.and_then(|saved| saved.column_id.as_ref()));
    let chosen: Option<&Generation> = cell.default_generation.as_ref();
    Ok(json!([
        cell.id.as_str(),
        row.as_str(),
        column.map(|id| id.as_str()),
        place,
        cell.value,
        attributes,
        layers.map(text).transpose()?,
        chosen.map(|generation| generation.id.as_str()),
        cell.cost.or_else(|| saved.and_then(|saved| saved.cost)),
    ]))
}

/// As it is written: nothing for the empty object.
fn attributes_of(map: &Map<String, Value>) -> Result<Option<String>> {
    Some(map).filter(|map| !map.is_empty()).map(text).transpose()
}

/// A cell that is known under another vidsheet stays where it is: GEN's numbers are its own.
async fn write_cells(tx: &mut WriteTx, place: &Place, records: &[Value]) -> Result<()> {
    for some in records.chunks(1000) {
        sqlx::query(
            "INSERT INTO cell (id, vidsheet_id, row_id, column_id, place, value, attributes, layers,
                               default_generation, cost)
             SELECT value ->> 0, ?1, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
                    value ->> 7, value ->> 8
             FROM json_each(?2) WHERE true
             ON CONFLICT (id) DO UPDATE SET row_id = excluded.row_id, column_id = excluded.column_id,
                 edited_by = CASE WHEN value IS excluded.value THEN edited_by END,
                 edited_at = CASE WHEN value IS excluded.value THEN edited_at END,
                 value = excluded.value, attributes = excluded.attributes, layers = excluded.layers,
                 default_generation = excluded.default_generation, cost = excluded.cost
             WHERE vidsheet_id = excluded.vidsheet_id",
        )
        .bind(place.vidsheet.as_str())
        .bind(text(&some)?)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

async fn touched(tx: &mut WriteTx, place: &Place) -> Result<()> {
    let now = tx.now();
    sqlx::query("UPDATE vidsheet SET updated_at = ? WHERE id = ?")
        .bind(now)
        .bind(place.vidsheet.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Says that something about the vidsheet as a whole changed.
pub(crate) async fn announce_vidsheet(tx: &mut WriteTx, place: &Place) -> Result<()> {
    tx.announce(Topic::Vidsheet { agent_id: place.agent.clone(), vidsheet_id: place.vidsheet.clone() }).await
}

async fn announce_cells(tx: &mut WriteTx, place: &Place, changed: Vec<CellId>) -> Result<()> {
    if !changed.is_empty() {
        touched(tx, place).await?;
    }
    for cell_id in changed.into_iter().collect::<HashSet<_>>() {
        let (agent_id, vidsheet_id) = (place.agent.clone(), place.vidsheet.clone());
        tx.announce(Topic::Cell { agent_id, vidsheet_id, cell_id }).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
