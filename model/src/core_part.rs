use gen_client::model::{AgentCore, CoreVoice, LinkedAccount};
use serde::{Deserialize, Serialize};

use crate::sources::told_source;

/// A part of an agent's core: what one card of the Setup canvas shows, and what is saved, restored, copied and
/// imported as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorePart {
    /// Brand name, identity, goal, format, status.
    Overview,
    /// Description, target platforms, personality.
    Personality,
    /// What scripts are read with.
    Voice,
    /// Accounts it posts from.
    Socials,
    /// What it watches.
    Monitored,
    /// What it studies, and its keywords.
    Expertise,
}

impl CorePart {
    /// All of them, in the order of the canvas.
    pub const ALL: [Self; 6] =
        [Self::Overview, Self::Personality, Self::Voice, Self::Socials, Self::Monitored, Self::Expertise];

    /// Its name for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Overview => "Name, identity, goal, format",
            Self::Personality => "Description and personality",
            Self::Voice => "Voice",
            Self::Socials => "Brand socials",
            Self::Monitored => "Monitored sources",
            Self::Expertise => "Expertise and keywords",
        }
    }

    /// `into` with the fields of this part as they are in `from`.
    pub fn moved(self, from: &AgentCore, into: &AgentCore) -> AgentCore {
        let (from, mut core) = (from.clone(), into.clone());
        match self {
            Self::Overview => {
                core.brand_name = from.brand_name;
                core.identity_type = from.identity_type;
                core.goal = from.goal;
                core.shortform = from.shortform;
                core.longform = from.longform;
                core.onboarding_status = from.onboarding_status;
            }
            Self::Personality => {
                core.description = from.description;
                core.target_platforms = from.target_platforms;
                core.personality = from.personality;
            }
            Self::Voice => core.default_user_voice = from.default_user_voice,
            Self::Socials => core.linked_accounts = from.linked_accounts,
            Self::Monitored => core.monitored = from.monitored,
            Self::Expertise => {
                core.research_topics = from.research_topics;
                core.keywords = from.keywords;
            }
        }
        core
    }
}

/// One field of the core that differs between two copies, by the words of its label.
#[derive(Clone, Debug, PartialEq)]
pub struct CoreChange {
    /// The label's words.
    pub field: &'static str,
    /// Which part it belongs to.
    pub part: CorePart,
    /// How it differs.
    pub what: Changed,
}

/// How a field differs.
#[derive(Clone, Debug, PartialEq)]
pub enum Changed {
    /// One value before, another after; empty where there was none.
    Value(String, String),
    /// Entries of a list that went, and that came.
    Entries(Vec<String>, Vec<String>),
}

/// What differs between two copies of a core, field by field in the order of the canvas. The order of entries in
/// a list is no difference.
pub fn core_changes(before: &AgentCore, after: &AgentCore) -> Vec<CoreChange> {
    let pairs = fields(before).into_iter().zip(fields(after));
    let differing = pairs.filter_map(|((field, part, before), (_, _, after))| {
        before.differing(after).map(|what| CoreChange { field, part, what })
    });
    differing.collect()
}

/// Every field by its label's words.
fn fields(core: &AgentCore) -> [(&'static str, CorePart, Field); 14] {
    use CorePart::{Expertise, Monitored, Overview, Personality, Socials, Voice};
    use Field::{List, Value};
    let text = |text: &Option<String>| Value(text.clone().unwrap_or_default());
    let switch = |on: Option<bool>| Value(on.map_or("", |on| if on { "on" } else { "off" }).to_owned());
    let voice = core.default_user_voice.as_ref();
    let topics = core.research_topics.iter().map(|one| one.topic.clone());
    [
        ("Brand name", Overview, text(&core.brand_name)),
        ("Identity", Overview, Value(core.identity_type.as_ref().map_or(String::new(), ToString::to_string))),
        ("Goal", Overview, text(&core.goal)),
        ("Short form", Overview, switch(core.shortform)),
        ("Long form", Overview, switch(core.longform)),
        ("Onboarding status", Overview, text(&core.onboarding_status)),
        ("Description", Personality, text(&core.description)),
        ("Target platforms", Personality, List(core.target_platforms.clone())),
        ("Personality", Personality, text(&core.personality)),
        ("Voice", Voice, Value(voice.map_or(String::new(), voice_name))),
        ("Brand socials", Socials, List(core.linked_accounts.iter().map(shown_account).collect())),
        ("Monitored sources", Monitored, List(core.monitored.iter().map(told_source).collect())),
        ("Expertise", Expertise, List(topics.collect())),
        ("Keywords", Expertise, List(core.keywords.clone())),
    ]
}

fn voice_name(voice: &CoreVoice) -> String {
    let id = &voice.voice_id;
    voice.name.as_ref().map_or_else(|| id.to_string(), |name| format!("{name} ({id})"))
}

fn shown_account(account: &LinkedAccount) -> String {
    let named = [account.platform.as_deref(), account.display_name.as_deref()];
    let named: Vec<&str> = named.into_iter().flatten().filter(|word| !word.is_empty()).collect();
    if named.is_empty() { account.url.clone() } else { format!("{} ({})", account.url, named.join(", ")) }
}

/// A field's content, for comparing.
enum Field {
    Value(String),
    List(Vec<String>),
}

impl Field {
    fn differing(self, after: Self) -> Option<Changed> {
        match (self, after) {
            (Self::Value(before), Self::Value(after)) => {
                (before != after).then_some(Changed::Value(before, after))
            }
            (Self::List(before), Self::List(after)) => {
                let gone = before.iter().filter(|entry| !after.contains(entry)).cloned().collect::<Vec<_>>();
                let come = after.iter().filter(|entry| !before.contains(entry)).cloned().collect::<Vec<_>>();
                (!gone.is_empty() || !come.is_empty()).then_some(Changed::Entries(gone, come))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core(json: &str) -> AgentCore {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn one_part_moves_nothing_of_another() {
        let from = core(r#"{"brand_name":"a","personality":"p","keywords":["k"]}"#);
        for part in CorePart::ALL {
            let moved = part.moved(&from, &AgentCore::default());
            let parts: Vec<CorePart> =
                core_changes(&AgentCore::default(), &moved).iter().map(|change| change.part).collect();
            assert!(parts.iter().all(|changed| *changed == part), "{part:?} {parts:?}");
        }
    }

    #[test]
    fn a_difference_is_told_field_by_field_and_entry_by_entry() {
        let before = core(r#"{"goal":"growth","keywords":["clay","slip"],"shortform":true}"#);
        let after = core(
            r##"{"goal":"sales","keywords":["slip","wheel"],"shortform":true,
                 "monitored":[{"handle":"kiln","item_type":"hashtag"}]}"##,
        );
        let told: Vec<(&str, Changed)> =
            core_changes(&before, &after).into_iter().map(|change| (change.field, change.what)).collect();
        let words = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            told,
            [
                ("Goal", Changed::Value("growth".into(), "sales".into())),
                ("Monitored sources", Changed::Entries(Vec::new(), words(&["#kiln"]))),
                ("Keywords", Changed::Entries(words(&["clay"]), words(&["wheel"]))),
            ]
        );
        let reordered = core(r#"{"goal":"growth","keywords":["slip","clay"],"shortform":true}"#);
        assert_eq!(core_changes(&before, &reordered), []);
    }
}
