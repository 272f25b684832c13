use model::Work;

use crate::history::{into_list, work_where};
use crate::{Actor, Result, Store};

impl Store {
    /// What runs, then the newest hundred that ended: the queue page, over all agents the actor reaches.
    pub async fn list_work(&self, actor: &Actor) -> Result<Vec<Work>> {
        let running = sqlx::query_as(work_where!(
            "w.state IN ('queued', 'sending', 'pending', 'processing')
             AND w.agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?)
             ORDER BY w.started_at DESC, w.rowid DESC"
        ))
        .bind(actor.person.id)
        .fetch_all(self.read())
        .await?;
        let ended = sqlx::query_as(work_where!(
            "w.state NOT IN ('queued', 'sending', 'pending', 'processing')
             AND w.agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?)
             ORDER BY w.started_at DESC, w.rowid DESC LIMIT 100"
        ))
        .bind(actor.person.id)
        .fetch_all(self.read())
        .await?;
        let mut work = into_list(running)?;
        work.extend(into_list(ended)?);
        Ok(work)
    }

    /// How much runs: the actor's own, and all they may see; generations, renders and runs.
    pub async fn running_count(&self, actor: &Actor) -> Result<(u32, u32)> {
        let counts = sqlx::query_as(
            "SELECT coalesce(sum(person_id IS ?1), 0), count(*) FROM work
             WHERE state IN ('queued', 'sending', 'pending', 'processing')
               AND agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?1)",
        )
        .bind(actor.person.id)
        .fetch_one(self.read())
        .await?;
        Ok(counts)
    }
}
