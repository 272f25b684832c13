use gen_client::model::{Idea, IdeaStatus, Message};
use gen_client::{AgentId, ConversationId, IdeaId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Cached, IdeasBoard, SavedRun};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// Everything the ideas board shows.
#[server(input = GetUrl)]
pub async fn open_board(agent: AgentId) -> Result<Cached<IdeasBoard>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_board(&actor, &agent).await?)
}

/// Sets an idea's status.
#[server(input = Json)]
pub async fn move_idea(agent: AgentId, idea: IdeaId, status: IdeaStatus) -> Result<Idea, AppError> {
    let (store, actor) = acting()?;
    Ok(store.move_idea(&actor, &agent, &idea, status).await?)
}

/// Asks the agent for something; paid. `request` is the browser's name for the click.
#[server(input = Json)]
pub async fn start_run(
    agent: AgentId,
    message: String,
    conversation: Option<ConversationId>,
    request: String,
) -> Result<SavedRun, AppError> {
    let (store, actor) = acting()?;
    Ok(store.start_run(&actor, &agent, message, conversation, request).await?)
}

/// Says yes or no to what a run wants to do.
#[server(input = Json)]
pub async fn approve_run(agent: AgentId, run: String, approved: bool) -> Result<SavedRun, AppError> {
    let (store, actor) = acting()?;
    Ok(store.approve_run(&actor, &agent, &run, approved).await?)
}

/// What was said in a thread.
#[server(input = GetUrl)]
pub async fn list_messages(
    agent: AgentId,
    conversation: ConversationId,
) -> Result<Cached<Vec<Message>>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_messages(&actor, &agent, &conversation).await?)
}
