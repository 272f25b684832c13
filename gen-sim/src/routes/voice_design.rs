//! New voices: designed from a description, or cloned from a recording.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::agents::permission;
use super::voices::bad_request;
use super::wire;
use crate::answer::{Answer, Call, Problem, ok, optional, reply};
use crate::media;
use crate::state::Sim;
use crate::world::{Voice, World};
use crate::writing::hash;

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/agents/{id}/voice/design/generate-script", post(script))
        .route("/agents/{id}/voice/design/generate-description", post(description))
        .route("/agents/{id}/voice/design/generate-samples", post(samples))
        .route("/agents/{id}/voice/design", post(finalize))
        .route("/agents/{id}/voice/clone", post(clone))
}

async fn script(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let agent = world.agent(call.user, &id, true).map_err(permission)?;
    optional(call.body.get("language"), "language", 50).map_err(bad_request)?;
    let sample = format!(
        "Hi there, this is the voice of {}. Let me tell you what we made this week, what it cost, and what broke on the way.",
        agent.name
    );
    ok(json!({"voice_sample": sample}))
}

async fn description(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    sim.world().agent(call.user, &id, true).map_err(permission)?;
    let gender = gender(&call)?.ok_or_else(|| bad_request(Problem::validation("gender is required")))?;
    for (field, most) in [("voice_description", 2000), ("language", 50), ("script", 5000)] {
        optional(call.body.get(field), field, most).map_err(bad_request)?;
    }
    let wish = call.body.get("voice_description").and_then(Value::as_str).unwrap_or("warm and confident");
    ok(
        json!({"voice_description": format!("A {gender} voice, {wish}, with a measured pace and a clear close sound.")}),
    )
}

/// Three recordings to choose from; the id of the chosen one makes the voice.
async fn samples(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    sim.world().agent(call.user, &id, true).map_err(permission)?;
    let text = call.text("text").map_err(bad_request)?;
    let spoken: String = text.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
    let mut shapes = Vec::new();
    for n in 0..3 {
        let number = sim.world().new_id();
        let generation_id = format!("vg_{number:x}_{:06x}", hash(&format!("sample {number}")) & 0x00ff_ffff);
        let sound = media::speech(&spoken, &format!("{generation_id}{n}")).ok_or_else(|| {
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", "No sample could be made.")
        })?;
        sim.world().voice_samples.push((generation_id.clone(), id.clone()));
        shapes.push(json!({"generation_id": generation_id, "audio": BASE64_STANDARD.encode(sound)}));
    }
    ok(json!({"samples": shapes}))
}

async fn finalize(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    world.agent(call.user, &id, true).map_err(permission)?;
    let generation_id = call.text("generation_id")?;
    let sample = (generation_id, id.clone());
    if !world.voice_samples.contains(&sample) {
        return Err(Problem::validation("generation_id: no such sample"));
    }
    let made = make(&mut world, &call, &id, "huv", "user_designed")?;
    world.voice_samples.retain(|kept| *kept != sample);
    reply(StatusCode::CREATED, shape(&sim, &world, &made))
}

/// Exactly one recording, by address or in base64.
async fn clone(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    world.agent(call.user, &id, true).map_err(permission)?;
    let text = |field: &str| call.body.get(field).and_then(Value::as_str).filter(|text| !text.is_empty());
    let refused = |message: &str| Err(bad_request(Problem::validation(message)));
    match (text("audio_url"), text("audio_base64")) {
        (Some(url), None) if url.starts_with("https://") || url.starts_with("http://") => {}
        (Some(_), None) => return refused("audio_url must be a web address"),
        (None, Some(sound)) if BASE64_STANDARD.decode(sound).is_ok() => {}
        (None, Some(_)) => return refused("audio_base64 is not base64"),
        _ => return refused("Exactly one of audio_url and audio_base64 is required"),
    }
    let made = make(&mut world, &call, &id, "huc", "user_trained").map_err(bad_request)?;
    reply(StatusCode::CREATED, shape(&sim, &world, &made))
}

fn make(
    world: &mut World,
    call: &Call,
    agent_id: &str,
    prefix: &str,
    source: &str,
) -> Result<Voice, Problem> {
    let name = call.text("name")?;
    let language = optional(call.body.get("language"), "language", 50)?;
    let description = optional(call.body.get("description"), "description", 2000)?;
    let gender = gender(call)?.unwrap_or_else(|| "female".to_owned());
    let voice = Voice {
        voice_id: format!("{prefix}-{}", world.new_id()),
        name,
        source: source.to_owned(),
        gender,
        agent_id: Some(agent_id.to_owned()),
        language,
        description,
    };
    world.voices.push(voice.clone());
    Ok(voice)
}

fn gender(call: &Call) -> Result<Option<String>, Problem> {
    let gender = optional(call.body.get("gender"), "gender", 20).map_err(bad_request)?;
    match gender.as_deref() {
        None | Some("male" | "female") => Ok(gender),
        Some(_) => Err(bad_request(Problem::validation("gender must be male or female"))),
    }
}

/// The shape only GEN's own client shows; the library's `voice_id` beside it.
fn shape(sim: &Sim, world: &World, voice: &Voice) -> Value {
    let number: Option<u64> = voice.voice_id.rsplit('-').next().and_then(|number| number.parse().ok());
    json!({
        "id": number,
        "voice_id": voice.voice_id,
        "name": voice.name,
        "gender": voice.gender,
        "language": voice.language,
        "description": voice.description,
        "hume_ai_voice_id": voice.voice_id,
        "file_url": wire(sim, world).voice_preview(&voice.voice_id),
    })
}
