//! Content resources: the files GEN keeps.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use serde_json::{Value, json};

use super::wire;
use crate::answer::{Answer, Call, Problem, ok};
use crate::media;
use crate::state::Sim;

const PER_PAGE: usize = 20;

pub fn router() -> Router<Sim> {
    Router::new().route("/content_resources", get(list)).route("/content_resources/{id}", get(get_one))
}

/// Newest first, 20 a page, counted from 0.
async fn list(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let agent_id = &world.agent(call.user, &call.agent_id()?, false)?.id;
    let ids: Vec<&str> = call.query_all("ids[]").collect();
    let mut mine: Vec<_> = world
        .resources
        .values()
        .filter(|resource| resource.agent_id == *agent_id)
        .filter(|resource| {
            call.query("type").is_none_or(|kind| media::content_type(&resource.make).starts_with(kind))
        })
        .filter(|resource| {
            call.query("project_id")
                .is_none_or(|id| resource.vidsheet_id.is_some_and(|own| own.to_string() == id))
        })
        .filter(|resource| ids.is_empty() || ids.contains(&resource.id.to_string().as_str()))
        .collect();
    mine.sort_by_key(|resource| std::cmp::Reverse((resource.created_ms, resource.id)));
    let page = mine.into_iter().skip(call.page(0) * PER_PAGE).take(PER_PAGE);
    ok(Value::Array(page.map(|resource| wire(&sim, &world).resource(resource)).collect()))
}

async fn get_one(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let agent_id = &world.agent(call.user, &call.agent_id()?, false)?.id;
    let found = id.parse().ok().and_then(|id: u64| world.resources.get(&id));
    let found = found.filter(|resource| resource.agent_id == *agent_id);
    let resource = found.ok_or_else(|| Problem {
        code: "content_resource_not_found",
        ..Problem::not_found("Content resource not found")
    })?;
    let job = resource.job.and_then(|id| world.jobs.get(&id));
    let generator = job.map(|job| json!({"id": job.id, "status": job.status, "type": job.card}));
    ok(json!({"content_resource": wire(&sim, &world).resource(resource), "generator": generator}))
}
