use gen_client::{AgentId, GenClient, GenerationId, Idempotency};
use model::{Action, Work};

use crate::follow::Followed;
use crate::ledger::{self, Outcome, Spending};
use crate::point::point;
use crate::{Actor, Error, Result, Store, history};

impl Store {
    /// Stops a generation; GEN refunds it. Where it has ended meanwhile, GEN's refusal is the error and the end
    /// is saved.
    pub async fn stop_generation(
        &self,
        actor: &Actor,
        agent: &AgentId,
        generation: &GenerationId,
    ) -> Result<Work> {
        actor.must(Action::Spend)?;
        let (_, client) = self.client_for(actor, agent).await?;
        let followed = self.followed_by(agent, generation).await?;
        let (store, generation) = (self.clone(), generation.clone());
        self.finish(async move {
            let outcome = client.stop_generation(&generation).await;
            store.follow_generation(&followed, &client, &generation).await?;
            outcome?;
            store.work_following(&generation).await
        })
        .await
    }

    /// Goes on with a stopped generation; paid again, so it is sent at most once for each time a person asks.
    pub async fn continue_generation(
        &self,
        actor: &Actor,
        agent: &AgentId,
        generation: &GenerationId,
    ) -> Result<Work> {
        actor.must(Action::Spend)?;
        let (_, client) = self.client_for(actor, agent).await?;
        let followed = self.followed_by(agent, generation).await?;
        let (store, generation, person) = (self.clone(), generation.clone(), actor.person.id);
        self.finish(async move {
            store.mark_continuing(&followed, person).await?;
            point("continue/marked");
            let name = Idempotency(uuid::Uuid::now_v7().to_string());
            let outcome = client.continue_generation(&generation, &name).await;
            point("continue/answered");
            store.settle_continued(&followed, &client, &generation, outcome).await?;
            point("continue/settled");
            store.work_following(&generation).await
        })
        .await
    }

    /// Committed before the call leaves, within the caps. Of two clicks one gets through.
    async fn mark_continuing(&self, followed: &Followed, person: i64) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let estimate: Option<f64> = sqlx::query_scalar("SELECT estimate FROM work WHERE id = ?")
            .bind(&followed.id)
            .fetch_one(&mut *tx)
            .await?;
        let mut spending = Spending::of(&mut tx, person).await?;
        if let Err(message) = spending.reserve(estimate.unwrap_or(0.0)) {
            return Err(Error::Invalid { field: "Continue", message });
        }
        let marked = sqlx::query(
            "UPDATE work SET state = 'sending', reason = NULL, error_code = NULL, settled_at = NULL, sent_at = ?2
             WHERE id = ?1 AND state = 'stopped'
               AND NOT EXISTS (SELECT 1 FROM work o WHERE o.cell_id = work.cell_id AND o.id <> work.id
                                 AND o.state IN ('held', 'queued', 'sending', 'pending', 'processing'))",
        )
        .bind(&followed.id)
        .bind(tx.now())
        .execute(&mut *tx)
        .await?;
        if marked.rows_affected() == 0 {
            return Err(Error::AlreadyRunning);
        }
        followed.announce(&mut tx).await?;
        tx.commit().await
    }

    /// GEN's number is known, so a lost answer is cleared up by looking at the generation.
    async fn settle_continued(
        &self,
        followed: &Followed,
        client: &GenClient,
        generation: &GenerationId,
        outcome: Result<(), gen_client::Error>,
    ) -> Result<()> {
        let (state, reason, code) = match outcome.as_ref().map_err(Outcome::of_error) {
            Ok(()) => ("pending", None, None),
            Err(Outcome::Refused { code, reason, .. }) => ("stopped", Some(reason), Some(code)),
            Err(Outcome::NotSent { reason }) => ("stopped", Some(reason), None),
            Err(Outcome::Unknown { reason }) => ("unknown", Some(reason), None),
            Err(Outcome::Accepted { .. } | Outcome::Done) => ("unknown", None, None),
        };
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        let ended = state == "stopped";
        sqlx::query(
            "UPDATE work SET state = ?, reason = ?, error_code = ?, settled_at = ?, next_poll_at = ?, misses = 0
             WHERE id = ? AND state = 'sending'",
        )
        .bind(state)
        .bind(reason)
        .bind(code)
        .bind(ended.then_some(now))
        .bind((!ended).then_some(now + ledger::LOOK_AFTER_MS[0]))
        .bind(&followed.id)
        .execute(&mut *tx)
        .await?;
        if state == "pending" {
            sqlx::query(
                "UPDATE generation SET status = 'pending', json = json_set(json, '$.status', 'pending')
                 WHERE id = ? AND status = 'stopped'",
            )
            .bind(generation.as_str())
            .execute(&mut *tx)
            .await?;
        }
        followed.announce(&mut tx).await?;
        tx.commit().await?;
        match outcome {
            Err(error) if !error.may_have_been_sent() => Err(error.into()),
            _ => self.follow_generation(followed, client, generation).await,
        }
    }

    async fn work_following(&self, generation: &GenerationId) -> Result<Work> {
        let mut conn = self.read().acquire().await?;
        history::work_of(&mut conn, generation).await?.ok_or(Error::NotFound("generation"))
    }
}
