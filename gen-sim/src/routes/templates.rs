//! Templates: ready-made vidsheets to clone, free of charge.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::wire;
use crate::answer::{Answer, Call, Problem, ok, reply};
use crate::state::Sim;
use crate::world::{Template, World};
use crate::{clock, credits, seed};

const PER_PAGE: usize = 20;

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/templates/projects", get(list))
        .route("/templates/projects/{slug}", get(get_one))
        .route("/templates/spreadsheets/{slug}/clone", post(clone))
}

/// 20 a page, counted from 1; a page 0 is the first as well.
async fn list(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let page = world.templates.iter().skip(call.page(1) * PER_PAGE).take(PER_PAGE);
    ok(Value::Array(page.map(|template| wire(&sim, &world).template(template)).collect()))
}

async fn get_one(State(sim): State<Sim>, Path(slug): Path<String>, _: Call) -> Answer {
    let world = sim.world();
    let template = find(&world, &slug)?;
    let wire = wire(&sim, &world);
    let mut shape = wire.template(template);
    shape["recent_generated_contents"] = wire.recent_renders(template);
    let columns = template.columns.iter().enumerate().map(|(position, (title, kind, role))| {
        json!({"id": template.id * 100 + position as u64, "title": title, "type": kind, "role": role, "column_role": role, "position": position})
    });
    shape["spreadsheet_columns"] = columns.collect();
    shape["spreadsheet_rows"] = wire.template_rows(template);
    shape["uuid"] = json!(template.uuid);
    ok(shape)
}

async fn clone(State(sim): State<Sim>, Path(slug): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let agent = world.agent(call.user, &call.agent_id_in_body()?, true)?;
    credits::require_some(&world, agent.organization_id)?;
    let agent_id = agent.id.clone();
    let template = find(&world, &slug)?.clone();
    let sheet = seed::vidsheet_from(&mut world, &template, &agent_id, clock::now_ms());
    let shape = wire(&sim, &world).vidsheet(&sheet);
    world.vidsheets.push(sheet);
    reply(StatusCode::CREATED, shape)
}

/// By slug, uuid or number.
fn find<'a>(world: &'a World, slug: &str) -> Result<&'a Template, Problem> {
    let found = world
        .templates
        .iter()
        .find(|template| template.slug == slug || template.uuid == slug || template.id.to_string() == slug);
    found.ok_or_else(|| Problem { code: "template_not_found", ..Problem::not_found("Template not found") })
}
