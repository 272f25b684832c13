use serde::{Deserialize, Serialize};

use crate::tolerant;

/// Whom GEN tells when something has ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AutomationConfig {
    /// Told of every generation's end; `None` if nobody is.
    #[serde(deserialize_with = "tolerant::text")]
    pub webhook_url: Option<String>,
    /// Told by the older way.
    #[serde(deserialize_with = "tolerant::text")]
    pub callback_url: Option<String>,
    /// Whether GEN expects to be asked instead.
    #[serde(deserialize_with = "tolerant::or_default")]
    pub polling_enabled: bool,
}

/// Only what changes; an inner `None` turns an address off.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AutomationPatch {
    /// New address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_url: Option<Option<String>>,
    /// New address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<Option<String>>,
    /// New switch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub polling_enabled: Option<bool>,
}

/// How GEN's attempt to reach an address went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliveryTest {
    /// Whether somebody answered.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub success: bool,
    /// GEN's reason where nobody did.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub error: Option<String>,
}
