//! What GEN refuses of a core, known before anything is sent.

use gen_client::model::{
    ACCOUNT_NAME_MAX, ACCOUNT_PLATFORM_MAX, ACCOUNT_URL_MAX, AgentCore, BRAND_NAME_MAX, DESCRIPTION_MAX,
    GOAL_MAX, HANDLE_MAX, KEYWORDS_MAX, LINKED_ACCOUNTS_MAX, LinkedAccount, MONITORED_MAX,
    ONBOARDING_STATUS_MAX, PERSONALITY_MAX, RESEARCH_TOPIC_MAX, RESEARCH_TOPICS_MAX, TARGET_PLATFORMS_MAX,
};

use crate::core_part::{CorePart, core_changes};

/// One word of a list: GEN names no limit for keywords and platforms, and nobody needs a longer one.
pub const LIST_WORD_MAX: usize = 300;

/// Why a part of the core cannot be saved.
#[derive(Clone, Debug, PartialEq)]
pub struct CoreProblem {
    /// Which part.
    pub part: CorePart,
    /// The label's words.
    pub field: &'static str,
    /// Why, with the limit and what there is.
    pub message: String,
}

/// What GEN would refuse of `after`, for the fields that differ from `before`: what GEN itself holds beyond its
/// limits does not keep others from saving.
pub fn core_problems(before: &AgentCore, after: &AgentCore) -> Vec<CoreProblem> {
    let changed = core_changes(before, after);
    let refused = changed.into_iter().filter_map(|change| {
        let message = problem(change.field, after)?;
        Some(CoreProblem { part: change.part, field: change.field, message })
    });
    refused.collect()
}

/// Why a text is too long, if it is; characters are counted as GEN counts them.
pub fn too_long(text: &str, max: usize) -> Option<String> {
    let count = text.chars().count();
    (count > max).then(|| format!("At most {max} characters are taken; this has {count}."))
}

fn problem(field: &str, core: &AgentCore) -> Option<String> {
    match field {
        "Brand name" => long(&core.brand_name, BRAND_NAME_MAX),
        "Goal" => long(&core.goal, GOAL_MAX),
        "Onboarding status" => long(&core.onboarding_status, ONBOARDING_STATUS_MAX),
        "Description" => long(&core.description, DESCRIPTION_MAX),
        "Personality" => long(&core.personality, PERSONALITY_MAX),
        "Target platforms" => words(&core.target_platforms, TARGET_PLATFORMS_MAX),
        "Keywords" => words(&core.keywords, KEYWORDS_MAX),
        "Monitored sources" => {
            let handles = core.monitored.iter().map(|source| source.handle.as_str());
            entries(handles, HANDLE_MAX, MONITORED_MAX)
        }
        "Expertise" => {
            let topics = core.research_topics.iter().map(|one| one.topic.as_str());
            entries(topics, RESEARCH_TOPIC_MAX, RESEARCH_TOPICS_MAX)
        }
        "Brand socials" => {
            let worst = core.linked_accounts.iter().find_map(account);
            worst.or_else(|| too_many(core.linked_accounts.len(), LINKED_ACCOUNTS_MAX))
        }
        _ => None,
    }
}

fn account(account: &LinkedAccount) -> Option<String> {
    empty(&account.url)
        .or_else(|| too_long(&account.url, ACCOUNT_URL_MAX))
        .or_else(|| long(&account.platform, ACCOUNT_PLATFORM_MAX))
        .or_else(|| long(&account.display_name, ACCOUNT_NAME_MAX))
}

fn words(words: &[String], max: usize) -> Option<String> {
    entries(words.iter().map(String::as_str), LIST_WORD_MAX, max)
}

fn entries<'a>(entries: impl Iterator<Item = &'a str> + Clone, longest: usize, max: usize) -> Option<String> {
    let worst = entries.clone().find_map(|entry| empty(entry).or_else(|| too_long(entry, longest)));
    worst.or_else(|| too_many(entries.count(), max))
}

fn long(text: &Option<String>, max: usize) -> Option<String> {
    too_long(text.as_deref().unwrap_or_default(), max)
}

fn too_many(count: usize, max: usize) -> Option<String> {
    (count > max).then(|| format!("At most {max} entries are taken; these are {count}."))
}

fn empty(text: &str) -> Option<String> {
    text.trim().is_empty().then(|| "An entry is empty. Fill it in or remove it.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use gen_client::model::{MonitoredKind, MonitoredSource, ResearchTopic};

    /// A change of one field by so many letters or entries.
    type Change = fn(&mut AgentCore, usize);

    #[test]
    fn every_limit_itself_is_taken_and_one_more_is_not() {
        fn text(length: usize) -> Option<String> {
            Some("é".repeat(length))
        }
        fn list(length: usize) -> Vec<String> {
            (0..length).map(|place| place.to_string()).collect()
        }
        fn accounts(length: usize, one: LinkedAccount) -> Vec<LinkedAccount> {
            let url = |place| format!("https://x.com/{place}");
            (0..length).map(|place| LinkedAccount { url: url(place), ..one.clone() }).collect()
        }
        let limits: [(&str, usize, Change); 16] = [
            ("Brand name", 200, |core, n| core.brand_name = text(n)),
            ("Goal", 100, |core, n| core.goal = text(n)),
            ("Onboarding status", 50, |core, n| core.onboarding_status = text(n)),
            ("Description", 500, |core, n| core.description = text(n)),
            ("Personality", 20_000, |core, n| core.personality = text(n)),
            ("Target platforms", 10, |core, n| core.target_platforms = list(n)),
            ("Keywords", 20, |core, n| core.keywords = list(n)),
            ("Monitored sources", 50, |core, n| {
                let source = |handle| MonitoredSource { handle, item_type: MonitoredKind::Keyword };
                core.monitored = list(n).into_iter().map(source).collect();
            }),
            ("Monitored sources", 300, |core, n| {
                core.monitored =
                    vec![MonitoredSource { handle: "h".repeat(n), item_type: MonitoredKind::Account }];
            }),
            ("Expertise", 20, |core, n| {
                core.research_topics = list(n).into_iter().map(|topic| ResearchTopic { topic }).collect();
            }),
            ("Expertise", 500, |core, n| core.research_topics = vec![ResearchTopic { topic: "t".repeat(n) }]),
            ("Brand socials", 20, |core, n| core.linked_accounts = accounts(n, LinkedAccount::default())),
            ("Brand socials", 500, |core, n| {
                core.linked_accounts = vec![LinkedAccount { url: "u".repeat(n), ..LinkedAccount::default() }];
            }),
            ("Brand socials", 50, |core, n| {
                core.linked_accounts =
                    accounts(1, LinkedAccount { platform: text(n), ..LinkedAccount::default() });
            }),
            ("Brand socials", 200, |core, n| {
                core.linked_accounts =
                    accounts(1, LinkedAccount { display_name: text(n), ..LinkedAccount::default() });
            }),
            ("Keywords", LIST_WORD_MAX, |core, n| core.keywords = vec!["k".repeat(n)]),
        ];
        for (field, max, change) in limits {
            let core = |length| {
                let mut core = AgentCore::default();
                change(&mut core, length);
                core
            };
            assert_eq!(core_problems(&AgentCore::default(), &core(max)), [], "{field} {max}");
            let problems = core_problems(&AgentCore::default(), &core(max + 1));
            let told = |problem: &CoreProblem| {
                problem.field == field
                    && problem.message.contains(&max.to_string())
                    && problem.message.contains(&(max + 1).to_string())
            };
            assert!(problems.len() == 1 && told(&problems[0]), "{field} {max}: {problems:?}");
        }
    }

    #[test]
    fn what_did_not_change_keeps_nobody_from_saving() {
        let long = AgentCore { description: Some("x".repeat(501)), ..AgentCore::default() };
        let after = AgentCore { goal: Some("sales".into()), ..long.clone() };
        assert_eq!(core_problems(&long, &after), []);
    }

    #[test]
    fn an_entry_without_text_is_refused() {
        let topics = |topic: &str| AgentCore {
            research_topics: vec![ResearchTopic { topic: topic.to_owned() }],
            ..AgentCore::default()
        };
        assert_eq!(core_problems(&AgentCore::default(), &topics(" "))[0].field, "Expertise");
        assert_eq!(core_problems(&AgentCore::default(), &topics("tides")), []);
    }
}
