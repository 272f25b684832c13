use gen_client::AgentId;
use gen_client::model::Column;
use model::{ColumnMapping, ConversionPlan, ConversionTarget, IdeaField};

use crate::saved::{json, text};
use crate::write_tx::WriteTx;
use crate::{Actor, Result, Store};

impl Store {
    /// The columns of a template or a vidsheet that ideas can fill, and what goes under which: as it was decided the
    /// last time, else as proposed.
    pub async fn plan_conversion(
        &self,
        actor: &Actor,
        agent: &AgentId,
        target: &ConversionTarget,
    ) -> Result<ConversionPlan> {
        self.must_reach(actor, agent).await?;
        let columns = match target {
            ConversionTarget::Template { slug } => self.open_template(actor, slug).await?.value.columns,
            ConversionTarget::Vidsheet { id } => {
                self.open_vidsheet(actor, agent, id).await?.value.vidsheet.columns
            }
        };
        let columns: Vec<Column> = columns.into_iter().filter(|column| !column.role.is_system()).collect();
        let saved: Option<String> =
            sqlx::query_scalar("SELECT json FROM column_mapping WHERE agent_id = ? AND target = ?")
                .bind(agent.as_str())
                .bind(name_of(target))
                .fetch_optional(self.read())
                .await?;
        let saved: Option<ColumnMapping> = saved.as_deref().map(json).transpose()?;
        // The template may have changed since.
        let kept = saved.map(|mut mapping| {
            mapping.retain(|title, _| columns.iter().any(|column| column.title == *title));
            mapping
        });
        let kept = kept.filter(|mapping| !mapping.is_empty());
        let remembered = kept.is_some();
        let mapping = kept.unwrap_or_else(|| IdeaField::propose(&columns));
        Ok(ConversionPlan { columns, mapping, remembered })
    }
}

/// Keeps what was decided, for the next time.
pub(super) async fn remember_mapping(
    tx: &mut WriteTx,
    agent: &AgentId,
    target: &ConversionTarget,
    mapping: &ColumnMapping,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO column_mapping (agent_id, target, json) VALUES (?, ?, ?)
         ON CONFLICT (agent_id, target) DO UPDATE SET json = excluded.json",
    )
    .bind(agent.as_str())
    .bind(name_of(target))
    .bind(text(mapping)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn name_of(target: &ConversionTarget) -> String {
    match target {
        ConversionTarget::Template { slug } => format!("template/{slug}"),
        ConversionTarget::Vidsheet { id } => format!("vidsheet/{id}"),
    }
}
