//! The voice library of an agent.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use serde_json::{Value, json};

use super::wire;
use crate::answer::{Answer, Call, Problem, ok};
use crate::state::Sim;

const SOURCES: &[&str] = &["public", "user_designed", "user_trained", "user_elevenlabs"];

pub fn router() -> Router<Sim> {
    Router::new().route("/agents/{id}/voice/library", get(library))
}

async fn library(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let wanted = call.query("source");
    if wanted.is_some_and(|source| !SOURCES.contains(&source)) {
        return Err(Problem::validation(format!("source must be one of {}", SOURCES.join(", "))));
    }
    let world = sim.world();
    world.agent(call.user, &id, false)?;
    let usable = world.voices.iter().filter(|voice| {
        voice.agent_id.as_ref().is_none_or(|owner| *owner == id)
            && wanted.is_none_or(|source| source == voice.source)
    });
    let shape = |voice: &crate::world::Voice| {
        let preview = wire(&sim, &world).voice_preview(&voice.voice_id);
        json!({"voice_id": voice.voice_id, "name": voice.name, "source": voice.source, "preview_url": preview})
    };
    let voices: Vec<Value> = usable.map(shape).collect();
    let total = voices.len();
    ok(json!({"voices": voices, "total": total}))
}
