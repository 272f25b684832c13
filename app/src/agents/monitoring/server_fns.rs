use gen_client::model::Monitoring;
use gen_client::{AgentId, GenerationId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Watch, Watched};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// What GEN watches for the agent; GEN cannot list it, so the list is ours.
#[server(input = GetUrl)]
pub async fn list_watches(agent: AgentId) -> Result<Watched, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_watches(&actor, &agent).await?)
}

/// Has GEN look at what others post, paid by what is found.
#[server(input = Json)]
pub async fn start_watch(agent: AgentId, spec: Monitoring, request: String) -> Result<Watched, AppError> {
    let (store, actor) = acting()?;
    Ok(store.start_watch(&actor, &agent, spec, request).await?)
}

/// Changes what is watched, while it goes on.
#[server(input = Json)]
pub async fn update_watch(agent: AgentId, job: GenerationId, spec: Monitoring) -> Result<Watch, AppError> {
    let (store, actor) = acting()?;
    Ok(store.update_watch(&actor, &agent, &job, spec).await?)
}

/// Takes up something that was begun elsewhere, by GEN's number.
#[server(input = Json)]
pub async fn adopt_watch(agent: AgentId, job: GenerationId) -> Result<Watch, AppError> {
    let (store, actor) = acting()?;
    Ok(store.adopt_watch(&actor, &agent, &job).await?)
}

/// Asks GEN now where a watch stands.
#[server(input = Json)]
pub async fn check_watch(agent: AgentId, job: GenerationId) -> Result<Watch, AppError> {
    let (store, actor) = acting()?;
    Ok(store.check_watch(&actor, &agent, &job).await?)
}
