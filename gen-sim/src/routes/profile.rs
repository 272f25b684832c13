//! The profile: an older view of the Agent Core, in sections. In OpenAPI, not in the reference.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Map, Value, json};

use super::core::check_field;
use super::wire;
use crate::answer::{Answer, Call, Problem, empty, ok, optional, reply};
use crate::state::Sim;
use crate::world::{Agent, World};

/// What the brand section shares with the Agent Core.
const BRAND: &[&str] = &[
    "brand_name",
    "description",
    "goal",
    "keywords",
    "target_platforms",
    "shortform",
    "longform",
    "linked_accounts",
    "onboarding_status",
];
const SECTIONS: &[&str] = &["identity", "voice", "brand"];

pub fn router() -> Router<Sim> {
    Router::new().route("/agent/profile", get(read).post(create).put(replace).delete(reset))
}

async fn read(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let agent = world.agent(call.user, &call.agent_id()?, false)?;
    ok(shape(&sim, &world, agent))
}

async fn create(State(sim): State<Sim>, call: Call) -> Answer {
    save(&sim, &call, StatusCode::CREATED)
}

async fn replace(State(sim): State<Sim>, call: Call) -> Answer {
    save(&sim, &call, StatusCode::OK)
}

/// Only the brand goes; identity and voice stay.
async fn reset(State(sim): State<Sim>, call: Call) -> Answer {
    let mut world = sim.world();
    let agent = world.agent_mut(call.user, &call.agent_id()?)?;
    agent.core.retain(|field, _| !BRAND.contains(&field.as_str()));
    agent.profile.remove("content_idea_preferences");
    empty(StatusCode::OK)
}

/// Sections that are not sent stay; inside a section, fields that are not sent stay and lists are replaced.
fn save(sim: &Sim, call: &Call, status: StatusCode) -> Answer {
    let mut world = sim.world();
    let agent_id = call.agent_id()?;
    let mut agent = world.agent(call.user, &agent_id, true)?.clone();
    let Value::Object(sections) = &call.body else {
        return Err(Problem::validation("A JSON object of profile sections is required"));
    };
    for (name, section) in sections.iter().filter(|(name, _)| *name != "agent_id") {
        let fields = section.as_object().filter(|_| SECTIONS.contains(&name.as_str()));
        let fields =
            fields.ok_or_else(|| Problem::validation(format!("{name} is no section of a profile")))?;
        match name.as_str() {
            "brand" => save_brand(&mut agent, fields)?,
            "identity" => save_identity(&mut agent, fields)?,
            _ => save_voice(&mut agent, fields)?,
        }
    }
    *world.agent_mut(call.user, &agent_id)? = agent.clone();
    reply(status, shape(sim, &world, &agent))
}

fn save_brand(agent: &mut Agent, fields: &Map<String, Value>) -> Result<(), Problem> {
    for (field, value) in fields {
        if field == "content_idea_preferences" {
            agent.profile.insert(field.clone(), value.clone());
        } else if BRAND.contains(&field.as_str()) {
            check_field(field, value)?;
            agent.core.insert(field.clone(), value.clone());
        } else {
            return Err(Problem::validation(format!("brand: unknown field {field}")));
        }
    }
    Ok(())
}

fn save_identity(agent: &mut Agent, fields: &Map<String, Value>) -> Result<(), Problem> {
    for (field, value) in fields {
        match field.as_str() {
            "name" => agent.name = crate::answer::required(Some(value), "identity.name")?,
            "description" => agent.description = optional(Some(value), "identity.description", 20_000)?,
            "persona" => {
                check_field("personality", value)?;
                agent.core.insert("personality".to_owned(), value.clone());
            }
            "use_character" if value.is_boolean() => {
                agent.profile.insert(field.clone(), value.clone());
            }
            // The address of the avatar follows from the avatars; sending it back changes nothing.
            "avatar_url" if value.is_string() || value.is_null() => {}
            _ => {
                return Err(Problem::validation(format!(
                    "identity: {field} is unknown or of the wrong type"
                )));
            }
        }
    }
    Ok(())
}

fn save_voice(agent: &mut Agent, fields: &Map<String, Value>) -> Result<(), Problem> {
    for (field, value) in fields {
        match field.as_str() {
            "eleven_lab_api_key" => {
                agent.elevenlabs_key = optional(Some(value), field, 500)?.filter(|key| key.len() >= 8)
            }
            "hume_ai_api_key" => drop(optional(Some(value), field, 500)?),
            "default_voice" if value.is_null() => drop(agent.core.remove("default_user_voice")),
            "default_voice" => {
                let voice_id = crate::answer::required(value.get("id"), "default_voice.id")?;
                let chosen = json!({"voice_id": voice_id, "name": value.get("name")});
                agent.core.insert("default_user_voice".to_owned(), chosen);
            }
            _ => return Err(Problem::validation(format!("voice: unknown field {field}"))),
        }
    }
    Ok(())
}

fn shape(sim: &Sim, world: &World, agent: &Agent) -> Value {
    let core = wire(sim, world).core(agent);
    let detail = wire(sim, world).agent_detail(agent, 0);
    let voice = &core["default_user_voice"];
    let chosen = match voice {
        Value::Null => Value::Null,
        voice => json!({"id": voice["voice_id"], "name": voice["name"], "provider": "eleven_labs"}),
    };
    let mut brand: Map<String, Value> =
        BRAND.iter().map(|field| ((*field).to_owned(), core[*field].clone())).collect();
    let preferences = agent.profile.get("content_idea_preferences").cloned();
    brand.insert(
        "content_idea_preferences".to_owned(),
        preferences.unwrap_or_else(|| json!(agent.preferences)),
    );
    let has_brand = BRAND.iter().any(|field| agent.core.contains_key(*field));
    json!({
        "identity": {
            "name": agent.name,
            "description": agent.description,
            "avatar_url": detail["primary_avatar_url"],
            "use_character": agent.profile.get("use_character").cloned().unwrap_or(json!(core["identity_type"] == "character")),
            "persona": core["personality"],
        },
        "voice": {
            // Keys are never sent back whole.
            "eleven_lab_api_key": agent.elevenlabs_key.as_deref().map(|key| format!("***{}", &key[key.len() - 4..])),
            "hume_ai_api_key": null,
            "default_voice": chosen,
        },
        "brand": if has_brand { Value::Object(brand) } else { Value::Null },
    })
}
