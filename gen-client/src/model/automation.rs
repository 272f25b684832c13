use serde::{Deserialize, Serialize};

use crate::{GenerationId, tolerant};

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

/// Where the number of a generation may stand in what GEN posts to a webhook. GEN documents none of it, so the usual
/// places are tried in turn.
const NUMBERS: [&str; 8] = [
    "/generation_id",
    "/user_job_id",
    "/generation/id",
    "/user_job/id",
    "/data/generation_id",
    "/data/user_job_id",
    "/data/id",
    "/id",
];

/// The generation that a webhook's message is about, as far as it names one; nothing else of it is believed.
pub fn generation_of_notice(body: &[u8]) -> Option<GenerationId> {
    let message: serde_json::Value = serde_json::from_slice(body).ok()?;
    let found = NUMBERS.iter().find_map(|place| message.pointer(place))?;
    serde_json::from_value(found.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_read_wherever_it_names_the_generation_and_whatever_else_it_holds() {
        for body in [
            r#"{"event":"generation.completed","generation_id":7,"status":"completed"}"#,
            r#"{"data":{"id":"7"}}"#,
            r#"{"generation":{"id":7,"output_url":"https://elsewhere.example/"}}"#,
        ] {
            assert_eq!(generation_of_notice(body.as_bytes()), Some("7".parse().unwrap()), "{body}");
        }
        let deep = format!("{}7{}", r#"{"id":["#.repeat(500), "]}".repeat(500));
        for body in ["", "{}", "null", "[7]", "completed", r#"{"id":null}"#, r#"{"id":{}}"#, "\u{0}", &deep] {
            assert_eq!(generation_of_notice(body.as_bytes()), None, "{}", &body[..body.len().min(40)]);
        }
    }
}
