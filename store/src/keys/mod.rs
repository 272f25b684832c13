use gen_client::ApiKey;
use gen_client::model::{Agent, GenUser};
use model::{Action, KeySummary, NewKey, Topic};

use crate::{Actor, Error, Result, Store};

mod at_gen;
mod reach;

pub(crate) use reach::remember_agents;

/// Our number for a stored GEN key.
pub(crate) type KeyId = i64;

const LABEL_MAX: usize = 60;

impl Store {
    /// The actor's own keys and the team's shared ones.
    pub async fn list_keys(&self, actor: &Actor) -> Result<Vec<KeySummary>> {
        let rows: Vec<SummaryRow> = sqlx::query_as(
            "SELECT gen_key.id, label, last4, person.name AS owner, refused, last_used_at
             FROM gen_key LEFT JOIN person ON person.id = owner_id
             WHERE owner_id IS NULL OR owner_id = ? ORDER BY owner_id IS NULL, gen_key.id",
        )
        .bind(actor.person.id)
        .fetch_all(self.read())
        .await?;
        Ok(rows.into_iter().map(SummaryRow::into_summary).collect())
    }

    /// Tests a key at GEN, learns which agents it reaches, and keeps it encrypted. [`Error::Gen`] when GEN
    /// refuses it; nothing is kept then. A shared key needs an admin.
    pub async fn add_key(&self, actor: &Actor, key: NewKey) -> Result<(KeySummary, GenUser)> {
        if key.shared {
            actor.must(Action::Administer)?;
        }
        let label = label(&key.label)?;
        let owner = (!key.shared).then_some(actor.person.id);
        let key = ApiKey::new(key.key)
            .map_err(|error| Error::Invalid { field: "Key", message: error.to_string() })?;
        let client = self.upstream().client(key.clone());
        let user = client.me().await?;
        let agents = client.list_agents(None).await?;
        let id = self.keep_key(owner, &label, &key, Some(&agents)).await?;
        let summary = self.list_keys(actor).await?.into_iter().find(|summary| summary.id == id);
        Ok((summary.ok_or(Error::NotFound("key"))?, user))
    }

    /// Keeps the team's shared key from the process's own configuration; nothing happens when it is kept
    /// already. GEN is asked for its agents; when it cannot be reached the key is kept all the same, and the
    /// next list of agents asks again.
    pub async fn add_shared_key_headless(&self, key: ApiKey) -> Result<()> {
        if self.is_kept(None, &key).await? {
            return Ok(());
        }
        let agents = match self.upstream().client(key.clone()).list_agents(None).await {
            Ok(agents) => Some(agents),
            Err(error @ gen_client::Error::Unreachable { .. }) => {
                tracing::warn!(%error, "the shared GEN key is kept untested");
                None
            }
            Err(error) => return Err(error.into()),
        };
        self.keep_key(None, "Team", &key, agents.as_deref()).await?;
        Ok(())
    }

    /// Asks GEN whose key this is: one of the actor's own or a shared one.
    pub async fn test_key(&self, actor: &Actor, id: i64) -> Result<GenUser> {
        self.lookup_owner(actor, id).await?;
        let client = self.client_of_key(id).await?;
        self.noted(id, client.me().await).await
    }

    /// Forgets a key and wipes its place on the disk. A shared key needs an admin.
    pub async fn remove_key(&self, actor: &Actor, id: i64) -> Result<()> {
        if self.lookup_owner(actor, id).await?.is_none() {
            actor.must(Action::Administer)?;
        }
        let mut tx = self.write_tx().await?;
        sqlx::query("DELETE FROM gen_key WHERE id = ?").bind(id).execute(&mut *tx).await?;
        tx.announce(Topic::Agents).await?;
        tx.commit().await?;
        self.wipe_log().await
    }

    async fn keep_key(
        &self,
        owner: Option<i64>,
        label: &str,
        key: &ApiKey,
        agents: Option<&[Agent]>,
    ) -> Result<KeyId> {
        if self.is_kept(owner, key).await? {
            return Err(Error::Invalid { field: "Key", message: "This key is stored already.".into() });
        }
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        let id = sqlx::query(
            "INSERT INTO gen_key (owner_id, label, last4, kid, sealed, last_used_at, created_at)
             VALUES (?, ?, ?, ?, x'', ?, ?)",
        )
        .bind(owner)
        .bind(label)
        .bind(key.last4())
        .bind(self.inner.vault.active_kid())
        .bind(agents.map(|_| now))
        .bind(now)
        .execute(&mut *tx)
        .await?
        .last_insert_rowid();
        // The number is part of what the seal vouches for, so it has to be known first.
        let sealed = self.inner.vault.seal_key(id, owner, key)?;
        sqlx::query("UPDATE gen_key SET sealed = ? WHERE id = ?")
            .bind(sealed)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        if let Some(agents) = agents {
            remember_agents(&mut tx, id, agents.iter().map(|agent| &agent.id)).await?;
        }
        tx.announce(Topic::Agents).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Whether this owner has stored the very same key. A stored key that cannot be opened is not the same.
    async fn is_kept(&self, owner: Option<i64>, key: &ApiKey) -> Result<bool> {
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as("SELECT id, sealed FROM gen_key WHERE owner_id IS ?")
            .bind(owner)
            .fetch_all(self.read())
            .await?;
        let vault = &self.inner.vault;
        Ok(rows
            .iter()
            .any(|(id, sealed)| vault.open_key(*id, owner, sealed).is_ok_and(|kept| same(&kept, key))))
    }

    /// The owner of a key the actor may use, `None` for a shared one; somebody else's does not exist for them.
    async fn lookup_owner(&self, actor: &Actor, id: KeyId) -> Result<Option<i64>> {
        let owner: Option<Option<i64>> = sqlx::query_scalar(
            "SELECT owner_id FROM gen_key WHERE id = ? AND (owner_id IS NULL OR owner_id = ?)",
        )
        .bind(id)
        .bind(actor.person.id)
        .fetch_optional(self.read())
        .await?;
        owner.ok_or(Error::NotFound("key"))
    }
}

#[derive(sqlx::FromRow)]
struct SummaryRow {
    id: i64,
    label: String,
    last4: String,
    owner: Option<String>,
    refused: bool,
    last_used_at: Option<i64>,
}

impl SummaryRow {
    fn into_summary(self) -> KeySummary {
        let Self { id, label, last4, owner, refused, last_used_at } = self;
        KeySummary { id, label, last4, owner, refused, last_used_at }
    }
}

fn label(text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > LABEL_MAX || text.chars().any(char::is_control) {
        let message = format!("A label has at most {LABEL_MAX} characters, on one line.");
        return Err(Error::Invalid { field: "Label", message });
    }
    Ok(if text.is_empty() { "GEN key".to_owned() } else { text.to_owned() })
}

fn same(one: &ApiKey, other: &ApiKey) -> bool {
    use subtle::ConstantTimeEq;
    one.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
}

#[cfg(test)]
mod tests;
