//! Paid calls, written before they are sent.
//!
//! A call is written down as `queued` (or `held`, over a cap), committed as `sending` before a byte leaves, sent
//! once by a task of its own, and settled by GEN's answer: accepted (`pending`), `refused`, `not_sent`, or
//! `unknown` when it may have been charged and nobody knows. The machine never sends it again. An unknown call is
//! looked for at GEN; see [`crate::follow`] and `queue/unclear.rs`.

mod intent;
mod notice;
mod spending;

pub(crate) use intent::{Expected, Intent, Settings, Target};
pub(crate) use notice::{adopt_take, moved, notice, state_of};
pub(crate) use spending::Spending;

use gen_client::{AgentId, CellId, VidsheetId};
use model::{Topic, WorkKind};

use crate::freshness::Kind as Noun;
use crate::write_tx::WriteTx;
use crate::{Error, Result, Store};

/// After so many looks in a row that found nothing, an unknown call stops blocking its cell.
pub(crate) const LOOKS: i64 = 3;
/// How long to wait before each of these looks, in milliseconds.
pub(crate) const LOOK_AFTER_MS: [i64; LOOKS as usize] = [5_000, 15_000, 60_000];

/// What became of the one attempt to send.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// GEN took it; the number to follow, and how long to wait before the first look.
    Accepted { upstream_id: String, conversation: Option<String>, look_in_ms: i64 },
    /// GEN did it at once; there is nothing to follow.
    Done,
    /// GEN refused it; nothing was charged. `stops_batch`: every further call would be refused for the same reason.
    Refused { code: String, reason: String, stops_batch: bool },
    /// It never left.
    NotSent { reason: String },
    /// It may have been charged.
    Unknown { reason: String },
}

impl Outcome {
    /// What an error says about money.
    pub(crate) fn of_error(error: &gen_client::Error) -> Self {
        let reason = error.to_string();
        match error {
            error if error.may_have_been_sent() => Self::Unknown {
                reason: format!("No clear answer came, so this may have been charged. {reason}"),
            },
            gen_client::Error::Api { code, message, .. } => Self::Refused {
                code: code.0.clone(),
                reason: message.clone(),
                stops_batch: error.needs_credits() || error.refuses_key(),
            },
            _ => Self::NotSent { reason },
        }
    }
}

impl Store {
    /// The process ends while calls have no answer yet.
    pub(crate) async fn lose_sending(&self) -> Result<()> {
        let mut tx = self.write_tx().await?;
        sending_is_unknown(&mut tx).await?;
        tx.commit().await
    }

    /// What was on its way when the process ended may have been charged; what waited goes on waiting.
    pub(crate) async fn recover_ledger(&self) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        sending_is_unknown(&mut tx).await?;
        let agents: Vec<String> =
            sqlx::query_scalar("SELECT DISTINCT agent_id FROM work WHERE settled_at = ?")
                .bind(now)
                .fetch_all(&mut *tx)
                .await?;
        for agent in agents {
            tx.announce(Topic::Work { agent_id: crate::saved::id(&agent)? }).await?;
        }
        tx.commit().await
    }
}

/// A call that left and whose answer nobody waits for any more may have been charged.
async fn sending_is_unknown(tx: &mut WriteTx) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "UPDATE work SET state = 'unknown', settled_at = ?1, misses = 0, next_poll_at = ?1,
             reason = 'Reelsheet was stopped while this was being sent. It may have been charged.'
         WHERE state = 'sending'",
    )
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

impl Intent {
    /// Keeps what became of it. Where every further call would be refused too, its batch pauses.
    pub(crate) async fn settle(&self, tx: &mut WriteTx, outcome: &Outcome) -> Result<()> {
        let now = tx.now();
        match self.weighed(outcome) {
            Outcome::Accepted { upstream_id, conversation, look_in_ms } => {
                notice::forget_noticed(tx, self.kind, &upstream_id).await?;
                sqlx::query(
                    "UPDATE work SET state = 'pending', upstream_id = ?, conversation_id = coalesce(?, conversation_id),
                         next_poll_at = ?, poll_ms = ? WHERE id = ?",
                )
                .bind(upstream_id)
                .bind(conversation)
                .bind(now + look_in_ms)
                .bind(look_in_ms)
            }
            Outcome::Done => {
                sqlx::query("UPDATE work SET state = 'completed', settled_at = ? WHERE id = ?").bind(now)
            }
            Outcome::Refused { code, reason, stops_batch } => {
                if stops_batch {
                    // What is left to spend is not what we thought.
                    tx.outdate(Noun::Organizations, &self.key.to_string()).await?;
                    self.pause_batch(tx, &reason).await?;
                }
                sqlx::query("UPDATE work SET state = 'refused', error_code = ?, reason = ?, settled_at = ? WHERE id = ?")
                    .bind(code)
                    .bind(reason)
                    .bind(now)
            }
            Outcome::NotSent { reason } => {
                sqlx::query("UPDATE work SET state = 'not_sent', reason = ?, settled_at = ? WHERE id = ?")
                    .bind(reason)
                    .bind(now)
            }
            Outcome::Unknown { reason } => sqlx::query(
                "UPDATE work SET state = 'unknown', reason = ?, settled_at = ?, next_poll_at = ?, misses = 0
                 WHERE id = ?",
            )
            .bind(reason)
            .bind(now)
            .bind(now + LOOK_AFTER_MS[0]),
        }
        .bind(&self.id)
        .execute(&mut **tx)
        .await?;
        self.announce(tx).await
    }

    /// A call that was sent before stays unclear when the second attempt comes to nothing: the first may have
    /// been charged all the same.
    fn weighed(&self, outcome: &Outcome) -> Outcome {
        match outcome {
            Outcome::Refused { reason, .. } | Outcome::NotSent { reason } if self.was_sent => {
                Outcome::Unknown {
                    reason: format!(
                        "It was sent once before, and that may have been charged. This time: {reason}"
                    ),
                }
            }
            outcome => outcome.clone(),
        }
    }

    async fn pause_batch(&self, tx: &mut WriteTx, reason: &str) -> Result<()> {
        sqlx::query("UPDATE batch SET paused = 1, reason = ? WHERE id = ?")
            .bind(reason)
            .bind(&self.batch)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

/// Tells open pages that work moved: the queue, and the cell or the ideas board.
pub(crate) async fn announce(
    tx: &mut WriteTx,
    agent: &AgentId,
    cell: Option<(&VidsheetId, &CellId)>,
) -> Result<()> {
    let agent_id = agent.clone();
    tx.announce(match cell {
        Some((vidsheet_id, cell_id)) => {
            Topic::Cell { agent_id, vidsheet_id: vidsheet_id.clone(), cell_id: cell_id.clone() }
        }
        None => Topic::Ideas { agent_id },
    })
    .await?;
    tx.announce(Topic::Work { agent_id: agent.clone() }).await
}

/// The kind of a word in the database.
pub(crate) fn kind_of(word: &str) -> Result<WorkKind> {
    WorkKind::of(word).ok_or_else(|| Error::Corrupt(format!("{word:?} is no kind of work")))
}
