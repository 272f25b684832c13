//! Agents: listed, made, changed and deleted.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Map, Value, json};

use super::avatars;
use super::elevenlabs::{self, usable_key};
use super::wire;
use crate::answer::{Answer, Call, Problem, empty, id_of, ok, optional, reply, required};
use crate::state::Sim;
use crate::world::{Agent, World};
use crate::writing::hash;

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/agents", get(list).post(create))
        .route("/agents/{id}", get(get_one).patch(update).delete(delete))
}

/// Agent routes say `permission_denied` where others say `forbidden`.
pub fn permission(problem: Problem) -> Problem {
    match problem.code {
        "forbidden" => Problem { code: "permission_denied", ..problem },
        _ => problem,
    }
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
    let agent = world.agent(call.user, &id, false).map_err(permission)?;
    let mut shape = wire(&sim, &world).agent_detail(agent, call.user);
    if call.flag("with_organization_uuid") {
        let organization =
            world.organizations.iter().find(|organization| organization.id == agent.organization_id);
        shape["organization_uuid"] =
            organization.map_or(Value::Null, |organization| organization.uuid.clone().into());
    }
    ok(shape)
}

/// Without an organization the agent is personal: here it belongs to the first one its maker manages.
async fn create(State(sim): State<Sim>, call: Call) -> Answer {
    let mut world = sim.world();
    let given = call.inner("agent")?;
    let organization_id = match call.body.get("organization_id").filter(|id| !id.is_null()) {
        Some(id) => id_of(id)
            .filter(|id| world.role(call.user, *id).is_some())
            .ok_or_else(|| Problem::unprocessable("organization_not_found", "Organization not found"))?,
        None => world
            .organizations
            .iter()
            .find(|organization| matches!(world.role(call.user, organization.id), Some("owner" | "manager")))
            .map(|organization| organization.id)
            .ok_or_else(Problem::forbidden)?,
    };
    if world.role(call.user, organization_id) == Some("viewer") {
        return Err(permission(Problem::forbidden()));
    }
    let failed = |problem: Problem| Problem { code: "agent_creation_failed", ..problem };
    required(given.get("name"), "name").map_err(failed)?;
    let pictures = avatars::given(&sim, &mut world, &call, given.get("agent_avatars_attributes"), "agent")
        .map_err(failed)?;
    let id = world.new_id();
    let id = format!("ag_{id:x}_{:04x}", hash(&format!("agent {id}")) & 0xffff);
    let mut agent = Agent {
        id,
        organization_id,
        name: String::new(),
        description: None,
        time_zone: None,
        avatars: pictures,
        core: Map::new(),
        preferences: Vec::new(),
        automation: crate::world::Automation::default(),
        elevenlabs_key: None,
        profile: Map::new(),
    };
    if let Some(first) = agent.avatars.first_mut() {
        first.is_primary = true;
    }
    write(&world, &mut agent, &given).map_err(|problem| match problem.code {
        "validation_error" => failed(problem),
        _ => problem,
    })?;
    world.agents.push(agent);
    let shape = world.agents.last().map(|agent| wire(&sim, &world).agent_detail(agent, call.user));
    reply(StatusCode::CREATED, json!({"agent": shape}))
}

async fn update(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let given = call.inner("agent")?;
    let mut agent = world.agent(call.user, &id, true).map_err(permission)?.clone();
    let pictures = avatars::given(&sim, &mut world, &call, given.get("agent_avatars_attributes"), "agent")
        .map_err(|problem| Problem { code: "agent_update_failed", ..problem })?;
    if !pictures.is_empty() {
        agent.avatars.iter_mut().for_each(|avatar| avatar.is_primary = false);
        let primary = pictures.iter().position(|avatar| avatar.is_primary).unwrap_or(0);
        let base = agent.avatars.len();
        agent.avatars.extend(pictures);
        agent.avatars[base + primary].is_primary = true;
    }
    write(&world, &mut agent, &given)?;
    if let Some(voice) = given.get("default_user_voice_attributes").filter(|voice| !voice.is_null()) {
        let chosen = chosen_voice(&world, &id, voice)?;
        agent.core.insert("default_user_voice".to_owned(), chosen);
    }
    let shape = wire(&sim, &world).agent_detail(&agent, call.user);
    *world.agent_mut(call.user, &id)? = agent;
    ok(json!({"agent": shape}))
}

/// Owners and managers only. The agent and everything of it is gone for every later call.
async fn delete(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let organization_id = world.agent(call.user, &id, true)?.organization_id;
    if !matches!(world.role(call.user, organization_id), Some("owner" | "manager")) {
        return Err(Problem::forbidden());
    }
    world.agents.retain(|agent| agent.id != id);
    empty(StatusCode::OK)
}

/// Name, description, time zone and keys, each only when it was sent.
fn write(world: &World, agent: &mut Agent, given: &Map<String, Value>) -> Result<(), Problem> {
    if given.contains_key("name") {
        let name = required(given.get("name"), "name")?;
        let mut siblings = world
            .agents
            .iter()
            .filter(|other| other.organization_id == agent.organization_id && other.id != agent.id);
        if siblings.any(|other| other.name == name) {
            return Err(Problem::validation("Name has already been taken"));
        }
        if name.chars().count() > 255 {
            return Err(Problem::validation("name is too long (maximum is 255 characters)"));
        }
        agent.name = name;
    }
    if given.contains_key("description") {
        agent.description = optional(given.get("description"), "description", 20_000)?;
    }
    if given.contains_key("time_zone") {
        let zone = optional(given.get("time_zone"), "time_zone", 64)?;
        if zone.as_deref().is_some_and(|zone| zone != "UTC" && !zone.contains('/')) {
            return Err(Problem::validation("time_zone must be an IANA name"));
        }
        agent.time_zone = zone;
    }
    for field in ["eleven_lab_api_key", "hume_ai_api_key"] {
        let Some(key) = optional(given.get(field), field, 500)? else {
            continue;
        };
        if !usable_key(&key) {
            return Err(Problem::unprocessable("invalid_api_key", format!("{field} is not valid")));
        }
        if field == "eleven_lab_api_key" {
            elevenlabs::connect(agent, key);
        }
    }
    Ok(())
}

/// The voice in the form the core keeps it.
fn chosen_voice(world: &World, agent_id: &str, voice: &Value) -> Result<Value, Problem> {
    let source = voice.get("source").and_then(Value::as_str).unwrap_or("");
    if !["eleven_labs", "hume_ai", "user_voice_resource"].contains(&source) {
        let message = "source must be one of eleven_labs, hume_ai, user_voice_resource";
        return Err(Problem::validation(message));
    }
    let voice_id = required(voice.get("voice_id"), "voice_id")
        .map_err(|problem| Problem { code: "voice_id_required", ..problem })?;
    let known = world.voices.iter().find(|known| {
        known.voice_id == voice_id && known.agent_id.as_deref().is_none_or(|owner| owner == agent_id)
    });
    match (known, source) {
        (Some(known), _) => Ok(json!({"voice_id": voice_id, "name": known.name, "source": known.source})),
        (None, "user_voice_resource") => Err(Problem {
            code: "user_voice_resource_not_found",
            ..Problem::not_found("User voice resource not found")
        }),
        (None, _) => Ok(json!({"voice_id": voice_id, "source": "public"})),
    }
}
