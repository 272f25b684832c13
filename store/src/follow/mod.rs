//! Looks at GEN for what is under way: one look per generation however many people watch it. A failed look
//! never ends anything; only GEN's word does.
//!
//! When to look stands in the ledger's own row ([`crate::ledger`]), so a restart forgets nothing. Whoever looks holds
//! the row for a while (`lease`); what a look found is written only while no later look has begun.

mod check;
mod errand;
mod generation;
mod hint;
mod lease;
mod outcome;
mod pace;
mod run;

pub use hint::Hint;
pub(crate) use hint::Hints;
pub(crate) use lease::{Followed, Looking};

use model::WorkKind;
use tokio::task::JoinSet;

use crate::saved::id;
use crate::{Error, Result, Store};

/// How many looks go on at once, whosever keys they use.
const AT_ONCE: usize = 32;

/// The one who looks. Dropped, it ends its looks in the middle; they are free to be begun again at the next start.
pub struct Follower {
    store: Store,
    looks: JoinSet<()>,
}

impl Store {
    /// Settles what was on its way when the process last ended. To be called once, before anything is followed.
    pub async fn recover(&self) -> Result<()> {
        self.recover_ledger().await?;
        self.recover_conversions().await?;
        self.spread_looks().await
    }

    /// Somebody who looks at GEN for this store. One at a time is enough.
    pub fn follower(&self) -> Follower {
        Follower { store: self.clone(), looks: JoinSet::new() }
    }

    /// Looks at everything that is due at GEN, and waits for it; returns how much that was.
    pub async fn follow_due(&self) -> Result<usize> {
        let mut follower = self.follower();
        let mut looked = 0;
        loop {
            looked += follower.begin().await?;
            if !follower.ended().await {
                return Ok(looked);
            }
        }
    }

    /// When something is due next, in milliseconds since 1970.
    pub async fn next_due(&self) -> Result<Option<i64>> {
        Ok(sqlx::query_scalar(
            "SELECT min(max(w.next_poll_at, coalesce(w.lease_until, 0), coalesce(k.looks_after, 0)))
             FROM work w LEFT JOIN gen_key k ON k.id = w.key_id WHERE w.next_poll_at IS NOT NULL",
        )
        .fetch_one(self.read())
        .await?)
    }

    /// How long to wait before the first look, in milliseconds.
    pub(crate) fn first_look_ms(&self, kind: WorkKind, generation_type: Option<&str>) -> i64 {
        pace::pace(kind, generation_type, self.poll_ms()).first
    }

    async fn follow(&self, followed: &Followed) -> Result<()> {
        match self.look(followed).await {
            Ok(()) => Ok(()),
            Err(Error::Gen(error)) => self.look_failed(followed, &error).await,
            Err(Error::NotFound("key")) => self.no_key(followed).await,
            Err(error) => Err(error),
        }
    }

    async fn look(&self, followed: &Followed) -> Result<()> {
        let client = self.client_of_key(followed.key).await?;
        match (followed.kind, &followed.upstream_id) {
            (WorkKind::Run | WorkKind::Research, Some(run)) => {
                self.look_at_run(followed, &client, &id(run)?).await
            }
            (WorkKind::VoicePreview | WorkKind::Monitoring, Some(job)) => {
                self.look_at_errand(followed, &client, &id(job)?).await
            }
            (_, Some(generation)) => self.look_at_generation(followed, &client, &id(generation)?).await,
            (_, None) => self.look_for_lost(followed, &client).await,
        }
    }
}

impl Follower {
    /// Begins to look at what is due, as far as there is room; returns how many looks that were.
    pub async fn begin(&mut self) -> Result<usize> {
        let due = self.store.take_due(AT_ONCE - self.looks.len().min(AT_ONCE)).await?;
        let begun = due.len();
        for followed in due {
            let store = self.store.clone();
            let look = Look::begin(&store, &followed.id);
            self.looks.spawn(async move {
                let _until_it_ends = look;
                if let Err(error) = store.follow(&followed).await {
                    // It comes up again when its lease is over; other looks go on.
                    tracing::error!(work = followed.id, %error, "what GEN said of a piece of work could not be saved");
                }
            });
        }
        Ok(begun)
    }

    /// Waits until one of its looks has ended; false when none goes on. Nothing is lost when this is not waited for.
    pub async fn ended(&mut self) -> bool {
        match self.looks.join_next().await {
            None => false,
            Some(ended) => {
                if let Err(error) = ended {
                    tracing::error!(%error, "a look at GEN ended early");
                }
                true
            }
        }
    }
}

/// A look under way, also when its task is ended in the middle.
struct Look {
    store: Store,
    work: String,
}

impl Look {
    fn begin(store: &Store, work: &str) -> Self {
        store.looking().begin(work);
        Self { store: store.clone(), work: work.to_owned() }
    }
}

impl Drop for Look {
    fn drop(&mut self) {
        self.store.looking().end(&self.work);
    }
}

#[cfg(test)]
mod tests;
