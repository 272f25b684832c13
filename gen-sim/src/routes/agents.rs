//! Agents and their avatars.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use serde_json::Value;

use super::wire;
use crate::answer::{Answer, Call, Problem, ok};
use crate::state::Sim;
use crate::world::{Agent, World};

const AVATARS_PER_PAGE: usize = 20;

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/agents", get(list))
        .route("/agents/{id}", get(get_one))
        .route("/agents/{id}/avatars", get(avatars))
}

async fn list(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let wanted = call.query("workspace_id");
    let mine = world.agents.iter().filter(|agent| {
        world.role(call.user, agent.organization_id).is_some()
            && wanted.is_none_or(|workspace| workspace == agent.organization_id.to_string())
    });
    ok(Value::Array(mine.map(|agent| wire(&sim, &world).agent(agent, call.user)).collect()))
}

async fn get_one(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let agent = agent(&world, &call, &id)?;
    let mut shape = wire(&sim, &world).agent_detail(agent, call.user);
    if call.flag("with_organization_uuid") {
        let organization =
            world.organizations.iter().find(|organization| organization.id == agent.organization_id);
        shape["organization_uuid"] =
            organization.map_or(Value::Null, |organization| organization.uuid.clone().into());
    }
    ok(shape)
}

/// Ascending by id after the cursor; the first page starts with the primary one.
async fn avatars(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let mut avatars = wire(&sim, &world).avatars(agent(&world, &call, &id)?);
    match call.query("cursor").and_then(|cursor| cursor.parse::<u64>().ok()) {
        Some(cursor) => avatars.retain(|avatar| avatar["id"].as_u64() > Some(cursor)),
        None => avatars.sort_by_key(|avatar| (avatar["is_primary"] != true, avatar["id"].as_u64())),
    }
    avatars.truncate(AVATARS_PER_PAGE);
    ok(Value::Array(avatars))
}

/// Agent routes say `permission_denied` where others say `forbidden`.
fn agent<'a>(world: &'a World, call: &Call, id: &str) -> Result<&'a Agent, Problem> {
    world.agent(call.user, id, false).map_err(|problem| match problem.code {
        "forbidden" => Problem { code: "permission_denied", ..problem },
        _ => problem,
    })
}
