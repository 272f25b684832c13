use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::words;
use crate::tolerant;
use crate::{AgentId, VoiceId};

/// The most characters GEN takes as a brand name.
pub const BRAND_NAME_MAX: usize = 200;
/// The most characters GEN takes as goals, commas included.
pub const GOAL_MAX: usize = 100;
/// The most characters GEN takes as an onboarding status.
pub const ONBOARDING_STATUS_MAX: usize = 50;
/// The most target platforms GEN takes.
pub const TARGET_PLATFORMS_MAX: usize = 10;
/// The most keywords GEN takes.
pub const KEYWORDS_MAX: usize = 20;
/// The most monitored sources GEN takes.
pub const MONITORED_MAX: usize = 50;
/// The most characters GEN takes as one monitored source.
pub const HANDLE_MAX: usize = 300;
/// The most linked accounts GEN takes.
pub const LINKED_ACCOUNTS_MAX: usize = 20;
/// The most characters GEN takes as a linked account's address.
pub const ACCOUNT_URL_MAX: usize = 500;
/// The most characters GEN takes as a linked account's platform.
pub const ACCOUNT_PLATFORM_MAX: usize = 50;
/// The most characters GEN takes as a linked account's name.
pub const ACCOUNT_NAME_MAX: usize = 200;
/// The most characters GEN takes as a description.
pub const DESCRIPTION_MAX: usize = 500;
/// The most characters GEN takes as a personality.
pub const PERSONALITY_MAX: usize = 20_000;
/// The most research topics GEN takes.
pub const RESEARCH_TOPICS_MAX: usize = 20;
/// The most characters GEN takes as one research topic.
pub const RESEARCH_TOPIC_MAX: usize = 500;

/// One document of identity, voice, look and overview: what the Setup canvas shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgentCore {
    /// Whose core this is.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "tolerant::optional")]
    pub agent_id: Option<AgentId>,
    /// At most 200 characters.
    #[serde(deserialize_with = "tolerant::text")]
    pub brand_name: Option<String>,
    /// Two or three sentences, at most [`DESCRIPTION_MAX`] characters.
    #[serde(deserialize_with = "tolerant::text")]
    pub description: Option<String>,
    /// Brand or character.
    #[serde(deserialize_with = "tolerant::optional")]
    pub identity_type: Option<IdentityType>,
    /// Comma-separated, such as `growth,authority,sales`.
    #[serde(deserialize_with = "tolerant::text")]
    pub goal: Option<String>,
    /// At most 10.
    #[serde(deserialize_with = "tolerant::list")]
    pub target_platforms: Vec<String>,
    /// Whether it makes short videos.
    #[serde(deserialize_with = "tolerant::optional")]
    pub shortform: Option<bool>,
    /// Whether it makes long videos.
    #[serde(deserialize_with = "tolerant::optional")]
    pub longform: Option<bool>,
    /// Free text; `profile_complete`, `complete` and `active` have been seen.
    #[serde(deserialize_with = "tolerant::text")]
    pub onboarding_status: Option<String>,
    /// At most 20.
    #[serde(deserialize_with = "tolerant::list")]
    pub keywords: Vec<String>,
    /// What it watches, at most 50.
    #[serde(deserialize_with = "tolerant::list")]
    pub monitored: Vec<MonitoredSource>,
    /// What it studies, at most [`RESEARCH_TOPICS_MAX`]; labelled "Expertise".
    #[serde(deserialize_with = "tolerant::list")]
    pub research_topics: Vec<ResearchTopic>,
    /// What it posts from, at most 20; labelled "Brand socials".
    #[serde(deserialize_with = "tolerant::list")]
    pub linked_accounts: Vec<LinkedAccount>,
    /// Voice, backstory, rules: at most [`PERSONALITY_MAX`] characters.
    #[serde(deserialize_with = "tolerant::text")]
    pub personality: Option<String>,
    /// What every script is read with.
    #[serde(deserialize_with = "tolerant::optional")]
    pub default_user_voice: Option<CoreVoice>,
}

words! {
    /// Whether the agent speaks as a brand or as a character.
    IdentityType { Brand = "brand", Character = "character" }
}

words! {
    /// What kind of source is watched.
    MonitoredKind { Account = "account", Hashtag = "hashtag", Keyword = "keyword" }
}

/// A creator, hashtag or keyword to watch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonitoredSource {
    /// A URL, a name with or without `@`, a tag with or without `#`, or words.
    pub handle: String,
    /// How to read the handle.
    pub item_type: MonitoredKind,
}

/// An area GEN researches daily.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResearchTopic {
    /// At most [`RESEARCH_TOPIC_MAX`] characters.
    pub topic: String,
}

/// An account the agent posts from. An entry without id is new; one left out of a patch is deleted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LinkedAccount {
    /// GEN's number for the entry.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "tolerant::optional")]
    pub id: Option<i64>,
    /// Required, at most 500 characters.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub url: String,
    /// tiktok, instagram, youtube, x, …
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "tolerant::text")]
    pub platform: Option<String>,
    /// At most 200 characters.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "tolerant::text")]
    pub display_name: Option<String>,
}

/// The agent's default voice, as the core names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoreVoice {
    /// The voice.
    pub voice_id: VoiceId,
    /// Its name, if GEN said so.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "tolerant::text")]
    pub name: Option<String>,
    /// Which library it is from.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "tolerant::text")]
    pub source: Option<String>,
}

/// Only the fields that change; a list is always the complete new list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AgentCorePatch {
    /// New brand name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand_name: Option<String>,
    /// New description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// New identity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_type: Option<IdentityType>,
    /// New goal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
    /// Complete new list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_platforms: Option<Vec<String>>,
    /// New switch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortform: Option<bool>,
    /// New switch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longform: Option<bool>,
    /// New status.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub onboarding_status: Option<String>,
    /// Complete new list. GEN overwrites `monitored` when it is not sent along, so [`Self::between`] sends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keywords: Option<Vec<String>>,
    /// Complete new list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monitored: Option<Vec<MonitoredSource>>,
    /// Complete new list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub research_topics: Option<Vec<ResearchTopic>>,
    /// Complete new list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linked_accounts: Option<Vec<LinkedAccount>>,
    /// New personality.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub personality: Option<String>,
    /// New default voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_user_voice: Option<CoreVoice>,
}

impl AgentCorePatch {
    /// The smallest patch that turns `before` into `after`. Keywords always bring the monitored list along,
    /// because GEN replaces it by the keywords otherwise (D11).
    pub fn between(before: &AgentCore, after: &AgentCore) -> Self {
        fn changed<T: Clone + PartialEq>(before: &T, after: &T) -> Option<T> {
            (before != after).then(|| after.clone())
        }
        fn changed_text(before: &Option<String>, after: &Option<String>) -> Option<String> {
            let (before, after) = (before.as_deref().unwrap_or(""), after.as_deref().unwrap_or(""));
            (before != after).then(|| after.to_owned())
        }
        let keywords = changed(&before.keywords, &after.keywords);
        let monitored = match keywords {
            Some(_) => Some(after.monitored.clone()),
            None => changed(&before.monitored, &after.monitored),
        };
        Self {
            brand_name: changed_text(&before.brand_name, &after.brand_name),
            description: changed_text(&before.description, &after.description),
            identity_type: changed(&before.identity_type, &after.identity_type).flatten(),
            goal: changed_text(&before.goal, &after.goal),
            target_platforms: changed(&before.target_platforms, &after.target_platforms),
            shortform: changed(&before.shortform, &after.shortform).flatten(),
            longform: changed(&before.longform, &after.longform).flatten(),
            onboarding_status: changed_text(&before.onboarding_status, &after.onboarding_status),
            keywords,
            monitored,
            research_topics: changed(&before.research_topics, &after.research_topics),
            linked_accounts: changed(&before.linked_accounts, &after.linked_accounts),
            personality: changed_text(&before.personality, &after.personality),
            default_user_voice: changed(&before.default_user_voice, &after.default_user_voice).flatten(),
        }
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// GEN's answer to a core patch: what became of each section it touched, by GEN's own section name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CoreSaved(pub BTreeMap<String, SectionResult>);

impl CoreSaved {
    /// The sections GEN could not save, with its reason.
    pub fn failed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter(|(_, section)| section.status != "ok")
            .map(|(name, section)| (name.as_str(), section.error.as_deref().unwrap_or("GEN gave no reason")))
    }
}

/// What became of one section of a core patch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SectionResult {
    /// `ok` or `error`.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub status: String,
    /// GEN's reason.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "tolerant::text")]
    pub error: Option<String>,
}
