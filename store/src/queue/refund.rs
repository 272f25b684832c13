//! Whether GEN gave back what it charged in advance for work that failed or was stopped.

use model::{Refund, Topic};
use sqlx::FromRow;

use crate::follow::Followed;
use crate::saved::{id, word};
use crate::{Result, Store};

impl Store {
    /// Where GEN's record of ended work says nothing of its credits, compares what was left to spend before it was
    /// sent with what is left now. That proves something only if nothing else of the organization was charged or
    /// given back meanwhile; otherwise the question stays open.
    pub(crate) async fn check_refund(&self, followed: &Followed) -> Result<()> {
        let unsaid: Option<Unsaid> = sqlx::query_as(
            "SELECT w.agent_id, w.key_id, w.balance_before, coalesce(w.estimate, 0.0) AS estimate,
                    EXISTS (SELECT 1 FROM work o JOIN agent oa ON oa.id = o.agent_id
                              WHERE o.id <> w.id AND oa.organization_id IS a.organization_id
                                AND o.state NOT IN ('held', 'queued', 'refused', 'not_sent')
                                AND (o.settled_at IS NULL OR o.settled_at >= w.sent_at)) AS disturbed
             FROM work w JOIN agent a ON a.id = w.agent_id
             WHERE w.id = ? AND w.refund = 'unsaid' AND w.key_id IS NOT NULL AND w.balance_before IS NOT NULL",
        )
        .bind(&followed.id)
        .fetch_optional(self.read())
        .await?;
        let Some(unsaid) = unsaid.filter(|unsaid| !unsaid.disturbed) else { return Ok(()) };
        let agent = id(&unsaid.agent_id)?;
        let Some(now) = self.fresh_balance(&agent, unsaid.key_id).await? else { return Ok(()) };
        let Some(refund) = judge(unsaid.balance_before, now, unsaid.estimate) else { return Ok(()) };
        let mut tx = self.write_tx().await?;
        sqlx::query("UPDATE work SET refund = ? WHERE id = ? AND refund = 'unsaid'")
            .bind(word(&refund)?)
            .bind(&followed.id)
            .execute(&mut *tx)
            .await?;
        tx.announce(Topic::Work { agent_id: agent }).await?;
        tx.commit().await
    }
}

/// What two balances say of a charge that was expected in between.
fn judge(before: f64, now: f64, estimate: f64) -> Option<Refund> {
    match before - now {
        missing if missing < 0.005 => Some(Refund::Verified),
        missing if missing >= estimate / 2.0 => Some(Refund::Missing),
        _ => None,
    }
}

#[derive(FromRow)]
struct Unsaid {
    agent_id: String,
    key_id: i64,
    balance_before: f64,
    estimate: f64,
    disturbed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_balance_speaks_only_where_it_is_clear() {
        assert_eq!(judge(100.0, 100.0, 50.0), Some(Refund::Verified));
        assert_eq!(judge(100.0, 120.0, 50.0), Some(Refund::Verified), "somebody bought credits");
        assert_eq!(judge(100.0, 50.0, 50.0), Some(Refund::Missing));
        assert_eq!(judge(100.0, 97.0, 50.0), None);
    }
}
