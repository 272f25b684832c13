use gen_client::AgentId;
use gen_client::model::{Agent, AgentCore, CoreSaved, Voice};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{AgentOverview, Cached};

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

/// The voices the agent can speak with.
#[server(input = GetUrl)]
pub async fn list_voices(agent: AgentId) -> Result<Cached<Vec<Voice>>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_voices(&actor, &agent).await?)
}
