//! Ideas: listed and moved; runs make and change them.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post, put};
use serde_json::Value;

use super::wire;
use crate::answer::{Answer, Call, Problem, ok};
use crate::clock;
use crate::state::Sim;

const STATUSES: &[&str] = &[
    "generated",
    "approve_to_create",
    "ready_for_review",
    "approved_to_post",
    "posted",
    "change_idea",
    "change_video",
    "rejected",
];

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/agent/ideas", get(list))
        .route("/agent/ideas/{id}/status", post(cycle))
        .route("/agent/ideas/{id}/status/{status}", put(set))
}

async fn list(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let agent_id = &world.agent(call.user, &call.agent_id()?, false)?.id;
    let wanted = call.query("status");
    wanted.map_or(Ok(()), known)?;
    let mut mine: Vec<_> = world
        .ideas
        .iter()
        .filter(|idea| idea.agent_id == *agent_id && wanted.is_none_or(|status| status == idea.status))
        .collect();
    mine.sort_by_key(|idea| std::cmp::Reverse((idea.created_ms, idea.id)));
    ok(Value::Array(mine.into_iter().map(|idea| wire(&sim, &world).idea(idea)).collect()))
}

async fn cycle(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    change(&sim, &call, &id, next)
}

async fn set(State(sim): State<Sim>, Path((id, status)): Path<(String, String)>, call: Call) -> Answer {
    known(&status)?;
    change(&sim, &call, &id, |_| status)
}

fn change(sim: &Sim, call: &Call, id: &str, to: impl FnOnce(&str) -> String) -> Answer {
    let mut world = sim.world();
    let at = world
        .ideas
        .iter()
        .position(|idea| idea.id.to_string() == id)
        .ok_or_else(|| Problem::not_found("Idea not found"))?;
    let agent_id = world.ideas[at].agent_id.clone();
    world.agent(call.user, &agent_id, false).map_err(|_| Problem::not_found("Idea not found"))?;
    world.agent(call.user, &agent_id, true)?;
    world.ideas[at].status = to(&world.ideas[at].status);
    world.ideas[at].updated_ms = clock::now_ms();
    ok(wire(sim, &world).idea(&world.ideas[at]))
}

/// The main flow forward. Where the side statuses go, and that posted stays, is our own choice.
fn next(status: &str) -> String {
    let to = match status {
        "generated" => "approve_to_create",
        "approve_to_create" | "change_video" => "ready_for_review",
        "ready_for_review" => "approved_to_post",
        "approved_to_post" | "posted" => "posted",
        _ => "generated",
    };
    to.to_owned()
}

fn known(status: &str) -> Result<(), Problem> {
    STATUSES
        .contains(&status)
        .then_some(())
        .ok_or_else(|| Problem::validation(format!("status must be one of {}", STATUSES.join(", "))))
}
