//! Who may look at a piece of work, and who still may write what the look found.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use gen_client::{AgentId, CellId, RowId, VidsheetId};
use model::WorkKind;
use sqlx::FromRow;

use super::pace::{Pace, pace};
use crate::keys::KeyId;
use crate::ledger;
use crate::point::point;
use crate::saved::{id, text};
use crate::write_tx::WriteTx;
use crate::{Error, Result, Store};

/// How many looks go on at once with one key.
const AT_ONCE_PER_KEY: i64 = 4;
/// How long a look may take, in milliseconds: longer than the client waits.
const LEASE_MS: i64 = 120_000;
/// No wait is longer than this, in milliseconds; what stands further ahead comes from a clock that was set back.
const FARTHEST_MS: i64 = 20 * 60_000;
/// Between two looks at one thing, whoever hints or asks, in milliseconds.
pub(super) const APART_MS: i64 = 2_000;
/// No look comes sooner after a hint, in milliseconds.
pub(super) const SOON_MS: i64 = 1_000;
/// What is due when the process starts is spread over so many of the shortest intervals.
const SPREAD: i64 = 10;

/// What this process looks at this moment. The lease in the database is for a process that died; while one lives, no
/// clock that jumps lets a second look begin beside the first.
#[derive(Default)]
pub(crate) struct Looking(Mutex<HashSet<String>>);

impl Looking {
    fn now(&self) -> HashSet<String> {
        self.works().clone()
    }

    pub(super) fn begin(&self, work: &str) {
        self.works().insert(work.to_owned());
    }

    pub(super) fn end(&self, work: &str) {
        self.works().remove(work);
    }

    fn works(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The columns of [`Followed`], between what comes before and after them.
macro_rules! followed {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            " id, kind, agent_id, vidsheet_id, row_id, cell_id, key_id, generation_type, state, upstream_id,
              conversation_id, poll_ms, misses, fence, missing_since, looked_at,
              coalesce(sent_at, started_at) AS begun_at ",
            $after
        )
    };
}

impl Store {
    /// Takes what is due, at most so much, so that nobody else looks at it meanwhile. A key that GEN refused is tried
    /// with one look.
    pub(super) async fn take_due(&self, most: usize) -> Result<Vec<Followed>> {
        let now = self.now();
        let some_due: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM work WHERE next_poll_at <= ?1 OR next_poll_at > ?1 + ?2)",
        )
        .bind(now)
        .bind(FARTHEST_MS)
        .fetch_one(self.read())
        .await?;
        if !some_due || most == 0 {
            return Ok(Vec::new());
        }
        let mut tx = self.write_tx().await?;
        let rows: Vec<FollowedRow> = sqlx::query_as(followed!(
            "WITH waiting AS (
                 SELECT w.id, w.next_poll_at, w.key_id, coalesce(k.refused, 0) AS refused
                 FROM work w LEFT JOIN gen_key k ON k.id = w.key_id
                 WHERE w.next_poll_at IS NOT NULL
                   AND w.id NOT IN (SELECT value FROM json_each(?6))
                   AND NOT (w.next_poll_at > ?1 AND w.next_poll_at <= ?1 + ?5)
                   AND NOT (coalesce(w.lease_until, 0) > ?1 AND w.lease_until <= ?1 + ?5)
                   AND NOT (coalesce(k.looks_after, 0) > ?1 AND k.looks_after <= ?1 + ?5)
             ), lined_up AS (
                 SELECT id, next_poll_at, CASE WHEN refused THEN 1 ELSE ?4 END AS room,
                        row_number() OVER (PARTITION BY key_id ORDER BY next_poll_at, id)
                          + (SELECT count(*) FROM work b WHERE b.key_id IS waiting.key_id
                             AND b.lease_until > ?1 AND b.lease_until <= ?1 + ?5) AS place
                 FROM waiting
             )
             UPDATE work SET fence = fence + 1, lease_until = ?1 + ?2, looked_at = ?1, hinted_at = NULL
             WHERE id IN (SELECT id FROM lined_up WHERE place <= room ORDER BY next_poll_at LIMIT ?3)
             RETURNING",
            ""
        ))
        .bind(tx.now())
        .bind(LEASE_MS)
        .bind(i64::try_from(most).unwrap_or(i64::MAX))
        .bind(AT_ONCE_PER_KEY)
        .bind(FARTHEST_MS)
        .bind(text(&self.looking().now())?)
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        point("look/taken");
        rows.into_iter().map(|row| row.into_followed(self.poll_ms())).collect()
    }

    /// Takes one piece of work for a look that a person asked for. A look under way may have seen what was before,
    /// so it writes nothing any more.
    pub(super) async fn take(&self, work: &str) -> Result<Followed> {
        let mut tx = self.write_tx().await?;
        let row: Option<FollowedRow> = sqlx::query_as(followed!(
            "UPDATE work SET fence = fence + 1, lease_until = ?2 + ?3, looked_at = ?2, hinted_at = NULL
             WHERE id = ?1 RETURNING",
            ""
        ))
        .bind(work)
        .bind(tx.now())
        .bind(LEASE_MS)
        .fetch_optional(&mut *tx)
        .await?;
        tx.commit().await?;
        row.ok_or(Error::NotFound("work"))?.into_followed(self.poll_ms())
    }

    /// The work that matches, without taking it.
    pub(super) async fn followed(&self, work: &str) -> Result<Followed> {
        let row: Option<FollowedRow> = sqlx::query_as(followed!("SELECT", "FROM work WHERE id = ?"))
            .bind(work)
            .fetch_optional(self.read())
            .await?;
        row.ok_or(Error::NotFound("work"))?.into_followed(self.poll_ms())
    }

    /// After a start nobody looks, and what is due does not come all at once.
    pub(super) async fn spread_looks(&self) -> Result<()> {
        let spread = SPREAD * i64::try_from(self.poll_ms()).unwrap_or(1_000);
        let mut tx = self.write_tx().await?;
        sqlx::query(
            "UPDATE work SET lease_until = NULL,
                 next_poll_at = CASE WHEN next_poll_at <= ?1 THEN ?1 + abs(random() % ?2) ELSE next_poll_at END
             WHERE next_poll_at IS NOT NULL OR lease_until IS NOT NULL",
        )
        .bind(tx.now())
        .bind(spread.max(1))
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }
}

/// A piece of work that is looked at.
#[derive(Clone, Debug)]
pub(crate) struct Followed {
    pub(crate) id: String,
    pub(super) kind: WorkKind,
    pub(super) agent: AgentId,
    pub(super) cell: Option<(VidsheetId, RowId, CellId)>,
    pub(super) key: KeyId,
    pub(super) generation_type: Option<String>,
    pub(super) state: String,
    pub(super) upstream_id: Option<String>,
    pub(super) conversation_id: Option<String>,
    pub(super) pace: Pace,
    pub(super) misses: i64,
    pub(super) missing_since: Option<i64>,
    pub(super) looked_at: Option<i64>,
    begun_at: i64,
    poll_ms: i64,
    fence: i64,
}

impl Followed {
    /// Tells open pages that it moved.
    pub(crate) async fn announce(&self, tx: &mut WriteTx) -> Result<()> {
        let cell = self.cell.as_ref().map(|(vidsheet, _, cell)| (vidsheet, cell));
        ledger::announce(tx, &self.agent, cell).await
    }

    /// Whether this look may still write; if so it is over with this transaction, and the work free for the next.
    pub(super) async fn let_go(&self, tx: &mut WriteTx) -> Result<bool> {
        let ours = sqlx::query("UPDATE work SET lease_until = NULL WHERE id = ? AND fence = ?")
            .bind(&self.id)
            .bind(self.fence)
            .execute(&mut **tx)
            .await?;
        if ours.rows_affected() == 0 {
            tracing::info!(work = self.id, "a later look has begun, so this one is not kept");
        }
        Ok(ours.rows_affected() > 0)
    }

    /// Whether GEN may have more to say about it.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.state.as_str(), "pending" | "processing" | "unknown")
    }

    /// What was waited for this time, in milliseconds.
    pub(super) fn interval(&self) -> i64 {
        if self.poll_ms > 0 { self.poll_ms } else { self.pace.first }
    }

    /// How long it has been under way, in milliseconds.
    pub(super) fn age(&self, now: i64) -> i64 {
        now - self.begun_at
    }
}

#[derive(FromRow)]
struct FollowedRow {
    id: String,
    kind: String,
    agent_id: String,
    vidsheet_id: Option<String>,
    row_id: Option<String>,
    cell_id: Option<String>,
    key_id: Option<i64>,
    generation_type: Option<String>,
    state: String,
    upstream_id: Option<String>,
    conversation_id: Option<String>,
    poll_ms: i64,
    misses: i64,
    fence: i64,
    missing_since: Option<i64>,
    looked_at: Option<i64>,
    begun_at: i64,
}

impl FollowedRow {
    fn into_followed(self, poll_ms: u64) -> Result<Followed> {
        let kind = ledger::kind_of(&self.kind)?;
        let cell = match (&self.vidsheet_id, &self.row_id, &self.cell_id) {
            (Some(vidsheet), Some(row), Some(cell)) => Some((id(vidsheet)?, id(row)?, id(cell)?)),
            _ => None,
        };
        Ok(Followed {
            kind,
            agent: id(&self.agent_id)?,
            cell,
            // No key has the number 0, so this reads as a removed one.
            key: self.key_id.unwrap_or(0),
            pace: pace(kind, self.generation_type.as_deref(), poll_ms),
            id: self.id,
            generation_type: self.generation_type,
            state: self.state,
            upstream_id: self.upstream_id,
            conversation_id: self.conversation_id,
            misses: self.misses,
            missing_since: self.missing_since,
            looked_at: self.looked_at,
            begun_at: self.begun_at,
            poll_ms: self.poll_ms,
            fence: self.fence,
        })
    }
}
