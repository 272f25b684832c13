use gen_client::model::{Agent, AgentCore, AgentPatch, Avatar, CoreSaved, NewAgent, Workspace};
use gen_client::{AgentId, AvatarId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{AgentOverview, Cached, CorePart, CoreSnapshot, NewFile};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// The agents that the person's keys reach.
#[server(input = GetUrl)]
pub async fn list_agents() -> Result<Cached<Vec<Agent>>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_agents(&actor).await?)
}

/// One agent with who pays for it.
#[server(input = GetUrl)]
pub async fn open_agent(agent: AgentId) -> Result<Cached<AgentOverview>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_agent(&actor, &agent).await?)
}

/// The agent's core.
#[server(input = GetUrl)]
pub async fn open_core(agent: AgentId) -> Result<Cached<AgentCore>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_core(&actor, &agent).await?)
}

/// Saves what differs between the core as it was opened and as it is now.
#[server(input = Json)]
pub async fn save_core(
    agent: AgentId,
    before: AgentCore,
    after: AgentCore,
) -> Result<(CoreSaved, AgentCore), AppError> {
    let (store, actor) = acting()?;
    Ok(store.save_core(&actor, &agent, before, after).await?)
}

/// What the core was after each save, newest first.
#[server(input = GetUrl)]
pub async fn list_core_snapshots(agent: AgentId) -> Result<Vec<CoreSnapshot>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_core_snapshots(&actor, &agent).await?)
}

/// The core as a snapshot holds it.
#[server(input = GetUrl)]
pub async fn open_core_snapshot(agent: AgentId, id: i64) -> Result<AgentCore, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_core_snapshot(&actor, &agent, id).await?)
}

/// Puts parts of the core back to what a snapshot holds.
#[server(input = Json)]
pub async fn restore_core(
    agent: AgentId,
    snapshot: i64,
    parts: Vec<CorePart>,
) -> Result<(CoreSaved, AgentCore), AppError> {
    let (store, actor) = acting()?;
    Ok(store.restore_core(&actor, &agent, snapshot, parts).await?)
}

/// Gives another agent parts of this agent's core.
#[server(input = Json)]
pub async fn copy_core(agent: AgentId, to: AgentId, parts: Vec<CorePart>) -> Result<CoreSaved, AppError> {
    let (store, actor) = acting()?;
    Ok(store.copy_core(&actor, &agent, &to, parts).await?)
}

/// The organizations that a new agent may belong to.
#[server(input = GetUrl)]
pub async fn list_workspaces() -> Result<Vec<Workspace>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_workspaces(&actor).await?)
}

/// Makes an agent.
#[server(input = Json)]
pub async fn create_agent(new: NewAgent) -> Result<AgentId, AppError> {
    let (store, actor) = acting()?;
    Ok(store.create_agent(&actor, new).await?)
}

/// Changes an agent's name, description or time zone.
#[server(input = Json)]
pub async fn update_agent(agent: AgentId, patch: AgentPatch) -> Result<Agent, AppError> {
    let (store, actor) = acting()?;
    Ok(store.update_agent(&actor, &agent, patch).await?)
}

/// Deletes an agent for good; `typed` is its name.
#[server(input = Json)]
pub async fn delete_agent(agent: AgentId, typed: String) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.delete_agent(&actor, &agent, &typed).await?)
}

/// The agent's pictures.
#[server(input = GetUrl)]
pub async fn list_avatars(agent: AgentId) -> Result<Cached<Vec<Avatar>>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_avatars(&actor, &agent).await?)
}

/// Adds a picture.
#[server(input = Json)]
pub async fn add_avatar(agent: AgentId, picture: NewFile) -> Result<Vec<Avatar>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.add_avatar(&actor, &agent, picture).await?)
}

/// Lets a picture stand for the agent.
#[server(input = Json)]
pub async fn set_primary_avatar(agent: AgentId, avatar: AvatarId) -> Result<Vec<Avatar>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.set_primary_avatar(&actor, &agent, avatar).await?)
}

/// Deletes pictures for good.
#[server(input = Json)]
pub async fn delete_avatars(agent: AgentId, avatars: Vec<AvatarId>) -> Result<Vec<Avatar>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.delete_avatars(&actor, &agent, avatars).await?)
}
