use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::News;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// What changed since, for pages that have no stream; without a place, where the news stand now.
#[server(input = GetUrl)]
pub async fn list_changes(since: Option<i64>) -> Result<News, AppError> {
    let (store, actor) = acting()?;
    Ok(store.changes().list(&actor, since).await?)
}
