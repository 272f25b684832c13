use gen_client::{AgentId, VidsheetId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{ImportMapping, ImportPlan, ImportStep, NewFile};
use serde::{Deserialize, Serialize};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// How far an import came, and why it ended early, if it did.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportReport {
    /// What was written stays.
    pub step: ImportStep,
    /// What the next line met.
    pub trouble: Option<AppError>,
}

/// What an import would do from a line of the file on; nothing is sent.
#[server(input = Json)]
pub async fn plan_import(
    agent: AgentId,
    vidsheet: VidsheetId,
    file: NewFile,
    mapping: Option<ImportMapping>,
    from: u32,
) -> Result<ImportPlan, AppError> {
    let (store, actor) = acting()?;
    Ok(store.plan_import(&actor, &agent, &vidsheet, file, mapping, from).await?)
}

/// Writes the next lines of a plan that the person has seen.
#[server(input = Json)]
pub async fn import_rows(
    agent: AgentId,
    vidsheet: VidsheetId,
    file: NewFile,
    mapping: ImportMapping,
    from: u32,
    seal: String,
) -> Result<ImportReport, AppError> {
    let (store, actor) = acting()?;
    let (step, trouble) = store.import_rows(&actor, &agent, &vidsheet, file, mapping, from, seal).await?;
    Ok(ImportReport { step, trouble: trouble.map(AppError::from) })
}
