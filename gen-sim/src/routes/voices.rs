//! The voice library of an agent: list, delete, preview.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use serde_json::{Value, json};

use super::agents::permission;
use super::wire;
use crate::answer::{Answer, Call, Problem, empty, ok, reply};
use crate::clock;
use crate::jobs::{self, Order};
use crate::state::Sim;
use crate::world::{Voice, World};

const SOURCES: &[&str] = &["public", "user_designed", "user_trained", "user_elevenlabs"];
/// What a connected ElevenLabs account brings along.
const ELEVENLABS: &[(&str, &str)] = &[("el-harbour-bell", "Harbour Bell"), ("el-slow-tide", "Slow Tide")];

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/agents/{id}/voice/library", get(library))
        .route("/agents/{id}/voice/{voice_id}", delete(remove))
        .route("/agents/{id}/voice/{voice_id}/preview", post(preview))
        .route("/agents/{id}/voice/preview/{job_id}", get(preview_status))
}

/// The voice calls say 400 where others say 422.
pub fn bad_request(problem: Problem) -> Problem {
    match problem.code {
        "validation_error" => Problem { status: StatusCode::BAD_REQUEST, ..problem },
        _ => problem,
    }
}

async fn library(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let wanted = call.query("source");
    if wanted.is_some_and(|source| !SOURCES.contains(&source)) {
        return Err(Problem::validation(format!("source must be one of {}", SOURCES.join(", "))));
    }
    let world = sim.world();
    world.agent(call.user, &id, false).map_err(permission)?;
    let shape = |voice: &Voice| {
        let preview = wire(&sim, &world).voice_preview(&voice.voice_id);
        json!({"voice_id": voice.voice_id, "name": voice.name, "source": voice.source, "preview_url": preview})
    };
    let voices: Vec<Value> = usable(&world, &id)
        .iter()
        .filter(|voice| wanted.is_none_or(|source| source == voice.source))
        .map(shape)
        .collect();
    let total = voices.len();
    ok(json!({"voices": voices, "total": total}))
}

/// Only a voice of the agent's own can be deleted.
async fn remove(State(sim): State<Sim>, Path((id, voice_id)): Path<(String, String)>, call: Call) -> Answer {
    let mut world = sim.world();
    world.agent(call.user, &id, true).map_err(permission)?;
    let own = |voice: &Voice| voice.voice_id == voice_id && voice.agent_id.as_ref() == Some(&id);
    if !world.voices.iter().any(own) {
        return Err(Problem::not_found("Voice not found"));
    }
    world.voices.retain(|voice| !own(voice));
    empty(StatusCode::NO_CONTENT)
}

async fn preview(State(sim): State<Sim>, Path((id, voice_id)): Path<(String, String)>, call: Call) -> Answer {
    let mut world = sim.world();
    let organization_id = world.agent(call.user, &id, true).map_err(permission)?.organization_id;
    let text = call.text("text").map_err(bad_request)?;
    if !usable(&world, &id).iter().any(|voice| voice.voice_id == voice_id) {
        return Err(Problem::not_found("Voice not found"));
    }
    let data = json!({"script": text, "voice_id": voice_id});
    let order = Order::without_cell("voice_preview", &id, organization_id, data);
    let job = jobs::start(&sim, &mut world, order, clock::now_ms())?;
    reply(StatusCode::ACCEPTED, json!({"user_job_id": job}))
}

async fn preview_status(
    State(sim): State<Sim>,
    Path((id, job_id)): Path<(String, String)>,
    call: Call,
) -> Answer {
    let world = sim.world();
    world.agent(call.user, &id, false).map_err(permission)?;
    let job = job_id.parse().ok().and_then(|job: u64| world.jobs.get(&job));
    let job = job.filter(|job| job.card == "voice_preview" && job.agent_id == id);
    let job = job.ok_or_else(|| Problem::not_found("Preview not found"))?;
    let mut shape = wire(&sim, &world).job(job);
    // Previews name their sound differently from every other job.
    for output in shape["output_resources"].as_array_mut().into_iter().flatten() {
        *output = json!({"id": output["id"], "type": "audio", "file_url": output["url"]});
    }
    ok(shape)
}

/// The public voices, the agent's own, and those of its ElevenLabs account.
fn usable(world: &World, agent_id: &str) -> Vec<Voice> {
    let mut voices: Vec<Voice> = (world.voices.iter())
        .filter(|voice| voice.agent_id.as_deref().is_none_or(|owner| owner == agent_id))
        .cloned()
        .collect();
    let connected = world.agents.iter().any(|agent| agent.id == agent_id && agent.elevenlabs_key.is_some());
    if connected {
        voices.extend(ELEVENLABS.iter().map(|(voice_id, name)| Voice {
            voice_id: (*voice_id).to_owned(),
            name: (*name).to_owned(),
            source: "user_elevenlabs".to_owned(),
            gender: "female".to_owned(),
            agent_id: Some(agent_id.to_owned()),
            language: None,
            description: None,
        }));
    }
    voices
}
