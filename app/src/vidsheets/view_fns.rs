//! The server functions behind saved views.

use gen_client::{AgentId, VidsheetId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{SavedView, SheetView};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// The team's views of a vidsheet and the person's own.
#[server(input = GetUrl)]
pub async fn list_views(agent: AgentId, vidsheet: VidsheetId) -> Result<Vec<SavedView>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_views(&actor, &agent, &vidsheet).await?)
}

/// Saves a view under a name, in the place of one with the same name and owner.
#[server(input = Json)]
pub async fn save_view(
    agent: AgentId,
    vidsheet: VidsheetId,
    name: String,
    for_team: bool,
    view: SheetView,
) -> Result<SavedView, AppError> {
    let (store, actor) = acting()?;
    Ok(store.save_view(&actor, &agent, &vidsheet, &name, for_team, view).await?)
}

/// Forgets a view.
#[server(input = Json)]
pub async fn delete_view(agent: AgentId, vidsheet: VidsheetId, view: i64) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.delete_view(&actor, &agent, &vidsheet, view).await?)
}
