//! The log of our calls of GEN: operation, pattern of the path, status, time. Never an id, a body or a key.

use std::sync::{Arc, Mutex, PoisonError};

use gen_client::operation::ALL;
use gen_client::{Called, Upstream};
use model::{ApiCall, CallFilter};
use sqlx::FromRow;

use crate::keys::KeyId;
use crate::{Actor, Result, Store};

/// How long a call is kept, in milliseconds, and how many at most.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;
const KEPT: i64 = 50_000;
/// How many are listed at a time.
const PAGE: i64 = 100;
/// More than these do not wait to be written: a log must not fill the memory.
const WAITING_MAX: usize = 10_000;

/// Calls that are not written yet. They are written together, so that a poll costs no transaction of its own.
#[derive(Clone, Default)]
pub(crate) struct CallLog(Arc<Mutex<Waiting>>);

#[derive(Default)]
struct Waiting {
    calls: Vec<(KeyId, i64, Called)>,
    is_writing: bool,
}

impl CallLog {
    /// Takes a call; true when somebody has to write.
    fn push(&self, key: KeyId, at: i64, called: Called) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.calls.len() < WAITING_MAX {
            waiting.calls.push((key, at, called));
        }
        !std::mem::replace(&mut waiting.is_writing, true)
    }

    /// What waits; nothing left means that nobody writes any more.
    fn take(&self) -> Vec<(KeyId, i64, Called)> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.is_writing = !waiting.calls.is_empty();
        std::mem::take(&mut waiting.calls)
    }
}

impl Store {
    /// Notes a call that has ended.
    pub(crate) fn log_call(&self, key: KeyId, called: Called) {
        if self.inner.calls.push(key, self.now(), called) {
            let store = self.clone();
            self.spawn(async move {
                loop {
                    let calls = store.inner.calls.take();
                    if calls.is_empty() {
                        return;
                    }
                    if let Err(error) = store.write_calls(calls).await {
                        tracing::error!(%error, "calls of GEN could not be logged");
                    }
                }
            });
        }
    }

    /// The calls that went out with the actor's keys, newest first; at most 100.
    pub async fn list_calls(&self, actor: &Actor, filter: CallFilter) -> Result<Vec<ApiCall>> {
        let rows: Vec<CallRow> = sqlx::query_as(
            "SELECT c.id, c.at, c.operation, c.method, c.path, c.status, c.code, c.ms, k.label
             FROM api_call c JOIN gen_key k ON k.id = c.key_id
             WHERE (k.owner_id IS NULL OR k.owner_id = ?1)
               AND (?2 IS NULL OR c.id < ?2)
               AND (NOT ?3 OR c.status IS NULL OR c.status >= 400)
               AND (NOT ?4 OR c.method <> 'GET')
             ORDER BY c.id DESC LIMIT ?5",
        )
        .bind(actor.person.id)
        .bind(filter.before)
        .bind(filter.failed)
        .bind(filter.changes)
        .bind(PAGE)
        .fetch_all(self.read())
        .await?;
        Ok(rows.into_iter().map(|row| row.into_call(self.upstream())).collect())
    }

    /// Forgets what is past its time.
    pub(crate) async fn prune_calls(&self) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let since = tx.now() - KEPT_MS;
        sqlx::query(
            "DELETE FROM api_call WHERE at < ?1 OR id <= (SELECT coalesce(max(id), 0) FROM api_call) - ?2",
        )
        .bind(since)
        .bind(KEPT)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    async fn write_calls(&self, calls: Vec<(KeyId, i64, Called)>) -> Result<()> {
        let mut tx = self.write_tx().await?;
        for (key, at, called) in calls {
            // The key may be gone by now, and its calls with it.
            sqlx::query(
                "INSERT INTO api_call (at, key_id, operation, method, path, status, code, ms)
                 SELECT ?1, id, ?2, ?3, ?4, ?5, ?6, ?7 FROM gen_key WHERE id = ?8",
            )
            .bind(at)
            .bind(called.operation.id)
            .bind(called.operation.method.as_str())
            .bind(called.operation.path)
            .bind(called.status)
            .bind(called.code)
            .bind(i64::try_from(called.ms).unwrap_or(i64::MAX))
            .bind(key)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }
}

#[derive(FromRow)]
struct CallRow {
    id: i64,
    at: i64,
    operation: String,
    method: String,
    path: String,
    status: Option<u16>,
    code: Option<String>,
    ms: i64,
    label: String,
}

impl CallRow {
    fn into_call(self, upstream: &Upstream) -> ApiCall {
        let Self { id, at, operation, method, path, status, code, ms, label } = self;
        let known = ALL.iter().find(|known| known.id == operation && known.path == path);
        let curl = known.map_or(String::new(), |known| upstream.pattern(known));
        ApiCall { id, at, operation, method, path, status, code, ms, key: label, curl }
    }
}
