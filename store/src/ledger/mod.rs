//! Paid calls, written before they are sent.
//!
//! A call is written down as `queued`, committed as `sending` before a byte leaves, sent once by a task of its
//! own, and settled by GEN's answer: accepted (`pending`), `refused`, `not_sent`, or `unknown` when it may have
//! been charged and nobody knows. The machine never sends it again. An unknown call is looked for on its cell;
//! see [`crate::follow`].

mod notice;

pub(crate) use notice::{moved, notice};

use gen_client::{AgentId, CellId, ConversationId, RowId, VidsheetId};
use model::Topic;
use sha2::{Digest, Sha256};

use crate::write_tx::WriteTx;
use crate::{Error, Result, Store};

/// After so many looks in a row that found nothing, an unknown call stops blocking its cell.
pub(crate) const LOOKS: i64 = 3;
/// How long to wait before each of these looks, in milliseconds.
pub(crate) const LOOK_AFTER_MS: [i64; LOOKS as usize] = [5_000, 15_000, 60_000];

/// What is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Generation,
    Render,
    Run,
}

impl Kind {
    /// The word in the database.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Generation => "generation",
            Self::Render => "render",
            Self::Run => "run",
        }
    }
}

/// The cell that something is made for.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) vidsheet: VidsheetId,
    pub(crate) row: RowId,
    pub(crate) cell: CellId,
}

/// A paid call that a person decided on and that was not sent yet.
#[derive(Clone, Debug)]
pub(crate) struct Intent {
    /// Also the idempotency key.
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) agent: AgentId,
    pub(crate) key: i64,
    pub(crate) person: i64,
    pub(crate) target: Option<Target>,
    pub(crate) generation_type: Option<String>,
    pub(crate) model: Option<String>,
    /// The creation card as JSON.
    pub(crate) card: Option<String>,
    pub(crate) estimate: Option<f64>,
    pub(crate) message: Option<String>,
    pub(crate) conversation: Option<ConversationId>,
}

/// What became of the one attempt to send.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// GEN took it; the number to follow, and how long to wait before the first look.
    Accepted { upstream_id: String, conversation: Option<String>, look_in_ms: i64 },
    /// GEN refused it; nothing was charged.
    Refused { code: String, reason: String },
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
            gen_client::Error::Api { code, message, .. } => {
                Self::Refused { code: code.0.clone(), reason: message.clone() }
            }
            _ => Self::NotSent { reason },
        }
    }
}

impl Store {
    /// Writes an intent down, committed. [`Error::AlreadyRunning`] if its cell has work under way, or work
    /// whose outcome is unknown and was not looked for yet.
    pub(crate) async fn write_down(&self, intent: &Intent) -> Result<()> {
        let mut tx = self.write_tx().await?;
        if let Some(target) = &intent.target {
            let busy: bool = sqlx::query_scalar(
                "SELECT EXISTS (SELECT 1 FROM work WHERE cell_id = ?
                   AND (state IN ('queued', 'sending', 'pending', 'processing') OR (state = 'unknown' AND misses < ?)))",
            )
            .bind(target.cell.as_str())
            .bind(LOOKS)
            .fetch_one(&mut *tx)
            .await?;
            if busy {
                return Err(Error::AlreadyRunning);
            }
        }
        let (now, target) = (tx.now(), intent.target.as_ref());
        sqlx::query(
            "INSERT INTO work (id, kind, agent_id, vidsheet_id, row_id, cell_id, key_id, person_id, generation_type,
                               model, card, body_hash, state, estimate, started_at, message, conversation_id)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)",
        )
        .bind(&intent.id)
        .bind(intent.kind.as_str())
        .bind(intent.agent.as_str())
        .bind(target.map(|target| target.vidsheet.as_str()))
        .bind(target.map(|target| target.row.as_str()))
        .bind(target.map(|target| target.cell.as_str()))
        .bind(intent.key)
        .bind(intent.person)
        .bind(&intent.generation_type)
        .bind(&intent.model)
        .bind(&intent.card)
        .bind(intent.body_hash())
        .bind(intent.estimate)
        .bind(now)
        .bind(&intent.message)
        .bind(intent.conversation.as_ref().map(|id| id.as_str()))
        .execute(&mut *tx)
        .await?;
        intent.announce(&mut tx).await?;
        tx.commit().await
    }

    /// What was on its way when the process ended: `queued` never left, `sending` may have been charged.
    pub(crate) async fn recover_ledger(&self) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        sqlx::query(
            "UPDATE work SET state = 'not_sent', settled_at = ?,
                 reason = 'Reelsheet was stopped before this was sent. Nothing was charged.'
             WHERE state = 'queued'",
        )
        .bind(now)
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "UPDATE work SET state = 'unknown', settled_at = ?1, misses = 0,
                 next_poll_at = CASE WHEN kind = 'run' THEN NULL ELSE ?1 END,
                 reason = 'Reelsheet was stopped while this was being sent. It may have been charged.'
             WHERE state = 'sending'",
        )
        .bind(now)
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE work SET next_poll_at = ? WHERE state IN ('pending', 'processing')")
            .bind(now)
            .execute(&mut *tx)
            .await?;
        let agents: Vec<String> =
            sqlx::query_scalar("SELECT DISTINCT agent_id FROM work WHERE settled_at = ? OR next_poll_at = ?")
                .bind(now)
                .bind(now)
                .fetch_all(&mut *tx)
                .await?;
        for agent in agents {
            tx.announce(Topic::Work { agent_id: crate::saved::id(&agent)? }).await?;
        }
        tx.commit().await
    }
}

impl Intent {
    /// Marks it as being sent. To be committed before the socket is written to.
    pub(crate) async fn mark_sending(&self, tx: &mut WriteTx) -> Result<()> {
        sqlx::query(
            "UPDATE work SET state = 'sending',
                 takes_before = (SELECT coalesce(max(rowid), 0) FROM generation WHERE cell_id = work.cell_id)
             WHERE id = ? AND state = 'queued'",
        )
        .bind(&self.id)
        .execute(&mut **tx)
        .await?;
        Ok(())
    }

    /// Keeps what became of it.
    pub(crate) async fn settle(&self, tx: &mut WriteTx, outcome: &Outcome) -> Result<()> {
        let now = tx.now();
        match outcome {
            Outcome::Accepted { upstream_id, conversation, look_in_ms } => {
                notice::forget_noticed(tx, self.kind, upstream_id).await?;
                sqlx::query(
                    "UPDATE work SET state = 'pending', upstream_id = ?, conversation_id = coalesce(?, conversation_id),
                         next_poll_at = ?, poll_ms = ? WHERE id = ?",
                )
                .bind(upstream_id)
                .bind(conversation)
                .bind(now + look_in_ms)
                .bind(look_in_ms)
            }
            Outcome::Refused { code, reason } => {
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
                "UPDATE work SET state = 'unknown', reason = ?, settled_at = ?,
                     next_poll_at = CASE WHEN kind = 'run' THEN NULL ELSE ? END, misses = 0 WHERE id = ?",
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

    /// Tells open pages.
    pub(crate) async fn announce(&self, tx: &mut WriteTx) -> Result<()> {
        announce(tx, &self.agent, self.target.as_ref().map(|target| (&target.vidsheet, &target.cell))).await
    }

    /// What identifies this call when a charge is disputed.
    fn body_hash(&self) -> String {
        let what = self.card.as_deref().or(self.message.as_deref()).unwrap_or_default();
        let cell = self.target.as_ref().map_or("", |target| target.cell.as_str());
        let digest = Sha256::digest(format!("{}\n{cell}\n{what}", self.kind.as_str()));
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
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
