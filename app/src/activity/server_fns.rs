use gen_client::AgentId;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
#[cfg(feature = "ssr")]
use model::CallFilter;
use model::{ApiCall, Sketch};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// The calls that went to GEN with the person's keys, newest first.
#[server(input = GetUrl)]
pub async fn list_calls(before: Option<i64>, failed: bool, changes: bool) -> Result<Vec<ApiCall>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_calls(&actor, CallFilter { before, failed, changes }).await?)
}

/// An action on an agent as a command for a shell; nothing is sent to GEN.
#[server(input = Json)]
pub async fn draw_call(agent: AgentId, what: Sketch) -> Result<String, AppError> {
    let (store, actor) = acting()?;
    Ok(store.draw(&actor, &agent, &what).await?)
}
