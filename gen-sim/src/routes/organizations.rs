//! Organizations: who pays.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::Value;

use super::wire;
use crate::answer::{Answer, Call, Problem, ok};
use crate::state::Sim;

pub fn router() -> Router<Sim> {
    Router::new().route("/organizations", get(list)).route("/organizations/{organization_id}", get(get_one))
}

async fn list(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let mine =
        world.organizations.iter().filter(|organization| organization.members.contains_key(&call.user));
    ok(Value::Array(
        mine.map(|organization| wire(&sim, &world).organization(organization, call.user)).collect(),
    ))
}

async fn get_one(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let found = world.organizations.iter().find(|organization| {
        (organization.id.to_string() == id || organization.uuid == id)
            && organization.members.contains_key(&call.user)
    });
    let organization = found.ok_or_else(|| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "organization_not_found", "Organization not found")
    })?;
    ok(wire(&sim, &world).organization(organization, call.user))
}
