//! Organizations: who pays.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::{Map, Value, json};

use super::avatars::stored_picture;
use super::wire;
use crate::answer::{Answer, Call, Problem, empty, ok, reply, required};
use crate::seed;
use crate::state::Sim;
use crate::world::{Agent, Automation, Organization, World};

const PICTURES: &[&str] = &["image/jpeg", "image/png", "image/webp", "image/gif"];

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/organizations", get(list).post(create))
        .route("/organizations/{organization_id}", get(get_one).patch(update).delete(delete))
}

async fn list(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let mine =
        world.organizations.iter().filter(|organization| organization.members.contains_key(&call.user));
    ok(Value::Array(
        mine.map(|organization| wire(&sim, &world).organization(organization, call.user)).collect(),
    ))
}

async fn get_one(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let at = find(&world, &call, &id)?;
    ok(wire(&sim, &world).organization(&world.organizations[at], call.user))
}

/// Whoever makes it owns it; it starts without credits, and with an agent of its own.
async fn create(State(sim): State<Sim>, call: Call) -> Answer {
    let mut world = sim.world();
    let given = organization_fields(&call)?;
    let name = required(given.get("name"), "name")?;
    let picture = picture(&sim, &mut world, &call)?;
    let id = world.new_id();
    world.organizations.push(Organization {
        id,
        uuid: seed::uuid(id),
        name: name.clone(),
        scene: usize::try_from(id).unwrap_or(0) % crate::media::SCENES,
        generic: 0.0,
        aura: 0.0,
        plan: "Free".to_owned(),
        members: BTreeMap::from([(call.user, "owner".to_owned())]),
        picture,
    });
    world.agents.push(Agent {
        id: format!("ag_{id:x}_system"),
        organization_id: id,
        name,
        description: None,
        time_zone: None,
        avatars: Vec::new(),
        core: Map::new(),
        preferences: Vec::new(),
        automation: Automation::default(),
        elevenlabs_key: None,
        profile: Map::new(),
    });
    reply(StatusCode::CREATED, json!({"organization_id": id}))
}

async fn update(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let at = find(&world, &call, &id)?;
    if !matches!(world.role(call.user, world.organizations[at].id), Some("owner" | "manager")) {
        return Err(Problem::forbidden());
    }
    let given = organization_fields(&call)?;
    if given.contains_key("name") {
        world.organizations[at].name = required(given.get("name"), "name")?;
    }
    if let Some(picture) = picture(&sim, &mut world, &call)? {
        world.organizations[at].picture = Some(picture);
    }
    ok(json!({"organization_id": world.organizations[at].id}))
}

/// Only its owner may; its agents go with it.
async fn delete(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let at = find(&world, &call, &id)?;
    let organization_id = world.organizations[at].id;
    if world.role(call.user, organization_id) != Some("owner") {
        return Err(Problem::forbidden());
    }
    world.organizations.remove(at);
    world.agents.retain(|agent| agent.organization_id != organization_id);
    empty(StatusCode::OK)
}

fn find(world: &World, call: &Call, id: &str) -> Result<usize, Problem> {
    let found = world.organizations.iter().position(|organization| {
        (organization.id.to_string() == id || organization.uuid == id)
            && organization.members.contains_key(&call.user)
    });
    found.ok_or_else(|| Problem::unprocessable("organization_not_found", "Organization not found"))
}

/// A form that brings nothing but a picture has no fields.
fn organization_fields(call: &Call) -> Result<Map<String, Value>, Problem> {
    let only_picture = !call.files.is_empty() && call.body.get("organization").is_none();
    if only_picture { Ok(Map::new()) } else { call.inner("organization") }
}

fn picture(sim: &Sim, world: &mut World, call: &Call) -> Result<Option<String>, Problem> {
    call.file("organization[avatar]").map(|file| stored_picture(sim, world, file, PICTURES)).transpose()
}
