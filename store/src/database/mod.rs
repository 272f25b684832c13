use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use gen_client::Upstream;
use sqlx::SqlitePool;
use tokio::sync::{OnceCell, watch};
use tokio_util::task::TaskTracker;

use crate::calls::CallLog;
use crate::changes::Recent;
use crate::follow::{Hints, Looking};
use crate::locks::Locks;
use crate::passwords::Hashers;
use crate::presence::Presence;
use crate::queue::Paces;
use crate::vault::Vault;
use crate::vidsheets::Answers;
use crate::{Clock, Options, Result, Store, changes, write_tx};

mod connect;

use connect::{expect_version, expect_whole, lock, readers, writer};

const READERS: u32 = 8;
/// How long [`Store::close`] waits for calls that are on their way to GEN, unless they were waited for before.
const DRAIN_WAIT: Duration = Duration::from_secs(5);
/// How long a reader may keep [`Store::close`] waiting.
const READERS_WAIT: Duration = Duration::from_secs(1);

pub(crate) struct Inner {
    pub(crate) read: SqlitePool,
    /// One connection: SQLite has one writer, and a queue here is fairer than its busy handler.
    pub(crate) write: SqlitePool,
    pub(crate) upstream: Upstream,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) vault: Vault,
    pub(crate) news: Recent,
    /// How often it changed who may see what.
    pub(crate) rights: watch::Sender<i64>,
    pub(crate) poll_ms: u64,
    pub(crate) locks: Locks,
    /// One per noun being asked for; holds why the last attempt failed.
    pub(crate) renewals: Locks<Option<gen_client::Error>>,
    pub(crate) hashers: Hashers,
    pub(crate) calls: CallLog,
    pub(crate) paces: Paces,
    pub(crate) looking: Looking,
    pub(crate) hints: Hints,
    pub(crate) answers: Answers,
    pub(crate) presence: Presence,
    pub(crate) tasks: TaskTracker,
    drained: OnceCell<()>,
    lock: File,
}

impl Store {
    /// Opens or makes the database, and locks its folder for this process. The key ring is checked before
    /// anything is written: with a ring that does not fit, the database stays as it is.
    pub async fn open(options: Options) -> Result<Self> {
        let folder = match options.database.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        std::fs::create_dir_all(folder).map_err(sqlx::Error::from)?;
        let (lock, unclean) = lock(folder)?;
        if options.database.exists() {
            let peek = readers(&options.database, 1).await?;
            let fits = options.master_keys.check(&peek).await;
            let whole = if unclean { expect_whole(&peek).await } else { Ok(()) };
            peek.close().await;
            fits.and(whole)?;
        }
        let vault = options.master_keys.into_vault()?;
        let write = writer(&options.database).await?;
        expect_version(&write).await?;
        sqlx::migrate!("../migrations").run(&write).await.map_err(sqlx::Error::from)?;
        let store = Self {
            inner: Arc::new(Inner {
                read: readers(&options.database, READERS).await?,
                upstream: options.upstream,
                clock: options.clock,
                vault,
                news: Recent::beginning_at(changes::newest_saved(&write).await?),
                rights: watch::Sender::new(write_tx::rights(&mut *write.acquire().await?).await?),
                poll_ms: options.poll_ms,
                locks: Locks::default(),
                renewals: Locks::default(),
                hashers: Hashers::default(),
                calls: CallLog::default(),
                paces: Paces::default(),
                looking: Looking::default(),
                hints: Hints::default(),
                answers: Answers::default(),
                presence: Presence::default(),
                tasks: TaskTracker::new(),
                drained: OnceCell::new(),
                lock,
                write,
            }),
        };
        store.remember_master_keys().await?;
        Ok(store)
    }

    /// Waits so long for calls that are on their way to GEN; what has no answer by then is written down as unknown.
    /// Happens once: who asks a second time waits for the first.
    pub async fn drain(&self, patience: Duration) -> Result<()> {
        let drained = self.inner.drained.get_or_try_init(|| async {
            self.inner.tasks.close();
            if tokio::time::timeout(patience, self.inner.tasks.wait()).await.is_err() {
                tracing::warn!(tasks = self.inner.tasks.len(), "ending while calls to GEN are on their way");
            }
            self.lose_sending().await
        });
        drained.await.copied()
    }

    /// Drains, then folds the write-ahead log into the database and lets another process have it. Closing twice does
    /// no harm.
    pub async fn close(&self) -> Result<()> {
        if self.inner.write.is_closed() {
            return Ok(());
        }
        let drained = self.drain(DRAIN_WAIT).await;
        if tokio::time::timeout(READERS_WAIT, self.inner.read.close()).await.is_err() {
            tracing::warn!("closing while somebody reads");
        }
        let folded = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.inner.write).await;
        self.inner.write.close().await;
        drained?;
        folded?;
        connect::unlock(&self.inner.lock)
    }

    /// Whether the database can be written; the error says why not. GEN is not asked.
    pub async fn ready(&self) -> Result<()> {
        let transaction = self.inner.write.begin_with("BEGIN IMMEDIATE").await?;
        transaction.rollback().await?;
        Ok(())
    }

    /// Deletes what is past its time: news of yesterday, the log of old calls, dead sessions, a used-up setup key.
    pub async fn prune(&self) -> Result<()> {
        self.prune_changes().await?;
        self.prune_calls().await?;
        self.prune_recordings().await?;
        self.prune_sessions().await
    }

    /// Wipes what was just deleted for secrecy's sake: the write-ahead log still holds it as it was, so the log is
    /// folded in and cut off.
    pub(crate) async fn wipe_log(&self) -> Result<()> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.inner.write).await?;
        Ok(())
    }

    /// Where the time comes from.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.inner.clock
    }

    /// GEN's hosts, for media.
    pub fn upstream(&self) -> &Upstream {
        &self.inner.upstream
    }

    /// Milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.inner.clock.now()
    }

    /// Connections that can only read.
    pub(crate) fn read(&self) -> &SqlitePool {
        &self.inner.read
    }

    /// The shortest interval between two looks at one generation, in milliseconds.
    pub(crate) fn poll_ms(&self) -> u64 {
        self.inner.poll_ms
    }

    /// What is looked at this moment.
    pub(crate) fn looking(&self) -> &Looking {
        &self.inner.looking
    }

    /// How fast the queue may go.
    pub(crate) fn paces(&self) -> &Paces {
        &self.inner.paces
    }

    /// One lock per name, for what must not happen twice at once.
    pub(crate) fn lock_of(&self, name: &str) -> Arc<tokio::sync::Mutex<()>> {
        self.inner.locks.of(name)
    }

    /// Runs something to its end even if who asked for it is gone; [`Store::close`] waits for it.
    pub(crate) fn spawn<F>(&self, task: F) -> tokio::task::JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.inner.tasks.spawn(task)
    }
}

#[cfg(test)]
mod tests;
