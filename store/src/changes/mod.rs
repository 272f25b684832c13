//! The news of what was saved: a table of ids, kept for a day, that open pages hear of through streams or by asking.

mod recent;

pub(crate) use recent::{Announced, Recent};

use std::collections::HashSet;
use std::sync::Arc;

use gen_client::AgentId;
use model::{Change, News};
use sqlx::{SqliteConnection, SqlitePool};

use crate::{Actor, Error, Result, Store};

/// How long news is kept, in milliseconds.
const KEEP_MS: i64 = 24 * 60 * 60 * 1000;
/// More than this at once is not news: the page reloads.
const SINCE_MAX: i64 = 2_000;

/// The news of what was saved.
#[derive(Clone)]
pub struct Changes {
    store: Store,
}

/// What somebody may hear of. It is as old as the question that made it, so a stream asks for a new one now and then.
#[derive(Clone, Debug)]
pub struct Audience {
    agents: HashSet<String>,
}

impl Store {
    /// The news of what was saved.
    pub fn changes(&self) -> Changes {
        Changes { store: self.clone() }
    }

    /// Forgets the news of more than a day ago.
    pub(crate) async fn prune_changes(&self) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let oldest = tx.now() - KEEP_MS;
        sqlx::query("DELETE FROM change WHERE at < ?").bind(oldest).execute(&mut *tx).await?;
        tx.commit().await
    }
}

impl Changes {
    /// What the actor may hear of at the moment; `None` once their session or their role is no longer the same
    /// (requirement S5). Does not count as use of the session.
    pub async fn audience(&self, actor: &Actor) -> Result<Option<Audience>> {
        Ok(self.store.reached_by(actor).await?.map(|agents| Audience { agents }))
    }

    /// What this audience hears of the changes after `seq`. The place is lost when it is too old, too far behind or
    /// from another database: then everything has to be read anew.
    pub async fn told(&self, audience: &Audience, seq: i64) -> Result<News> {
        let (latest, fresh) = match self.store.inner.news.after(seq) {
            Some(fresh) => (seq, Some(fresh)),
            None => self.read_for_all(seq).await?,
        };
        let Some(fresh) = fresh else {
            return Ok(News { changes: Vec::new(), reached: latest, lost: true });
        };
        // What the audience may not hear moves its place on too.
        let reached = fresh.last().map_or(seq, |announced| announced.change.seq);
        let heard = fresh.iter().filter(|announced| audience.hears(announced));
        let changes = last_of_each(heard.map(|announced| &announced.change));
        Ok(News { changes, reached, lost: false })
    }

    /// The same for a page that asks instead of listening. Who was nowhere yet has everything to read.
    pub async fn list(&self, actor: &Actor, since: Option<i64>) -> Result<News> {
        let Some(since) = since else {
            return Ok(News { changes: Vec::new(), reached: self.newest(), lost: true });
        };
        self.told(&self.reach(actor).await?, since).await
    }

    /// What changed after `seq`, as far as the actor's keys reach; `None` when the place is lost.
    pub async fn since(&self, actor: &Actor, seq: i64) -> Result<Option<Vec<Change>>> {
        let news = self.list(actor, Some(seq)).await?;
        Ok((!news.lost).then_some(news.changes))
    }

    /// The newest change as far as this process has told; 0 when there never was one.
    pub fn newest(&self) -> i64 {
        self.store.inner.news.newest()
    }

    /// The newest change that is saved; 0 when there never was one.
    pub async fn latest_seq(&self) -> Result<i64> {
        newest_saved(self.store.read()).await
    }

    /// Wakes when there is news; its value is the newest change.
    pub fn wake(&self) -> tokio::sync::watch::Receiver<i64> {
        self.store.inner.news.wake()
    }

    /// Wakes when somebody may see more or less than before: then every audience is to be asked for anew.
    pub fn rights(&self) -> tokio::sync::watch::Receiver<i64> {
        self.store.inner.rights.subscribe()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    async fn reach(&self, actor: &Actor) -> Result<Audience> {
        let agents: Vec<String> = sqlx::query_scalar("SELECT agent_id FROM reach WHERE person_id = ?")
            .bind(actor.person.id)
            .fetch_all(self.store.read())
            .await?;
        Ok(Audience { agents: agents.into_iter().collect() })
    }

    /// What is not held is read once and then held, however many pages want it: two commits may be told of in either
    /// order, and until both are, every page finds a gap.
    async fn read_for_all(&self, seq: i64) -> Result<(i64, Option<Vec<Arc<Announced>>>)> {
        let turn = self.store.lock_of("news");
        let _turn = turn.lock().await;
        if let Some(fresh) = self.store.inner.news.after(seq) {
            return Ok((seq, Some(fresh)));
        }
        let read = self.read_after(seq).await?;
        if let (_, Some(fresh)) = &read {
            self.store.inner.news.hold(fresh);
        }
        Ok(read)
    }

    /// The newest change, and all after `seq` if the table still knows that place.
    async fn read_after(&self, seq: i64) -> Result<(i64, Option<Vec<Arc<Announced>>>)> {
        // One transaction: news that comes or goes between two questions must not look like a gap.
        let mut transaction = self.store.read().begin().await?;
        let latest = latest(&mut transaction).await?;
        let oldest: Option<i64> =
            sqlx::query_scalar("SELECT min(seq) FROM change").fetch_one(&mut *transaction).await?;
        let known = seq == latest || (seq < latest && oldest.is_some_and(|oldest| seq >= oldest - 1));
        if !known || latest - seq > SINCE_MAX {
            return Ok((latest, None));
        }
        let rows: Vec<(i64, Option<String>, String)> =
            sqlx::query_as("SELECT seq, agent_id, topic FROM change WHERE seq > ? ORDER BY seq")
                .bind(seq)
                .fetch_all(&mut *transaction)
                .await?;
        Ok((latest, Some(rows.into_iter().map(announced).collect::<Result<_>>()?)))
    }
}

/// The newest change that a database holds; 0 when there never was one.
pub(crate) async fn newest_saved(pool: &SqlitePool) -> Result<i64> {
    latest(&mut *pool.acquire().await?).await
}

impl Audience {
    /// Whether this audience hears of the agent.
    pub fn reaches(&self, agent: &AgentId) -> bool {
        self.agents.contains(agent.as_str())
    }

    fn hears(&self, announced: &Announced) -> bool {
        announced.agent.as_ref().is_none_or(|agent| self.agents.contains(agent))
    }
}

/// News says what to read again and not what stands there, so the last of each topic says it all.
fn last_of_each<'a>(changes: impl DoubleEndedIterator<Item = &'a Change>) -> Vec<Change> {
    let mut told = HashSet::new();
    let mut last: Vec<Change> = changes.rev().filter(|change| told.insert(&change.topic)).cloned().collect();
    last.reverse();
    last
}

/// Counts what was pruned too.
async fn latest(connection: &mut SqliteConnection) -> Result<i64> {
    let latest: Option<i64> = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'change'")
        .fetch_optional(connection)
        .await?;
    Ok(latest.unwrap_or(0))
}

fn announced((seq, agent, topic): (i64, Option<String>, String)) -> Result<Arc<Announced>> {
    let topic = serde_json::from_str(&topic).map_err(|error| Error::Corrupt(error.to_string()))?;
    Ok(Arc::new(Announced { agent, change: Change { seq, topic } }))
}

#[cfg(test)]
mod tests;
