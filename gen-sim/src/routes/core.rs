//! Agent Core: one flat document, patched by GEN's merge rules.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Map, Value, json};

use super::wire;
use crate::answer::{Answer, Call, Problem, id_of, ok, reply};
use crate::faults::FAILING_VOICE;
use crate::state::Sim;
use crate::world::{Agent, World};

/// Every field of the document, and whether it is a list.
pub const FIELDS: &[(&str, bool)] = &[
    ("brand_name", false),
    ("description", false),
    ("identity_type", false),
    ("goal", false),
    ("target_platforms", true),
    ("shortform", false),
    ("longform", false),
    ("onboarding_status", false),
    ("keywords", true),
    ("monitored", true),
    ("research_topics", true),
    ("linked_accounts", true),
    ("personality", false),
    ("default_user_voice", false),
];

pub fn router() -> Router<Sim> {
    Router::new().route("/agents/{id}/core", get(read).patch(patch))
}

async fn read(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let agent = world.agent(call.user, &id, false).map_err(missing)?;
    ok(wire(&sim, &world).core(agent))
}

async fn patch(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    world.agent(call.user, &id, true).map_err(missing)?;
    let Value::Object(mut changes) = call.body else {
        return Err(Problem::validation("A JSON object of Agent Core fields is required"));
    };
    for (field, value) in &changes {
        check_field(field, value)?;
    }
    mirror_keywords(&mut changes);
    let voice_fails =
        changes.get("default_user_voice").is_some_and(|voice| voice["voice_id"] == FAILING_VOICE);
    number_new_accounts(&mut world, &id, &mut changes)?;
    let agent = world.agent_mut(call.user, &id)?;
    let mut saved = changes;
    let asked: Vec<String> = saved.keys().cloned().collect();
    if voice_fails {
        saved.remove("default_user_voice");
    }
    agent.core.extend(saved);
    let sections = sections(agent, &asked, voice_fails);
    reply(if voice_fails { StatusCode::MULTI_STATUS } else { StatusCode::OK }, sections)
}

/// On the core an unknown agent is 404, unlike everywhere else.
fn missing(problem: Problem) -> Problem {
    match problem.code {
        "agent_not_found" => Problem::not_found("Agent not found"),
        _ => problem,
    }
}

/// Keywords without monitored overwrite monitored, accounts and hashtags included.
fn mirror_keywords(changes: &mut Map<String, Value>) {
    if changes.contains_key("monitored") {
        return;
    }
    if let Some(Value::Array(keywords)) = changes.get("keywords") {
        let mirrored =
            keywords.iter().map(|keyword| json!({"handle": keyword, "item_type": "keyword"})).collect();
        changes.insert("monitored".to_owned(), Value::Array(mirrored));
    }
}

/// Accounts without an id are new and get one; an id that the agent does not have is refused.
fn number_new_accounts(
    world: &mut World,
    agent_id: &str,
    changes: &mut Map<String, Value>,
) -> Result<(), Problem> {
    let Some(Value::Array(accounts)) = changes.get_mut("linked_accounts") else {
        return Ok(());
    };
    let before = world
        .agents
        .iter()
        .find(|agent| agent.id == agent_id)
        .and_then(|agent| agent.core.get("linked_accounts"));
    let before: Vec<Value> = before.and_then(Value::as_array).cloned().unwrap_or_default();
    for account in accounts {
        match account.get("id").filter(|id| !id.is_null()) {
            None => account["id"] = json!(world.new_id()),
            Some(id) => {
                let known = before.iter().find(|old| id_of(&old["id"]) == id_of(id));
                let known =
                    known.ok_or_else(|| Problem::validation("linked_accounts: no account has this id"))?;
                // Updated in place: what is not sent again stays.
                let mut merged = known.as_object().cloned().unwrap_or_default();
                merged.extend(account.as_object().cloned().unwrap_or_default());
                *account = Value::Object(merged);
            }
        }
    }
    Ok(())
}

/// The result per upstream section, only those that were touched.
fn sections(agent: &Agent, asked: &[String], voice_fails: bool) -> Value {
    let mut sections = Map::new();
    let ok = |data: Value| json!({"status": "ok", "data": data});
    let brand: Map<String, Value> = asked
        .iter()
        .filter(|field| !matches!(field.as_str(), "personality" | "default_user_voice" | "research_topics"))
        .filter_map(|field| Some((field.clone(), agent.core.get(field)?.clone())))
        .collect();
    if !brand.is_empty() {
        sections.insert("brand".to_owned(), ok(Value::Object(brand)));
    }
    for (field, section) in [
        ("personality", "personality"),
        ("research_topics", "research_topics"),
        ("default_user_voice", "voice"),
    ] {
        if !asked.iter().any(|name| name == field) {
            continue;
        }
        let outcome = if section == "voice" && voice_fails {
            json!({"status": "error", "error": "voice service unavailable"})
        } else {
            ok(agent.core.get(field).cloned().unwrap_or(Value::Null))
        };
        sections.insert(section.to_owned(), outcome);
    }
    Value::Object(sections)
}

/// Whether a field of the core may hold this.
pub fn check_field(field: &str, value: &Value) -> Result<(), Problem> {
    match field {
        "brand_name" => text(field, value, 200),
        "description" => text(field, value, 500),
        "goal" => text(field, value, 100),
        "onboarding_status" => text(field, value, 50),
        "personality" => text(field, value, 20_000),
        "identity_type" if value.is_null() => Ok(()),
        "identity_type" => one_of(field, value, &["brand", "character"]),
        "shortform" | "longform" if value.is_null() || value.is_boolean() => Ok(()),
        "shortform" | "longform" => Err(Problem::validation(format!("{field} must be true or false"))),
        "keywords" => list(field, value, 20, |item| text("keywords", item, 300)),
        "target_platforms" => list(field, value, 10, |item| text("target_platforms", item, 50)),
        "monitored" => list(field, value, 50, |item| {
            known_keys(field, item, &["handle", "item_type"])?;
            required_text("monitored.handle", &item["handle"], 300)?;
            one_of("monitored.item_type", &item["item_type"], &["account", "hashtag", "keyword"])
        }),
        "research_topics" => list(field, value, 20, |item| {
            known_keys(field, item, &["topic"])?;
            required_text("research_topics.topic", &item["topic"], 500)
        }),
        "linked_accounts" => list(field, value, 20, |item| {
            known_keys(field, item, &["id", "url", "platform", "display_name"])?;
            required_text("linked_accounts.url", &item["url"], 500)?;
            text("linked_accounts.platform", &item["platform"], 50)?;
            text("linked_accounts.display_name", &item["display_name"], 200)
        }),
        "default_user_voice" if value.is_null() => Ok(()),
        "default_user_voice" => {
            known_keys(field, value, &["voice_id", "name", "source"])?;
            required_text("default_user_voice.voice_id", &value["voice_id"], 200)?;
            text("default_user_voice.name", &value["name"], 200)?;
            let sources = ["public", "user_designed", "user_trained", "user_elevenlabs", "eleven_labs"];
            if value["source"].is_null() {
                Ok(())
            } else {
                one_of("default_user_voice.source", &value["source"], &sources)
            }
        }
        unknown => Err(Problem::validation(format!("Unknown field: {unknown}"))),
    }
}

/// Text or null, at most so many characters.
fn text(field: &str, value: &Value, most: usize) -> Result<(), Problem> {
    match value {
        Value::Null => Ok(()),
        Value::String(text) if text.chars().count() <= most => Ok(()),
        Value::String(_) => {
            Err(Problem::validation(format!("{field} is too long (maximum is {most} characters)")))
        }
        _ => Err(Problem::validation(format!("{field} must be text"))),
    }
}

fn required_text(field: &str, value: &Value, most: usize) -> Result<(), Problem> {
    match value.as_str() {
        Some(given) if !given.trim().is_empty() => text(field, value, most),
        _ => Err(Problem::validation(format!("{field} is required"))),
    }
}

fn one_of(field: &str, value: &Value, allowed: &[&str]) -> Result<(), Problem> {
    let known = value.as_str().is_some_and(|given| allowed.contains(&given));
    known
        .then_some(())
        .ok_or_else(|| Problem::validation(format!("{field} must be one of {}", allowed.join(", "))))
}

fn list(
    field: &str,
    value: &Value,
    most: usize,
    check: impl Fn(&Value) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let items = value.as_array().ok_or_else(|| Problem::validation(format!("{field} must be a list")))?;
    if items.len() > most {
        return Err(Problem::validation(format!("{field} has too many items (maximum is {most})")));
    }
    items.iter().try_for_each(check)
}

fn known_keys(field: &str, item: &Value, allowed: &[&str]) -> Result<(), Problem> {
    let object =
        item.as_object().ok_or_else(|| Problem::validation(format!("{field} items must be objects")))?;
    match object.keys().find(|key| !allowed.contains(&key.as_str())) {
        Some(unknown) => Err(Problem::validation(format!("{field}: unknown field {unknown}"))),
        None => Ok(()),
    }
}
