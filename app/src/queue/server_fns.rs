use gen_client::model::CreationCard;
use gen_client::{AgentId, CellId, VidsheetId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Batch, BatchQuote, Cap, CapScope, Funds, Queue, Quote, Unclear, Work};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// What waits, runs, is unclear or lately ended.
#[server(input = GetUrl)]
pub async fn open_queue() -> Result<Queue, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_queue(&actor).await?)
}

/// What there is to spend for an agent.
#[server(input = GetUrl)]
pub async fn open_funds(agent: AgentId) -> Result<Funds, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_funds(&actor, &agent).await?)
}

/// What a generation, or without a card a render, would cost and take. Nothing is changed.
#[server(input = Json)]
pub async fn quote_cell(
    agent: AgentId,
    vidsheet: VidsheetId,
    cell: CellId,
    card: Option<CreationCard>,
) -> Result<Quote, AppError> {
    let (store, actor) = acting()?;
    Ok(store.quote(&actor, &agent, &vidsheet, &cell, card).await?)
}

/// What running these cells would cost and take. Nothing is changed.
#[server(input = Json)]
pub async fn quote_batch(
    agent: AgentId,
    vidsheet: VidsheetId,
    cells: Vec<CellId>,
    card: Option<CreationCard>,
) -> Result<BatchQuote, AppError> {
    let (store, actor) = acting()?;
    Ok(store.quote_batch(&actor, &agent, &vidsheet, cells, card).await?)
}

/// Runs these cells; paid. `request` is the browser's name for the click.
#[server(input = Json)]
pub async fn start_batch(
    agent: AgentId,
    vidsheet: VidsheetId,
    cells: Vec<CellId>,
    card: Option<CreationCard>,
    request: String,
) -> Result<Batch, AppError> {
    let (store, actor) = acting()?;
    Ok(store.start_batch(&actor, &agent, &vidsheet, cells, card, request).await?)
}

/// Pauses the person's own work, or goes on with it.
#[server(input = Json)]
pub async fn pause_queue(paused: bool) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.pause_queue(&actor, paused).await?)
}

/// Pauses a batch, or goes on with it.
#[server(input = Json)]
pub async fn pause_batch(batch: String, paused: bool) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.pause_batch(&actor, &batch, paused).await?)
}

/// Puts waiting work before everything else.
#[server(input = Json)]
pub async fn move_to_front(works: Vec<String>) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.move_to_front(&actor, &works).await?)
}

/// Puts what waits of a batch before everything else.
#[server(input = Json)]
pub async fn move_batch_to_front(batch: String) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.move_batch_to_front(&actor, &batch).await?)
}

/// Puts waiting work before another piece, or at the end.
#[server(input = Json)]
pub async fn move_before(work: String, before: Option<String>) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.move_before(&actor, &work, before.as_deref()).await?)
}

/// Withdraws what waits and stops what runs.
#[server(input = Json)]
pub async fn stop_work(works: Vec<String>) -> Result<Vec<Work>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.stop_work(&actor, &works).await?)
}

/// Does again what ended without a result; paid.
#[server(input = Json)]
pub async fn retry_work(works: Vec<String>) -> Result<Vec<Work>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.retry_work(&actor, &works).await?)
}

/// Lets held work go.
#[server(input = Json)]
pub async fn release_work(works: Vec<String>) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.release_work(&actor, &works).await?)
}

/// Looks at GEN for a piece of work now. It costs nothing.
#[server(input = Json)]
pub async fn check_work(work: String) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.check_work(&actor, &work).await?)
}

/// What is known about a call of unknown outcome.
#[server(input = GetUrl)]
pub async fn open_unclear(work: String) -> Result<Unclear, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_unclear(&actor, &work).await?)
}

/// Looks at GEN for what a lost call made.
#[server(input = Json)]
pub async fn check_again(work: String) -> Result<Unclear, AppError> {
    let (store, actor) = acting()?;
    Ok(store.check_again(&actor, &work).await?)
}

/// Takes something at GEN for what a lost call made.
#[server(input = Json)]
pub async fn adopt(work: String, candidate: String) -> Result<Work, AppError> {
    let (store, actor) = acting()?;
    Ok(store.adopt(&actor, &work, &candidate).await?)
}

/// Sends a lost call again with the same idempotency key.
#[server(input = Json)]
pub async fn send_again(work: String) -> Result<Work, AppError> {
    let (store, actor) = acting()?;
    Ok(store.send_again(&actor, &work).await?)
}

/// Caps on what is spent in a day.
#[server(input = GetUrl)]
pub async fn list_caps() -> Result<Vec<Cap>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_caps(&actor).await?)
}

/// Sets or lifts a cap.
#[server(input = Json)]
pub async fn set_cap(scope: CapScope, credits: Option<f64>) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.set_cap(&actor, scope, credits).await?)
}
