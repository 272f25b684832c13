use gen_client::AgentId;
use model::Work;

use crate::history::{into_list, work_where};
use crate::{Actor, Result, Store};

impl Store {
    /// The render history of an agent, newest first, from SQLite alone: it works while GEN does not.
    pub async fn list_renders(&self, actor: &Actor, agent: &AgentId) -> Result<Vec<Work>> {
        self.must_reach(actor, agent).await?;
        let rows = sqlx::query_as(work_where!(
            "w.kind = 'render' AND w.agent_id = ? ORDER BY w.started_at DESC, w.rowid DESC"
        ))
        .bind(agent.as_str())
        .fetch_all(self.read())
        .await?;
        into_list(rows)
    }
}
