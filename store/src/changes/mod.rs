use model::{Change, Topic};

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
    /// What changed after `seq`, as far as the actor's keys reach; `None` when that is too old, too much or
    /// from another database, so that the page has to be read anew.
    pub async fn since(&self, actor: &Actor, seq: i64) -> Result<Option<Vec<Change>>> {
        // One transaction: news that comes or goes between two questions must not look like a gap.
        let mut transaction = self.store.read().begin().await?;
        let latest = latest(&mut transaction).await?;
        let oldest: Option<i64> =
            sqlx::query_scalar("SELECT min(seq) FROM change").fetch_one(&mut *transaction).await?;
        let known = seq == latest || (seq < latest && oldest.is_some_and(|oldest| seq + 1 >= oldest));
        if !known || latest - seq > SINCE_MAX {
            return Ok(None);
        }
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT seq, topic FROM change
             WHERE seq > ? AND (agent_id IS NULL OR agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?))
             ORDER BY seq",
        )
        .bind(seq)
        .bind(actor.person.id)
        .fetch_all(&mut *transaction)
        .await?;
        rows.into_iter().map(change).collect::<Result<_>>().map(Some)
    }

    /// The newest change; 0 when there never was one.
    pub async fn latest_seq(&self) -> Result<i64> {
        let mut connection = self.store.read().acquire().await?;
        latest(&mut connection).await
    }

    /// Wakes when there is news; its value is the newest change.
    pub fn wake(&self) -> tokio::sync::watch::Receiver<i64> {
        self.store.inner.news.subscribe()
    }
}

/// Counts what was pruned too.
async fn latest(connection: &mut sqlx::SqliteConnection) -> Result<i64> {
    let latest: Option<i64> = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'change'")
        .fetch_optional(connection)
        .await?;
    Ok(latest.unwrap_or(0))
}

fn change((seq, topic): (i64, String)) -> Result<Change> {
    let topic: Topic = serde_json::from_str(&topic).map_err(|error| Error::Corrupt(error.to_string()))?;
    Ok(Change { seq, topic })
}

#[cfg(test)]
mod tests;
