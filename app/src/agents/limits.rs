//! What GEN refuses, said at the field before anything is sent.

use gen_client::model::{
    AgentCore, DESCRIPTION_MAX, PERSONALITY_MAX, RESEARCH_TOPIC_MAX, RESEARCH_TOPICS_MAX,
};

use super::merge::Card;

/// The most characters of a brand name.
pub(super) const BRAND_NAME_MAX: usize = 200;
/// The most target platforms.
pub(super) const PLATFORMS_MAX: usize = 10;
/// The most keywords.
pub(super) const KEYWORDS_MAX: usize = 20;
/// The most monitored sources.
pub(super) const MONITORED_MAX: usize = 50;
/// The most brand socials.
pub(super) const SOCIALS_MAX: usize = 20;
const ONBOARDING_MAX: usize = 50;
const HANDLE_MAX: usize = 300;
const URL_MAX: usize = 500;
const DISPLAY_NAME_MAX: usize = 200;

/// Why a card cannot be saved as it is: the field's label and the reason. `None` where it can.
pub(super) fn problem(card: Card, core: &AgentCore) -> Option<(&'static str, String)> {
    match card {
        Card::Head => named("Brand name", too_long(text(&core.brand_name), BRAND_NAME_MAX))
            .or_else(|| named("Onboarding status", too_long(text(&core.onboarding_status), ONBOARDING_MAX))),
        Card::Identity => named("Description", too_long(text(&core.description), DESCRIPTION_MAX))
            .or_else(|| named("Personality", too_long(text(&core.personality), PERSONALITY_MAX)))
            .or_else(|| named("Target platforms", too_many(core.target_platforms.len(), PLATFORMS_MAX))),
        Card::Voice => None,
        Card::Socials => {
            let worst = core.linked_accounts.iter().find_map(|account| {
                let name = account.display_name.as_deref().unwrap_or("");
                empty(&account.url)
                    .or_else(|| too_long(&account.url, URL_MAX))
                    .or_else(|| too_long(name, DISPLAY_NAME_MAX))
            });
            named("Brand socials", worst.or_else(|| too_many(core.linked_accounts.len(), SOCIALS_MAX)))
        }
        Card::Monitored => {
            let worst = core.monitored.iter().find_map(|source| too_long(&source.handle, HANDLE_MAX));
            named("Monitored sources", worst.or_else(|| too_many(core.monitored.len(), MONITORED_MAX)))
        }
        Card::Expertise => {
            let worst = core
                .research_topics
                .iter()
                .find_map(|topic| empty(&topic.topic).or_else(|| too_long(&topic.topic, RESEARCH_TOPIC_MAX)));
            let many = || too_many(core.research_topics.len(), RESEARCH_TOPICS_MAX);
            named("Expertise", worst.or_else(many))
                .or_else(|| named("Keywords", too_many(core.keywords.len(), KEYWORDS_MAX)))
        }
    }
}

/// Why a text is too long, if it is; characters are counted as GEN counts them.
pub(super) fn too_long(text: &str, max: usize) -> Option<String> {
    let count = text.chars().count();
    (count > max).then(|| format!("At most {max} characters are taken; this has {count}."))
}

fn too_many(count: usize, max: usize) -> Option<String> {
    (count > max).then(|| format!("At most {max} entries are taken; these are {count}."))
}

fn empty(text: &str) -> Option<String> {
    text.trim().is_empty().then(|| "An entry is empty. Fill it in or remove it.".to_owned())
}

fn named(label: &'static str, problem: Option<String>) -> Option<(&'static str, String)> {
    problem.map(|problem| (label, problem))
}

fn text(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use gen_client::model::ResearchTopic;

    #[test]
    fn the_limit_itself_is_taken_and_one_more_is_not() {
        let described = |count| AgentCore { description: Some("é".repeat(count)), ..AgentCore::default() };
        assert_eq!(problem(Card::Identity, &described(500)), None);
        let (label, reason) = problem(Card::Identity, &described(501)).unwrap();
        assert_eq!((label, reason.contains("500"), reason.contains("501")), ("Description", true, true));
    }

    #[test]
    fn an_entry_without_text_is_refused() {
        let topics = |topic: &str| AgentCore {
            research_topics: vec![ResearchTopic { topic: topic.to_owned() }],
            ..AgentCore::default()
        };
        assert!(problem(Card::Expertise, &topics(" ")).is_some());
        assert_eq!(problem(Card::Expertise, &topics("tides")), None);
    }
}
