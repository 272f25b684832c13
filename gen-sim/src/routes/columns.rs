//! Columns of a vidsheet. Only ingredient columns can be added.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Map, Value};

use super::vidsheets::{find_mut, find_ref};
use super::wire;
use crate::answer::{Answer, Call, Problem, ok, reply};
use crate::clock;
use crate::state::Sim;
use crate::world::{Cell, Column};

const TYPES: &[&str] = &["text", "image", "video", "audio"];

pub fn router() -> Router<Sim> {
    Router::new().route("/{id}/columns", get(list).post(create))
}

async fn list(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let sheet = find_ref(&world, &call, &id)?;
    ok(Value::Array(wire(&sim, &world).columns(sheet)))
}

async fn create(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let now = clock::now_ms();
    let given = call.inner("spreadsheet_column")?;
    let sheet = find_ref(&world, &call, &id)?;
    let title = given.get("title").and_then(Value::as_str).map(str::trim).filter(|title| !title.is_empty());
    let title = title.ok_or_else(|| Problem::validation("Title can't be blank"))?.to_owned();
    if sheet.columns.iter().any(|column| column.title == title) {
        return Err(Problem::validation("Title has already been taken"));
    }
    let kind = given.get("type").and_then(Value::as_str).unwrap_or("").to_owned();
    if !TYPES.contains(&kind.as_str()) {
        return Err(Problem::validation(format!("type must be one of {}", TYPES.join(", "))));
    }
    let end = sheet.columns.len();
    let position =
        given.get("position").and_then(Value::as_u64).and_then(|position| usize::try_from(position).ok());
    let position = position.map_or(end, |position| position.min(end));
    let rows = sheet.rows.len();
    let column_id = world.new_id();
    let cells: Vec<Cell> = (0..rows).map(|_| Cell::empty(world.new_id(), column_id, now)).collect();
    let column = Column {
        id: column_id,
        title,
        kind,
        role: "ingredient".to_owned(),
        description: None,
        attributes: Map::new(),
        created_ms: now,
        updated_ms: now,
    };
    let shape = wire(&sim, &world).column(&column, position);
    let sheet = find_mut(&mut world, &call, &id)?;
    sheet.columns.insert(position, column);
    for (row, cell) in sheet.rows.iter_mut().zip(cells) {
        row.cells.insert(position.min(row.cells.len()), cell);
    }
    reply(StatusCode::CREATED, shape)
}
