use serde::{Deserialize, Deserializer, Serialize};
use url::{Host, Url};

use crate::{Error, GenerationId, tolerant};

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
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub webhook_url: Option<Option<String>>,
    /// New address.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "given")]
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

impl AutomationPatch {
    /// Only what changed; an address that was emptied is turned off.
    pub fn between(before: &AutomationConfig, after: &AutomationConfig) -> Self {
        let address = |before: &Option<String>, after: &Option<String>| {
            let after = after.as_deref().map(str::trim).filter(|url| !url.is_empty()).map(str::to_owned);
            (*before != after).then_some(after)
        };
        Self {
            webhook_url: address(&before.webhook_url, &after.webhook_url),
            callback_url: address(&before.callback_url, &after.callback_url),
            polling_enabled: (before.polling_enabled != after.polling_enabled)
                .then_some(after.polling_enabled),
        }
    }
}

/// A field that is there, also where it says nothing.
fn given<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(field).map(Some)
}

/// Refuses an address that GEN cannot reach from the internet, or that says more about this network than GEN needs
/// to know: [`Error::Invalid`].
pub fn check_public_url(address: &str) -> Result<(), Error> {
    let refuse = |why: &str| Err(Error::Invalid(why.to_owned()));
    let Ok(url) = Url::parse(address.trim()) else {
        return refuse("This is no web address.");
    };
    if url.scheme() != "https" {
        return refuse("GEN is to be told over https only.");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("An address with a name or a password in it is not handed on.");
    }
    let host = match url.host() {
        Some(Host::Domain(host)) => host.trim_end_matches('.').to_lowercase(),
        Some(_) => return refuse("GEN cannot reach a bare number from the internet; use a name."),
        None => return refuse("This is no web address."),
    };
    let inner =
        [".local", ".internal", ".lan", ".home", ".corp", ".intranet", ".localhost", ".test", ".arpa"];
    if !host.contains('.') || inner.iter().any(|suffix| host.ends_with(suffix)) {
        return refuse("GEN cannot reach this address from the internet: only this network knows the name.");
    }
    Ok(())
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
    fn a_patch_says_what_changed_and_keeps_what_is_turned_off() {
        let before =
            AutomationConfig { webhook_url: Some("https://a.example".into()), ..AutomationConfig::default() };
        let after =
            AutomationConfig { webhook_url: Some(" ".into()), polling_enabled: true, ..before.clone() };
        let patch = AutomationPatch::between(&before, &after);
        let text = serde_json::to_string(&patch).unwrap();
        assert_eq!(text, r#"{"webhook_url":null,"polling_enabled":true}"#);
        assert_eq!(serde_json::from_str::<AutomationPatch>(&text).unwrap(), patch);
        assert_eq!(AutomationPatch::between(&before, &before), AutomationPatch::default());
    }

    #[test]
    fn f2_only_what_the_internet_can_reach_is_handed_on() {
        for fine in ["https://hooks.example.com/gen", " https://example.org:8443/a?b=c "] {
            assert_eq!(check_public_url(fine), Ok(()), "{fine}");
        }
        for refused in [
            "http://hooks.example.com/gen",
            "https://user:pass@example.com/",
            "https://169.254.169.254/latest",
            "https://[::1]/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://localhost/",
            "https://intra.corp/hook",
            "https://printer.local.",
            "https://nas",
            "ftp://example.com/",
            "javascript:alert(1)",
            "//example.com",
            "",
        ] {
            assert!(check_public_url(refused).is_err(), "{refused}");
        }
    }

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
