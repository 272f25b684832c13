//! Looks at GEN for what is under way: one look per generation however many people watch it. A failed look
//! never ends anything; only GEN's word does.

mod generation;
mod run;

use gen_client::{AgentId, CellId, RowId, VidsheetId};
use model::WorkKind;
use sqlx::FromRow;
use tokio::task::JoinSet;

use crate::keys::KeyId;
use crate::ledger::{self, LOOK_AFTER_MS, LOOKS};
use crate::saved::id;
use crate::write_tx::WriteTx;
use crate::{Error, Result, Store};

/// How many looks go on at once.
const AT_ONCE: i64 = 8;
/// A look that is under way is not begun again for this long, in milliseconds: longer than the client waits.
const LEASE_MS: i64 = 120_000;
/// The longest wait after looks that failed, in milliseconds.
const FAILED_MAX_MS: i64 = 60_000;
/// The interval grows up to so many times the first one.
const SLOWEST: i64 = 10;

impl Store {
    /// Looks at everything that is due at GEN; returns how many it looked at.
    pub async fn follow_due(&self) -> Result<usize> {
        let mut looked = 0;
        loop {
            let due = self.take_due().await?;
            if due.is_empty() {
                return Ok(looked);
            }
            looked += due.len();
            let mut looks = JoinSet::new();
            for followed in due {
                let store = self.clone();
                looks.spawn(async move { store.follow(&followed).await });
            }
            // All of them are waited for, whatever one of them meets.
            let mut met = Ok(());
            while let Some(look) = looks.join_next().await {
                met = met.and(look.unwrap_or_else(|error| {
                    Err(Error::Corrupt(format!("a look at GEN ended early: {error}")))
                }));
            }
            met?;
        }
    }

    /// When something is due next, in milliseconds since 1970.
    pub async fn next_due(&self) -> Result<Option<i64>> {
        Ok(sqlx::query_scalar("SELECT min(next_poll_at) FROM work").fetch_one(self.read()).await?)
    }

    /// Settles what was on its way when the process last ended. To be called once, before anything is followed.
    pub async fn recover(&self) -> Result<()> {
        self.recover_ledger().await
    }

    /// How long to wait before the first look, in milliseconds: text is done in seconds, a clip takes minutes.
    pub(crate) fn first_look_ms(&self, kind: WorkKind, generation_type: Option<&str>) -> i64 {
        let times = match (kind, generation_type) {
            (WorkKind::Render, _) => 3,
            (WorkKind::Run, _) => 2,
            (WorkKind::Generation, Some("text")) => 1,
            (WorkKind::Generation, Some("image_from_text" | "speech_from_text" | "captions")) => 2,
            (WorkKind::Generation, _) => 4,
        };
        i64::try_from(self.poll_ms()).unwrap_or(i64::MAX / 100) * times
    }

    /// Takes what is due, so that nobody else looks at it meanwhile.
    async fn take_due(&self) -> Result<Vec<Followed>> {
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        let rows: Vec<FollowedRow> = sqlx::query_as(
            "UPDATE work SET next_poll_at = ?1 + ?2
             WHERE id IN (SELECT id FROM work WHERE next_poll_at <= ?1 ORDER BY next_poll_at LIMIT ?3)
             RETURNING id, kind, agent_id, vidsheet_id, row_id, cell_id, key_id, generation_type, state,
                       upstream_id, conversation_id, poll_ms, misses",
        )
        .bind(now)
        .bind(LEASE_MS)
        .bind(AT_ONCE)
        .fetch_all(&mut *tx)
        .await?;
        tx.commit().await?;
        rows.into_iter().map(FollowedRow::into_followed).collect()
    }

    async fn follow(&self, followed: &Followed) -> Result<()> {
        let looked = self.look(followed).await;
        match looked {
            Ok(()) => Ok(()),
            Err(Error::Gen(error)) if is_gone(&error) => self.missed(followed).await,
            Err(Error::Gen(error)) => {
                tracing::info!(work = followed.id, %error, "a look at GEN failed; the next one comes later");
                self.look_later(followed).await
            }
            Err(Error::NotFound("key")) => self.no_key(followed).await,
            Err(error) => {
                // It comes up again when the lease is over; the other looks of this turn go on.
                tracing::error!(work = followed.id, %error, "what GEN said of a piece of work could not be saved");
                Ok(())
            }
        }
    }

    async fn look(&self, followed: &Followed) -> Result<()> {
        let client = self.client_of_key(followed.key).await?;
        match (followed.kind, &followed.upstream_id) {
            (WorkKind::Run, Some(run)) => self.look_at_run(followed, &client, &id(run)?).await,
            (_, Some(generation)) => self.follow_generation(followed, &client, &id(generation)?).await,
            (_, None) => self.look_for_lost(followed, &client).await,
        }
    }

    /// GEN does not know it. Once may be a mistake of GEN's; thrice is an answer.
    async fn missed(&self, followed: &Followed) -> Result<()> {
        let misses = followed.misses + 1;
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        let gone = misses >= LOOKS;
        sqlx::query(
            "UPDATE work SET misses = ?2, next_poll_at = CASE WHEN ?3 THEN NULL ELSE ?4 END,
                 state = CASE WHEN ?3 THEN 'unknown' ELSE state END,
                 settled_at = CASE WHEN ?3 THEN ?5 ELSE settled_at END,
                 reason = CASE WHEN ?3 THEN 'This is no longer at GEN, so its outcome is not known.' ELSE reason END
             WHERE id = ?1 AND state IN ('pending', 'processing', 'unknown')",
        )
        .bind(&followed.id)
        .bind(misses)
        .bind(gone)
        .bind(now + followed.interval())
        .bind(now)
        .execute(&mut *tx)
        .await?;
        if gone {
            followed.announce(&mut tx).await?;
        }
        tx.commit().await
    }

    /// GEN was not reached or failed: wait twice as long each time, up to a minute.
    async fn look_later(&self, followed: &Followed) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let wait = (followed.interval() * 2).clamp(1, FAILED_MAX_MS.max(followed.interval()));
        let next = tx.now() + wait;
        sqlx::query(
            "UPDATE work SET next_poll_at = ?, poll_ms = ? WHERE id = ? AND next_poll_at IS NOT NULL",
        )
        .bind(next)
        .bind(wait)
        .bind(&followed.id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// The key that pays was removed; whoever opens the vidsheet with another one learns the outcome.
    async fn no_key(&self, followed: &Followed) -> Result<()> {
        let mut tx = self.write_tx().await?;
        sqlx::query(
            "UPDATE work SET next_poll_at = NULL, state = 'unknown', settled_at = ?, misses = ?,
                 reason = 'The GEN key that started this was removed, so its outcome is not known.'
             WHERE id = ? AND state IN ('pending', 'processing', 'unknown')",
        )
        .bind(self.now())
        .bind(LOOKS)
        .bind(&followed.id)
        .execute(&mut *tx)
        .await?;
        followed.announce(&mut tx).await?;
        tx.commit().await
    }

    /// Sets when to look again at something that still goes on.
    async fn look_again(&self, tx: &mut WriteTx, followed: &Followed, interval: i64) -> Result<()> {
        let next = tx.now() + jittered(interval);
        sqlx::query(
            "UPDATE work SET next_poll_at = ?, poll_ms = ?, misses = 0
             WHERE id = ? AND state IN ('pending', 'processing')",
        )
        .bind(next)
        .bind(interval)
        .bind(&followed.id)
        .execute(&mut **tx)
        .await?;
        Ok(())
    }

    /// The slowest interval for this kind of work, in milliseconds.
    fn slowest_ms(&self, followed: &Followed) -> i64 {
        self.first_look_ms(followed.kind, followed.generation_type.as_deref()) * SLOWEST
    }
}

/// A piece of work that is looked at.
#[derive(Clone, Debug)]
pub(crate) struct Followed {
    pub(crate) id: String,
    kind: WorkKind,
    agent: AgentId,
    cell: Option<(VidsheetId, RowId, CellId)>,
    key: KeyId,
    generation_type: Option<String>,
    state: String,
    upstream_id: Option<String>,
    conversation_id: Option<String>,
    poll_ms: i64,
    misses: i64,
}

impl Followed {
    /// Tells open pages that it moved.
    pub(crate) async fn announce(&self, tx: &mut WriteTx) -> Result<()> {
        let cell = self.cell.as_ref().map(|(vidsheet, _, cell)| (vidsheet, cell));
        ledger::announce(tx, &self.agent, cell).await
    }

    fn interval(&self) -> i64 {
        self.poll_ms.max(LOOK_AFTER_MS[0] / 10)
    }
}

/// The columns of [`Followed`], as `RETURNING` and `SELECT` name them.
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
}

impl FollowedRow {
    fn into_followed(self) -> Result<Followed> {
        let cell = match (&self.vidsheet_id, &self.row_id, &self.cell_id) {
            (Some(vidsheet), Some(row), Some(cell)) => Some((id(vidsheet)?, id(row)?, id(cell)?)),
            _ => None,
        };
        Ok(Followed {
            kind: ledger::kind_of(&self.kind)?,
            agent: id(&self.agent_id)?,
            cell,
            // No key has the number 0, so this reads as a removed one.
            key: self.key_id.unwrap_or(0),
            id: self.id,
            generation_type: self.generation_type,
            state: self.state,
            upstream_id: self.upstream_id,
            conversation_id: self.conversation_id,
            poll_ms: self.poll_ms,
            misses: self.misses,
        })
    }
}

fn is_gone(error: &gen_client::Error) -> bool {
    matches!(error, gen_client::Error::Api { status: 404, .. })
}

/// Spread by a tenth either way, so that what began together is not asked for together forever.
fn jittered(interval: i64) -> i64 {
    let tenth = (interval / 10).max(1);
    interval + rand::random_range(-tenth..=tenth)
}
