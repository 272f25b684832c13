//! Calls whose outcome nobody knows: what is known about them, and what a person may decide.

use gen_client::model::Generation;
use gen_client::{ConversationId, GenClient};
use model::{Action, Candidate, Progress, Unclear, Work};
use sqlx::FromRow;

use crate::ledger::{Intent, adopt_take};
use crate::saved::{id, json};
use crate::vidsheets::{self, Place};
use crate::{Actor, Error, Result, Store, history};

/// So long GEN answers the same idempotency key with the same answer, and charges once. Milliseconds.
pub(crate) const SAME_KEY_MS: i64 = 24 * 60 * 60 * 1000;
/// Threads of the agent that are searched for a lost run.
const THREADS: usize = 5;
/// Runs of each thread that are looked at.
const RUNS: usize = 5;

impl Store {
    /// What is known about a call of unknown outcome, from what is saved.
    pub async fn open_unclear(&self, actor: &Actor, work: &str) -> Result<Unclear> {
        let (work, lost) = self.lost(actor, work).await?;
        let candidates = self.lost_takes(&work, &lost).await?;
        let candidates = candidates
            .iter()
            .map(|take| Candidate { id: take.id.to_string(), label: take.status.as_str().to_owned() });
        self.unclear(work, &lost, candidates.collect()).await
    }

    /// Looks at GEN now for what a lost call made. What is the only candidate on its cell is adopted by that look.
    pub async fn check_again(&self, actor: &Actor, work: &str) -> Result<Unclear> {
        let (saved, lost) = self.lost(actor, work).await?;
        let intent = self.intent(work).await?;
        let client = self.client_of_key(intent.key).await?;
        self.fresh_balance(&intent.agent, intent.key).await?;
        match &intent.target {
            Some(target) => {
                let place =
                    Place { agent: intent.agent.clone(), vidsheet: target.vidsheet.clone(), key: intent.key };
                let fetched = self.fetch_cell(&client, &place, &target.cell).await?;
                let mut tx = self.write_tx().await?;
                vidsheets::remember_cell(&mut tx, &place, fetched).await?;
                tx.commit().await?;
            }
            None if intent.errand.is_some() => self.look_for_errand(&intent).await?,
            None => {
                let candidates = self.lost_runs(&intent, &client, &lost).await?;
                return self.unclear(saved, &lost, candidates).await;
            }
        }
        let mut conn = self.read().acquire().await?;
        let now = history::work(&mut conn, work).await?;
        drop(conn);
        if now.progress == Progress::Unknown {
            return self.open_unclear(actor, work).await;
        }
        self.unclear(now, &lost, Vec::new()).await
    }

    /// Takes something at GEN for what a lost call made, as a person decided; it is followed from then on.
    pub async fn adopt(&self, actor: &Actor, work: &str, candidate: &str) -> Result<Work> {
        actor.must(Action::Spend)?;
        let (saved, lost) = self.lost(actor, work).await?;
        let intent = self.intent(work).await?;
        let mut tx = self.write_tx().await?;
        if intent.target.is_some() {
            let take =
                self.lost_takes(&saved, &lost).await?.into_iter().find(|take| take.id.as_str() == candidate);
            adopt_take(&mut tx, work, &take.ok_or(Error::NotFound("take"))?).await?;
        } else if intent.errand.is_some() {
            // GEN shows nothing that could be taken for one.
            return Err(Error::NotFound("candidate"));
        } else {
            let now = tx.now();
            sqlx::query(
                "UPDATE work SET state = 'processing', upstream_id = ?1, reason = NULL, settled_at = NULL,
                     next_poll_at = ?2, misses = 0
                 WHERE id = ?3 AND state = 'unknown'",
            )
            .bind(candidate)
            .bind(now)
            .bind(work)
            .execute(&mut *tx)
            .await?;
        }
        intent.announce(&mut tx).await?;
        tx.commit().await?;
        self.work(work).await
    }

    /// Sends a lost call once more with the same idempotency key, as a person decided, unless a look at GEN finds
    /// what it made. Within a day GEN charges it once, whether or not it had arrived; after that
    /// [`Error::Invalid`]: it would be a new charge.
    pub async fn send_again(&self, actor: &Actor, work: &str) -> Result<Work> {
        actor.must(Action::Spend)?;
        let (_, lost) = self.lost(actor, work).await?;
        if lost.same_key_until() <= self.now() {
            let message =
                "This is older than a day: GEN would charge it again. Start it anew if you want that.";
            return Err(Error::Invalid { field: "Send again", message: message.to_owned() });
        }
        let looked = self.check_again(actor, work).await?;
        if looked.work.progress != Progress::Unknown {
            return Ok(looked.work);
        }
        let intent = self.intent(work).await?;
        let mut tx = self.write_tx().await?;
        sqlx::query(
            "UPDATE work SET state = 'queued', reason = NULL, settled_at = NULL, next_poll_at = NULL, misses = 0
             WHERE id = ? AND state = 'unknown' AND upstream_id IS NULL",
        )
        .bind(work)
        .execute(&mut *tx)
        .await?;
        intent.announce(&mut tx).await?;
        tx.commit().await?;
        self.send_now(work).await?;
        self.work(work).await
    }

    /// One piece of work as people see it.
    pub(crate) async fn work(&self, work: &str) -> Result<Work> {
        let mut conn = self.read().acquire().await?;
        history::work(&mut conn, work).await
    }

    async fn lost(&self, actor: &Actor, work: &str) -> Result<(Work, Lost)> {
        let saved = self.work(work).await?;
        self.must_reach(actor, &saved.agent_id).await?;
        let lost: Option<Lost> = sqlx::query_as(
            "SELECT key_id, takes_before, balance_before, sent_at, started_at, conversation_id FROM work
             WHERE id = ? AND state = 'unknown' AND person_id IS NOT NULL AND key_id IS NOT NULL",
        )
        .bind(work)
        .fetch_optional(self.read())
        .await?;
        Ok((saved, lost.ok_or(Error::NotFound("unclear call"))?))
    }

    async fn unclear(&self, work: Work, lost: &Lost, candidates: Vec<Candidate>) -> Result<Unclear> {
        Ok(Unclear {
            balance_before: lost.balance_before,
            balance_now: self.balance(&work.agent_id, lost.key_id).await?,
            candidates,
            same_key_until: lost.same_key_until(),
            work,
        })
    }

    /// What is on the cell since the call was sent and no other call of ours claims.
    async fn lost_takes(&self, work: &Work, lost: &Lost) -> Result<Vec<Generation>> {
        let Some(cell) = &work.cell else { return Ok(Vec::new()) };
        let saved: Vec<String> = sqlx::query_scalar(
            "SELECT g.json FROM generation g WHERE g.cell_id = ? AND g.rowid > ?
               AND NOT EXISTS (SELECT 1 FROM work w WHERE w.kind IN ('generation', 'render') AND w.upstream_id = g.id
                                 AND w.person_id IS NOT NULL)
             ORDER BY g.rowid",
        )
        .bind(cell.cell_id.as_str())
        .bind(lost.takes_before)
        .fetch_all(self.read())
        .await?;
        saved.iter().map(|take| json(take)).collect()
    }

    /// Runs at GEN that ask the same and that nobody here follows, in the thread or the newest ones.
    async fn lost_runs(&self, intent: &Intent, client: &GenClient, lost: &Lost) -> Result<Vec<Candidate>> {
        let threads = match &lost.conversation_id {
            Some(thread) => vec![id::<ConversationId>(thread)?],
            None => {
                let all = self.noted(intent.key, client.list_conversations(&intent.agent).await).await?;
                all.into_iter().take(THREADS).map(|thread| thread.id).collect()
            }
        };
        let mut candidates = Vec::new();
        for thread in threads {
            let runs = client.list_conversation_runs(&thread).await;
            for run in self.noted(intent.key, runs).await?.into_iter().take(RUNS) {
                let followed: bool = sqlx::query_scalar(
                    "SELECT EXISTS (SELECT 1 FROM work WHERE kind IN ('run', 'research') AND upstream_id = ?)",
                )
                .bind(run.id.as_str())
                .fetch_one(self.read())
                .await?;
                if followed {
                    continue;
                }
                // The list leaves out what was said.
                let run = self.noted(intent.key, client.open_run(&run.id).await).await?;
                let asked = run.messages.iter().find(|message| message.role == "user");
                let asked = asked.and_then(|message| message.content.clone());
                if asked.is_none() || asked == intent.message {
                    let label = format!("{}: {}", run.status.as_str(), asked.unwrap_or_default());
                    candidates.push(Candidate { id: run.id.to_string(), label });
                }
            }
        }
        Ok(candidates)
    }
}

/// What was noted when a call was sent.
#[derive(FromRow)]
struct Lost {
    key_id: i64,
    takes_before: i64,
    balance_before: Option<f64>,
    sent_at: Option<i64>,
    started_at: i64,
    conversation_id: Option<String>,
}

impl Lost {
    fn same_key_until(&self) -> i64 {
        self.sent_at.unwrap_or(self.started_at) + SAME_KEY_MS
    }
}
