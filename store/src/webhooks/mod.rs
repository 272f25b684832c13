//! The addresses at which GEN may say that something has ended. GEN signs nothing and documents no payload, so what
//! comes in is a hint to look a little earlier and never the truth; without any of it the looks come by themselves.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gen_client::AgentId;
use model::Action;
use sha2::{Digest, Sha256};
use sqlx::FromRow;

use crate::saved::id;
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

/// How long an address that was replaced is still heard, in milliseconds: GEN may know it for a while.
const OVERLAP_MS: i64 = 24 * 60 * 60_000;

/// An address that is heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Our number.
    pub id: i64,
    /// Whose news lands there.
    pub agent: AgentId,
}

impl Store {
    /// The secret end of the address for an agent's news: 256 bits as 43 letters. Made when first asked for.
    /// Whoever knows it can make us look at GEN a little earlier, and nothing else.
    pub async fn webhook_secret(&self, actor: &Actor, agent: &AgentId) -> Result<String> {
        actor.must(Action::Edit)?;
        self.must_reach(actor, agent).await?;
        let current = "SELECT id, kid, created_at FROM webhook WHERE agent_id = ? AND ends_at IS NULL";
        let known: Option<Row> =
            sqlx::query_as(current).bind(agent.as_str()).fetch_optional(self.read()).await?;
        if let Some(row) = known {
            return match self.secret(&row, agent) {
                // Its master key left the ring, so nobody can say it any more.
                Err(Error::Vault(_)) => self.replace_webhook(actor, agent).await,
                secret => secret,
            };
        }
        let mut tx = self.write_tx().await?;
        let known: Option<Row> =
            sqlx::query_as(current).bind(agent.as_str()).fetch_optional(&mut *tx).await?;
        let secret = match known {
            Some(row) => self.secret(&row, agent)?,
            None => self.new_webhook(&mut tx, agent).await?,
        };
        tx.commit().await?;
        Ok(secret)
    }

    /// A new address in place of the old one, which is heard for another day.
    pub async fn replace_webhook(&self, actor: &Actor, agent: &AgentId) -> Result<String> {
        actor.must(Action::Edit)?;
        self.must_reach(actor, agent).await?;
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        sqlx::query("DELETE FROM webhook WHERE ends_at <= ?").bind(now).execute(&mut *tx).await?;
        sqlx::query("UPDATE webhook SET ends_at = ? WHERE agent_id = ? AND ends_at IS NULL")
            .bind(now + OVERLAP_MS)
            .bind(agent.as_str())
            .execute(&mut *tx)
            .await?;
        let secret = self.new_webhook(&mut tx, agent).await?;
        tx.commit().await?;
        Ok(secret)
    }

    /// The address with this secret; [`Error::NotFound`] when it was never made or is over. Only the hash is compared,
    /// so the time it takes tells nothing of a secret.
    pub async fn webhook(&self, secret: &str) -> Result<Webhook> {
        let found: Option<(i64, String)> = sqlx::query_as(
            "SELECT id, agent_id FROM webhook WHERE secret_hash = ? AND (ends_at IS NULL OR ends_at > ?)",
        )
        .bind(hash(secret))
        .bind(self.now())
        .fetch_optional(self.read())
        .await?;
        let (number, agent) = found.ok_or(Error::NotFound("webhook"))?;
        Ok(Webhook { id: number, agent: id(&agent)? })
    }

    /// Its number and the time it was made are part of the secret, so both have to be there first.
    async fn new_webhook(&self, tx: &mut WriteTx, agent: &AgentId) -> Result<String> {
        let kid = self.inner.vault.active_kid().to_owned();
        let created_at = tx.now();
        let unfinished: [u8; 32] = rand::random();
        let made =
            sqlx::query("INSERT INTO webhook (agent_id, secret_hash, kid, created_at) VALUES (?, ?, ?, ?)")
                .bind(agent.as_str())
                .bind(&unfinished[..])
                .bind(&kid)
                .bind(created_at)
                .execute(&mut **tx)
                .await?;
        let row = Row { id: made.last_insert_rowid(), kid, created_at };
        let secret = self.secret(&row, agent)?;
        sqlx::query("UPDATE webhook SET secret_hash = ? WHERE id = ?")
            .bind(hash(&secret))
            .bind(row.id)
            .execute(&mut **tx)
            .await?;
        Ok(secret)
    }

    fn secret(&self, row: &Row, agent: &AgentId) -> Result<String> {
        let whose =
            [&row.id.to_be_bytes(), &row.created_at.to_be_bytes(), agent.as_str().as_bytes()].concat();
        Ok(URL_SAFE_NO_PAD.encode(&self.inner.vault.webhook_secret(&row.kid, &whose)?[..]))
    }
}

#[derive(FromRow)]
struct Row {
    id: i64,
    kid: String,
    created_at: i64,
}

fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

#[cfg(test)]
mod tests;
