//! Keys at GEN: those of the GEN user behind one of our keys. Their secrets are shown once and kept nowhere here.

use gen_client::model::{ApiKeyStatus, ApiKeySummary};
use gen_client::{ApiKeyId, GenClient};
use model::{Action, CreatedGenKey, GenKey};

use super::KeyId;
use crate::agents::must_match;
use crate::{Actor, Error, Result, Store};

const NAME_MAX: usize = 100;
const DAY_SECONDS: u64 = 24 * 60 * 60;
const DAYS_MAX: u32 = 3_650;
/// What has to be typed before every key is revoked.
const ALL: &str = "revoke all";

impl Store {
    /// Every key of the GEN user behind one of our keys, revoked and expired ones too. Asked of GEN each time.
    pub async fn list_gen_keys(&self, actor: &Actor, key: KeyId) -> Result<Vec<GenKey>> {
        let client = self.keeper(actor, key).await?;
        let listed = self.noted(key, client.list_api_keys().await).await?;
        Ok(with_ours(listed))
    }

    /// Makes a key at GEN that expires after so many days, or never. The answer holds its secret, which nobody can
    /// ask for again.
    pub async fn create_gen_key(
        &self,
        actor: &Actor,
        key: KeyId,
        name: &str,
        days: Option<u32>,
    ) -> Result<CreatedGenKey> {
        let client = self.keeper(actor, key).await?;
        let name = checked_name(name)?;
        if days.is_some_and(|days| !(1..=DAYS_MAX).contains(&days)) {
            let message = format!("A key lives for 1 to {DAYS_MAX} days, or until it is revoked.");
            return Err(Error::Invalid { field: "Expires after", message });
        }
        let seconds = days.map(|days| u64::from(days) * DAY_SECONDS);
        let store = self.clone();
        self.finish(async move {
            let created = store.noted(key, client.create_api_key(&name, seconds).await).await?;
            Ok(CreatedGenKey { key: created.summary, secret: created.key.expose().to_owned() })
        })
        .await
    }

    /// Renames a key at GEN.
    pub async fn rename_gen_key(
        &self,
        actor: &Actor,
        key: KeyId,
        id: &ApiKeyId,
        name: &str,
    ) -> Result<Vec<GenKey>> {
        let client = self.keeper(actor, key).await?;
        let name = checked_name(name)?;
        self.noted(key, client.rename_api_key(id, &name).await).await?;
        self.list_gen_keys(actor, key).await
    }

    /// Revokes a key at GEN; it opens nothing any more. `typed` is its name. True when it was the key we came with,
    /// so that this dashboard is cut off from GEN (K12).
    pub async fn revoke_gen_key(
        &self,
        actor: &Actor,
        key: KeyId,
        id: &ApiKeyId,
        typed: &str,
    ) -> Result<bool> {
        let client = self.keeper(actor, key).await?;
        let listed = self.noted(key, client.list_api_keys().await).await?;
        let named = listed.into_iter().find(|one| one.id == *id).ok_or(Error::NotFound("key"))?;
        must_match(typed, &shown_name(&named))?;
        let (store, id) = (self.clone(), id.clone());
        self.finish(async move {
            store.noted(key, client.revoke_api_key(&id).await).await?;
            store.is_cut_off(key, &client).await
        })
        .await
    }

    /// Revokes every key of the GEN user, the one we come with included. `typed` is “revoke all”, and the password
    /// is the actor's own here; unless both fit, nothing is sent.
    pub async fn revoke_all_gen_keys(
        &self,
        actor: &Actor,
        key: KeyId,
        typed: &str,
        password: String,
    ) -> Result<bool> {
        let client = self.keeper(actor, key).await?;
        must_match(typed, ALL)?;
        self.must_be(actor, password).await?;
        let store = self.clone();
        self.finish(async move {
            store.noted(key, client.revoke_all_api_keys().await).await?;
            store.is_cut_off(key, &client).await
        })
        .await
    }

    /// A client for a key, if the actor may keep keys with it: an own one as an editor, a shared one as an admin.
    async fn keeper(&self, actor: &Actor, key: KeyId) -> Result<GenClient> {
        actor.must(Action::Edit)?;
        if self.lookup_owner(actor, key).await?.is_none() {
            actor.must(Action::Administer)?;
        }
        self.client_of_key(key).await
    }

    /// Whether GEN refuses this key now.
    async fn is_cut_off(&self, key: KeyId, client: &GenClient) -> Result<bool> {
        match self.noted(key, client.me().await).await {
            Ok(_) => Ok(false),
            Err(Error::Gen(error)) if error.refuses_key() => Ok(true),
            // It may or may not be; the next call says so.
            Err(Error::Gen(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// What a key is called, and has to be typed as.
fn shown_name(key: &ApiKeySummary) -> String {
    key.name.clone().filter(|name| !name.trim().is_empty()).unwrap_or_else(|| key.id.to_string())
}

/// GEN does not say which key a call came with. It was used a moment ago, so it is among those used last; without
/// such a word it may be any that is active.
fn with_ours(listed: Vec<ApiKeySummary>) -> Vec<GenKey> {
    let minute =
        |key: &ApiKeySummary| key.last_used_at.as_ref().and_then(|at| at.get(..16)).map(str::to_owned);
    let active = |key: &ApiKeySummary| key.status == ApiKeyStatus::Active;
    let newest = listed.iter().filter(|key| active(key)).filter_map(minute).max();
    let judged = listed.into_iter().map(|key| {
        let may_be_ours = active(&key) && (newest.is_none() || minute(&key) == newest);
        GenKey { name: shown_name(&key), may_be_ours, key }
    });
    judged.collect()
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    let length = name.chars().count();
    if !(1..=NAME_MAX).contains(&length) || name.chars().any(char::is_control) {
        let message = format!("A name has 1 to {NAME_MAX} characters, on one line; this has {length}.");
        return Err(Error::Invalid { field: "Name", message });
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: u32, status: &str, used: Option<&str>) -> ApiKeySummary {
        let json = serde_json::json!({ "id": id, "name": "k", "status": status, "last_used_at": used });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn k12_the_key_used_last_may_be_the_one_we_came_with() {
        let ours =
            |keys: Vec<ApiKeySummary>| with_ours(keys).iter().map(|key| key.may_be_ours).collect::<Vec<_>>();
        assert_eq!(
            ours(vec![
                key(1, "active", Some("2026-03-09T10:00:59.000Z")),
                key(2, "active", Some("2026-03-09T09:00:00.000Z")),
                key(3, "active", Some("2026-03-09T10:00:01Z")),
                key(4, "active", None),
                key(5, "revoked", Some("2027-01-01T00:00:00Z")),
            ]),
            [true, false, true, false, false]
        );
        assert_eq!(ours(vec![key(1, "active", None), key(2, "expired", None)]), [true, false]);
    }
}
