//! Conversations: the durable threads of runs.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Value, json};

use super::wire;
use crate::answer::{Answer, Call, Problem, empty, ok, optional};
use crate::clock::{self, iso};
use crate::state::Sim;
use crate::world::{Conversation, World};

const MESSAGES_PER_PAGE: usize = 50;

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/agent/conversations", get(list))
        .route("/agent/conversations/{id}", get(get_one).patch(update).delete(delete))
        .route("/agent/conversations/{id}/messages", get(messages))
        .route("/agent/conversations/{id}/runs", get(runs))
}

async fn list(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let agent_id = &world.agent(call.user, &call.agent_id()?, false)?.id;
    let mut mine: Vec<_> =
        world.conversations.iter().filter(|conversation| conversation.agent_id == *agent_id).collect();
    mine.sort_by_key(|conversation| (!conversation.pinned, std::cmp::Reverse(conversation.updated_ms)));
    let shapes: Vec<Value> =
        mine.into_iter().map(|conversation| wire(&sim, &world).conversation(conversation)).collect();
    ok(json!({"conversations": shapes}))
}

async fn get_one(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let conversation = find(&world, call.user, &id)?;
    let mut shape = wire(&sim, &world).conversation(conversation);
    shape["messages"] = Value::Array(wire(&sim, &world).messages(&conversation.messages));
    ok(shape)
}

async fn messages(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let conversation = find(&world, call.user, &id)?;
    let per_page = call.query("per_page").and_then(|count| count.parse().ok()).unwrap_or(MESSAGES_PER_PAGE);
    let all = wire(&sim, &world).messages(&conversation.messages);
    ok(Value::Array(all.into_iter().skip(call.page(1) * per_page).take(per_page).collect()))
}

async fn runs(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    find(&world, call.user, &id)?;
    let runs = world.runs.iter().filter(|run| run.conversation_id == id);
    let shape = |run: &crate::world::Run| json!({"run_id": run.id, "status": run.status, "created_at": iso(run.created_ms)});
    ok(Value::Array(runs.map(shape).collect()))
}

async fn update(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let agent_id = find(&world, call.user, &id)?.agent_id.clone();
    world.agent(call.user, &agent_id, true)?;
    let title = optional(call.body.get("title"), "title", 255)?;
    let pinned = match call.body.get("pinned") {
        None | Some(Value::Null) => None,
        Some(Value::Bool(pinned)) => Some(*pinned),
        Some(_) => return Err(Problem::validation("pinned must be true or false")),
    };
    for conversation in world.conversations.iter_mut().filter(|conversation| conversation.id == id) {
        conversation.pinned = pinned.unwrap_or(conversation.pinned);
        conversation.title = title.clone().or_else(|| conversation.title.take());
        conversation.updated_ms = clock::now_ms();
    }
    ok(wire(&sim, &world).conversation(find(&world, call.user, &id)?))
}

/// Its runs and messages go with it; the ideas stay.
async fn delete(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let agent_id = find(&world, call.user, &id)?.agent_id.clone();
    world.agent(call.user, &agent_id, true)?;
    world.conversations.retain(|conversation| conversation.id != id);
    world.runs.retain(|run| run.conversation_id != id);
    empty(StatusCode::OK)
}

/// A conversation of somebody else's agent does not exist for this user.
pub fn find<'a>(world: &'a World, user: u64, id: &str) -> Result<&'a Conversation, Problem> {
    let found = world.conversations.iter().find(|conversation| conversation.id == id);
    let open = found.filter(|conversation| world.agent(user, &conversation.agent_id, false).is_ok());
    open.ok_or_else(|| Problem::not_found("Conversation not found"))
}
