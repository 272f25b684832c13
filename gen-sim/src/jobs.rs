//! The life of a generation or a render: pending, processing, then completed, failed or stopped.

use serde_json::Value;

use crate::answer::Problem;
use crate::state::Sim;
use crate::world::{Job, World};
use crate::{credits, faults, outputs, writing};

/// What is needed to start a job.
pub struct Order {
    pub card: String,
    pub agent_id: String,
    pub organization_id: u64,
    pub vidsheet_id: u64,
    pub cell_id: u64,
    pub data: Value,
}

/// Charges for a job and puts it in line. Gives its id.
pub fn start(sim: &Sim, world: &mut World, order: Order, now: u64) -> Result<u64, Problem> {
    let cost = credits::price(&order.card, &order.data);
    let id = world.last_id + 1;
    credits::charge(world, order.organization_id, cost, &format!("{} {id}", order.card), now)?;
    world.last_id = id;
    let takes = sim.pace(duration_ms(&order.card, world.seed ^ id));
    let will_fail = faults::fails_later(&order.data);
    let job = Job {
        id,
        card: order.card,
        organization_id: order.organization_id,
        agent_id: order.agent_id,
        vidsheet_id: order.vidsheet_id,
        cell_id: order.cell_id,
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
        done_ms: now + takes,
    };
    world.jobs.insert(id, job);
    if let Some(cell) = world.cell_mut(order.vidsheet_id, order.cell_id) {
        cell.jobs.push(id);
        cell.updated_ms = now;
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
        if done_ms <= now {
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

fn is_active(job: &Job) -> bool {
    matches!(job.status.as_str(), "pending" | "processing")
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
        return;
    }
    let (result, outputs) = outputs::produce(world, &job, now);
    let is_text = job.card == "text";
    if let Some(cell) = world.cell_mut(job.vidsheet_id, job.cell_id) {
        cell.default_job = Some(id);
        cell.updated_ms = now;
        if is_text {
            cell.value = result.clone();
        }
    }
    if let Some(job) = world.jobs.get_mut(&id) {
        job.status = "completed".to_owned();
        job.result = result;
        job.outputs = outputs;
    }
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
