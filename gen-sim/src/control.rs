//! `/_sim/…`: what tests and the demo steer the simulator with. GEN has nothing like it.

use std::collections::{BTreeMap, VecDeque};

use axum::extract::{Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::answer::{Answer, Problem, ok};
use crate::faults::Fault;
use crate::state::Sim;
use crate::{clock, jobs, runs};

/// What was asked of the simulator from outside, and what it saw.
#[derive(Debug, Default)]
pub struct Controls {
    /// Every `/v1` connection is closed without an answer.
    pub down: bool,
    pub faults: Vec<Fault>,
    requests: VecDeque<Seen>,
    /// Method and path pattern to the number of calls.
    counts: BTreeMap<String, u64>,
}

/// One request as it arrived. Header values are not kept: one of them is the key.
#[derive(Debug, Clone, Serialize)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub pattern: String,
    pub header_names: Vec<String>,
    pub has_key: bool,
    pub idempotency_key: Option<String>,
    pub body: Value,
}

const REQUESTS_KEPT: usize = 500;

impl Controls {
    pub fn saw(&mut self, request: Seen) {
        *self.counts.entry(format!("{} {}", request.method, request.pattern)).or_default() += 1;
        if self.requests.len() == REQUESTS_KEPT {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }
}

/// The control routes.
pub fn router() -> Router<Sim> {
    Router::new()
        .route("/reset", post(reset))
        .route("/step", post(step))
        .route("/drain", post(drain))
        .route("/fault", post(add_fault).delete(clear_faults).get(list_faults))
        .route("/down", post(set_down))
        .route("/report", get(report))
        .route("/requests", get(requests))
        .route("/credits", post(set_credits))
}

async fn reset(State(sim): State<Sim>) -> Answer {
    sim.reset().await;
    saved(&sim).await?;
    ok(json!({"reset": true}))
}

#[derive(Deserialize)]
struct Steps {
    n: Option<u32>,
}

/// Every active generation, render and run moves one state forward, `n` times.
async fn step(State(sim): State<Sim>, Query(steps): Query<Steps>) -> Answer {
    let mut active = 0;
    for _ in 0..steps.n.unwrap_or(1) {
        active = step_once(&sim);
    }
    saved(&sim).await?;
    ok(json!({"active": active}))
}

/// Runs everything to its end. A run that waits for approval stays waiting.
async fn drain(State(sim): State<Sim>) -> Answer {
    while step_once(&sim) > 0 {}
    saved(&sim).await?;
    ok(json!({"active": 0}))
}

fn step_once(sim: &Sim) -> usize {
    let now = clock::now_ms();
    let mut world = sim.world();
    jobs::step(&mut world, now) + runs::step(&mut world, now)
}

async fn add_fault(State(sim): State<Sim>, body: bytes::Bytes) -> Answer {
    let fault: Fault =
        serde_json::from_slice(&body).map_err(|error| Problem::validation(error.to_string()))?;
    sim.controls().faults.push(fault);
    ok(json!({"faults": sim.controls().faults.len()}))
}

async fn list_faults(State(sim): State<Sim>) -> Answer {
    ok(json!({"faults": sim.controls().faults, "down": sim.controls().down}))
}

/// Removes every fault rule and ends `down`.
async fn clear_faults(State(sim): State<Sim>) -> Answer {
    let mut controls = sim.controls();
    controls.faults.clear();
    controls.down = false;
    ok(json!({"faults": 0}))
}

#[derive(Deserialize)]
struct Down {
    down: bool,
}

async fn set_down(State(sim): State<Sim>, body: bytes::Bytes) -> Answer {
    let Down { down } =
        serde_json::from_slice(&body).map_err(|error| Problem::validation(error.to_string()))?;
    sim.controls().down = down;
    ok(json!({"down": down}))
}

#[derive(Deserialize)]
struct Balance {
    organization_id: u64,
    generic: f64,
}

/// Sets an organization's credits, so that a test can run out of them.
async fn set_credits(State(sim): State<Sim>, body: bytes::Bytes) -> Answer {
    let wanted: Balance =
        serde_json::from_slice(&body).map_err(|error| Problem::validation(error.to_string()))?;
    {
        let mut world = sim.world();
        let organization =
            world.organizations.iter_mut().find(|organization| organization.id == wanted.organization_id);
        organization.ok_or_else(|| Problem::not_found("Organization not found"))?.generic = wanted.generic;
    }
    saved(&sim).await?;
    ok(json!({"generic": wanted.generic}))
}

/// Which operations were reached and how often, and every charge and refund.
async fn report(State(sim): State<Sim>) -> Json<Value> {
    sim.settle();
    let counts = sim.controls().counts.clone();
    let world = sim.world();
    let active = jobs::active(&world) + runs::active(&world);
    Json(json!({"operations": counts, "ledger": world.ledger, "active": active}))
}

/// The last requests, oldest first.
async fn requests(State(sim): State<Sim>) -> Json<Value> {
    Json(json!(sim.controls().requests))
}

async fn saved(sim: &Sim) -> Result<(), Problem> {
    sim.save().await.map_err(|error| {
        Problem::new(
            axum::http::StatusCode::INTERNAL_SERVER_ERROR,
            "not_saved",
            format!("The world could not be saved: {error}"),
        )
    })
}
