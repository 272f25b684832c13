//! The asset library: folders, and the files in them.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, patch, post};
use serde_json::{Value, json};

use super::content_resources::is_kind;
use super::wire;
use crate::answer::{Answer, Call, Problem, empty, id_of, ok, reply, required};
use crate::clock;
use crate::state::Sim;
use crate::world::{Folder, World};

const PER_PAGE: usize = 20;
const MOST_PER_PAGE: usize = 100;
const KINDS: &[&str] = &["image", "video", "audio", "folder"];

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/asset_libraries", get(list))
        .route("/asset_folders", post(create))
        .route("/asset_folders/{id}", patch(rename).delete(delete))
}

/// One folder's content, or the root's: folders first, then the newest, unless `order=recent` mixes them.
async fn list(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let agent_id = world.agent(call.user, &call.agent_id()?, false)?.id.clone();
    let folder = match call.query("folder_id").filter(|id| !id.is_empty()) {
        Some(id) => Some(find(&world, &agent_id, id)?),
        None => None,
    };
    let kinds: Vec<&str> = call
        .query("asset_type")
        .unwrap_or("")
        .split(',')
        .map(str::trim)
        .filter(|kind| !kind.is_empty())
        .collect();
    if kinds.iter().any(|kind| !KINDS.contains(kind)) {
        return Err(Problem::validation(format!("asset_type must be of {}", KINDS.join(", "))));
    }
    let recent = match call.query("order") {
        None | Some("") => false,
        Some("recent") => true,
        Some(_) => return Err(Problem::validation("order must be recent")),
    };
    let words = call.query("search").unwrap_or("").to_lowercase();
    let wanted = |kind: &str| kinds.is_empty() || kinds.contains(&kind);
    // A search looks into every folder below, too.
    let here = |parent: Option<u64>| parent == folder || (folder.is_none() && !words.is_empty());
    let folders = world.folders.values().filter(|item| {
        item.agent_id == agent_id
            && here(item.parent)
            && wanted("folder")
            && item.name.to_lowercase().contains(&words)
    });
    let files = world.resources.values().filter(|item| {
        item.agent_id == agent_id
            && here(item.folder_id)
            && (kinds.is_empty() || kinds.iter().any(|kind| is_kind(item, kind)))
            && item.name.to_lowercase().contains(&words)
    });
    let mut items: Vec<(bool, u64, u64, Value)> = folders
        .map(|folder| {
            (
                false,
                folder.created_ms,
                folder.id,
                json!({"id": folder.id, "type": "AssetFolder", "name": folder.name}),
            )
        })
        .collect();
    items.extend(files.map(|file| {
        let mut shape = wire(&sim, &world).resource(file);
        shape["type"] = json!("ContentResource");
        (!recent, file.created_ms, file.id, shape)
    }));
    items.sort_by_key(|(is_file, created_ms, id, _)| (*is_file, std::cmp::Reverse((*created_ms, *id))));
    let size = call
        .query("page_size")
        .and_then(|size| size.parse().ok())
        .unwrap_or(PER_PAGE)
        .clamp(1, MOST_PER_PAGE);
    ok(Value::Array(
        items.into_iter().skip(call.page(1) * size).take(size).map(|(.., shape)| shape).collect(),
    ))
}

async fn create(State(sim): State<Sim>, call: Call) -> Answer {
    let mut world = sim.world();
    let agent_id = world.agent(call.user, &call.agent_id()?, true)?.id.clone();
    let given = call.inner("asset_folder")?;
    let name = required(given.get("name"), "name")?;
    let parent = match given.get("parent_id").filter(|id| !id.is_null()) {
        Some(id) => {
            let id = id_of(id).ok_or_else(|| Problem::validation("parent_id: no such folder"))?;
            Some(
                find(&world, &agent_id, &id.to_string())
                    .map_err(|_| Problem::validation("parent_id: no such folder"))?,
            )
        }
        None => None,
    };
    let id = world.new_id();
    world.folders.insert(id, Folder { id, agent_id, name, parent, created_ms: clock::now_ms() });
    reply(StatusCode::CREATED, json!({"asset_folder_id": id}))
}

async fn rename(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let agent_id = world.agent(call.user, &call.agent_id()?, true)?.id.clone();
    let id = find(&world, &agent_id, &id)?;
    let name = required(call.inner("asset_folder")?.get("name"), "name")?;
    if let Some(folder) = world.folders.get_mut(&id) {
        folder.name = name;
    }
    ok(json!({"asset_folder_id": id}))
}

/// With everything in it. A folder whose files a running job still reads is refused.
async fn delete(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let agent_id = world.agent(call.user, &call.agent_id()?, true)?.id.clone();
    let mut going = vec![find(&world, &agent_id, &id)?];
    let mut next = 0;
    while let Some(parent) = going.get(next).copied() {
        going.extend(
            world.folders.values().filter(|folder| folder.parent == Some(parent)).map(|folder| folder.id),
        );
        next += 1;
    }
    let inside = |folder: Option<u64>| folder.is_some_and(|folder| going.contains(&folder));
    let files: Vec<u64> =
        world.resources.values().filter(|file| inside(file.folder_id)).map(|file| file.id).collect();
    let busy = world.jobs.values().filter(|job| matches!(job.status.as_str(), "pending" | "processing")).any(
        |job| {
            [
                "content_resource_id",
                "image_resource_id",
                "video_resource_id",
                "audio_resource_id",
                "source_resource_id",
            ]
            .iter()
            .any(|field| job.data.get(*field).and_then(id_of).is_some_and(|id| files.contains(&id)))
        },
    );
    if busy {
        return Err(Problem::unprocessable("folder_removal_failed", "A file of this folder is in use."));
    }
    world.resources.retain(|id, _| !files.contains(id));
    world.folders.retain(|id, _| !going.contains(id));
    empty(StatusCode::OK)
}

fn find(world: &World, agent_id: &str, id: &str) -> Result<u64, Problem> {
    let found = id.parse().ok().and_then(|id: u64| world.folders.get(&id));
    let found = found.filter(|folder| folder.agent_id == agent_id);
    found.map(|folder| folder.id).ok_or_else(|| Problem::not_found("Folder not found"))
}
