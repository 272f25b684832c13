//! Cells: read, write one or many, choose the take that counts.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, patch, put};
use serde_json::{Map, Value};

use super::many;
use super::vidsheets::{costed, find, find_ref};
use crate::answer::{Answer, Call, Problem, id_of, ok};
use crate::clock;
use crate::state::Sim;
use crate::world::{Cell, World};

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/{id}/cells/mass_update", put(mass_update))
        .route("/{id}/cells/{cell_id}", get(get_one).patch(update))
        .route("/{id}/cells/{cell_id}/set_default_user_job", patch(set_default))
}

async fn get_one(State(sim): State<Sim>, Path((id, cell_id)): Path<(String, String)>, call: Call) -> Answer {
    let world = sim.world();
    find(&world, &call, &id)?;
    ok(shape(&sim, &world, &call, &id, &cell_id)?)
}

async fn update(State(sim): State<Sim>, Path((id, cell_id)): Path<(String, String)>, call: Call) -> Answer {
    let mut world = sim.world();
    let changes = call.inner("spreadsheet_cell")?;
    let at = find(&world, &call, &id)?;
    write(cell_mut(&mut world, at, &cell_id)?, &changes)?;
    world.vidsheets[at].updated_ms = clock::now_ms();
    ok(shape(&sim, &world, &call, &id, &cell_id)?)
}

/// All or nothing: an unknown id or a bad value changes no cell at all.
async fn mass_update(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let at = find(&world, &call, &id)?;
    let items = many::items(&call, &["cells", "spreadsheet_cells"])?;
    many::whole(&mut world, at, |world| {
        items.iter().try_for_each(|(cell_id, item)| write(cell_mut(world, at, &cell_id.to_string())?, item))
    })?;
    world.vidsheets[at].updated_ms = clock::now_ms();
    let shapes: Result<Vec<Value>, Problem> =
        items.iter().map(|(cell_id, _)| shape(&sim, &world, &call, &id, &cell_id.to_string())).collect();
    many::list(shapes?)
}

async fn set_default(
    State(sim): State<Sim>,
    Path((id, cell_id)): Path<(String, String)>,
    call: Call,
) -> Answer {
    let mut world = sim.world();
    let at = find(&world, &call, &id)?;
    let job = call
        .body
        .get("user_job_id")
        .and_then(id_of)
        .ok_or_else(|| Problem::validation("user_job_id is required"))?;
    let result = world.jobs.get(&job).map(|job| job.result.clone());
    let cell = cell_mut(&mut world, at, &cell_id)?;
    if !cell.jobs.contains(&job) {
        return Err(Problem::validation("User job does not belong to this cell."));
    }
    cell.default_job = Some(job);
    cell.updated_ms = clock::now_ms();
    // A text take is shown as the cell's value, so choosing one brings its text back.
    if let Some(text @ Value::String(_)) = result {
        cell.value = text;
    }
    ok(shape(&sim, &world, &call, &id, &cell_id)?)
}

fn cell_mut<'a>(world: &'a mut World, sheet: usize, cell_id: &str) -> Result<&'a mut Cell, Problem> {
    let id = cell_id.parse().map_err(|_| Problem::not_found("Cell not found"))?;
    world.vidsheets[sheet].cell_mut(id).ok_or_else(|| Problem::not_found("Cell not found"))
}

fn shape(sim: &Sim, world: &World, call: &Call, id: &str, cell_id: &str) -> Result<Value, Problem> {
    let sheet = find_ref(world, call, id)?;
    let cell_id = cell_id.parse().map_err(|_| Problem::not_found("Cell not found"))?;
    let row = sheet.row_of(cell_id).ok_or_else(|| Problem::not_found("Cell not found"))?;
    let cell = sheet.cell(cell_id).ok_or_else(|| Problem::not_found("Cell not found"))?;
    Ok(costed(sim, world, call).cell(sheet, row, cell))
}

fn write(cell: &mut Cell, changes: &Map<String, Value>) -> Result<(), Problem> {
    match changes.get("value") {
        None => {}
        Some(value @ (Value::Null | Value::String(_))) => cell.value = value.clone(),
        // Rails reads a number or a truth value into a text column as its text.
        Some(value @ (Value::Number(_) | Value::Bool(_))) => cell.value = Value::String(value.to_string()),
        Some(_) => return Err(Problem::validation("value must be text")),
    }
    many::merge_attributes(&mut cell.attributes, changes)?;
    cell.updated_ms = clock::now_ms();
    Ok(())
}
