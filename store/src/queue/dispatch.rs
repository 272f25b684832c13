//! Chooses what is sent next, and sees every sending to its end.

use std::collections::HashMap;

use sqlx::FromRow;
use tokio::task::JoinHandle;

use super::pace::{ALL_AT_ONCE, Claimed};
use crate::ledger::{Intent, Outcome};
use crate::saved::text;
use crate::{Actor, Error, Result, Store};

/// Who waits for a call's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A person at the page: what cannot be sent now is told at once.
    Person,
    /// Nobody: what cannot be sent now goes on waiting.
    Queue,
}

impl Store {
    /// Begins to send everything whose turn it is; each sending is a task of its own, which may be awaited. Call
    /// it again when something ended, and at [`Store::next_dispatch`].
    pub async fn dispatch_due(&self) -> Result<Vec<JoinHandle<()>>> {
        let mut begun = Vec::new();
        while let Some(claim) = self.claim(None).await? {
            let store = self.clone();
            begun.push(self.spawn(async move {
                let work = claim.work.clone();
                match store.send_claimed(claim, Asked::Queue).await {
                    Ok(()) => {}
                    Err(Error::Gen(error)) => tracing::info!(work, %error, "GEN did not take queued work"),
                    Err(error) => tracing::error!(work, %error, "queued work was not sent as it should"),
                }
            }));
        }
        Ok(begun)
    }

    /// When something that waits for GEN's patience may be sent, in milliseconds since 1970.
    pub async fn next_dispatch(&self) -> Result<Option<i64>> {
        let keys: Vec<i64> = sqlx::query_scalar(
            "SELECT DISTINCT key_id FROM work WHERE state = 'queued' AND key_id IS NOT NULL",
        )
        .fetch_all(self.read())
        .await?;
        let now = self.now();
        Ok(keys.into_iter().map(|key| self.paces().of(key, now).1).filter(|until| *until > now).min())
    }

    /// Sends a piece of work at once if it is its turn; the outcome is an error where GEN refused it or was not
    /// reached. Work that has to wait, or whose outcome is unknown, is no error.
    pub(crate) async fn send_now(&self, work: &str) -> Result<()> {
        match self.claim(Some(work)).await? {
            Some(claim) => {
                let store = self.clone();
                self.finish(async move { store.send_claimed(claim, Asked::Person).await }).await
            }
            None => Ok(()),
        }
    }

    /// The one attempt. Whatever happens to the task that makes it, no work is left as being sent.
    async fn send_claimed(&self, claim: Claim, asked: Asked) -> Result<()> {
        let intent = self.intent(&claim.work).await?;
        let (store, sent) = (self.clone(), intent.clone());
        let ended = tokio::spawn(async move { store.send(&sent, asked).await }).await;
        match ended {
            Ok(outcome) => outcome,
            Err(error) => {
                let reason =
                    "Reelsheet failed while this was being sent. It may have been charged.".to_owned();
                self.settle(&intent, Outcome::Unknown { reason }).await?;
                Err(Error::Corrupt(format!("a sending ended early: {error}")))
            }
        }
    }

    async fn send(&self, intent: &Intent, asked: Asked) -> Result<()> {
        let client = match self.client_of_intent(intent).await? {
            Ok(client) => client,
            Err(reason) => return self.settle(intent, Outcome::NotSent { reason }).await,
        };
        match &intent.target {
            Some(target) => self.send_for_cell(intent, target, &client, asked).await,
            None if intent.errand.is_some() => self.send_errand(intent, &client).await,
            None => self.send_run(intent, &client).await,
        }
    }

    /// Chooses the next piece of work, or this one, if its turn has come: nobody paused it, its key and GEN have
    /// room, and no other call of its batch is on its way. Of several people the one with the least under way is
    /// next; of one person's work the first in the queue.
    async fn claim(&self, only: Option<&str>) -> Result<Option<Claim>> {
        let lock = self.lock_of("dispatch");
        let _turn = lock.lock().await;
        let claimed = self.paces().claimed();
        let busy: Vec<Busy> = self.busy(&claimed).await?;
        if busy.len() >= ALL_AT_ONCE {
            return Ok(None);
        }
        let mut of_key = HashMap::<i64, usize>::new();
        let mut of_person = HashMap::<i64, usize>::new();
        for one in &busy {
            *of_key.entry(one.key_id).or_default() += 1;
            *of_person.entry(one.person_id).or_default() += 1;
        }
        let now = self.now();
        let next = self.heads(&claimed, only).await?.into_iter().filter(|head| {
            let (at_once, wait_until) = self.paces().of(head.key_id, now);
            of_key.get(&head.key_id).copied().unwrap_or(0) < at_once && wait_until <= now
        });
        let next = next.min_by(|one, other| {
            let busy = |head: &Head| of_person.get(&head.person_id).copied().unwrap_or(0);
            busy(one).cmp(&busy(other)).then(one.rank.total_cmp(&other.rank))
        });
        let Some(head) = next else { return Ok(None) };
        let claimed = Claimed { key: head.key_id, person: head.person_id, batch: head.batch_id };
        self.paces().claim(&head.id, claimed);
        Ok(Some(Claim { store: self.clone(), work: head.id }))
    }

    /// What runs at GEN or is being sent, of what was started here. What GEN did not end in a week takes nobody's
    /// place.
    async fn busy(&self, claimed: &HashMap<String, Claimed>) -> Result<Vec<Busy>> {
        let mut busy: Vec<Busy> = sqlx::query_as(
            "SELECT id, key_id, person_id FROM work
             WHERE (state = 'sending' OR (state IN ('pending', 'processing') AND next_poll_at IS NOT NULL))
               AND person_id IS NOT NULL AND key_id IS NOT NULL",
        )
        .fetch_all(self.read())
        .await?;
        for (id, one) in claimed {
            if !busy.iter().any(|known| known.id == *id) {
                busy.push(Busy { id: id.clone(), key_id: one.key, person_id: one.person });
            }
        }
        Ok(busy)
    }

    /// The first of each person's and key's queue.
    async fn heads(&self, claimed: &HashMap<String, Claimed>, only: Option<&str>) -> Result<Vec<Head>> {
        let ids: Vec<&String> = claimed.keys().collect();
        let batches: Vec<&String> = claimed.values().filter_map(|one| one.batch.as_ref()).collect();
        Ok(sqlx::query_as(
            "SELECT id, key_id, person_id, batch_id, rank FROM (
                 SELECT w.id, w.key_id, w.person_id, w.batch_id, w.rank,
                        row_number() OVER (PARTITION BY w.person_id, w.key_id ORDER BY w.rank, w.rowid) AS place
                 FROM work w LEFT JOIN batch b ON b.id = w.batch_id
                 WHERE w.state = 'queued' AND w.key_id IS NOT NULL AND w.person_id IS NOT NULL
                   AND (?1 IS NULL OR w.id = ?1)
                   AND w.id NOT IN (SELECT value FROM json_each(?2))
                   -- What is said in a thread waits until the agent has answered what was said before.
                   AND (w.conversation_id IS NULL OR NOT EXISTS (
                        SELECT 1 FROM work r WHERE r.conversation_id = w.conversation_id AND r.id <> w.id
                          AND (r.state IN ('sending', 'pending', 'processing')
                               OR r.id IN (SELECT value FROM json_each(?2)))))
                   AND (w.batch_id IS NULL OR (b.paused = 0 AND w.batch_id NOT IN (SELECT value FROM json_each(?3))))
                   AND w.person_id NOT IN (SELECT person_id FROM queue_pause))
             WHERE place = 1",
        )
        .bind(only)
        .bind(text(&ids)?)
        .bind(text(&batches)?)
        .fetch_all(self.read())
        .await?)
    }

    /// How much of the actor's own key runs and how much may, and until when GEN asked it to wait.
    pub(super) async fn pace_of(&self, actor: &Actor) -> Result<((u32, u32), Option<i64>)> {
        let Some(key) = self.keys_of(actor).await?.first().copied() else {
            return Ok(((0, 0), None));
        };
        let (at_once, wait_until) = self.paces().of(key, self.now());
        let busy = self.busy(&self.paces().claimed()).await?;
        let running = busy.iter().filter(|one| one.key_id == key).count();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let wait = Some(wait_until).filter(|until| *until > self.now());
        Ok(((number(running), number(at_once)), wait))
    }
}

/// Work chosen to be sent; given back when dropped.
struct Claim {
    store: Store,
    work: String,
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.store.paces().release(&self.work);
    }
}

#[derive(FromRow)]
struct Busy {
    id: String,
    key_id: i64,
    person_id: i64,
}

#[derive(FromRow)]
struct Head {
    id: String,
    key_id: i64,
    person_id: i64,
    batch_id: Option<String>,
    rank: f64,
}
