//! Conversations: the durable threads of runs.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use serde_json::{Value, json};

use super::wire;
use crate::answer::{Answer, Call, Problem, ok};
use crate::state::Sim;
use crate::world::{Conversation, World};

const MESSAGES_PER_PAGE: usize = 50;

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/agent/conversations", get(list))
        .route("/agent/conversations/{id}", get(get_one))
        .route("/agent/conversations/{id}/messages", get(messages))
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

/// A conversation of somebody else's agent does not exist for this user.
pub fn find<'a>(world: &'a World, user: u64, id: &str) -> Result<&'a Conversation, Problem> {
    let found = world.conversations.iter().find(|conversation| conversation.id == id);
    let open = found.filter(|conversation| world.agent(user, &conversation.agent_id, false).is_ok());
    open.ok_or_else(|| Problem::not_found("Conversation not found"))
}
