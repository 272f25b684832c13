use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::tolerant;

/// What GEN kept about an agent before the core: in its OpenAPI file, no longer in its reference. GEN describes no
/// field of the three sections, so they stay as they came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgentProfile {
    /// Name, persona, backstory.
    #[serde(deserialize_with = "tolerant::optional", skip_serializing_if = "Option::is_none")]
    pub identity: Option<Map<String, Value>>,
    /// How it speaks.
    #[serde(deserialize_with = "tolerant::optional", skip_serializing_if = "Option::is_none")]
    pub voice: Option<Map<String, Value>>,
    /// What it stands for.
    #[serde(deserialize_with = "tolerant::optional", skip_serializing_if = "Option::is_none")]
    pub brand: Option<Map<String, Value>>,
}
