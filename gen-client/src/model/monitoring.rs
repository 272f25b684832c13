use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::words;
use crate::Error;

/// The days GEN looks back; 0 means all.
pub const MONITORING_DAYS: [u32; 6] = [0, 1, 7, 30, 90, 180];
/// The most videos one look may bring.
pub const MONITORING_RESULTS_MAX: u32 = 50;

words! {
    /// Where GEN looks for what others post.
    MonitoringPlatform { Tiktok = "tiktok", Instagram = "instagram", Youtube = "youtube" }
}

words! {
    /// What GEN looks for.
    MonitoringKind { Username = "username", Hashtag = "hashtag", Keyword = "keyword" }
}

/// A look at what others post, once or kept up. GEN charges about $0.015 a video and $0.002 a comment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Monitoring {
    /// Where.
    pub platform: MonitoringPlatform,
    /// What kind.
    pub kind: MonitoringKind,
    /// Whom or what; `@` and `#` are added where GEN wants them.
    pub value: String,
    /// One of [`MONITORING_DAYS`].
    #[serde(default)]
    pub days: u32,
    /// Two letters, such as `us`.
    #[serde(default)]
    pub country: Option<String>,
    /// 1 to [`MONITORING_RESULTS_MAX`].
    #[serde(default)]
    pub max_results: Option<u32>,
    /// Whether GEN goes on looking.
    #[serde(default)]
    pub keep_up: bool,
    /// Whether comments count too.
    #[serde(default)]
    pub comments: bool,
}

impl Monitoring {
    /// Refuses what GEN would refuse: [`Error::Invalid`].
    pub fn check(&self) -> Result<(), Error> {
        let refuse = |why: &str| Err(Error::Invalid(why.to_owned()));
        if self.value.trim().trim_start_matches(['@', '#']).is_empty() {
            return refuse("Say what to look for.");
        }
        if (&self.platform, &self.kind) == (&MonitoringPlatform::Instagram, &MonitoringKind::Keyword) {
            return refuse("Instagram cannot be searched for keywords.");
        }
        if !MONITORING_DAYS.contains(&self.days) {
            return refuse("GEN looks back 1, 7, 30, 90 or 180 days, or without limit.");
        }
        if self.max_results.is_some_and(|most| !(1..=MONITORING_RESULTS_MAX).contains(&most)) {
            return refuse("One look brings 1 to 50 videos.");
        }
        let letters = |code: &String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
        if !self.country.as_ref().is_none_or(letters) {
            return refuse("A country is two letters.");
        }
        Ok(())
    }

    /// GEN's fields; `None` is left out.
    pub fn to_wire(&self) -> Map<String, Value> {
        let bare = self.value.trim().trim_start_matches(['@', '#']);
        let value = match self.kind {
            MonitoringKind::Username => format!("@{bare}"),
            MonitoringKind::Hashtag => format!("#{bare}"),
            _ => self.value.trim().to_owned(),
        };
        let mut fields = Map::new();
        for (name, value) in [
            ("platform", json!(self.platform)),
            ("type", json!(self.kind)),
            ("value", json!(value)),
            ("days", json!(self.days)),
            ("country", json!(self.country)),
            ("max_results", json!(self.max_results)),
            ("monitoring", json!(self.keep_up)),
            ("comment_monitoring", json!(self.comments)),
        ] {
            if !value.is_null() {
                fields.insert(name.to_owned(), value);
            }
        }
        fields
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(platform: MonitoringPlatform, kind: MonitoringKind, value: &str) -> Monitoring {
        Monitoring {
            platform,
            kind,
            value: value.into(),
            days: 7,
            country: None,
            max_results: None,
            keep_up: false,
            comments: false,
        }
    }

    #[test]
    fn d41_names_and_tags_carry_their_sign() {
        use MonitoringKind::{Hashtag, Keyword, Username};
        for (kind, given, sent) in [
            (Username, "kiln", "@kiln"),
            (Username, " @kiln ", "@kiln"),
            (Hashtag, "#glaze", "#glaze"),
            (Hashtag, "glaze", "#glaze"),
            (Keyword, "ash glaze", "ash glaze"),
        ] {
            assert_eq!(look(MonitoringPlatform::Tiktok, kind, given).to_wire()["value"], sent);
        }
    }

    #[test]
    fn what_gen_would_refuse_is_refused() {
        let good = look(MonitoringPlatform::Tiktok, MonitoringKind::Keyword, "ash");
        assert_eq!(good.check(), Ok(()));
        for bad in [
            Monitoring { value: " @ ".into(), ..good.clone() },
            Monitoring { platform: MonitoringPlatform::Instagram, ..good.clone() },
            Monitoring { days: 8, ..good.clone() },
            Monitoring { max_results: Some(0), ..good.clone() },
            Monitoring { max_results: Some(51), ..good.clone() },
            Monitoring { country: Some("usa".into()), ..good.clone() },
        ] {
            assert!(matches!(bad.check(), Err(Error::Invalid(_))), "{bad:?}");
        }
    }
}
