use gen_client::model::Template;
use gen_client::{AgentId, VidsheetId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::Cached;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// All templates.
#[server(input = GetUrl)]
pub async fn list_templates() -> Result<Cached<Vec<Template>>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_templates(&actor).await?)
}

/// One template with its columns.
#[server(input = GetUrl)]
pub async fn open_template(slug: String) -> Result<Cached<Template>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_template(&actor, &slug).await?)
}

/// Makes a vidsheet of a template; free. Rows beyond the template's own are made by
/// [`complete_vidsheet`](crate::vidsheets::server_fns::complete_vidsheet).
#[server(input = Json)]
pub async fn clone_template(
    agent: AgentId,
    slug: String,
    #[server(default)] title: Option<String>,
    #[server(default)] rows: u32,
) -> Result<VidsheetId, AppError> {
    let (store, actor) = acting()?;
    Ok(store.clone_template(&actor, &agent, &slug, title.as_deref(), rows).await?)
}
