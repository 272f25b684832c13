//! The layers of a video cell, bottom to top.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post, put};
use serde_json::{Map, Value};

use super::many;
use super::vidsheets::{find, find_mut};
use super::wire;
use crate::answer::{Answer, Call, Problem, empty, ok, reply, required};
use crate::clock;
use crate::state::Sim;
use crate::world::{Layer, World};

/// The types of the documentation, and the names other pages of it use for them.
const TYPES: &[&str] = &["text", "clip", "sound", "caption", "image", "shape", "video", "audio", "captions"];

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/{id}/cells/{cell_id}/layers", post(create))
        .route("/{id}/cells/{cell_id}/layers/update_positions", put(update_positions))
        .route("/{id}/cells/{cell_id}/layers/{layer_id}", get(get_one).patch(update).delete(delete))
        .route("/{id}/cells/{cell_id}/layers/{layer_id}/duplicate", post(duplicate))
}

async fn create(State(sim): State<Sim>, Path((id, cell_id)): Path<(String, String)>, call: Call) -> Answer {
    let mut world = sim.world();
    let given = call.inner("video_layer")?;
    let (sheet, cell) = stack(&world, &call, &id, &cell_id)?;
    let name = required(given.get("name"), "name")?;
    let kind = kind(&given)?.ok_or_else(|| Problem::validation("type is required"))?;
    let mut attributes = Map::new();
    many::merge_attributes(&mut attributes, &given)?;
    let now = clock::now_ms();
    let layer = Layer {
        id: world.new_id(),
        name,
        kind,
        attributes,
        default_job: None,
        jobs: Vec::new(),
        created_ms: now,
        updated_ms: now,
    };
    let layers = layers_mut(&mut world, sheet, cell)?;
    let at = position(&given)?.unwrap_or(layers.len()).min(layers.len());
    let layer_id = layer.id;
    layers.insert(at, layer);
    find_mut(&mut world, &call, &id)?;
    reply(StatusCode::CREATED, shape(&sim, &world, sheet, cell, layer_id)?)
}

async fn get_one(
    State(sim): State<Sim>,
    Path((id, cell_id, layer_id)): Path<(String, String, String)>,
    call: Call,
) -> Answer {
    let world = sim.world();
    let (sheet, cell) = stack(&world, &call, &id, &cell_id)?;
    ok(shape(&sim, &world, sheet, cell, number(&layer_id)?)?)
}

async fn update(
    State(sim): State<Sim>,
    Path((id, cell_id, layer_id)): Path<(String, String, String)>,
    call: Call,
) -> Answer {
    let mut world = sim.world();
    let given = call.inner("video_layer")?;
    let (sheet, cell) = stack(&world, &call, &id, &cell_id)?;
    let layer_id = number(&layer_id)?;
    many::whole(&mut world, sheet, |world| {
        let layers = layers_mut(world, sheet, cell)?;
        let layer = layers.iter_mut().find(|layer| layer.id == layer_id).ok_or_else(missing)?;
        if given.contains_key("name") {
            layer.name = required(given.get("name"), "name")?;
        }
        if let Some(kind) = kind(&given)? {
            layer.kind = kind;
        }
        many::merge_attributes(&mut layer.attributes, &given)?;
        layer.updated_ms = clock::now_ms();
        match position(&given)? {
            Some(at) => many::reorder(layers, |layer| layer.id, &[(layer_id, at as u64)]),
            None => Ok(()),
        }
    })?;
    find_mut(&mut world, &call, &id)?;
    ok(shape(&sim, &world, sheet, cell, layer_id)?)
}

async fn delete(
    State(sim): State<Sim>,
    Path((id, cell_id, layer_id)): Path<(String, String, String)>,
    call: Call,
) -> Answer {
    let mut world = sim.world();
    let (sheet, cell) = stack(&world, &call, &id, &cell_id)?;
    let layers = layers_mut(&mut world, sheet, cell)?;
    let layer_id = number(&layer_id)?;
    let at = layers.iter().position(|layer| layer.id == layer_id).ok_or_else(missing)?;
    layers.remove(at);
    find_mut(&mut world, &call, &id)?;
    empty(StatusCode::NO_CONTENT)
}

/// The copy lies directly above.
async fn duplicate(
    State(sim): State<Sim>,
    Path((id, cell_id, layer_id)): Path<(String, String, String)>,
    call: Call,
) -> Answer {
    let mut world = sim.world();
    let (sheet, cell) = stack(&world, &call, &id, &cell_id)?;
    let layer_id = number(&layer_id)?;
    let copy_id = world.new_id();
    let layers = layers_mut(&mut world, sheet, cell)?;
    let at = layers.iter().position(|layer| layer.id == layer_id).ok_or_else(missing)?;
    let mut copy = layers[at].clone();
    copy.id = copy_id;
    copy.name = format!("{} copy", copy.name);
    let now = clock::now_ms();
    (copy.created_ms, copy.updated_ms) = (now, now);
    layers.insert(at + 1, copy);
    find_mut(&mut world, &call, &id)?;
    reply(StatusCode::CREATED, shape(&sim, &world, sheet, cell, copy_id)?)
}

async fn update_positions(
    State(sim): State<Sim>,
    Path((id, cell_id)): Path<(String, String)>,
    call: Call,
) -> Answer {
    let mut world = sim.world();
    let (sheet, cell) = stack(&world, &call, &id, &cell_id)?;
    let wanted = many::positions(&call, "layers")?;
    many::whole(&mut world, sheet, |world| {
        many::reorder(layers_mut(world, sheet, cell)?, |layer| layer.id, &wanted)
    })?;
    find_mut(&mut world, &call, &id)?;
    let layers = world.vidsheets[sheet].cell(cell).map(|cell| cell.layers.as_slice()).unwrap_or_default();
    let shapes = layers.iter().enumerate().map(|(at, layer)| wire(&sim, &world).layer(layer, at));
    many::list(shapes.collect())
}

/// The place of the vidsheet and the number of the cell, which must be one that can hold layers.
pub fn stack(world: &World, call: &Call, id: &str, cell_id: &str) -> Result<(usize, u64), Problem> {
    let sheet = find(world, call, id)?;
    let cell = cell_id.parse().ok().filter(|cell| world.vidsheets[sheet].cell(*cell).is_some());
    let cell = cell.ok_or_else(|| Problem::not_found("Cell not found"))?;
    let holds = world.vidsheets[sheet].column_of(cell).is_some_and(|column| column.kind == "video");
    holds.then_some((sheet, cell)).ok_or_else(|| Problem::validation("Only a video cell has layers."))
}

/// The number of a layer that this cell has.
pub fn layer_in(world: &World, sheet: usize, cell: u64, layer_id: &str) -> Result<u64, Problem> {
    let id = number(layer_id)?;
    let layers = world.vidsheets[sheet].cell(cell).map(|cell| cell.layers.as_slice()).unwrap_or_default();
    layers.iter().any(|layer| layer.id == id).then_some(id).ok_or_else(missing)
}

fn layers_mut(world: &mut World, sheet: usize, cell: u64) -> Result<&mut Vec<Layer>, Problem> {
    let cell = world.vidsheets[sheet].cell_mut(cell).ok_or_else(|| Problem::not_found("Cell not found"))?;
    Ok(&mut cell.layers)
}

fn shape(sim: &Sim, world: &World, sheet: usize, cell: u64, layer_id: u64) -> Result<Value, Problem> {
    let layers = world.vidsheets[sheet].cell(cell).map(|cell| cell.layers.as_slice()).unwrap_or_default();
    let at = layers.iter().position(|layer| layer.id == layer_id).ok_or_else(missing)?;
    Ok(wire(sim, world).layer(&layers[at], at))
}

fn kind(given: &Map<String, Value>) -> Result<Option<String>, Problem> {
    match given.get("type") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(kind)) if TYPES.contains(&kind.as_str()) => Ok(Some(kind.clone())),
        Some(_) => Err(Problem::validation(format!("type must be one of {}", TYPES.join(", ")))),
    }
}

fn position(given: &Map<String, Value>) -> Result<Option<usize>, Problem> {
    match given.get("position") {
        None | Some(Value::Null) => Ok(None),
        Some(position) => {
            let position = position.as_u64().and_then(|position| usize::try_from(position).ok());
            position.map(Some).ok_or_else(|| Problem::validation("position must be a whole number from 0"))
        }
    }
}

fn number(id: &str) -> Result<u64, Problem> {
    id.parse().map_err(|_| missing())
}

fn missing() -> Problem {
    Problem::not_found("Layer not found")
}
