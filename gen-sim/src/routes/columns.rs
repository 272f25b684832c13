//! Columns of a vidsheet. Only ingredient columns can be added.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, patch, post, put};
use serde_json::{Map, Value};

use super::many;
use super::vidsheets::{find, find_mut, find_ref};
use super::wire;
use crate::answer::{Answer, Call, Problem, ok, optional, reply, required};
use crate::clock;
use crate::state::Sim;
use crate::world::{Cell, Column};

const TYPES: &[&str] = &["text", "image", "video", "audio"];

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/{id}/columns", get(list).post(create))
        .route("/{id}/columns/update_positions", patch(update_positions))
        .route("/{id}/columns/mass_update", put(mass_update))
        .route("/{id}/columns/{col_id}/duplicate", post(duplicate))
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

/// The copy stands to the right of its column and holds the same values; a title is never used twice.
async fn duplicate(State(sim): State<Sim>, Path((id, col_id)): Path<(String, String)>, call: Call) -> Answer {
    let mut world = sim.world();
    let now = clock::now_ms();
    let sheet = find(&world, &call, &id)?;
    let at = world.vidsheets[sheet].columns.iter().position(|column| column.id.to_string() == col_id);
    let at = at.ok_or_else(|| Problem::not_found("Column not found"))?;
    let mut copy = world.vidsheets[sheet].columns[at].clone();
    if copy.role != "ingredient" {
        return Err(Problem::validation("Only an ingredient column can be duplicated."));
    }
    let original = copy.id;
    copy.id = world.new_id();
    (copy.created_ms, copy.updated_ms) = (now, now);
    let taken = |title: &str| world.vidsheets[sheet].columns.iter().any(|column| column.title == title);
    let names = std::iter::once(format!("{} copy", copy.title))
        .chain((2..).map(|n| format!("{} copy {n}", copy.title)));
    copy.title = names.into_iter().find(|title| !taken(title)).unwrap_or_default();
    let shape = wire(&sim, &world).column(&copy, at + 1);
    let ids: Vec<u64> = (0..world.vidsheets[sheet].rows.len()).map(|_| world.new_id()).collect();
    let vidsheet = find_mut(&mut world, &call, &id)?;
    for (row, cell_id) in vidsheet.rows.iter_mut().zip(ids) {
        let Some(place) = row.cells.iter().position(|cell| cell.column_id == original) else {
            continue;
        };
        let source = &row.cells[place];
        let twin = Cell {
            value: source.value.clone(),
            attributes: source.attributes.clone(),
            default_job: source.default_job,
            jobs: source.jobs.clone(),
            ..Cell::empty(cell_id, copy.id, now)
        };
        row.cells.insert(place + 1, twin);
    }
    vidsheet.columns.insert(at + 1, copy);
    reply(StatusCode::CREATED, shape)
}

async fn update_positions(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let wanted = many::positions(&call, "columns")?;
    let at = find(&world, &call, &id)?;
    many::whole(&mut world, at, |world| {
        let sheet = &mut world.vidsheets[at];
        many::reorder(&mut sheet.columns, |column| column.id, &wanted)?;
        let order: Vec<u64> = sheet.columns.iter().map(|column| column.id).collect();
        for row in &mut sheet.rows {
            row.cells.sort_by_key(|cell| order.iter().position(|column| *column == cell.column_id));
        }
        Ok(())
    })?;
    find_mut(&mut world, &call, &id)?;
    many::list(wire(&sim, &world).columns(&world.vidsheets[at]))
}

/// Titles and descriptions of ingredient columns, all or none.
async fn mass_update(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let at = find(&world, &call, &id)?;
    let items = many::items(&call, &["columns", "spreadsheet_columns"])?;
    many::whole(&mut world, at, |world| {
        items
            .iter()
            .try_for_each(|(column_id, item)| change(&mut world.vidsheets[at].columns, *column_id, item))
    })?;
    find_mut(&mut world, &call, &id)?;
    let shapes = wire(&sim, &world).columns(&world.vidsheets[at]);
    let changed = |shape: &Value| items.iter().any(|(column_id, _)| shape["id"] == *column_id);
    many::list(shapes.into_iter().filter(changed).collect())
}

fn change(columns: &mut [Column], id: u64, item: &Map<String, Value>) -> Result<(), Problem> {
    let at = columns.iter().position(|column| column.id == id);
    let at = at.ok_or_else(|| Problem::not_found("Column not found"))?;
    if columns[at].role != "ingredient" {
        return Err(Problem::validation("Only an ingredient column can be changed."));
    }
    if item.contains_key("title") {
        let title = required(item.get("title"), "title")?;
        if columns.iter().any(|column| column.id != id && column.title == title) {
            return Err(Problem::validation("Title has already been taken"));
        }
        columns[at].title = title;
    }
    if item.contains_key("description") {
        columns[at].description = optional(item.get("description"), "description", 20_000)?;
    }
    many::merge_attributes(&mut columns[at].attributes, item)?;
    columns[at].updated_ms = clock::now_ms();
    Ok(())
}
