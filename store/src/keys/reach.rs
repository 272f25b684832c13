//! Which key serves which person for which agent, decided by our own map before anything is asked of GEN.

use gen_client::{AgentId, GenClient};

use super::KeyId;
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

/// `last_used_at` is this exact, in milliseconds.
const USED_EVERY_MS: i64 = 60_000;

impl Store {
    /// The key to use for an agent: the actor's own before a shared one, of those one that GEN did not refuse.
    /// [`Error::NotFound`] when no key of theirs reaches the agent, [`Error::NoKey`] when they have none.
    pub(crate) async fn key_for(&self, actor: &Actor, agent: &AgentId) -> Result<KeyId> {
        let key: Option<KeyId> = sqlx::query_scalar(
            "SELECT key_id FROM reach WHERE person_id = ? AND agent_id = ? ORDER BY shared, refused, key_id LIMIT 1",
        )
        .bind(actor.person.id)
        .bind(agent.as_str())
        .fetch_optional(self.read())
        .await?;
        match key {
            Some(key) => Ok(key),
            None if self.keys_of(actor).await?.is_empty() => Err(Error::NoKey),
            None => Err(Error::NotFound("agent")),
        }
    }

    /// As [`Store::key_for`], with a client that uses it.
    pub(crate) async fn client_for(&self, actor: &Actor, agent: &AgentId) -> Result<(KeyId, GenClient)> {
        let key = self.key_for(actor, agent).await?;
        Ok((key, self.client_of_key(key).await?))
    }

    /// The key for what belongs to no agent; [`Error::NoKey`] when the actor has none.
    pub(crate) async fn any_key(&self, actor: &Actor) -> Result<KeyId> {
        self.keys_of(actor).await?.first().copied().ok_or(Error::NoKey)
    }

    /// Every key the actor may use, in the order of preference: their own, then shared ones.
    pub(crate) async fn keys_of(&self, actor: &Actor) -> Result<Vec<KeyId>> {
        Ok(sqlx::query_scalar(
            "SELECT id FROM gen_key WHERE owner_id IS NULL OR owner_id = ? ORDER BY owner_id IS NULL, refused, id",
        )
        .bind(actor.person.id)
        .fetch_all(self.read())
        .await?)
    }

    /// A client that uses this key, its calls logged; [`Error::NotFound`] when it was removed, [`Error::Vault`] when it cannot be opened.
    pub(crate) async fn client_of_key(&self, key: KeyId) -> Result<GenClient> {
        let row: Option<(Option<i64>, Vec<u8>)> =
            sqlx::query_as("SELECT owner_id, sealed FROM gen_key WHERE id = ?")
                .bind(key)
                .fetch_optional(self.read())
                .await?;
        let (owner, sealed) = row.ok_or(Error::NotFound("key"))?;
        let opened = self.inner.vault.open_key(key, owner, &sealed).inspect_err(|_| {
            tracing::error!(key, "a stored GEN key cannot be opened; it is not used");
        })?;
        let store = self.clone();
        Ok(self.upstream().client(opened).observed(move |called| store.log_call(key, called)))
    }

    /// Whether the actor reaches the agent at all, for what is read from SQLite alone; the errors are those of
    /// [`Store::key_for`].
    pub(crate) async fn must_reach(&self, actor: &Actor, agent: &AgentId) -> Result<()> {
        self.key_for(actor, agent).await.map(drop)
    }

    /// Passes on what GEN answered, noting when the key was used, whether GEN refused it, and whether GEN asked it to
    /// wait. A note that cannot be written is logged: it must not hide the outcome of a call that may have cost
    /// something.
    pub(crate) async fn noted<T>(&self, key: KeyId, outcome: Result<T, gen_client::Error>) -> Result<T> {
        if let Err(gen_client::Error::Api { status: 429, retry_after, .. }) = &outcome {
            self.paces().asked_to_wait(key, *retry_after, self.now());
        }
        if outcome.is_ok() {
            self.answers().heard();
        }
        let refused = match &outcome {
            Ok(_) => Some(false),
            Err(gen_client::Error::Api { status: 401, .. }) => Some(true),
            Err(_) => None,
        };
        if let Some(refused) = refused
            && let Err(error) = self.note(key, refused).await
        {
            tracing::error!(key, %error, "the use of a key could not be noted");
        }
        Ok(outcome?)
    }

    async fn note(&self, key: KeyId, refused: bool) -> Result<()> {
        let now = self.now();
        let row: Option<(bool, Option<i64>)> =
            sqlx::query_as("SELECT refused, last_used_at FROM gen_key WHERE id = ?")
                .bind(key)
                .fetch_optional(self.read())
                .await?;
        let Some((known, used)) = row else {
            return Ok(());
        };
        if known == refused && used.is_some_and(|used| now.saturating_sub(used) < USED_EVERY_MS) {
            return Ok(());
        }
        let mut tx = self.write_tx().await?;
        // A key that works again is waited for no longer.
        sqlx::query(
            "UPDATE gen_key SET last_used_at = ?2, looks_after = CASE WHEN refused AND NOT ?1 THEN NULL ELSE looks_after END,
                 refused = ?1 WHERE id = ?3",
        )
        .bind(refused)
        .bind(now)
        .bind(key)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }
}

/// Replaces what we know of the agents a key reaches; to be called with every well-formed full list of GEN's.
pub(crate) async fn remember_agents(
    tx: &mut WriteTx,
    key: KeyId,
    agents: impl Iterator<Item = &AgentId>,
) -> Result<()> {
    let ids: Vec<&str> = agents.map(AgentId::as_str).collect();
    let json = serde_json::to_string(&ids).map_err(|error| Error::Corrupt(error.to_string()))?;
    sqlx::query(
        "DELETE FROM key_agent WHERE key_id = ?1 AND agent_id NOT IN (SELECT value FROM json_each(?2))",
    )
    .bind(key)
    .bind(&json)
    .execute(&mut **tx)
    .await?;
    sqlx::query("INSERT OR IGNORE INTO key_agent (key_id, agent_id) SELECT ?1, value FROM json_each(?2)")
        .bind(key)
        .bind(&json)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
