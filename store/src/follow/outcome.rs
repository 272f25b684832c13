//! What a look that did not bring the end means for the next one.

use super::Followed;
use super::lease::{APART_MS, SOON_MS};
use super::pace::wait;
use crate::keys::KeyId;
use crate::ledger::LOOKS;
use crate::write_tx::WriteTx;
use crate::{Result, Store};

const MINUTE_MS: i64 = 60_000;
/// The longest wait after looks that failed, in milliseconds.
const FAILED_MAX_MS: i64 = MINUTE_MS;
/// A key that GEN refused is tried this often, in milliseconds.
const REFUSED_MS: i64 = 15 * MINUTE_MS;
/// GEN must deny something for so long before it is gone, in milliseconds.
const GONE_MS: i64 = 10 * MINUTE_MS;
/// Between two such answers, in milliseconds.
const DENIED_MS: i64 = 5 * MINUTE_MS;

impl Store {
    /// GEN refused, failed or was not reached. None of that ends anything but the third denial in ten minutes.
    pub(super) async fn look_failed(&self, followed: &Followed, error: &gen_client::Error) -> Result<()> {
        let gen_client::Error::Api { status, retry_after, .. } = error else {
            tracing::info!(work = followed.id, %error, "a look at GEN failed; the next one comes later");
            return self.look_later(followed, 0).await;
        };
        let asked_to_wait = retry_after.map_or(0, |seconds| i64::try_from(seconds).unwrap_or(0) * 1_000);
        match status {
            404 => return self.denied(followed).await,
            401 => self.rest_key(followed.key, REFUSED_MS).await?,
            429 => self.rest_key(followed.key, asked_to_wait).await?,
            _ => tracing::info!(work = followed.id, %error, "a look at GEN failed; the next one comes later"),
        }
        self.look_later(followed, asked_to_wait).await
    }

    /// Sets when to look again at something that still goes on. A hint that came during the look makes it soon.
    pub(super) async fn look_again(
        &self,
        tx: &mut WriteTx,
        followed: &Followed,
        interval: i64,
    ) -> Result<()> {
        let now = tx.now();
        let next = wait(interval, followed.age(now)).map(|wait| now + wait);
        let soon = (now + SOON_MS).max(followed.looked_at.unwrap_or(0) + APART_MS);
        sqlx::query(
            "UPDATE work SET next_poll_at = CASE WHEN hinted_at IS NULL THEN ?2 ELSE ?3 END, hinted_at = NULL,
                 poll_ms = ?4, misses = 0, missing_since = NULL
             WHERE id = ?1 AND state IN ('pending', 'processing')",
        )
        .bind(&followed.id)
        .bind(next)
        .bind(soon)
        .bind(interval)
        .execute(&mut **tx)
        .await?;
        Ok(())
    }

    /// The key that pays was removed; whoever opens the vidsheet with another one learns the outcome.
    pub(super) async fn no_key(&self, followed: &Followed) -> Result<()> {
        let mut tx = self.write_tx().await?;
        if !followed.let_go(&mut tx).await? {
            return Ok(());
        }
        sqlx::query(
            "UPDATE work SET next_poll_at = NULL, state = 'unknown', settled_at = ?, misses = ?,
                 reason = 'The GEN key that started this was removed, so its outcome is not known.'
             WHERE id = ? AND state IN ('pending', 'processing', 'unknown')",
        )
        .bind(tx.now())
        .bind(LOOKS)
        .bind(&followed.id)
        .execute(&mut *tx)
        .await?;
        followed.announce(&mut tx).await?;
        tx.commit().await
    }

    /// GEN does not know it. Once may be a mistake of GEN's; thrice within ten minutes and more is an answer.
    async fn denied(&self, followed: &Followed) -> Result<()> {
        let mut tx = self.write_tx().await?;
        if !followed.let_go(&mut tx).await? {
            return Ok(());
        }
        let (now, misses) = (tx.now(), followed.misses + 1);
        let since = followed.missing_since.unwrap_or(now);
        let gone = misses >= LOOKS && now - since >= GONE_MS;
        sqlx::query(
            "UPDATE work SET misses = ?2, missing_since = ?3, hinted_at = NULL,
                 next_poll_at = CASE WHEN ?4 THEN NULL ELSE ?5 END,
                 state = CASE WHEN ?4 THEN 'unknown' ELSE state END,
                 settled_at = CASE WHEN ?4 THEN ?6 ELSE settled_at END,
                 reason = CASE WHEN ?4 THEN 'This is no longer at GEN, so its outcome is not known.' ELSE reason END
             WHERE id = ?1 AND state IN ('pending', 'processing', 'unknown')",
        )
        .bind(&followed.id)
        .bind(misses)
        .bind(since)
        .bind(gone)
        .bind(now + DENIED_MS)
        .bind(now)
        .execute(&mut *tx)
        .await?;
        if gone {
            followed.announce(&mut tx).await?;
        }
        tx.commit().await
    }

    /// Waits twice as long each time, up to a minute, and never shorter than GEN asks.
    async fn look_later(&self, followed: &Followed, floor: i64) -> Result<()> {
        let mut tx = self.write_tx().await?;
        if !followed.let_go(&mut tx).await? {
            return Ok(());
        }
        let now = tx.now();
        let interval = (followed.interval() * 2).min(FAILED_MAX_MS.max(followed.interval()));
        let next = wait(interval, followed.age(now)).map(|wait| now + wait.max(floor));
        sqlx::query(
            "UPDATE work SET next_poll_at = ?, poll_ms = ?, hinted_at = NULL WHERE id = ? AND next_poll_at IS NOT NULL",
        )
        .bind(next)
        .bind(interval)
        .bind(&followed.id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// Looks at nothing with this key for a while.
    async fn rest_key(&self, key: KeyId, wait: i64) -> Result<()> {
        let mut tx = self.write_tx().await?;
        sqlx::query("UPDATE gen_key SET looks_after = ?1 WHERE id = ?2 AND coalesce(looks_after, 0) < ?1")
            .bind(tx.now() + wait)
            .bind(key)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }
}
