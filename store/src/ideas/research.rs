use gen_client::AgentId;
use gen_client::model::ResearchFindings;
use model::Research;

use crate::saved::{json, text};
use crate::write_tx::WriteTx;
use crate::{Actor, Result, Store};

impl Store {
    /// A research that was started here, with what it found.
    pub async fn open_research(&self, actor: &Actor, agent: &AgentId, run: &str) -> Result<Research> {
        self.must_reach(actor, agent).await?;
        let run = self.saved_run(agent, run).await?;
        let saved: Option<String> = sqlx::query_scalar("SELECT json FROM research_report WHERE work_id = ?")
            .bind(&run.id)
            .fetch_optional(self.read())
            .await?;
        Ok(Research { run, findings: saved.as_deref().map(json).transpose()? })
    }
}

/// Keeps what a research found, for GEN may forget the run.
pub(crate) async fn save_report(tx: &mut WriteTx, work: &str, findings: &ResearchFindings) -> Result<()> {
    sqlx::query(
        "INSERT INTO research_report (work_id, json) VALUES (?, ?)
         ON CONFLICT (work_id) DO UPDATE SET json = excluded.json",
    )
    .bind(work)
    .bind(text(findings)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
