//! The connection of an agent to its owner's ElevenLabs account.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::agents::permission;
use crate::answer::{Answer, Call, Problem, ok};
use crate::state::Sim;
use crate::world::Agent;

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/agents/{id}/voice/integrations/elevenlabs", get(status).post(connect_key).delete(disconnect))
        .route("/agents/{id}/voice/integrations/elevenlabs/test", post(test))
}

/// Whether ElevenLabs would take this key: at least eight signs, and not the word "invalid". Our own choice.
pub fn usable_key(key: &str) -> bool {
    key.len() >= 8 && key.bytes().all(|byte| byte.is_ascii_graphic()) && !key.contains("invalid")
}

/// Keeps the key; the library shows the account's voices from now on.
pub fn connect(agent: &mut Agent, key: String) {
    agent.elevenlabs_key = Some(key);
}

async fn status(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let agent = world.agent(call.user, &id, false).map_err(permission)?;
    let masked = agent.elevenlabs_key.as_deref().map(|key| format!("***{}", &key[key.len() - 4..]));
    ok(json!({"connected": masked.is_some(), "masked_key": masked}))
}

async fn connect_key(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    world.agent(call.user, &id, true).map_err(permission)?;
    let key = key(&call).filter(|key| usable_key(key)).ok_or_else(|| {
        Problem::new(StatusCode::BAD_REQUEST, "invalid_key", "ElevenLabs does not accept this key.")
    })?;
    connect(world.agent_mut(call.user, &id)?, key);
    ok(json!({"connected": true, "user": {"subscription": {"tier": "creator"}}}))
}

/// Saves nothing.
async fn test(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    sim.world().agent(call.user, &id, true).map_err(permission)?;
    let key = key(&call)
        .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "invalid_key", "api_key is required"))?;
    ok(json!({"valid": usable_key(&key)}))
}

async fn disconnect(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    world.agent(call.user, &id, true).map_err(permission)?;
    world.agent_mut(call.user, &id)?.elevenlabs_key = None;
    ok(json!({"connected": false}))
}

fn key(call: &Call) -> Option<String> {
    call.body.get("api_key").and_then(Value::as_str).filter(|key| !key.is_empty()).map(str::to_owned)
}
