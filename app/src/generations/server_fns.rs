use gen_client::model::CreationCard;
use gen_client::{AgentId, CellId, GenerationId, VidsheetId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::Work;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// Starts a generation on a cell; paid.
#[server(input = Json)]
pub async fn start_generation(
    agent: AgentId,
    vidsheet: VidsheetId,
    cell: CellId,
    card: CreationCard,
) -> Result<Work, AppError> {
    let (store, actor) = acting()?;
    Ok(store.start_generation(&actor, &agent, &vidsheet, &cell, card).await?)
}

/// Starts a render of a row's final video; paid.
#[server(input = Json)]
pub async fn start_render(agent: AgentId, vidsheet: VidsheetId, cell: CellId) -> Result<Work, AppError> {
    let (store, actor) = acting()?;
    Ok(store.start_render(&actor, &agent, &vidsheet, &cell).await?)
}

/// Goes on with a stopped generation; paid again.
#[server(input = Json)]
pub async fn continue_generation(agent: AgentId, generation: GenerationId) -> Result<Work, AppError> {
    let (store, actor) = acting()?;
    Ok(store.continue_generation(&actor, &agent, &generation).await?)
}

/// How much runs: the person's own, and all they may see.
#[server(input = GetUrl)]
pub async fn running_count() -> Result<(u32, u32), AppError> {
    let (store, actor) = acting()?;
    Ok(store.running_count(&actor).await?)
}
