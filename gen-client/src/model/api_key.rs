use serde::{Deserialize, Serialize};

use super::words;
use crate::ApiKeyId;
use crate::tolerant;

/// A key at GEN, without its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApiKeySummary {
    /// GEN's number for it.
    pub id: ApiKeyId,
    /// What people call it.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub name: Option<String>,
    /// Whether it opens anything.
    #[serde(default)]
    pub status: ApiKeyStatus,
    /// ISO 8601.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub created_at: Option<String>,
    /// ISO 8601; `None` if it does not expire.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub expires_at: Option<String>,
    /// ISO 8601; `None` if it was never used.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub last_used_at: Option<String>,
    /// ISO 8601; `None` if it was not revoked.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub revoked_at: Option<String>,
}

words! {
    /// Whether a key of GEN's opens anything.
    ApiKeyStatus { Active = "active", Expired = "expired", Revoked = "revoked" }
}
