//! Rows of a vidsheet: one video each.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use serde_json::{Map, Value};

use super::many;
use super::vidsheets::{costed, find, find_mut, find_ref};
use crate::answer::{Answer, Call, Problem, ok, reply};
use crate::clock;
use crate::state::Sim;
use crate::world::{Cell, Row, World};

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/{id}/rows", get(list).post(create))
        .route("/{id}/rows/update_positions", put(update_positions))
        .route("/{id}/rows/mass_update", put(mass_update))
        .route("/{id}/rows/{row_id}", get(get_one))
        .route("/{id}/rows/{row_id}/duplicate", post(duplicate))
}

/// Gives a copied row, its cells and layers ids of their own. The takes stay: they are the same generations.
pub fn renumber(world: &mut World, row: &mut Row, now: u64) {
    row.id = world.new_id();
    (row.created_ms, row.updated_ms) = (now, now);
    for cell in &mut row.cells {
        cell.id = world.new_id();
        (cell.created_ms, cell.updated_ms) = (now, now);
        for layer in &mut cell.layers {
            layer.id = world.new_id();
        }
    }
}

async fn list(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let sheet = find_ref(&world, &call, &id)?;
    ok(Value::Array(costed(&sim, &world, &call).rows(sheet)))
}

async fn create(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let now = clock::now_ms();
    let sheet = find_ref(&world, &call, &id)?;
    let columns: Vec<u64> = sheet.columns.iter().map(|column| column.id).collect();
    let end = sheet.rows.len();
    let wanted = match call.inner("spreadsheet_row") {
        // A call without a body appends, in strict mode too: the position is optional.
        Err(_) if call.body.is_null() => Map::new(),
        wrapped => wrapped?,
    };
    let position = match wanted.get("position") {
        None | Some(Value::Null) => end,
        Some(given) => {
            let position = given.as_u64().and_then(|position| usize::try_from(position).ok());
            position.ok_or_else(|| Problem::validation("position must be a whole number from 0"))?.min(end)
        }
    };
    let row_id = world.new_id();
    let cells = columns.into_iter().map(|column| Cell::empty(world.new_id(), column, now)).collect();
    let row = Row { id: row_id, attributes: Map::new(), cells, created_ms: now, updated_ms: now };
    find_mut(&mut world, &call, &id)?.rows.insert(position, row);
    written(&sim, &world, &call, &id, row_id)
}

async fn get_one(State(sim): State<Sim>, Path((id, row_id)): Path<(String, String)>, call: Call) -> Answer {
    let world = sim.world();
    let sheet = find_ref(&world, &call, &id)?;
    let at = place(&sheet.rows, &row_id)?;
    ok(costed(&sim, &world, &call).row(sheet, &sheet.rows[at], at))
}

async fn duplicate(State(sim): State<Sim>, Path((id, row_id)): Path<(String, String)>, call: Call) -> Answer {
    let mut world = sim.world();
    let sheet = find_ref(&world, &call, &id)?;
    let at = place(&sheet.rows, &row_id)?;
    let mut copy = sheet.rows[at].clone();
    renumber(&mut world, &mut copy, clock::now_ms());
    let copy_id = copy.id;
    find_mut(&mut world, &call, &id)?.rows.insert(at + 1, copy);
    written(&sim, &world, &call, &id, copy_id)
}

async fn update_positions(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let wanted = many::positions(&call, "rows")?;
    let at = find(&world, &call, &id)?;
    many::whole(&mut world, at, |world| many::reorder(&mut world.vidsheets[at].rows, |row| row.id, &wanted))?;
    find_mut(&mut world, &call, &id)?;
    many::list(costed(&sim, &world, &call).rows(&world.vidsheets[at]))
}

/// All or nothing. `position` moves a row as well.
async fn mass_update(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let at = find(&world, &call, &id)?;
    let items = many::items(&call, &["rows", "spreadsheet_rows"])?;
    many::whole(&mut world, at, |world| {
        items.iter().try_for_each(|(row_id, item)| {
            let rows = &mut world.vidsheets[at].rows;
            let row = rows
                .iter_mut()
                .find(|row| row.id == *row_id)
                .ok_or_else(|| Problem::not_found("Row not found"))?;
            many::merge_attributes(&mut row.attributes, item)?;
            row.updated_ms = clock::now_ms();
            match item.get("position").and_then(Value::as_u64) {
                Some(position) => many::reorder(rows, |row| row.id, &[(*row_id, position)]),
                None => Ok(()),
            }
        })
    })?;
    let sheet = find_ref(&world, &call, &id)?;
    let shapes = items.iter().filter_map(|(row_id, _)| {
        let at = sheet.rows.iter().position(|row| row.id == *row_id)?;
        Some(costed(&sim, &world, &call).row(sheet, &sheet.rows[at], at))
    });
    many::list(shapes.collect())
}

fn written(sim: &Sim, world: &World, call: &Call, id: &str, row_id: u64) -> Answer {
    let sheet = find_ref(world, call, id)?;
    let at = place(&sheet.rows, &row_id.to_string())?;
    reply(StatusCode::CREATED, costed(sim, world, call).row(sheet, &sheet.rows[at], at))
}

fn place(rows: &[Row], id: &str) -> Result<usize, Problem> {
    rows.iter().position(|row| row.id.to_string() == id).ok_or_else(|| Problem::not_found("Row not found"))
}
