//! Generations and renders: start, follow, stop, continue.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::layers::{layer_in, stack};
use super::vidsheets::find_ref;
use super::wire;
use crate::answer::{Answer, Call, Problem, ok, reply};
use crate::jobs::Order;
use crate::state::Sim;
use crate::world::{Job, Vidsheet, World};
use crate::{cards, clock, jobs, variables};

/// The generations' own routes.
pub fn router() -> Router<Sim> {
    Router::new()
        .route("/generations/{id}", get(get_one))
        .route("/generations/{id}/stop", post(stop))
        .route("/generations/{id}/continue", post(resume))
}

/// The routes that start one on a cell.
pub fn cell_router() -> Router<Sim> {
    Router::new()
        .route("/{id}/cells/{cell_id}/generate", post(generate))
        .route("/{id}/cells/{cell_id}/layers/{layer_id}/generate", post(generate_layer))
        .route("/{id}/cells/{cell_id}/render", post(render))
}

async fn generate(State(sim): State<Sim>, Path((id, cell_id)): Path<(String, String)>, call: Call) -> Answer {
    let mut world = sim.world();
    let sheet = find_ref(&world, &call, &id)?;
    let cell_id = cell_in(sheet, &cell_id)?;
    let (sheet_id, asked) = (sheet.id, Asked::of(&call));
    make(&sim, &mut world, &call, (sheet_id, cell_id, None), asked)
}

/// As on a cell. Without a body it makes again what the layer was last made with.
async fn generate_layer(
    State(sim): State<Sim>,
    Path((id, cell_id, layer_id)): Path<(String, String, String)>,
    call: Call,
) -> Answer {
    let mut world = sim.world();
    let (sheet, cell) = stack(&world, &call, &id, &cell_id)?;
    let layer_id = layer_in(&world, sheet, cell, &layer_id)?;
    let mut asked = Asked::of(&call);
    if asked.kind.is_empty() && asked.data.is_null() {
        let layers = world.vidsheets[sheet].cell(cell).map(|cell| cell.layers.as_slice()).unwrap_or_default();
        let last = layers.iter().find(|layer| layer.id == layer_id).and_then(|layer| layer.jobs.last());
        let last = last.and_then(|job| world.jobs.get(job));
        let last = last.ok_or_else(|| Problem::validation("generation_type is required"))?;
        call.lenient("generate on a layer without a body")?;
        asked = Asked { kind: last.card.clone(), data: last.data.clone() };
    }
    let sheet_id = world.vidsheets[sheet].id;
    make(&sim, &mut world, &call, (sheet_id, cell, Some(layer_id)), asked)
}

/// What a generate call asks for.
struct Asked {
    kind: String,
    data: Value,
}

impl Asked {
    fn of(call: &Call) -> Asked {
        Asked {
            kind: call.body.get("generation_type").and_then(Value::as_str).unwrap_or("").to_owned(),
            data: call.body.get("data").cloned().unwrap_or(Value::Null),
        }
    }
}

fn make(
    sim: &Sim,
    world: &mut World,
    call: &Call,
    (sheet_id, cell_id, layer_id): (u64, u64, Option<u64>),
    Asked { kind, data }: Asked,
) -> Answer {
    let card = cards::canonical(&kind, &data).ok_or_else(|| {
        Problem::validation(if kind.is_empty() {
            "generation_type is required".to_owned()
        } else {
            format!("Unknown generation_type: {kind}")
        })
    })?;
    if card != kind {
        call.lenient("an internal name as generation_type")?;
    }
    if !data.is_object() {
        return Err(Problem::validation("data is required"));
    }
    let data = resolve_names(world, sheet_id, cell_id, data);
    let order = Order { layer_id, ..order(world, sheet_id, cell_id, card, data)? };
    cards::check(world, &order.agent_id, card, &order.data)?;
    let job = jobs::start(sim, world, order, clock::now_ms())?;
    reply(StatusCode::CREATED, json!({"generation_id": job, "status": "pending"}))
}

/// Composites the row's layers. Only the final video cell can be rendered.
async fn render(State(sim): State<Sim>, Path((id, cell_id)): Path<(String, String)>, call: Call) -> Answer {
    let mut world = sim.world();
    let sheet = find_ref(&world, &call, &id)?;
    let cell_id = cell_in(sheet, &cell_id)?;
    if sheet.column_of(cell_id).is_none_or(|column| column.role != "final_video") {
        return Err(Problem::validation("Only a cell in the final video column can be rendered."));
    }
    // The words of the row go along: a render has no input of its own that could ask it to fail.
    let cells = sheet.row_of(cell_id).map(|row| row.cells.as_slice()).unwrap_or_default();
    let words: Vec<Value> =
        cells.iter().filter(|cell| cell.value.is_string()).map(|cell| json!({"value": cell.value})).collect();
    let order = order(&world, sheet.id, cell_id, "render", json!({"row": words}))?;
    let job = jobs::start(&sim, &mut world, order, clock::now_ms())?;
    reply(StatusCode::CREATED, json!({"generation_id": job, "status": "pending"}))
}

async fn get_one(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let job = job(&world, &call, &id)?;
    ok(wire(&sim, &world).job(job))
}

async fn stop(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let id = job(&world, &call, &id)?.id;
    jobs::stop(&mut world, id, clock::now_ms())?;
    whole(&sim, &world, id)
}

async fn resume(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let id = job(&world, &call, &id)?.id;
    jobs::resume(&sim, &mut world, id, clock::now_ms())?;
    whole(&sim, &world, id)
}

/// Stop and continue answer with the whole generation, and with the short form's id as well.
fn whole(sim: &Sim, world: &World, id: u64) -> Answer {
    let job = world.jobs.get(&id).ok_or_else(|| Problem::not_found("Generation not found"))?;
    let mut shape = wire(sim, world).job(job);
    shape["generation_id"] = json!(id);
    ok(shape)
}

/// A generation that belongs to somebody else's organization does not exist for this user.
fn job<'a>(world: &'a World, call: &Call, id: &str) -> Result<&'a Job, Problem> {
    let missing = || Problem::not_found("Generation not found");
    let job = id.parse().ok().and_then(|id: u64| world.jobs.get(&id)).ok_or_else(missing)?;
    match world.role(call.user, job.organization_id) {
        None => Err(missing()),
        Some("viewer") if call.method != Method::GET => Err(Problem::forbidden()),
        Some(_) => Ok(job),
    }
}

fn cell_in(sheet: &Vidsheet, cell_id: &str) -> Result<u64, Problem> {
    let id = cell_id.parse().ok().filter(|id| sheet.cell(*id).is_some());
    id.ok_or_else(|| Problem::not_found("Cell not found"))
}

fn order(world: &World, vidsheet_id: u64, cell_id: u64, card: &str, data: Value) -> Result<Order, Problem> {
    let sheet = world.vidsheets.iter().find(|sheet| sheet.id == vidsheet_id);
    let agent = sheet.and_then(|sheet| world.agents.iter().find(|agent| agent.id == sheet.agent_id));
    let agent = agent.ok_or_else(|| Problem::not_found("Agent not found"))?;
    Ok(Order {
        card: card.to_owned(),
        agent_id: agent.id.clone(),
        organization_id: agent.organization_id,
        vidsheet_id,
        cell_id,
        layer_id: None,
        data,
    })
}

/// `prompt_var: "SCRIPT"` names a column or variable; the call goes on as if what it holds had been sent. A name that
/// holds nothing is left as it is, so that the field it stands for is missed.
fn resolve_names(world: &World, vidsheet_id: u64, cell_id: u64, mut data: Value) -> Value {
    for field in ["prompt", "negative_prompt", "script"] {
        let name = data.get(format!("{field}_var")).and_then(Value::as_str).map(str::to_owned);
        if let (Some(name), true) = (name, data.get(field).is_none())
            && let Some(value) = variables::look_up(world, vidsheet_id, cell_id, &data, &name)
        {
            data[field] = Value::String(value);
        }
    }
    let file = |name: &Value| variables::look_up_file(world, vidsheet_id, cell_id, name.as_str()?);
    for (var, field) in [("image_var", "image_resource_id"), ("image_tail_var", "image_tail_resource_id")] {
        if let Some(id) = data.get(var).and_then(file).filter(|_| data.get(field).is_none()) {
            data[field] = json!(id);
        }
    }
    if let Some(names) = data.get("content_resource_vars").and_then(Value::as_array) {
        // A name that holds no file becomes an id that is none.
        let named = names.iter().map(|name| file(name).map_or(Value::Null, Value::from));
        let said = data["asset_resource_ids"].as_array().cloned().unwrap_or_default();
        data["asset_resource_ids"] = said.into_iter().chain(named).collect();
    }
    data
}
