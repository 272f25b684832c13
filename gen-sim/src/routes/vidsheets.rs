//! Vidsheets: create, get, clone. GEN has no list of them.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::routing::{get, post};
use serde_json::Value;

use super::wire;
use crate::answer::{Answer, Call, Problem, ok, reply, text_of};
use crate::state::Sim;
use crate::wire::Wire;
use crate::world::{Vidsheet, World};
use crate::{clock, credits, seed};

pub fn router() -> Router<Sim> {
    Router::new().route("/", post(create)).route("/{id}", get(get_one)).route("/{id}/clone", post(clone))
}

/// Checks the agent, its credits, and that the vidsheet is this agent's. Gives its place in the table.
pub fn find(world: &World, call: &Call, id: &str) -> Result<usize, Problem> {
    let agent_id = scope(world, call)?;
    let mine = |sheet: &Vidsheet| {
        sheet.agent_id == agent_id && (sheet.id.to_string() == id || sheet.uuid == id || sheet.slug == id)
    };
    world
        .vidsheets
        .iter()
        .position(mine)
        .ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "spreadsheet_not_found", "Spreadsheet not found"))
}

/// As [`find`], to change it.
pub fn find_mut<'a>(world: &'a mut World, call: &Call, id: &str) -> Result<&'a mut Vidsheet, Problem> {
    let at = find(world, call, id)?;
    world.vidsheets[at].updated_ms = clock::now_ms();
    Ok(&mut world.vidsheets[at])
}

/// As [`find`], to read it.
pub fn find_ref<'a>(world: &'a World, call: &Call, id: &str) -> Result<&'a Vidsheet, Problem> {
    Ok(&world.vidsheets[find(world, call, id)?])
}

/// The wire, with costs when the call asks for them.
pub fn costed<'a>(sim: &'a Sim, world: &'a World, call: &Call) -> Wire<'a> {
    Wire { with_cost: call.flag("with_execution_cost"), ..wire(sim, world) }
}

/// The agent of the call, if the user may do this with it and it has credits.
fn scope(world: &World, call: &Call) -> Result<String, Problem> {
    let agent = world.agent(call.user, &call.agent_id()?, call.method != Method::GET)?;
    credits::require_some(world, agent.organization_id)?;
    Ok(agent.id.clone())
}

async fn create(State(sim): State<Sim>, call: Call) -> Answer {
    let mut world = sim.world();
    let agent_id = scope(&world, &call)?;
    let given = call.inner("spreadsheet")?;
    let title = given.get("title").and_then(Value::as_str).map(str::trim).filter(|title| !title.is_empty());
    let title = title.ok_or_else(|| Problem::validation("Title can't be blank"))?.to_owned();
    let is_default = given.get("is_default").and_then(Value::as_bool).unwrap_or(false);
    let mut sheet = seed::blank_vidsheet(&mut world, &agent_id, &title, clock::now_ms());
    sheet.is_default = is_default;
    let shape = wire(&sim, &world).vidsheet(&sheet);
    world.vidsheets.push(sheet);
    reply(StatusCode::CREATED, shape)
}

async fn get_one(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let sheet = find_ref(&world, &call, &id)?;
    ok(costed(&sim, &world, &call).vidsheet(sheet))
}

async fn clone(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let mut copy = find_ref(&world, &call, &id)?.clone();
    if let Some(target) = call.body.get("target_agent_id").and_then(text_of) {
        copy.agent_id = world.agent(call.user, &target, true)?.id.clone();
    }
    let now = clock::now_ms();
    copy.id = world.new_id();
    copy.slug = format!("{}-{}", copy.slug, copy.id);
    copy.uuid = seed::uuid(copy.id);
    copy.title = format!("{} (copy)", copy.title);
    copy.is_default = false;
    (copy.created_ms, copy.updated_ms) = (now, now);
    let mut columns = Vec::new();
    for column in &mut copy.columns {
        let before = column.id;
        column.id = world.new_id();
        columns.push((before, column.id));
    }
    for row in &mut copy.rows {
        super::rows::renumber(&mut world, row, now);
        for cell in &mut row.cells {
            let renamed = columns.iter().find(|(before, _)| *before == cell.column_id);
            cell.column_id = renamed.map_or(cell.column_id, |(_, after)| *after);
        }
    }
    let shape = wire(&sim, &world).vidsheet(&copy);
    world.vidsheets.push(copy);
    reply(StatusCode::CREATED, shape)
}
