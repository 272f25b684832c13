use gen_client::AgentId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// The path at which GEN may post an agent's news. Whoever has it can make us look at GEN earlier, and nothing else;
/// made when first asked for.
#[server(input = Json)]
pub async fn webhook_path(agent: AgentId) -> Result<String, AppError> {
    let (store, actor) = acting()?;
    Ok(path(&store.webhook_secret(&actor, &agent).await?))
}

/// A new path in place of the old one, which is heard for another day.
#[server(input = Json)]
pub async fn replace_webhook(agent: AgentId) -> Result<String, AppError> {
    let (store, actor) = acting()?;
    Ok(path(&store.replace_webhook(&actor, &agent).await?))
}

#[cfg(feature = "ssr")]
fn path(secret: &str) -> String {
    format!("/hooks/gen/{secret}")
}
