//! `/_sim/…`: what tests and the demo steer the simulator with. GEN has nothing like it.

use std::collections::{BTreeMap, VecDeque};

use axum::extract::{Query, State};
use axum::http::Method;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::answer::{Answer, Problem, ok};
use crate::faults::Fault;
use crate::state::Sim;
use crate::{clock, jobs, operations, runs, webhooks};

/// What was asked of the simulator from outside, and what it saw.
#[derive(Debug, Default)]
pub struct Controls {
    /// Every `/v1` connection is closed without an answer.
    pub down: bool,
    pub faults: Vec<Fault>,
    requests: VecDeque<Seen>,
    /// Method and path pattern to the number of calls.
    counts: BTreeMap<String, u64>,
    /// The same, never forgotten: a reset of the studio does not undo that an operation was reached.
    ever: BTreeMap<String, u64>,
    clients: BTreeMap<String, u64>,
    /// What strict mode would have refused, to the number of calls.
    deviations: BTreeMap<String, u64>,
    /// Path, body and idempotency key of every call that charges.
    paid: Vec<(String, bytes::Bytes, Option<String>)>,
    repeated: Vec<String>,
    /// Generation to the number of times it was asked about.
    polls: BTreeMap<String, u64>,
}

/// One request as it arrived. Header values are not kept: one of them is the key.
#[derive(Debug, Clone, Serialize)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub pattern: String,
    pub header_names: Vec<String>,
    /// The `user-agent`.
    pub client: String,
    pub has_key: bool,
    pub idempotency_key: Option<String>,
    pub body: Value,
}

const REQUESTS_KEPT: usize = 500;

impl Controls {
    pub fn saw(&mut self, request: Seen) {
        let operation = format!("{} {}", request.method, request.pattern);
        *self.ever.entry(operation.clone()).or_default() += 1;
        *self.counts.entry(operation).or_default() += 1;
        *self.clients.entry(request.client.clone()).or_default() += 1;
        if request.method == "GET" && request.pattern == "/v1/generations/{id}" {
            let id = request.path.rsplit('/').next().unwrap_or("").to_owned();
            *self.polls.entry(id).or_default() += 1;
        }
        if self.requests.len() == REQUESTS_KEPT {
            self.requests.pop_front();
        }
        self.requests.push_back(request);
    }

    /// Notes a call that charges. The same call again under another key, or none, is a second purchase.
    pub fn paid(&mut self, path: &str, body: &bytes::Bytes, key: Option<&str>) {
        let same = |(earlier_path, earlier_body, earlier_key): &(String, bytes::Bytes, Option<String>)| {
            earlier_path == path && earlier_body == body && (key.is_none() || earlier_key.as_deref() != key)
        };
        if self.paid.iter().any(same) {
            self.repeated.push(path.to_owned());
        }
        self.paid.push((path.to_owned(), body.clone(), key.map(str::to_owned)));
    }

    /// How often each idempotency key came with a call that charges, whether or not it was charged.
    fn paid_per_key(&self) -> BTreeMap<&str, u64> {
        let mut counts = BTreeMap::new();
        for (_, _, key) in &self.paid {
            *counts.entry(key.as_deref().unwrap_or("")).or_default() += 1;
        }
        counts
    }

    /// Notes what strict mode would have refused.
    pub fn deviated(&mut self, method: &Method, path: &str, what: Vec<String>) {
        for what in what {
            let shape = operations::without_ids(path);
            *self.deviations.entry(format!("{method} {shape}: {what}")).or_default() += 1;
        }
    }

    /// Forgets everything but which operations were ever reached.
    pub fn reset(&mut self) {
        *self = Controls { ever: std::mem::take(&mut self.ever), ..Controls::default() };
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
    let active = {
        let mut world = sim.world();
        jobs::step(&mut world, now) + runs::step(&mut world, now)
    };
    webhooks::send_waiting(sim);
    active
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

/// Which operations were reached and how often, what was wrong with the calls, and every charge and refund.
async fn report(State(sim): State<Sim>) -> Json<Value> {
    sim.settle();
    let mut report = {
        let controls = sim.controls();
        let reached = operations::reached(&controls.ever);
        json!({
            "operations": controls.counts,
            "reached": reached.len(),
            "of": operations::ALL.len(),
            "reached_ids": reached,
            "missed": operations::missed(&reached),
            "clients": controls.clients,
            "strict_would_refuse": controls.deviations,
            "paid_calls_repeated": controls.repeated,
            "paid_calls_per_key": controls.paid_per_key(),
            "polls_per_generation": controls.polls,
        })
    };
    let world = sim.world();
    report["ledger"] = json!(world.ledger);
    report["active"] = json!(jobs::active(&world) + runs::active(&world));
    Json(report)
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
