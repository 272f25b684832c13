use gen_client::AgentId;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::Work;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// The render history of an agent, newest first, from SQLite alone.
#[server(input = GetUrl)]
pub async fn list_renders(agent: AgentId) -> Result<Vec<Work>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_renders(&actor, &agent).await?)
}
