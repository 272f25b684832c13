//! Paid work that waits for its turn: what it will cost, in which order it goes, and what became of it.

mod batch;
mod dispatch;
mod order;
mod pace;
mod quote;
mod refund;
mod retry;
mod unclear;

pub(crate) use dispatch::Asked;
pub(crate) use pace::Paces;
pub(crate) use unclear::SAME_KEY_MS;

use model::{Queue, Work};

use crate::history::{into_list, work_where};
use crate::{Actor, Result, Store};

impl Store {
    /// The queue page: everything the actor may see of what waits, runs, is unclear or lately ended.
    pub async fn open_queue(&self, actor: &Actor) -> Result<Queue> {
        let person = actor.person.id;
        let (running_at_once, wait_until) = self.pace_of(actor).await?;
        Ok(Queue {
            waiting: self
                .listed(
                    person,
                    work_where!(
                        "w.state IN ('held', 'queued')
                         AND w.agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?)
                         ORDER BY w.rank, w.rowid"
                    ),
                )
                .await?,
            running: self
                .listed(
                    person,
                    work_where!(
                        "w.state IN ('sending', 'pending', 'processing')
                         AND w.agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?)
                         ORDER BY w.started_at DESC, w.rowid DESC"
                    ),
                )
                .await?,
            unknown: self
                .listed(
                    person,
                    work_where!(
                        "w.state = 'unknown' AND w.agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?)
                         ORDER BY w.started_at DESC, w.rowid DESC LIMIT 100"
                    ),
                )
                .await?,
            ended: self
                .listed(
                    person,
                    work_where!(
                        "w.state IN ('completed', 'failed', 'stopped', 'refused', 'not_sent')
                         AND w.agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?)
                         ORDER BY w.settled_at DESC, w.rowid DESC LIMIT 100"
                    ),
                )
                .await?,
            batches: self.open_batches(actor).await?,
            paused: self.is_paused(person).await?,
            running_at_once,
            wait_until,
            budget: self.budget(actor).await?,
        })
    }

    /// How much runs: the actor's own, and all they may see.
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

    async fn listed(&self, person: i64, query: &'static str) -> Result<Vec<Work>> {
        into_list(sqlx::query_as(query).bind(person).fetch_all(self.read()).await?)
    }
}
