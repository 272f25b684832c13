use std::ops::{Deref, DerefMut};

use model::{Change, Topic};
use sqlx::{Sqlite, SqliteConnection, Transaction};

use crate::changes::Announced;
use crate::freshness::Kind;
use crate::{Error, Result, Store};

/// A write to SQLite and the news of it: both become visible together, and open pages are woken after the
/// commit. Use it as a connection: `query.execute(&mut *tx)`. Dropped without [`WriteTx::commit`], nothing
/// happened. Never ask GEN anything while holding one: there is only one at a time.
pub(crate) struct WriteTx {
    transaction: Transaction<'static, Sqlite>,
    store: Store,
    now: i64,
    announced: Vec<Announced>,
}

impl Store {
    /// Waits for its turn and begins to write; it holds the write lock from the start, so it cannot fail halfway.
    pub(crate) async fn write_tx(&self) -> Result<WriteTx> {
        let transaction = self.inner.write.begin_with("BEGIN IMMEDIATE").await?;
        Ok(WriteTx { transaction, store: self.clone(), now: self.now(), announced: Vec::new() })
    }
}

impl WriteTx {
    /// When the transaction began, in milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.now
    }

    /// Whether the process ends: what is begun now would not be seen to its end.
    pub(crate) fn is_among_the_last(&self) -> bool {
        self.store.inner.tasks.is_closed()
    }

    /// Tells open pages what changed, once it is committed; the same topic is told once.
    pub(crate) async fn announce(&mut self, topic: Topic) -> Result<()> {
        if self.announced.iter().any(|announced| announced.change.topic == topic) {
            return Ok(());
        }
        let json = serde_json::to_string(&topic).map_err(|error| Error::Corrupt(error.to_string()))?;
        let agent = agent_of(&topic).map(str::to_owned);
        let done = sqlx::query("INSERT INTO change (topic, agent_id, at) VALUES (?, ?, ?)")
            .bind(json)
            .bind(&agent)
            .bind(self.now)
            .execute(&mut *self.transaction)
            .await?;
        let change = Change { seq: done.last_insert_rowid(), topic };
        self.announced.push(Announced { agent, change });
        Ok(())
    }

    /// Says that a person's write changed this noun: an answer of GEN's that was asked for earlier is then
    /// not kept over it.
    pub(crate) async fn wrote(&mut self, kind: Kind, id: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO fetched (noun, id, turn) VALUES (?, ?, 1)
             ON CONFLICT (noun, id) DO UPDATE SET turn = turn + 1",
        )
        .bind(kind.name())
        .bind(id)
        .execute(&mut *self.transaction)
        .await?;
        Ok(())
    }

    /// Makes the saved copy of this noun stale, so that the next reader has GEN asked again.
    pub(crate) async fn outdate(&mut self, kind: Kind, id: &str) -> Result<()> {
        sqlx::query("UPDATE fetched SET outdated = 1 WHERE noun = ? AND id = ?")
            .bind(kind.name())
            .bind(id)
            .execute(&mut *self.transaction)
            .await?;
        Ok(())
    }

    /// Makes it last and wakes open pages.
    pub(crate) async fn commit(mut self) -> Result<()> {
        let rights = rights(&mut self.transaction).await?;
        self.transaction.commit().await?;
        self.store.inner.news.tell(self.announced);
        self.store.inner.rights.send_if_modified(|known| std::mem::replace(known, rights) != rights);
        Ok(())
    }
}

/// How often it changed who may see what.
pub(crate) async fn rights(connection: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("SELECT version FROM rights").fetch_one(connection).await?)
}

impl Deref for WriteTx {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.transaction
    }
}

impl DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }
}

fn agent_of(topic: &Topic) -> Option<&str> {
    match topic {
        Topic::Cell { agent_id, .. }
        | Topic::Vidsheet { agent_id, .. }
        | Topic::Presence { agent_id, .. }
        | Topic::Vidsheets { agent_id }
        | Topic::Ideas { agent_id }
        | Topic::Agent { agent_id }
        | Topic::Work { agent_id } => Some(agent_id.as_str()),
        Topic::Templates | Topic::Agents => None,
    }
}
