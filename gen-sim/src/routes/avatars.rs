//! The avatars of an agent.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, patch};
use serde_json::Value;

use super::agents::permission;
use super::wire;
use crate::answer::{Answer, Call, Problem, empty, id_of, ok, truth};
use crate::form::FormFile;
use crate::state::Sim;
use crate::world::{Avatar, World};

const PER_PAGE: usize = 20;
const PICTURES: &[&str] = &["image/jpeg", "image/png", "image/webp"];

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/agents/{id}/avatars", get(list).post(create))
        .route("/agents/{id}/avatars/{avatar_id}", patch(set_primary).delete(delete))
}

/// The avatars that a body gives: stored files and Degods, in this order. `outer` is the field they are nested in.
pub fn given(
    sim: &Sim,
    world: &mut World,
    call: &Call,
    attributes: Option<&Value>,
    outer: &str,
) -> Result<Vec<Avatar>, Problem> {
    let field = match outer {
        "" => "agent_avatars_attributes[][file]".to_owned(),
        outer => format!("{outer}[agent_avatars_attributes][][file]"),
    };
    let mut avatars = Vec::new();
    for file in call.files.iter().filter(|file| file.field == field) {
        let picture = Some(stored_picture(sim, world, file, PICTURES)?);
        avatars.push(avatar(world, None, picture, false));
    }
    for item in attributes.and_then(Value::as_array).into_iter().flatten() {
        let is_primary = item.get("is_primary").and_then(truth).unwrap_or(false);
        match item.get("degod_avatar_id").filter(|id| !id.is_null()) {
            Some(id) => {
                let degod =
                    id_of(id).ok_or_else(|| Problem::validation("degod_avatar_id must be a number"))?;
                avatars.push(avatar(world, Some(degod), None, is_primary));
            }
            None => return Err(Problem::validation("an avatar needs a file or a degod_avatar_id")),
        }
    }
    Ok(avatars)
}

/// Keeps an uploaded picture. Gives the key it is stored under.
pub fn stored_picture(
    sim: &Sim,
    world: &mut World,
    file: &FormFile,
    allowed: &[&str],
) -> Result<String, Problem> {
    if !allowed.contains(&file.content_type.as_str()) || file.bytes.is_empty() {
        return Err(Problem::validation(format!("The picture must be one of {}", allowed.join(", "))));
    }
    let id = world.new_id();
    sim.files().keep(id, &file.content_type, &file.bytes)
}

/// Ascending by id after the cursor; the first page starts with the primary one.
async fn list(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let mut avatars = wire(&sim, &world).avatars(world.agent(call.user, &id, false).map_err(missing)?);
    match call.query("cursor").and_then(|cursor| cursor.parse::<u64>().ok()) {
        Some(cursor) => {
            avatars.retain(|avatar| avatar["id"].as_u64() > Some(cursor));
            avatars.sort_by_key(|avatar| avatar["id"].as_u64());
        }
        None => avatars.sort_by_key(|avatar| (avatar["is_primary"] != true, avatar["id"].as_u64())),
    }
    avatars.truncate(PER_PAGE);
    ok(Value::Array(avatars))
}

async fn create(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    world.agent(call.user, &id, true).map_err(missing)?;
    let failed = |problem: Problem| Problem { code: "avatar_creation_failed", ..problem };
    let mut new =
        given(&sim, &mut world, &call, call.body.get("agent_avatars_attributes"), "").map_err(failed)?;
    if new.is_empty() {
        return Err(failed(Problem::validation("agent_avatars_attributes is required")));
    }
    let agent = world.agent_mut(call.user, &id)?;
    new.iter_mut().for_each(|avatar| avatar.is_primary = false);
    agent.avatars.extend(new);
    if !agent.avatars.iter().any(|avatar| avatar.is_primary) {
        agent.avatars[0].is_primary = true;
    }
    empty(StatusCode::OK)
}

async fn set_primary(
    State(sim): State<Sim>,
    Path((id, avatar_id)): Path<(String, String)>,
    call: Call,
) -> Answer {
    let mut world = sim.world();
    world.agent(call.user, &id, true).map_err(missing)?;
    let agent = world.agent_mut(call.user, &id)?;
    let chosen =
        avatar_id.parse().ok().filter(|id: &u64| agent.avatars.iter().any(|avatar| avatar.id == *id));
    let chosen = chosen.ok_or_else(|| Problem::unprocessable("avatar_update_failed", "Avatar not found"))?;
    agent.avatars.iter_mut().for_each(|avatar| avatar.is_primary = avatar.id == chosen);
    empty(StatusCode::OK)
}

/// `7_8_9` deletes three. The next one becomes primary when the primary one goes.
async fn delete(
    State(sim): State<Sim>,
    Path((id, avatar_ids)): Path<(String, String)>,
    call: Call,
) -> Answer {
    let mut world = sim.world();
    world.agent(call.user, &id, true).map_err(missing)?;
    let agent = world.agent_mut(call.user, &id)?;
    let ids: Option<Vec<u64>> = avatar_ids.split('_').map(|id| id.parse().ok()).collect();
    let known = |id: &u64| agent.avatars.iter().any(|avatar| avatar.id == *id);
    let ids =
        ids.filter(|ids| ids.iter().all(known)).ok_or_else(|| Problem::not_found("Avatar not found"))?;
    agent.avatars.retain(|avatar| !ids.contains(&avatar.id));
    if !agent.avatars.iter().any(|avatar| avatar.is_primary)
        && let Some(next) = agent.avatars.first_mut()
    {
        next.is_primary = true;
    }
    empty(StatusCode::OK)
}

fn avatar(
    world: &mut World,
    degod_avatar_id: Option<u64>,
    picture: Option<String>,
    is_primary: bool,
) -> Avatar {
    let id = world.new_id();
    let scene = usize::try_from(degod_avatar_id.unwrap_or(id)).unwrap_or(0) % crate::media::SCENES;
    Avatar { id, scene, is_primary, degod_avatar_id, picture }
}

/// On avatars an unknown agent is 404.
fn missing(problem: Problem) -> Problem {
    match problem.code {
        "agent_not_found" => Problem { status: StatusCode::NOT_FOUND, ..problem },
        _ => permission(problem),
    }
}
