//! Whom an agent tells about finished work, and whether it listens.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::agents::permission;
use crate::answer::{Answer, Call, Problem, ok};
use crate::clock::{iso, now_ms};
use crate::state::Sim;
use crate::webhooks;
use crate::world::Automation;

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/agents/{id}/automation_config", get(read).patch(update))
        .route("/agents/{id}/automation_config/test_webhook", post(test_webhook))
        .route("/agents/{id}/automation_config/test_callback", post(test_callback))
}

async fn read(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    ok(shape(&world.agent(call.user, &id, false).map_err(missing)?.automation))
}

/// Null turns an address off.
async fn update(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    world.agent(call.user, &id, true).map_err(missing)?;
    let given = call.inner("automation_config")?;
    let mut config = world.agent_mut(call.user, &id)?.automation.clone();
    for (field, place) in
        [("webhook_url", &mut config.webhook_url), ("callback_url", &mut config.callback_url)]
    {
        match given.get(field) {
            None => {}
            Some(Value::Null) => *place = None,
            Some(Value::String(url)) if web_address(url) => *place = Some(url.clone()),
            Some(_) => return Err(Problem::validation("Invalid URL format.")),
        }
    }
    match given.get("polling_enabled") {
        None => {}
        Some(Value::Bool(enabled)) => config.polling_enabled = *enabled,
        Some(_) => return Err(Problem::validation("polling_enabled must be true or false")),
    }
    let answer = shape(&config);
    world.agent_mut(call.user, &id)?.automation = config;
    ok(answer)
}

async fn test_webhook(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    test(&sim, &id, &call, "webhook", |config| config.webhook_url.clone()).await
}

async fn test_callback(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    test(&sim, &id, &call, "callback", |config| config.callback_url.clone()).await
}

async fn test(
    sim: &Sim,
    id: &str,
    call: &Call,
    what: &str,
    url: impl Fn(&Automation) -> Option<String>,
) -> Answer {
    let url = url(&sim.world().agent(call.user, id, true).map_err(missing)?.automation);
    let url = url.ok_or_else(|| Problem::validation(format!("No {what} URL configured.")))?;
    let body = json!({"event": "test", "agent_id": id, "sent_at": iso(now_ms())});
    ok(match webhooks::post(&url, &body).await {
        Ok(()) => json!({"success": true}),
        Err(problem) => json!({"success": false, "error": problem}),
    })
}

fn web_address(url: &str) -> bool {
    url.parse::<axum::http::Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty())
    })
}

fn shape(config: &Automation) -> Value {
    json!({"webhook_url": config.webhook_url, "callback_url": config.callback_url, "polling_enabled": config.polling_enabled})
}

/// An unknown agent is 404 here.
fn missing(problem: Problem) -> Problem {
    match problem.code {
        "agent_not_found" => Problem { status: StatusCode::NOT_FOUND, ..problem },
        _ => permission(problem),
    }
}
