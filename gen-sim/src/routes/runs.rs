//! Runs: one turn of the agent each; the message says what it is to do.

use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::wire;
use crate::answer::{Answer, Call, Problem, ok, reply, text_of};
use crate::state::Sim;
use crate::world::{Run, World};
use crate::{clock, runs};

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/agent/run", post(start))
        .route("/agent/runs/{run_id}", get(get_one))
        .route("/agent/runs/{run_id}/approve", post(approve))
}

/// What GEN shows of a run in its database: no key, for the path is the secret.
pub fn progress_router() -> Router<Sim> {
    Router::new().route("/agent_runs/{user}/{run}", get(shown))
}

async fn shown(State(sim): State<Sim>, Path((user, run)): Path<(u64, String)>) -> Json<Value> {
    sim.settle();
    let world = sim.world();
    let id = run.trim_end_matches(".json");
    let found = world.runs.iter().find(|run| run.id == id && run.user == user);
    // Such a database answers null for what it does not hold.
    Json(found.map_or(Value::Null, |run| wire(&sim, &world).run_steps(run)))
}

async fn start(State(sim): State<Sim>, call: Call) -> Answer {
    let mut world = sim.world();
    let message =
        call.body.get("message").and_then(Value::as_str).map(str::trim).filter(|message| !message.is_empty());
    let message = message.ok_or_else(|| Problem::validation("message is required"))?;
    for (field, is_right) in [
        ("attachments", are_attachments as fn(&Value) -> bool),
        ("context", Value::is_object),
        ("debug", Value::is_boolean),
    ] {
        if call.body.get(field).is_some_and(|value| !value.is_null() && !is_right(value)) {
            return Err(Problem::validation(format!("{field} is of the wrong type")));
        }
    }
    let agent = world.agent(call.user, &call.agent_id_in_body()?, true)?;
    let (agent_id, organization_id) = (agent.id.clone(), agent.organization_id);
    let conversation = match call.body.get("conversation_id").and_then(text_of) {
        Some(id) => Some(super::conversations::find(&world, call.user, &id)?)
            .filter(|found| found.agent_id == agent_id)
            .map(|found| found.id.clone()),
        None => None,
    };
    let order = runs::Order {
        user: call.user,
        agent_id,
        organization_id,
        conversation,
        message: message.to_owned(),
        depth: None,
    };
    let run = runs::start(&sim, &mut world, order, clock::now_ms())?;
    started(&call, &run)
}

/// Addresses, or what an upload left behind.
fn are_attachments(given: &Value) -> bool {
    let names_a_file = |given: &Value| ["url", "signed_id"].iter().any(|field| given[*field].is_string());
    given.as_array().is_some_and(|all| all.iter().all(|one| one.is_string() || names_a_file(one)))
}

/// What starting a run answers.
pub fn started(call: &Call, run: &Run) -> Answer {
    let body = json!({
        "run_id": run.id,
        "conversation_id": run.conversation_id,
        "status": "running",
        "firebase_path": format!("/agent_runs/{}/{}/", call.user, run.id),
    });
    reply(StatusCode::ACCEPTED, body)
}

async fn get_one(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let run = find(&world, &call, &id)?;
    ok(wire(&sim, &world).run(run))
}

/// Approving sets the run going again; refusing fails it.
async fn approve(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    if find(&world, &call, &id)?.status != "awaiting_approval" {
        return Err(Problem::validation("This run is not awaiting approval."));
    }
    let approved = call.body.get("approved").and_then(Value::as_bool);
    let approved = approved.ok_or_else(|| Problem::validation("approved must be true or false"))?;
    let status = runs::decide(&sim, &mut world, &id, approved, clock::now_ms());
    ok(json!({"run_id": id, "status": status}))
}

fn find<'a>(world: &'a World, call: &Call, id: &str) -> Result<&'a Run, Problem> {
    let missing = || Problem::not_found("Run not found");
    let run = world.runs.iter().find(|run| run.id == id).ok_or_else(missing)?;
    match world.role(call.user, run.organization_id) {
        None => Err(missing()),
        Some("viewer") if call.method != Method::GET => Err(Problem::forbidden()),
        Some(_) => Ok(run),
    }
}
