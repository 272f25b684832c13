use gen_client::model::GenerationStatus;
use gen_client::{GenClient, GenerationId};
use model::WorkKind;

use super::Followed;
use crate::freshness::Kind as Noun;
use crate::ledger::state_of;
use crate::saved::text;
use crate::{Result, Store, media};

impl Store {
    /// Asks GEN where a voice's reading or a look at others' posts stands, and saves what is new. What GEN keeps
    /// watching is done, as far as the ledger goes, once it has begun: the list of watches follows it from there.
    pub(super) async fn look_at_errand(
        &self,
        followed: &Followed,
        client: &GenClient,
        job: &GenerationId,
    ) -> Result<()> {
        let is_watch = followed.kind == WorkKind::Monitoring;
        let answer = match is_watch {
            true => client.open_job(&followed.agent, job).await,
            false => client.open_voice_preview(&followed.agent, job).await,
        };
        let mut fetched = self.noted(followed.key, answer).await?;
        if is_watch {
            self.remember_job(&followed.agent, job, &fetched).await?;
        }
        let kept_up: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM errand WHERE work_id = ? AND call ->> '$.spec.keep_up' = 1)",
        )
        .bind(&followed.id)
        .fetch_one(self.read())
        .await?;
        let begun = kept_up && fetched.status == GenerationStatus::Processing;
        let ended = fetched.status.is_final() || begun;
        let mut tx = self.write_tx().await?;
        if !followed.let_go(&mut tx).await? {
            return Ok(());
        }
        let now = tx.now();
        media::register(&mut tx, Some(&followed.agent), &mut fetched).await?;
        media::localise(&mut fetched);
        sqlx::query("UPDATE errand SET result = ? WHERE work_id = ?")
            .bind(text(&fetched)?)
            .bind(&followed.id)
            .execute(&mut *tx)
            .await?;
        let moved = sqlx::query(
            "UPDATE work SET state = ?2, cost = coalesce(?3, cost), reason = ?4,
                 settled_at = CASE WHEN ?5 THEN ?6 END,
                 next_poll_at = CASE WHEN ?5 THEN NULL ELSE next_poll_at END
             WHERE id = ?1 AND state IN ('pending', 'processing', 'unknown') AND state <> ?2",
        )
        .bind(&followed.id)
        .bind(if begun { "completed" } else { state_of(&fetched.status) })
        .bind(fetched.cost)
        .bind(&fetched.failed_reason)
        .bind(ended)
        .bind(now)
        .execute(&mut *tx)
        .await?;
        if moved.rows_affected() > 0 {
            followed.announce(&mut tx).await?;
        }
        if ended {
            tx.outdate(Noun::Organizations, &followed.key.to_string()).await?;
        } else {
            let interval = (followed.interval() * 3 / 2).min(followed.pace.slowest);
            self.look_again(&mut tx, followed, interval).await?;
        }
        tx.commit().await
    }
}
