use gen_client::model::{ResearchFindings, Run, RunStatus};
use gen_client::{GenClient, RunId};
use model::WorkKind;

use super::Followed;
use crate::freshness::Kind as Noun;
use crate::ideas::{Board, save_report};
use crate::saved::text;
use crate::{Error, Result, Store};

impl Store {
    /// Asks GEN where a run stands and saves what is new; the ideas it made are saved before its end is, so
    /// that whoever sees the end sees them.
    pub(super) async fn look_at_run(
        &self,
        followed: &Followed,
        client: &GenClient,
        run: &RunId,
    ) -> Result<()> {
        let fetched = self.noted(followed.key, client.open_run(run).await).await?;
        let ended = fetched.status.is_final();
        let board = Board { agent: followed.agent.clone() };
        if ended {
            match self.renew(followed.key, &board).await {
                Ok(()) => {}
                // Kept with the board as its trouble; the next reader has GEN asked again.
                Err(Error::Gen(error)) => {
                    tracing::info!(%error, "the ideas of a run could not be listed yet")
                }
                Err(error) => return Err(error),
            }
        }
        let steps = if ended { None } else { self.steps_of(&followed.id).await? };
        let is_report = followed.kind == WorkKind::Research && fetched.status == RunStatus::Completed;
        let findings = if is_report { ResearchFindings::of(&fetched) } else { None };
        let mut tx = self.write_tx().await?;
        if !followed.let_go(&mut tx).await? {
            return Ok(());
        }
        let now = tx.now();
        let moved = sqlx::query(
            "UPDATE work SET state = ?2, awaiting_approval = ?3, reply = coalesce(?4, reply),
                 conversation_id = coalesce(?5, conversation_id), reason = ?6, steps = coalesce(?9, steps),
                 settled_at = CASE WHEN ?7 THEN ?8 END,
                 next_poll_at = CASE WHEN ?7 THEN NULL ELSE next_poll_at END
             WHERE id = ?1 AND state IN ('pending', 'processing', 'unknown')
               AND (state, awaiting_approval, coalesce(reply, ''), coalesce(conversation_id, ''), coalesce(steps, ''))
                   <> (?2, ?3, coalesce(?4, reply, ''), coalesce(?5, conversation_id, ''), coalesce(?9, steps, ''))",
        )
        .bind(&followed.id)
        .bind(state_of(&fetched.status))
        .bind(fetched.status == RunStatus::AwaitingApproval)
        .bind(reply(&fetched))
        .bind(fetched.conversation_id.as_ref().map(|id| id.as_str()))
        .bind(reason(&fetched))
        .bind(ended)
        .bind(now)
        .bind(steps)
        .execute(&mut *tx)
        .await?;
        if moved.rows_affected() > 0 {
            followed.announce(&mut tx).await?;
            if let Some(conversation) =
                fetched.conversation_id.as_ref().map(|id| id.as_str()).or(followed.conversation_id.as_deref())
            {
                tx.outdate(Noun::Messages, conversation).await?;
            }
        }
        if let Some(findings) = findings.filter(|_| moved.rows_affected() > 0) {
            save_report(&mut tx, &followed.id, &findings).await?;
        }
        if ended {
            // The list just taken may have been asked for a moment too early, by somebody else.
            tx.outdate(Noun::Ideas, followed.agent.as_str()).await?;
            tx.outdate(Noun::Organizations, &followed.key.to_string()).await?;
        } else {
            let slowest = followed.pace.slowest;
            let grown = (followed.interval() * 3 / 2).min(slowest);
            // Nothing happens while GEN waits for a person, and a word we do not know may mean the same.
            let interval = if fetched.status == RunStatus::Running { grown } else { slowest };
            self.look_again(&mut tx, followed, interval).await?;
        }
        tx.commit().await
    }

    /// What a run shows of itself, as JSON, where there is a place to read it. It is only for people to watch: that it
    /// cannot be read changes nothing.
    async fn steps_of(&self, work: &str) -> Result<Option<String>> {
        if !self.upstream().shows_steps() {
            return Ok(None);
        }
        let path: Option<String> = sqlx::query_scalar("SELECT progress_path FROM work WHERE id = ?")
            .bind(work)
            .fetch_one(self.read())
            .await?;
        let Some(path) = path else { return Ok(None) };
        match self.upstream().run_steps(&path).await {
            Ok(steps) => steps.as_ref().map(text).transpose(),
            Err(error) => {
                tracing::debug!(%error, "the steps of a run cannot be read");
                Ok(None)
            }
        }
    }
}

fn state_of(status: &RunStatus) -> &'static str {
    match status {
        RunStatus::Completed => "completed",
        RunStatus::Failed => "failed",
        RunStatus::Stopped => "stopped",
        RunStatus::Running | RunStatus::AwaitingApproval | RunStatus::Unknown(_) => "processing",
    }
}

/// The agent's last words.
fn reply(run: &Run) -> Option<String> {
    let spoken = run.messages.iter().rev().filter(|message| message.role != "user");
    spoken.filter_map(|message| message.content.clone()).find(|content| !content.trim().is_empty())
}

fn reason(run: &Run) -> Option<String> {
    (run.status == RunStatus::Failed).then(|| reply(run).unwrap_or_else(|| "GEN gave no reason.".to_owned()))
}
