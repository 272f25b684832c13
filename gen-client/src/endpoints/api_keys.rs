use serde_json::{Value, json};

use crate::call::Call;
use crate::decode;
use crate::model::ApiKeySummary;
use crate::operation as op;
use crate::{ApiKey, ApiKeyId, Error, GenClient};

/// A key GEN just made. Its secret is said this once.
#[derive(Clone, Debug)]
pub struct CreatedApiKey {
    /// What GEN will list.
    pub summary: ApiKeySummary,
    /// The secret.
    pub key: ApiKey,
}

impl GenClient {
    /// Makes a key that expires after that many seconds, or never. GEN: createApiKey. If the answer is lost, its secret
    /// is too: find it in the list by its name and revoke it.
    pub async fn create_api_key(&self, name: &str, expires_in: Option<u64>) -> Result<CreatedApiKey, Error> {
        let mut body = json!({ "name": name });
        if let Some(seconds) = expires_in {
            body["expires_in"] = json!(seconds);
        }
        let operation = op::CREATE_API_KEY.name;
        let answer = self.answer(Call::to(&op::CREATE_API_KEY, &[]).body(body)).await?;
        let token = [answer.get("token"), answer.pointer("/persisted_token/token")];
        let token = token.into_iter().flatten().find_map(Value::as_str).map(str::to_owned);
        let missing = || Error::Decode { operation, reason: "it has no key".into() };
        let key = ApiKey::new(token.ok_or_else(missing)?).map_err(|_| missing())?;
        Ok(CreatedApiKey { summary: decode::one(operation, answer)?, key })
    }

    /// Every key of the key's owner, revoked and expired ones too. GEN: listApiKeys.
    pub async fn list_api_keys(&self) -> Result<Vec<ApiKeySummary>, Error> {
        self.many(Call::to(&op::LIST_API_KEYS, &[])).await
    }

    /// Renames a key. GEN: updateApiKey. 404 if absent.
    pub async fn rename_api_key(&self, key: &ApiKeyId, name: &str) -> Result<ApiKeySummary, Error> {
        let body = json!({ "persisted_token": { "name": name } });
        let sent = self.one(Call::to(&op::RENAME_API_KEY, &[key.as_str()]).body(body)).await;
        let named = |found: &ApiKeySummary| found.id == *key && found.name.as_deref() == Some(name);
        self.reread(sent, self.list_api_keys(), |found| found.into_iter().find(named)).await
    }

    /// Makes a key open nothing any more. GEN: revokeApiKey. 404 if absent.
    pub async fn revoke_api_key(&self, key: &ApiKeyId) -> Result<(), Error> {
        self.done(Call::to(&op::REVOKE_API_KEY, &[key.as_str()])).await
    }

    /// Makes every key of the key's owner open nothing any more, this one included. GEN: revokeAllApiKeys.
    pub async fn revoke_all_api_keys(&self) -> Result<(), Error> {
        self.done(Call::to(&op::REVOKE_ALL_API_KEYS, &[])).await
    }
}
