//! Prices, charges and refunds: a job is paid before it starts and refunded when it fails or is stopped.

use axum::http::StatusCode;
use serde_json::Value;

use crate::answer::Problem;
use crate::world::{Entry, World};

/// What a run costs when it is a set of ideas, a refinement, or a plain conversation.
pub const IDEAS: f64 = 59.0;
pub const REFINEMENT: f64 = 35.0;
pub const CHAT: f64 = 7.0;
pub const RESEARCH: f64 = 35.0;
pub const RENDER: f64 = 50.0;

/// What a generation of this card costs with this data.
pub fn price(card: &str, data: &Value) -> f64 {
    let model = data.get("model").and_then(Value::as_str).unwrap_or("");
    let seconds = data.get("duration").and_then(Value::as_f64).unwrap_or(5.0).max(1.0);
    match card {
        "text" => match model {
            "" | "gemini_2_0_flash" | "gpt_4o_mini" => 2.0,
            _ => 6.0,
        },
        "image_from_text" => {
            let count = data.get("number_of_images").and_then(Value::as_f64).unwrap_or(1.0).clamp(1.0, 8.0);
            count * if model == "midjourney" { 15.0 } else { 5.0 }
        }
        "video_from_text" | "video_from_image" | "video_from_ingredients" => (seconds
            * if model.starts_with("veo") || model.starts_with("sora") { 60.0 } else { 50.0 })
        .round(),
        "speech_from_text" => {
            let script = data.get("script").and_then(Value::as_str).unwrap_or("");
            (crate::media::speech_seconds(script) * 0.5).round().max(5.0)
        }
        "voice_preview" => 5.0,
        "train_social" => data.get("max_results").and_then(Value::as_f64).unwrap_or(10.0),
        "lipsync" => 200.0,
        "captions" => 10.0,
        "render" => RENDER,
        _ => 0.0,
    }
}

/// Takes the credits, or says why not.
pub fn charge(
    world: &mut World,
    organization_id: u64,
    credits: f64,
    what: &str,
    now_ms: u64,
) -> Result<(), Problem> {
    let organization = world.organizations.iter_mut().find(|organization| organization.id == organization_id);
    let organization = organization.ok_or_else(|| Problem::not_found("Organization not found"))?;
    if organization.generic < credits {
        let message = "Insufficient credits for this job";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "insufficient_credits_for_job", message));
    }
    organization.generic -= credits;
    write(world, organization_id, "charge", credits, what, now_ms);
    Ok(())
}

/// Gives the credits back.
pub fn refund(world: &mut World, organization_id: u64, credits: f64, what: &str, now_ms: u64) {
    if let Some(organization) =
        world.organizations.iter_mut().find(|organization| organization.id == organization_id)
    {
        organization.generic += credits;
        write(world, organization_id, "refund", credits, what, now_ms);
    }
}

/// An organization without credits may not use vidsheets at all.
pub fn require_some(world: &World, organization_id: u64) -> Result<(), Problem> {
    let has_some = world
        .organizations
        .iter()
        .any(|organization| organization.id == organization_id && organization.generic > 0.0);
    let message = "GEN credits are required to use the API.";
    has_some
        .then_some(())
        .ok_or_else(|| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "usable_gen_credit_required", message))
}

fn write(world: &mut World, organization_id: u64, kind: &str, credits: f64, what: &str, now_ms: u64) {
    if credits == 0.0 {
        return;
    }
    let balance_after = world
        .organizations
        .iter()
        .find(|organization| organization.id == organization_id)
        .map_or(0.0, |organization| organization.generic);
    world.ledger.push(Entry {
        at_ms: now_ms,
        organization_id,
        kind: kind.to_owned(),
        credits,
        balance_after,
        what: what.to_owned(),
    });
}
