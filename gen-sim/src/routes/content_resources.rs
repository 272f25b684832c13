//! Content resources: the files GEN keeps.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Value, json};

use super::uploads::{MEDIA_TYPES, claim};
use super::wire;
use crate::answer::{Answer, Call, Problem, empty, id_of, ok, reply, required, text_of};
use crate::clock;
use crate::media;
use crate::state::Sim;
use crate::world::{Make, Resource, World};

const PER_PAGE: usize = 20;
const KINDS: &[&str] = &["image", "video", "audio", "zip", "safe_tensors"];

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/content_resources", get(list).post(create))
        .route("/content_resources/{id}", get(get_one).patch(rename).delete(delete))
}

/// Whether a file is of this kind, one of image, video, audio, zip and `safe_tensors`.
pub fn is_kind(resource: &Resource, kind: &str) -> bool {
    let content_type = media::content_type(&resource.make);
    match kind {
        "zip" => content_type == "application/zip",
        "safe_tensors" => resource.name.ends_with(".safetensors"),
        kind => content_type.split('/').next() == Some(kind),
    }
}

/// Newest first, 20 a page, counted from 0.
async fn list(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let agent_id = &world.agent(call.user, &call.agent_id()?, false)?.id;
    let kind = call.query("type").filter(|kind| !kind.is_empty());
    if kind.is_some_and(|kind| !KINDS.contains(&kind)) {
        return Err(Problem::validation(format!("type must be one of {}", KINDS.join(", "))));
    }
    let ids: Vec<&str> = call.query_all("ids[]").collect();
    let mut mine: Vec<_> = world
        .resources
        .values()
        .filter(|resource| resource.agent_id == *agent_id)
        .filter(|resource| kind.is_none_or(|kind| is_kind(resource, kind)))
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

/// From bytes in a form, or from a direct upload that has arrived.
async fn create(State(sim): State<Sim>, call: Call) -> Answer {
    let mut world = sim.world();
    let agent_id = world.agent(call.user, &call.agent_id()?, true)?.id.clone();
    let failed = |message: &str| Problem::unprocessable("content_resource_creation_failed", message);
    let folder_id =
        match call.body.get("asset_folder").and_then(|folder| folder.get("id")).filter(|id| !id.is_null()) {
            Some(id) => {
                let folder = id_of(id)
                    .filter(|id| world.folders.get(id).is_some_and(|folder| folder.agent_id == agent_id));
                Some(folder.ok_or_else(|| failed("asset_folder: no such folder"))?)
            }
            None => None,
        };
    let id = world.new_id();
    let (name, key, content_type) = match call.file("content_resource[file]") {
        Some(file) => {
            if file.bytes.is_empty() || !MEDIA_TYPES.contains(&file.content_type.as_str()) {
                return Err(failed("The file is empty or of a type that is not accepted."));
            }
            let key = sim.files().keep(id, &file.content_type, &file.bytes)?;
            (file.filename.clone(), key, file.content_type.clone())
        }
        None => {
            let signed =
                call.body.get("content_resource").and_then(|resource| resource.get("file")).and_then(text_of);
            let signed = signed.ok_or_else(|| failed("content_resource[file] is required"))?;
            let upload = claim(&world, call.user, &signed)
                .ok_or_else(|| failed("file: no finished upload has this signed_id"))?;
            (upload.filename.clone(), upload.key.clone(), upload.content_type.clone())
        }
    };
    let resource = Resource {
        id,
        agent_id,
        vidsheet_id: None,
        job: None,
        name: safe_name(&name),
        created_ms: clock::now_ms(),
        folder_id,
        make: Make::Stored { key, content_type },
    };
    let shape = wire(&sim, &world).resource(&resource);
    world.resources.insert(id, resource);
    reply(StatusCode::CREATED, json!({"content_resource": shape, "generator": null}))
}

async fn get_one(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let resource = find(&world, &call, &id, false)?;
    let job = resource.job.and_then(|id| world.jobs.get(&id));
    let generator = job.map(|job| json!({"id": job.id, "status": job.status, "type": job.card}));
    ok(json!({"content_resource": wire(&sim, &world).resource(resource), "generator": generator}))
}

async fn rename(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let id = find(&world, &call, &id, true)?.id;
    let name = required(call.inner("content_resource")?.get("filename"), "filename")?;
    if name.chars().count() > 255 {
        return Err(Problem::validation("filename is too long (maximum is 255 characters)"));
    }
    if let Some(resource) = world.resources.get_mut(&id) {
        resource.name = safe_name(&name);
    }
    empty(StatusCode::OK)
}

/// For good: what shows it loses it.
async fn delete(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let id = find(&world, &call, &id, true)?.id;
    world.resources.remove(&id);
    empty(StatusCode::OK)
}

fn find<'a>(world: &'a World, call: &Call, id: &str, write: bool) -> Result<&'a Resource, Problem> {
    let agent_id = &world.agent(call.user, &call.agent_id()?, write)?.id;
    let found = id.parse().ok().and_then(|id: u64| world.resources.get(&id));
    found.filter(|resource| resource.agent_id == *agent_id).ok_or_else(|| Problem {
        code: "content_resource_not_found",
        ..Problem::not_found("Content resource not found")
    })
}

/// A name becomes part of an address: what would end the path or the segment is replaced.
fn safe_name(name: &str) -> String {
    let safe = |c: char| if c.is_control() || "/\\?#%".contains(c) { '-' } else { c };
    name.chars().map(safe).take(255).collect()
}
