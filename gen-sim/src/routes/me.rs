//! Who the key belongs to, and what it opens.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use serde_json::{Value, json};

use super::wire;
use crate::answer::{Answer, Call, Problem, ok};
use crate::state::Sim;

pub fn router() -> Router<Sim> {
    Router::new().route("/me", get(me)).route("/workspaces", get(workspaces))
}

async fn me(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let user = world.users.iter().find(|user| user.id == call.user).ok_or_else(Problem::unauthorized)?;
    ok(wire(&sim, &world).user(user))
}

/// Only the organizations where the user is owner or manager.
async fn workspaces(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let manages = |id| matches!(world.role(call.user, id), Some("owner" | "manager"));
    let managed = world.organizations.iter().filter(|organization| manages(organization.id));
    ok(Value::Array(
        managed.map(|organization| json!({"id": organization.id, "name": organization.name})).collect(),
    ))
}
