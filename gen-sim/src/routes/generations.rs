//! Generations and renders: start, follow, stop, continue.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{Method, StatusCode};
use axum::routing::{get, post};
use serde_json::{Value, json};

use super::vidsheets::find_ref;
use super::wire;
use crate::answer::{Answer, Call, Problem, id_of, ok, reply};
use crate::jobs::Order;
use crate::state::Sim;
use crate::world::{Job, Vidsheet, World};
use crate::{clock, jobs, variables};

/// The generations' own routes.
pub fn router() -> Router<Sim> {
    Router::new()
        .route("/generations/{id}", get(get_one))
        .route("/generations/{id}/stop", post(stop))
        .route("/generations/{id}/continue", post(resume))
}

/// The routes that start one on a cell.
pub fn cell_router() -> Router<Sim> {
    Router::new()
        .route("/{id}/cells/{cell_id}/generate", post(generate))
        .route("/{id}/cells/{cell_id}/render", post(render))
}

async fn generate(State(sim): State<Sim>, Path((id, cell_id)): Path<(String, String)>, call: Call) -> Answer {
    let mut world = sim.world();
    let sheet = find_ref(&world, &call, &id)?;
    let cell_id = cell_in(sheet, &cell_id)?;
    let data = call.body.get("data").cloned().unwrap_or(Value::Null);
    let asked = call.body.get("generation_type").and_then(Value::as_str).unwrap_or("");
    let card = canonical(asked, &data, call.strict).ok_or_else(|| {
        Problem::validation(if asked.is_empty() {
            "generation_type is required".to_owned()
        } else {
            format!("Unknown generation_type: {asked}")
        })
    })?;
    if !data.is_object() {
        return Err(Problem::validation("data is required"));
    }
    let sheet_id = sheet.id;
    let data = resolve_names(&world, sheet_id, cell_id, data);
    let order = order(&world, sheet_id, cell_id, card, data)?;
    check(&world, &order.agent_id, card, &order.data)?;
    let job = jobs::start(&sim, &mut world, order, clock::now_ms())?;
    reply(StatusCode::CREATED, json!({"generation_id": job, "status": "pending"}))
}

/// Composites the row's layers. Only the final video cell can be rendered.
async fn render(State(sim): State<Sim>, Path((id, cell_id)): Path<(String, String)>, call: Call) -> Answer {
    let mut world = sim.world();
    let sheet = find_ref(&world, &call, &id)?;
    let cell_id = cell_in(sheet, &cell_id)?;
    if sheet.column_of(cell_id).is_none_or(|column| column.role != "final_video") {
        return Err(Problem::validation("Only a cell in the final video column can be rendered."));
    }
    // The words of the row go along: a render has no input of its own that could ask it to fail.
    let cells = sheet.row_of(cell_id).map(|row| row.cells.as_slice()).unwrap_or_default();
    let words: Vec<Value> =
        cells.iter().filter(|cell| cell.value.is_string()).map(|cell| json!({"value": cell.value})).collect();
    let order = order(&world, sheet.id, cell_id, "render", json!({"row": words}))?;
    let job = jobs::start(&sim, &mut world, order, clock::now_ms())?;
    reply(StatusCode::CREATED, json!({"generation_id": job, "status": "pending"}))
}

async fn get_one(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let job = job(&world, &call, &id)?;
    ok(wire(&sim, &world).job(job))
}

async fn stop(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let id = job(&world, &call, &id)?.id;
    jobs::stop(&mut world, id, clock::now_ms())?;
    whole(&sim, &world, id)
}

async fn resume(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let id = job(&world, &call, &id)?.id;
    jobs::resume(&sim, &mut world, id, clock::now_ms())?;
    whole(&sim, &world, id)
}

/// Stop and continue answer with the whole generation, and with the short form's id as well.
fn whole(sim: &Sim, world: &World, id: u64) -> Answer {
    let job = world.jobs.get(&id).ok_or_else(|| Problem::not_found("Generation not found"))?;
    let mut shape = wire(sim, world).job(job);
    shape["generation_id"] = json!(id);
    ok(shape)
}

/// A generation that belongs to somebody else's organization does not exist for this user.
fn job<'a>(world: &'a World, call: &Call, id: &str) -> Result<&'a Job, Problem> {
    let missing = || Problem::not_found("Generation not found");
    let job = id.parse().ok().and_then(|id: u64| world.jobs.get(&id)).ok_or_else(missing)?;
    match world.role(call.user, job.organization_id) {
        None => Err(missing()),
        Some("viewer") if call.method != Method::GET => Err(Problem::forbidden()),
        Some(_) => Ok(job),
    }
}

fn cell_in(sheet: &Vidsheet, cell_id: &str) -> Result<u64, Problem> {
    let id = cell_id.parse().ok().filter(|id| sheet.cell(*id).is_some());
    id.ok_or_else(|| Problem::not_found("Cell not found"))
}

fn order(world: &World, vidsheet_id: u64, cell_id: u64, card: &str, data: Value) -> Result<Order, Problem> {
    let sheet = world.vidsheets.iter().find(|sheet| sheet.id == vidsheet_id);
    let agent = sheet.and_then(|sheet| world.agents.iter().find(|agent| agent.id == sheet.agent_id));
    let agent = agent.ok_or_else(|| Problem::not_found("Agent not found"))?;
    Ok(Order {
        card: card.to_owned(),
        agent_id: agent.id.clone(),
        organization_id: agent.organization_id,
        vidsheet_id,
        cell_id,
        data,
    })
}

/// GEN's name of a generation type; older clients send the internal names of the services behind it.
fn canonical(asked: &str, data: &Value, strict: bool) -> Option<&'static str> {
    const NAMES: &[&str] = &[
        "text",
        "image_from_text",
        "video_from_text",
        "video_from_image",
        "video_from_ingredients",
        "speech_from_text",
        "lipsync",
        "captions",
        "media",
    ];
    if let Some(name) = NAMES.iter().find(|name| **name == asked) {
        return Some(name);
    }
    let from_image = data.get("image_resource_id").is_some();
    match asked {
        _ if strict => None,
        "text_generation" => Some("text"),
        "eleven_labs" => Some("speech_from_text"),
        "midjourney" | "gemini_image_generation" => Some("image_from_text"),
        "kling_image_video" => Some("video_from_image"),
        "sora2_video_generation" | "seedance_video_generation" | "gemini_video_generation" if from_image => {
            Some("video_from_image")
        }
        "kling" | "sora2_video_generation" | "seedance_video_generation" | "gemini_video_generation" => {
            Some("video_from_text")
        }
        _ => None,
    }
}

/// `prompt_var: "SCRIPT"` names a column or variable; the call goes on as if its value had been sent.
fn resolve_names(world: &World, vidsheet_id: u64, cell_id: u64, mut data: Value) -> Value {
    for field in ["prompt", "negative_prompt", "script"] {
        let name = data.get(format!("{field}_var")).and_then(Value::as_str).map(str::to_owned);
        if let (Some(name), true) = (name, data.get(field).is_none())
            && let Some(value) = variables::look_up(world, vidsheet_id, cell_id, &data, &name)
        {
            data[field] = Value::String(value);
        }
    }
    data
}

/// The fields the reference requires, and that every named resource is this agent's.
fn check(world: &World, agent_id: &str, card: &str, data: &Value) -> Result<(), Problem> {
    let text = |field: &str| match data.get(field).and_then(Value::as_str) {
        Some(given) if !given.trim().is_empty() => Ok(given.to_owned()),
        _ => Err(Problem::validation(format!("{field} is required"))),
    };
    let resource = |value: &Value, field: &str| {
        let id = id_of(value).ok_or_else(|| Problem::validation(format!("{field} is required")))?;
        let exists = world.resources.get(&id).is_some_and(|resource| resource.agent_id == agent_id);
        exists.then_some(()).ok_or_else(|| Problem::validation(format!("{field}: no such content resource")))
    };
    match card {
        "text" | "image_from_text" => text("prompt").map(drop)?,
        "video_from_text" => text("prompt").map(drop)?,
        "video_from_image" => resource(&data["image_resource_id"], "image_resource_id")?,
        "video_from_ingredients" => {
            text("prompt")?;
            let assets = data["asset_resource_ids"].as_array().filter(|assets| !assets.is_empty());
            let assets = assets.ok_or_else(|| Problem::validation("asset_resource_ids is required"))?;
            assets.iter().try_for_each(|asset| resource(asset, "asset_resource_ids"))?;
        }
        "speech_from_text" => {
            text("script")?;
            match text("voice_method")?.as_str() {
                "my_voices" => text("voice_id").map(drop)?,
                "design_voice" => text("language").and(text("gender")).map(drop)?,
                "clone_voice" => resource(&data["audio_resource_id"], "audio_resource_id")?,
                other => {
                    return Err(Problem::validation(format!("Unknown voice_method: {other}")));
                }
            }
        }
        "lipsync" => {
            text("model")?;
            resource(&data["video_resource_id"], "video_resource_id")?;
            resource(&data["audio_resource_id"], "audio_resource_id")?;
        }
        "captions" => resource(&data["source_resource_id"], "source_resource_id")?,
        _ => resource(&data["content_resource_id"], "content_resource_id")?,
    }
    for (field, allowed) in
        [("aspect_ratio", ["1:1", "9:16", "16:9", "4:3", "3:4"].as_slice()), ("model", models(card))]
    {
        let given = data.get(field).and_then(Value::as_str).unwrap_or("");
        if !given.is_empty() && !allowed.is_empty() && !allowed.contains(&given) {
            return Err(Problem::validation(format!("{field} must be one of {}", allowed.join(", "))));
        }
    }
    match data.get("duration") {
        None | Some(Value::Null) => Ok(()),
        Some(duration) if duration.as_u64().is_some_and(|seconds| seconds >= 1) => Ok(()),
        Some(_) => Err(Problem::validation("duration must be a whole number of seconds")),
    }
}

/// The models the reference lists per card; empty where it lists none.
fn models(card: &str) -> &'static [&'static str] {
    match card {
        "text" => &[
            "gemini_2_0_flash",
            "gemini_2_5_pro",
            "gpt_4o",
            "gpt_4o_mini",
            "o3_mini",
            "o4_mini",
            "claude_sonnet_4",
            "gemini",
            "openai",
        ],
        "image_from_text" => &["gemini_image", "gemini_pro_image", "midjourney"],
        "video_from_text" => &[
            "veo_3",
            "veo_3_fast",
            "veo_3_1",
            "veo_3_1_fast",
            "sora_2",
            "kling_1_6",
            "seedance_pro",
            "seedance_pro_1_5",
        ],
        "video_from_image" => &[
            "kling_2_1",
            "kling_2_6",
            "veo_3",
            "veo_3_fast",
            "veo_3_1",
            "veo_3_1_fast",
            "sora_2",
            "seedance_lite",
            "seedance_pro",
            "seedance_pro_1_5",
        ],
        "video_from_ingredients" => &["pika", "kling_1_6", "seedance_lite", "veo_3_1", "veo_3_1_fast"],
        "lipsync" => &["sync_so", "gen"],
        _ => &[],
    }
}
