//! The life of a generation or a render: pending, processing, then completed, failed or stopped.

use serde_json::{Value, json};

use crate::answer::Problem;
use crate::state::Sim;
use crate::world::{Job, Layer, Notice, World};
use crate::{credits, faults, outputs, writing};

/// What is needed to start a job.
pub struct Order {
    pub card: String,
    pub agent_id: String,
    pub organization_id: u64,
    pub vidsheet_id: u64,
    pub cell_id: u64,
    pub layer_id: Option<u64>,
    pub data: Value,
}

impl Order {
    /// A job that belongs to no vidsheet.
    pub fn without_cell(card: &str, agent_id: &str, organization_id: u64, data: Value) -> Order {
        Order {
            card: card.to_owned(),
            agent_id: agent_id.to_owned(),
            organization_id,
            vidsheet_id: 0,
            cell_id: 0,
            layer_id: None,
            data,
        }
    }
}

/// Charges for a job and puts it in line. Gives its id.
pub fn start(sim: &Sim, world: &mut World, order: Order, now: u64) -> Result<u64, Problem> {
    let cost = credits::price(&order.card, &order.data);
    let id = world.last_id + 1;
    credits::charge(world, order.organization_id, cost, &format!("{} {id}", order.card), now)?;
    world.last_id = id;
    let takes = sim.pace(duration_ms(&order.card, world.seed ^ id));
    let will_fail = faults::fails_later(&order.data);
    let due_ms = order.data.get("due_ms").and_then(Value::as_u64);
    let job = Job {
        id,
        card: order.card,
        organization_id: order.organization_id,
        agent_id: order.agent_id,
        vidsheet_id: order.vidsheet_id,
        cell_id: order.cell_id,
        layer_id: order.layer_id,
        data: order.data,
        status: "pending".to_owned(),
        result: Value::Null,
        failed_reason: None,
        outputs: Vec::new(),
        cost,
        charged: cost > 0.0,
        will_fail,
        created_ms: now,
        starts_ms: now + takes / 10,
        // What is scheduled waits for its time.
        done_ms: (now + takes).max(due_ms.unwrap_or(0)),
    };
    world.jobs.insert(id, job);
    if let Some(cell) = world.cell_mut(order.vidsheet_id, order.cell_id) {
        cell.updated_ms = now;
        match cell.layers.iter_mut().find(|layer| Some(layer.id) == order.layer_id) {
            Some(layer) => layer.jobs.push(id),
            None => cell.jobs.push(id),
        }
    }
    Ok(id)
}

/// Stops a job that is not over, and refunds it.
pub fn stop(world: &mut World, id: u64, now: u64) -> Result<(), Problem> {
    let job = world.jobs.get_mut(&id).ok_or_else(|| Problem::not_found("Generation not found"))?;
    if !is_active(job) {
        let message = "Generation already completed or failed";
        return Err(Problem::new(
            axum::http::StatusCode::UNPROCESSABLE_ENTITY,
            "job_cannot_be_stopped",
            message,
        ));
    }
    job.status = "stopped".to_owned();
    give_back(world, id, now);
    Ok(())
}

/// Starts a stopped or failed job again, and charges it again.
pub fn resume(sim: &Sim, world: &mut World, id: u64, now: u64) -> Result<(), Problem> {
    let job = world.jobs.get(&id).cloned().ok_or_else(|| Problem::not_found("Generation not found"))?;
    if !matches!(job.status.as_str(), "stopped" | "failed") {
        return Err(Problem::validation("Only a stopped or failed generation can be continued."));
    }
    credits::charge(world, job.organization_id, job.cost, &format!("{} {id} continued", job.card), now)?;
    let takes = sim.pace(duration_ms(&job.card, world.seed ^ id));
    if let Some(job) = world.jobs.get_mut(&id) {
        job.status = "pending".to_owned();
        job.failed_reason = None;
        job.charged = job.cost > 0.0;
        job.starts_ms = now + takes / 10;
        job.done_ms = now + takes;
    }
    Ok(())
}

/// Brings every job to where the clock says it is. True when one moved.
pub fn settle(world: &mut World, now: u64) -> bool {
    let mut due: Vec<(u64, u64)> =
        world.jobs.values().filter(|job| is_active(job)).map(|job| (job.done_ms, job.id)).collect();
    due.sort_unstable();
    let mut moved = false;
    for (done_ms, id) in due {
        let waits = world
            .jobs
            .get(&id)
            .is_some_and(|job| job.card == "train_social" && job.data["monitoring"] == true);
        if done_ms <= now && !waits {
            finish(world, id, done_ms);
            moved = true;
        } else if let Some(job) = world.jobs.get_mut(&id)
            && job.status == "pending"
            && job.starts_ms <= now
        {
            job.status = "processing".to_owned();
            moved = true;
        }
    }
    moved
}

/// Moves every active job one state forward. Gives how many are still active.
pub fn step(world: &mut World, now: u64) -> usize {
    let due: Vec<u64> = world.jobs.values().filter(|job| is_active(job)).map(|job| job.id).collect();
    for id in due {
        match world.jobs.get_mut(&id) {
            Some(job) if job.status == "pending" => job.status = "processing".to_owned(),
            Some(_) => finish(world, id, now),
            None => {}
        }
    }
    active(world)
}

/// How many jobs are pending or processing.
pub fn active(world: &World) -> usize {
    world.jobs.values().filter(|job| is_active(job)).count()
}

/// Monitoring goes on until it is switched off: it is at work, but nothing of it is due.
fn is_active(job: &Job) -> bool {
    let goes_on = job.card == "train_social" && job.data["monitoring"] == true;
    job.status == "pending" || (job.status == "processing" && !goes_on)
}

/// How long GEN takes, in milliseconds of real life.
fn duration_ms(card: &str, salt: u64) -> u64 {
    match card {
        "text" => 4_000,
        "image_from_text" => 12_000,
        "speech_from_text" => 8_000,
        "video_from_text" | "video_from_image" | "video_from_ingredients" => {
            60_000 + writing::hash(&salt.to_string()) % 30_000
        }
        "lipsync" => 45_000,
        "captions" => 10_000,
        "voice_preview" => 4_000,
        "publish_content" => 20_000,
        "train_social" => 30_000,
        "render" => 40_000,
        _ => 500,
    }
}

/// Completes or fails a job: its outputs, its cell, its refund.
pub fn finish(world: &mut World, id: u64, now: u64) {
    let Some(job) = world.jobs.get(&id).cloned() else {
        return;
    };
    if let Some(reason) = job.will_fail {
        if let Some(job) = world.jobs.get_mut(&id) {
            job.status = "failed".to_owned();
            job.failed_reason = Some(reason);
        }
        give_back(world, id, now);
        notify(world, id);
        return;
    }
    let (result, outputs) = outputs::produce(world, &job, now);
    let is_text = job.card == "text";
    if let Some(cell) = world.cell_mut(job.vidsheet_id, job.cell_id) {
        cell.updated_ms = now;
        match cell.layers.iter_mut().find(|layer| Some(layer.id) == job.layer_id) {
            Some(layer) => show_in(layer, id, &job, &result, now),
            // The layer may have been deleted while its generation ran.
            None if job.layer_id.is_some() => {}
            None => {
                cell.default_job = Some(id);
                if is_text {
                    cell.value = result.clone();
                }
            }
        }
    }
    if let Some(job) = world.jobs.get_mut(&id) {
        job.status = "completed".to_owned();
        job.result = result;
        job.outputs = outputs;
    }
    notify(world, id);
}

/// A layer shows what was made for it; a text or captions layer holds it itself.
fn show_in(layer: &mut Layer, id: u64, job: &Job, result: &Value, now: u64) {
    layer.default_job = Some(id);
    layer.updated_ms = now;
    match job.card.as_str() {
        "text" => drop(layer.attributes.insert("content".to_owned(), result.clone())),
        "captions" => drop(layer.attributes.insert("captions".to_owned(), result["captions"].clone())),
        _ => {}
    }
}

/// Queues the news of a finished job for the agent's webhook. Its fields are our own choice.
fn notify(world: &mut World, id: u64) {
    let Some(job) = world.jobs.get(&id) else {
        return;
    };
    let agent = world.agents.iter().find(|agent| agent.id == job.agent_id);
    let Some(url) = agent.and_then(|agent| agent.automation.webhook_url.clone()) else {
        return;
    };
    let event = format!("generation.{}", job.status);
    let body = json!({
        "event": event, "generation_id": id, "status": job.status, "user_job_type": job.card,
        "agent_id": job.agent_id, "cell_id": job.cell_id, "failed_reason": job.failed_reason,
    });
    world.notices.push(Notice { url, body });
}

fn give_back(world: &mut World, id: u64, now: u64) {
    let Some(job) = world.jobs.get_mut(&id) else {
        return;
    };
    if std::mem::take(&mut job.charged) {
        let (organization_id, cost, what) = (job.organization_id, job.cost, format!("{} {id}", job.card));
        credits::refund(world, organization_id, cost, &what, now);
    }
}
