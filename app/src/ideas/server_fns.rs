use gen_client::model::{Idea, IdeaStatus};
use gen_client::{AgentId, ConversationId, IdeaId, RowId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{
    Cached, Conversion, ConversionOrder, ConversionPlan, ConversionTarget, IdeaEvent, IdeasBoard, PersonId,
    Preferences, Research, RunOrder, SavedRun, Thread,
};

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

/// Lets GEN choose the status that follows.
#[server(input = Json)]
pub async fn cycle_idea(agent: AgentId, idea: IdeaId) -> Result<Idea, AppError> {
    let (store, actor) = acting()?;
    Ok(store.cycle_idea(&actor, &agent, &idea).await?)
}

/// Gives an idea to somebody, or to nobody.
#[server(input = Json)]
pub async fn assign_idea(agent: AgentId, idea: IdeaId, person: Option<PersonId>) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.assign_idea(&actor, &agent, &idea, person).await?)
}

/// Writes a comment under an idea.
#[server(input = Json)]
pub async fn comment_idea(agent: AgentId, idea: IdeaId, text: String) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.comment_idea(&actor, &agent, &idea, &text).await?)
}

/// What was said and done here about an idea.
#[server(input = GetUrl)]
pub async fn list_idea_events(agent: AgentId, idea: IdeaId) -> Result<Vec<IdeaEvent>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_idea_events(&actor, &agent, &idea).await?)
}

/// Asks the agent for something; paid. `request` is the browser's name for the click.
#[server(input = Json)]
pub async fn start_run(agent: AgentId, order: RunOrder, request: String) -> Result<SavedRun, AppError> {
    let (store, actor) = acting()?;
    Ok(store.start_run(&actor, &agent, order, request).await?)
}

/// Says yes or no to what a run wants to do.
#[server(input = Json)]
pub async fn approve_run(agent: AgentId, run: String, approved: bool) -> Result<SavedRun, AppError> {
    let (store, actor) = acting()?;
    Ok(store.approve_run(&actor, &agent, &run, approved).await?)
}

/// A research with what it found.
#[server(input = GetUrl)]
pub async fn open_research(agent: AgentId, run: String) -> Result<Research, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_research(&actor, &agent, &run).await?)
}

/// A thread with what was said in it.
#[server(input = GetUrl)]
pub async fn open_conversation(
    agent: AgentId,
    conversation: ConversationId,
) -> Result<Cached<Thread>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_conversation(&actor, &agent, &conversation).await?)
}

/// Renames a thread, or pins it to the top.
#[server(input = Json)]
pub async fn update_conversation(
    agent: AgentId,
    conversation: ConversationId,
    title: Option<String>,
    pinned: Option<bool>,
) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.update_conversation(&actor, &agent, &conversation, title, pinned).await?)
}

/// Deletes a thread with its messages; its ideas stay.
#[server(input = Json)]
pub async fn delete_conversation(agent: AgentId, conversation: ConversationId) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.delete_conversation(&actor, &agent, &conversation).await?)
}

/// The standing rules of an agent.
#[server(input = GetUrl)]
pub async fn list_preferences(agent: AgentId) -> Result<Preferences, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_preferences(&actor, &agent).await?)
}

/// What there is to decide before ideas become rows there.
#[server(input = Json)]
pub async fn plan_conversion(agent: AgentId, target: ConversionTarget) -> Result<ConversionPlan, AppError> {
    let (store, actor) = acting()?;
    Ok(store.plan_conversion(&actor, &agent, &target).await?)
}

/// Turns ideas into rows. `request` is the browser's name for the yes.
#[server(input = Json)]
pub async fn start_conversion(
    agent: AgentId,
    order: ConversionOrder,
    request: String,
) -> Result<Conversion, AppError> {
    let (store, actor) = acting()?;
    Ok(store.start_conversion(&actor, &agent, order, request).await?)
}

/// Goes on with a conversion that stopped.
#[server(input = Json)]
pub async fn resume_conversion(agent: AgentId, conversion: String) -> Result<Conversion, AppError> {
    let (store, actor) = acting()?;
    Ok(store.resume_conversion(&actor, &agent, &conversion).await?)
}

/// Leaves a conversion that stopped as it is.
#[server(input = Json)]
pub async fn end_conversion(agent: AgentId, conversion: String) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.end_conversion(&actor, &agent, &conversion).await?)
}

/// The idea that a row was made from, by its id and title.
#[server(input = GetUrl)]
pub async fn open_idea_of_row(agent: AgentId, row: RowId) -> Result<Option<(IdeaId, String)>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_idea_of_row(&actor, &agent, &row).await?)
}
