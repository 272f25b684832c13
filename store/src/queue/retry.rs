//! Stopping many, and doing again what ended without a result. Both are a person's decision, piece by piece.

use model::{Action, Progress, Work};

use crate::history;
use crate::ledger::Intent;
use crate::{Actor, Error, Result, Store};

/// Why something cannot be done again.
const NOT_AGAIN: &str = "Only what failed, was refused, stopped or not sent can be done again.";

impl Store {
    /// Stops these pieces of work: what waits is withdrawn, what runs is stopped at GEN, which refunds it. The
    /// first refusal of GEN's is the error; what could be stopped is stopped all the same.
    pub async fn stop_work(&self, actor: &Actor, works: &[String]) -> Result<Vec<Work>> {
        self.withdraw(actor, works).await?;
        let mut refused = Ok(());
        for work in self.works(actor, works).await? {
            if let Some(generation) = work.generation_id.as_ref().filter(|_| work.progress.can_stop()) {
                let stopped = self.stop_generation(actor, &work.agent_id, generation).await;
                refused = refused.and(stopped.map(drop));
            }
        }
        refused?;
        self.works(actor, works).await
    }

    /// Does these pieces of work once more: each is a new paid call with the old settings, in the old order.
    /// Returns the new ones; their outcome follows.
    pub async fn retry_work(&self, actor: &Actor, works: &[String]) -> Result<Vec<Work>> {
        actor.must(Action::Spend)?;
        let old = self.works(actor, works).await?;
        if let Some(work) = old.iter().find(|work| !can_retry(work.progress)) {
            let message = format!("{NOT_AGAIN} This one is {}.", work.progress.as_str());
            return Err(Error::Invalid { field: "Retry", message });
        }
        let mut new = Vec::new();
        for work in &old {
            let before = self.intent(&work.id).await?;
            let key = self.key_for(actor, &work.agent_id).await?;
            let fresh = uuid::Uuid::now_v7().to_string();
            let again =
                Intent { id: fresh, key, person: actor.person.id, request: None, was_sent: false, ..before };
            match self.write_down(&again).await {
                Ok(()) => new.push(again.id),
                // It was done again already, perhaps in another tab.
                Err(Error::AlreadyRunning) => {}
                Err(error) => return Err(error),
            }
        }
        self.works(actor, &new).await
    }

    /// Pieces of work that the actor may see, in the order asked for.
    pub(super) async fn works(&self, actor: &Actor, works: &[String]) -> Result<Vec<Work>> {
        let mut conn = self.read().acquire().await?;
        let mut found = Vec::new();
        for work in works {
            let work = history::work(&mut conn, work).await?;
            self.must_reach(actor, &work.agent_id).await?;
            found.push(work);
        }
        Ok(found)
    }
}

fn can_retry(progress: Progress) -> bool {
    matches!(progress, Progress::Failed | Progress::Refused | Progress::Stopped | Progress::NotSent)
}
