use gen_client::model::Variable;
use gen_client::{AgentId, VidsheetId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Cached, NewFile, VariableList, VariableSnapshot};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// The variables of a vidsheet, with how often its cells use them. [`VariableList::names`] completes what is typed
/// between braces.
#[server(input = GetUrl)]
pub async fn list_variables(agent: AgentId, vidsheet: VidsheetId) -> Result<Cached<VariableList>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_variables(&actor, &agent, &vidsheet).await?)
}

/// Replaces all variables; `seen` is what the person saw before.
#[server(input = Json)]
pub async fn replace_variables(
    agent: AgentId,
    vidsheet: VidsheetId,
    seen: Vec<Variable>,
    wanted: Vec<Variable>,
) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.replace_variables(&actor, &agent, &vidsheet, seen, wanted).await?)
}

/// The variables in an XLSX or CSV file; nothing is replaced yet.
#[server(input = Json)]
pub async fn read_variables(agent: AgentId, file: NewFile) -> Result<Vec<Variable>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.read_variables(&actor, &agent, file).await?)
}

/// What was there before each replacement, newest first.
#[server(input = GetUrl)]
pub async fn list_variable_snapshots(
    agent: AgentId,
    vidsheet: VidsheetId,
) -> Result<Vec<VariableSnapshot>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_variable_snapshots(&actor, &agent, &vidsheet).await?)
}
