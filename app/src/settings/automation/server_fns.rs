use gen_client::AgentId;
use gen_client::model::{AutomationConfig, DeliveryTest};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::Cached;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// Whom GEN tells about an agent's work.
#[server(input = GetUrl)]
pub async fn open_automation(agent: AgentId) -> Result<Cached<AutomationConfig>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_automation(&actor, &agent).await?)
}

/// Saves what differs.
#[server(input = Json)]
pub async fn save_automation(
    agent: AgentId,
    before: AutomationConfig,
    after: AutomationConfig,
) -> Result<AutomationConfig, AppError> {
    let (store, actor) = acting()?;
    Ok(store.save_automation(&actor, &agent, before, after).await?)
}

/// Has GEN try the webhook's address.
#[server(input = Json)]
pub async fn test_webhook(agent: AgentId) -> Result<DeliveryTest, AppError> {
    let (store, actor) = acting()?;
    Ok(store.test_webhook(&actor, &agent).await?)
}

/// Has GEN try the callback's address.
#[server(input = Json)]
pub async fn test_callback(agent: AgentId) -> Result<DeliveryTest, AppError> {
    let (store, actor) = acting()?;
    Ok(store.test_callback(&actor, &agent).await?)
}
