//! How old a saved copy may be, and the one way in which every noun is read: from SQLite at once, renewed
//! behind the reader's back when it is stale, fetched first when there is none.

use gen_client::GenClient;
use model::{Cached, Topic};

use crate::keys::KeyId;
use crate::write_tx::WriteTx;
use crate::{Error, Result, Store};

mod kind;
mod mark;

pub(crate) use kind::Kind;
use mark::{Mark, mark_in, trouble};

/// After a failed attempt GEN is left alone for this long, in milliseconds.
const RETRY_MS: i64 = 5_000;

/// What a noun has to know to be read through [`Store::cached`].
pub(crate) trait Noun: Clone + Send + Sync + 'static {
    /// Its line in the table.
    const KIND: Kind;
    /// What the reader gets: our copy, media URLs replaced by our media ids.
    type Saved: Send;
    /// What GEN says.
    type Answer: Send;

    /// Which one.
    fn id(&self) -> String;
    /// What open pages hear when asking GEN begins or ceases to fail.
    fn topic(&self) -> Topic;
    /// The saved copy, if there is one.
    fn load(&self, store: &Store) -> impl Future<Output = Result<Option<Self::Saved>>> + Send;
    /// Asks GEN.
    fn fetch(
        &self,
        client: &GenClient,
    ) -> impl Future<Output = Result<Self::Answer, gen_client::Error>> + Send;
    /// Saves what differs and announces it.
    fn remember(&self, tx: &mut WriteTx, answer: Self::Answer) -> impl Future<Output = Result<()>> + Send;
}

impl Store {
    /// Reads a noun. Without a saved copy, GEN's failure is the error; with one, it is the copy's trouble.
    pub(crate) async fn cached<N: Noun>(&self, key: KeyId, noun: N) -> Result<Cached<N::Saved>> {
        // Read before the copy: an answer that comes between the two is newer than what is missing here.
        let before = self.mark(&noun).await?;
        if let Some(cached) = self.saved(&noun).await? {
            let mark = self.mark(&noun).await?;
            let refreshing = self.is_due(N::KIND, &mark, key) && self.renew_behind(key, noun);
            return Ok(Cached { refreshing, ..cached });
        }
        self.renew_since(key, &noun, &before).await?;
        self.saved(&noun)
            .await?
            .ok_or_else(|| Error::Corrupt(format!("{} {} after it was fetched", N::KIND.name(), noun.id())))
    }

    /// The saved copy alone; GEN is not asked.
    pub(crate) async fn saved<N: Noun>(&self, noun: &N) -> Result<Option<Cached<N::Saved>>> {
        let mark = self.mark(noun).await?;
        let Some(as_of) = mark.at else {
            return Ok(None);
        };
        let Some(value) = noun.load(self).await? else {
            return Ok(None);
        };
        Ok(Some(Cached { value, as_of, refreshing: false, trouble: mark.trouble()? }))
    }

    /// Asks GEN now and saves the answer. Of several at once, one asks and the others take its answer, or its
    /// failure: a GEN that hangs is not waited for by each in turn.
    pub(crate) async fn renew<N: Noun>(&self, key: KeyId, noun: &N) -> Result<()> {
        let before = self.mark(noun).await?;
        self.renew_since(key, noun, &before).await
    }

    /// As [`Store::renew`], unless it was renewed since this mark.
    async fn renew_since<N: Noun>(&self, key: KeyId, noun: &N, before: &Mark) -> Result<()> {
        let lock = self.inner.renewals.of(&name(noun));
        let mut failure = lock.lock().await;
        if self.mark(noun).await?.turn != before.turn {
            return Ok(());
        }
        if let Some(error) = &*failure {
            return Err(error.clone().into());
        }
        let outcome = self.ask(key, noun).await;
        *failure = gen_failure(&outcome);
        outcome
    }

    /// As [`Store::renew`], if the saved copy is missing, stale or known to be behind.
    pub(crate) async fn renew_if_due<N: Noun>(&self, key: KeyId, noun: &N) -> Result<()> {
        let mark = self.mark(noun).await?;
        if mark.at.is_none() || self.is_due(N::KIND, &mark, key) {
            self.renew(key, noun).await
        } else {
            Ok(())
        }
    }

    /// Renews in a task of its own, unless that is under way; `true` says that it is now.
    fn renew_behind<N: Noun>(&self, key: KeyId, noun: N) -> bool {
        let lock = self.inner.renewals.of(&name(&noun));
        let Ok(mut failure) = lock.try_lock_owned() else {
            return true;
        };
        let store = self.clone();
        self.spawn(async move {
            let outcome = store.ask(key, &noun).await;
            *failure = gen_failure(&outcome);
            match outcome {
                Ok(()) => {}
                // Remembered and shown with the copy.
                Err(Error::Gen(error)) => {
                    tracing::info!(noun = N::KIND.name(), %error, "a saved copy could not be renewed")
                }
                Err(error) => {
                    tracing::error!(noun = N::KIND.name(), %error, "a saved copy could not be renewed")
                }
            }
        });
        true
    }

    /// One question to GEN; a failure of any kind is remembered for those who read the copy.
    async fn ask<N: Noun>(&self, key: KeyId, noun: &N) -> Result<()> {
        let outcome = self.ask_and_save(key, noun).await;
        if let Err(error) = &outcome {
            self.failed(noun, error).await?;
        }
        outcome
    }

    /// An answer older than a person's write is not kept; one second try follows.
    async fn ask_and_save<N: Noun>(&self, key: KeyId, noun: &N) -> Result<()> {
        let client = self.client_of_key(key).await?;
        for _ in 0..2 {
            let before = self.mark(noun).await?;
            let answer = self.noted(key, noun.fetch(&client).await).await?;
            let mut tx = self.write_tx().await?;
            if mark_in(&mut tx, N::KIND, &noun.id()).await?.turn != before.turn {
                continue;
            }
            noun.remember(&mut tx, answer).await?;
            succeeded(&mut tx, noun, &before).await?;
            return tx.commit().await;
        }
        Ok(())
    }

    async fn failed<N: Noun>(&self, noun: &N, error: &Error) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let before = mark_in(&mut tx, N::KIND, &noun.id()).await?;
        let trouble = trouble(error, before.failed_since.unwrap_or(tx.now()));
        let now = tx.now();
        sqlx::query(
            "INSERT INTO fetched (noun, id, tried_at, failed_since, failure) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (noun, id) DO UPDATE SET tried_at = ?3, failed_since = ?4, failure = ?5",
        )
        .bind(N::KIND.name())
        .bind(noun.id())
        .bind(now)
        .bind(trouble.since)
        .bind(serde_json::to_string(&trouble).map_err(|error| Error::Corrupt(error.to_string()))?)
        .execute(&mut *tx)
        .await?;
        if before.failed_since.is_none() && before.at.is_some() {
            tx.announce(noun.topic()).await?;
        }
        tx.commit().await
    }

    fn is_due(&self, kind: Kind, mark: &Mark, key: KeyId) -> bool {
        let older =
            |since: Option<i64>, limit| since.is_none_or(|since| self.now().saturating_sub(since) >= limit);
        (mark.outdated || older(mark.at, kind.max_age_ms()))
            && (mark.failed_since.is_none() || older(mark.tried_at, RETRY_MS))
            && self.paces().asked_until(key, self.now()).is_none()
    }

    async fn mark<N: Noun>(&self, noun: &N) -> Result<Mark> {
        let mut connection = self.read().acquire().await?;
        mark_in(&mut connection, N::KIND, &noun.id()).await
    }
}

fn name<N: Noun>(noun: &N) -> String {
    format!("{}/{}", N::KIND.name(), noun.id())
}

fn gen_failure(outcome: &Result<()>) -> Option<gen_client::Error> {
    match outcome {
        Err(Error::Gen(error)) => Some(error.clone()),
        _ => None,
    }
}

async fn succeeded<N: Noun>(tx: &mut WriteTx, noun: &N, before: &Mark) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "INSERT INTO fetched (noun, id, at, tried_at, turn) VALUES (?1, ?2, ?3, ?3, 1)
         ON CONFLICT (noun, id) DO UPDATE
         SET at = ?3, tried_at = ?3, failed_since = NULL, failure = NULL, outdated = 0, turn = turn + 1",
    )
    .bind(N::KIND.name())
    .bind(noun.id())
    .bind(now)
    .execute(&mut **tx)
    .await?;
    if before.failed_since.is_some() && before.at.is_some() {
        tx.announce(noun.topic()).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
