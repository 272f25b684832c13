//! Research: a run that reads the platforms and reports.

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use serde_json::Value;

use super::runs::started;
use crate::answer::{Answer, Call, Problem};
use crate::state::Sim;
use crate::{clock, runs};

pub fn router() -> Router<Sim> {
    Router::new().route("/research", post(start))
}

async fn start(State(sim): State<Sim>, call: Call) -> Answer {
    let mut world = sim.world();
    let topic = call.text("topic")?;
    let depth = match call.body.get("depth") {
        None | Some(Value::Null) => "default",
        Some(depth) => match depth.as_str() {
            Some(depth @ ("quick" | "default" | "deep")) => depth,
            _ => return Err(Problem::validation("depth must be one of quick, default, deep")),
        },
    };
    let agent = world.agent(call.user, &call.agent_id_in_body()?, true)?;
    let order = runs::Order {
        user: call.user,
        agent_id: agent.id.clone(),
        organization_id: agent.organization_id,
        conversation: None,
        message: topic,
        depth: Some(depth.to_owned()),
    };
    let run = runs::start(&sim, &mut world, order, clock::now_ms())?;
    started(&call, &run)
}
