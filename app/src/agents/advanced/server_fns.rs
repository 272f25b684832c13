use gen_client::AgentId;
use gen_client::model::AgentProfile;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::Cached;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// The agent's profile.
#[server(input = GetUrl)]
pub async fn open_profile(agent: AgentId) -> Result<Cached<AgentProfile>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_profile(&actor, &agent).await?)
}

/// Sets the profile up, or replaces the sections given.
#[server(input = Json)]
pub async fn save_profile(
    agent: AgentId,
    profile: AgentProfile,
    new: bool,
) -> Result<AgentProfile, AppError> {
    let (store, actor) = acting()?;
    Ok(store.save_profile(&actor, &agent, profile, new).await?)
}

/// Empties the brand section, and with it those fields of the core; `typed` is the agent's name.
#[server(input = Json)]
pub async fn reset_profile(agent: AgentId, typed: String) -> Result<AgentProfile, AppError> {
    let (store, actor) = acting()?;
    Ok(store.reset_profile(&actor, &agent, &typed).await?)
}
