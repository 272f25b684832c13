use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use gen_client::{AgentId, GenerationId};
use tokio::sync::Notify;

use super::lease::{APART_MS, SOON_MS};
use crate::webhooks::Webhook;
use crate::{Result, Store};

/// How long news of something unknown is kept, in milliseconds: it may overtake GEN's answer to our own call.
const HOLD_MS: i64 = 60_000;
/// How much of it is kept, so that nobody fills the memory.
const HELD_MAX: usize = 1_000;

/// What became of a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// The next look comes earlier.
    Heeded,
    /// It changes nothing: the look comes soon anyway, or there is nothing left to look for.
    Idle,
    /// No work of this agent has that number. It is kept for a minute, in case GEN's answer to our call is on its way.
    Strange,
}

/// News of what is not known yet, and the bell for those who look.
#[derive(Default)]
pub(crate) struct Hints {
    held: Mutex<HashMap<(AgentId, GenerationId), i64>>,
    bell: Notify,
}

impl Hints {
    fn hold(&self, agent: &AgentId, generation: &GenerationId, now: i64) {
        let mut held = self.held();
        held.retain(|_, until| *until > now && *until <= now + HOLD_MS);
        if held.len() < HELD_MAX {
            held.insert((agent.clone(), generation.clone()), now + HOLD_MS);
        }
    }

    fn take(&self, agent: &AgentId, generation: &GenerationId, now: i64) -> bool {
        self.held().remove(&(agent.clone(), generation.clone())).is_some_and(|until| until > now)
    }

    /// What is held stays whole whatever panics.
    fn held(&self) -> MutexGuard<'_, HashMap<(AgentId, GenerationId), i64>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// GEN, or somebody who knows the address, says that there is news of a generation. All that can follow is an
    /// earlier look, at most one in two seconds; what has ended is not looked at.
    pub async fn hint(&self, webhook: &Webhook, generation: &GenerationId) -> Result<Hint> {
        let hint = self.pull_forward(&webhook.agent, generation).await?;
        if hint == Hint::Strange {
            self.inner.hints.hold(&webhook.agent, generation, self.now());
        }
        Ok(hint)
    }

    /// GEN's answer came and is saved; its news may have come before it.
    pub(crate) async fn heed_held(&self, agent: &AgentId, generation: &GenerationId) {
        if self.inner.hints.take(agent, generation, self.now())
            && let Err(error) = self.pull_forward(agent, generation).await
        {
            tracing::warn!(%error, "a look could not be made to come earlier; it comes at its time");
        }
    }

    /// Waits until a look is due earlier than it was.
    pub async fn hinted(&self) {
        self.inner.hints.bell.notified().await;
    }

    /// Reads first: a thousand copies of one hint are no reason to write a thousand times.
    async fn pull_forward(&self, agent: &AgentId, generation: &GenerationId) -> Result<Hint> {
        let now = self.now();
        let found: Option<(String, bool)> = sqlx::query_as(
            "SELECT id, state IN ('pending', 'processing') AND (
                        coalesce(lease_until, 0) > ?3 AND hinted_at IS NULL
                        OR coalesce(lease_until, 0) <= ?3
                           AND (next_poll_at IS NULL
                                OR next_poll_at > max(?3 + ?4, coalesce(looked_at, 0) + ?5)))
             FROM work WHERE agent_id = ?1 AND upstream_id = ?2 AND kind NOT IN ('run', 'research')",
        )
        .bind(agent.as_str())
        .bind(generation.as_str())
        .bind(now)
        .bind(SOON_MS)
        .bind(APART_MS)
        .fetch_optional(self.read())
        .await?;
        let Some((work, helps)) = found else { return Ok(Hint::Strange) };
        if !helps {
            return Ok(Hint::Idle);
        }
        let mut tx = self.write_tx().await?;
        // Who looks at this moment may have read what was there before the news: they look once more.
        sqlx::query(
            "UPDATE work SET
                 hinted_at = CASE WHEN coalesce(lease_until, 0) > ?2 THEN ?2 ELSE hinted_at END,
                 next_poll_at = CASE WHEN coalesce(lease_until, 0) > ?2 THEN next_poll_at
                                     ELSE max(?2 + ?3, coalesce(looked_at, 0) + ?4) END
             WHERE id = ?1 AND state IN ('pending', 'processing')",
        )
        .bind(&work)
        .bind(now)
        .bind(SOON_MS)
        .bind(APART_MS)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        self.inner.hints.bell.notify_one();
        Ok(Hint::Heeded)
    }
}
