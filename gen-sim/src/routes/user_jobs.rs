//! Content monitoring and publishing: the user jobs that belong to no vidsheet.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde_json::{Map, Value, json};

use super::agents::permission;
use super::wire;
use crate::answer::{Answer, Call, Problem, ok, reply, required, text_of, truth};
use crate::jobs::{self, Order};
use crate::state::Sim;
use crate::world::{Job, World};
use crate::{clock, credits};

const MONITORED: &[&str] =
    &["platform", "type", "value", "days", "country", "max_results", "monitoring", "comment_monitoring"];
const LONGEST_DESCRIPTION: usize = 2200;

pub fn router() -> Router<Sim> {
    Router::new().route("/user_jobs", post(create)).route("/user_jobs/{id}", get(get_one).put(update))
}

async fn create(State(sim): State<Sim>, call: Call) -> Answer {
    let mut world = sim.world();
    let agent = world.agent(call.user, &call.agent_id()?, true).map_err(permission)?;
    let (agent_id, organization_id) = (agent.id.clone(), agent.organization_id);
    credits::require_some(&world, organization_id)?;
    let given = call.body.get("user_job").unwrap_or(&call.body);
    let wrapped = call.body.get("user_job").is_some();
    let kind = required(given.get("user_job_type"), "user_job_type")?;
    let data = read_data(given.get("data"))?;
    let data = match kind.as_str() {
        "train_social" => {
            if !wrapped {
                call.lenient("train_social outside of user_job")?;
            }
            monitoring(&data)?
        }
        "publish_content" => {
            if wrapped {
                call.lenient("publish_content inside of user_job")?;
            }
            publication(&data, clock::now_ms())?
        }
        _ => return Err(Problem::validation("user_job_type must be train_social or publish_content")),
    };
    let order = Order::without_cell(&kind, &agent_id, organization_id, data);
    let id = jobs::start(&sim, &mut world, order, clock::now_ms())?;
    reply(StatusCode::CREATED, json!({"user_job_id": id}))
}

async fn get_one(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let job = find(&world, &call, &id, false)?;
    ok(wire(&sim, &world).job(job))
}

/// Only what was sent changes, and only while the job is not over.
async fn update(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let job = find(&world, &call, &id, true)?;
    let id = job.id;
    if job.card != "train_social" || !matches!(job.status.as_str(), "pending" | "processing") {
        return Err(Problem::unprocessable("job_status_invalid", "This job can no longer be changed."));
    }
    let mut data = job.data.as_object().cloned().unwrap_or_default();
    let changes = call.body.as_object().ok_or_else(|| Problem::validation("There is nothing to change."))?;
    data.extend(
        changes
            .iter()
            .filter(|(field, _)| MONITORED.contains(&field.as_str()))
            .map(|(k, v)| (k.clone(), v.clone())),
    );
    let data = monitoring(&data)?;
    if let Some(job) = world.jobs.get_mut(&id) {
        job.data = data;
    }
    ok(json!({"user_job_id": id}))
}

fn find<'a>(world: &'a World, call: &Call, id: &str, write: bool) -> Result<&'a Job, Problem> {
    let agent_id = &world.agent(call.user, &call.agent_id()?, write).map_err(permission)?.id;
    let job = id.parse().ok().and_then(|id: u64| world.jobs.get(&id)).filter(|job| job.agent_id == *agent_id);
    job.ok_or_else(|| Problem { code: "user_job_not_found", ..Problem::not_found("User job not found") })
}

/// `data` is an object written as a JSON string; an object will do.
fn read_data(data: Option<&Value>) -> Result<Map<String, Value>, Problem> {
    let parsed = match data {
        Some(Value::String(text)) => serde_json::from_str(text).ok(),
        Some(data @ Value::Object(_)) => Some(data.clone()),
        _ => None,
    };
    match parsed {
        Some(Value::Object(data)) => Ok(data),
        _ => Err(Problem::validation("data must be a JSON object")),
    }
}

fn monitoring(data: &Map<String, Value>) -> Result<Value, Problem> {
    let platform = one_of(data, "platform", &["tiktok", "instagram", "youtube"])?;
    let kind = one_of(data, "type", &["username", "hashtag", "keyword"])?;
    let value = required(data.get("value"), "value")?;
    if platform == "instagram" && kind == "keyword" {
        return Err(Problem::validation("Instagram can be watched by username and hashtag only."));
    }
    let prefix = match kind.as_str() {
        "username" => "@",
        "hashtag" => "#",
        _ => "",
    };
    if !value.starts_with(prefix) || value.len() == prefix.len() {
        return Err(Problem::validation(format!("value must start with {prefix}")));
    }
    let number = |field: &str| match data.get(field).filter(|value| !value.is_null()) {
        None => Ok(None),
        Some(value) => {
            let number = text_of(value).and_then(|text| text.parse::<u64>().ok());
            number.map(Some).ok_or_else(|| Problem::validation(format!("{field} must be a whole number")))
        }
    };
    let flag = |field: &str| match data.get(field).filter(|value| !value.is_null()) {
        None => Ok(false),
        Some(value) => {
            truth(value).ok_or_else(|| Problem::validation(format!("{field} must be true or false")))
        }
    };
    let days = number("days")?;
    if days.is_some_and(|days| ![0, 1, 7, 30, 90, 180].contains(&days)) {
        return Err(Problem::validation("days must be one of 0, 1, 7, 30, 90, 180"));
    }
    let max_results = number("max_results")?;
    if max_results.is_some_and(|count| !(1..=50).contains(&count)) {
        return Err(Problem::validation("max_results must be between 1 and 50"));
    }
    let country = data.get("country").and_then(Value::as_str).filter(|country| !country.is_empty());
    if country.is_some_and(|country| country.len() != 2 || !country.bytes().all(|c| c.is_ascii_alphabetic()))
    {
        return Err(Problem::validation("country must have two letters"));
    }
    Ok(json!({
        "platform": platform, "type": kind, "value": value, "days": days, "country": country,
        "max_results": max_results, "monitoring": flag("monitoring")?,
        "comment_monitoring": flag("comment_monitoring")?,
    }))
}

fn publication(data: &Map<String, Value>, now: u64) -> Result<Value, Problem> {
    let platform = one_of(data, "platform", &["tiktok"])?;
    let media_url = required(data.get("media_url"), "media_url")?;
    if !media_url.starts_with("http://") && !media_url.starts_with("https://") {
        return Err(Problem::validation("media_url must be a web address"));
    }
    let description = required(data.get("description"), "description")?;
    if description.chars().count() > LONGEST_DESCRIPTION {
        return Err(Problem::validation("description is too long (maximum is 2200 characters)"));
    }
    if data.get("media_type").is_some_and(|kind| !kind.is_null()) {
        one_of(data, "media_type", &["VIDEO", "IMAGE"])?;
    }
    if data.get("timezone_offset").is_some_and(|offset| !offset.is_null() && !offset.is_i64()) {
        return Err(Problem::validation("timezone_offset must be a number of minutes"));
    }
    let schedule = one_of(data, "schedule_type", &["now", "scheduled"])?;
    let mut due_ms = None;
    if schedule == "scheduled" {
        let time = required(data.get("scheduled_time"), "scheduled_time")?;
        let at = clock::read_iso(&time)
            .ok_or_else(|| Problem::validation("scheduled_time must be ISO 8601 in UTC"))?;
        if at <= now {
            return Err(Problem::validation("scheduled_time must be in the future"));
        }
        due_ms = Some(at);
    }
    Ok(json!({"platform": platform, "media_url": media_url, "description": description, "due_ms": due_ms}))
}

fn one_of(data: &Map<String, Value>, field: &str, allowed: &[&str]) -> Result<String, Problem> {
    let given = required(data.get(field), field)?;
    let known = allowed.contains(&given.as_str());
    known
        .then_some(given)
        .ok_or_else(|| Problem::validation(format!("{field} must be one of {}", allowed.join(", "))))
}
