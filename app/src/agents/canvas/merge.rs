//! Which text wins when the saved core changed under somebody's hands.

use gen_client::model::{AgentCore, LinkedAccount};
use model::CorePart;

/// The person's core after GEN's changed: what they touched since `seen` stays theirs, the rest is `fresh`. In a
/// list this holds for each entry, so that two people can add to the same one.
pub(super) fn rebase(seen: &AgentCore, fresh: &AgentCore, now: &AgentCore) -> AgentCore {
    macro_rules! each {
        (values: $($value:ident),*; lists: $($list:ident by $same:expr),* $(,)?) => {
            AgentCore {
                agent_id: fresh.agent_id.clone(),
                $($value: if now.$value == seen.$value { fresh.$value.clone() } else { now.$value.clone() },)*
                $($list: rebase_list(&seen.$list, &fresh.$list, &now.$list, $same),)*
            }
        };
    }
    let same_account = |one: &LinkedAccount, other: &LinkedAccount| match (one.id, other.id) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    };
    each!(
        values: brand_name, description, identity_type, goal, shortform, longform, onboarding_status, personality,
            default_user_voice;
        lists: target_platforms by PartialEq::eq, keywords by PartialEq::eq, monitored by PartialEq::eq,
            research_topics by PartialEq::eq, linked_accounts by same_account,
    )
}

/// The person's entries in their order: without what others removed, with what others changed and added.
fn rebase_list<T: Clone + PartialEq>(
    seen: &[T],
    fresh: &[T],
    now: &[T],
    same: impl Fn(&T, &T) -> bool,
) -> Vec<T> {
    if now == seen {
        return fresh.to_vec();
    }
    let after_others = |mine: &T| match seen.contains(mine) {
        true => fresh.iter().find(|theirs| same(theirs, mine)).cloned(),
        false => Some(mine.clone()),
    };
    let mut merged: Vec<T> = now.iter().filter_map(after_others).collect();
    for theirs in fresh {
        let known = |list: &[T]| list.iter().any(|entry| same(entry, theirs));
        if !known(seen) && !known(&merged) {
            merged.push(theirs.clone());
        }
    }
    merged
}

/// Puts back into a part's lists what `mine` held and others took away. A linked account is a new one for GEN then.
pub(super) fn keep_both(part: CorePart, mine: &AgentCore, now: &mut AgentCore) {
    fn add_missing<T: Clone + PartialEq>(mine: &[T], now: &mut Vec<T>) {
        let missing = mine.iter().filter(|entry| !now.contains(entry)).cloned();
        now.extend(missing.collect::<Vec<_>>());
    }
    match part {
        CorePart::Personality => add_missing(&mine.target_platforms, &mut now.target_platforms),
        CorePart::Monitored => add_missing(&mine.monitored, &mut now.monitored),
        CorePart::Expertise => {
            add_missing(&mine.research_topics, &mut now.research_topics);
            add_missing(&mine.keywords, &mut now.keywords);
        }
        CorePart::Socials => {
            let gone = mine.linked_accounts.iter().filter(|one| {
                !now.linked_accounts.iter().any(|known| known.id == one.id || known.url == one.url)
            });
            let gone: Vec<_> = gone.map(|one| LinkedAccount { id: None, ..one.clone() }).collect();
            now.linked_accounts.extend(gone);
        }
        CorePart::Overview | CorePart::Voice => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core(brand: &str, personality: &str) -> AgentCore {
        AgentCore {
            brand_name: Some(brand.to_owned()),
            personality: Some(personality.to_owned()),
            ..AgentCore::default()
        }
    }

    #[test]
    fn what_was_typed_stays_and_what_others_saved_arrives() {
        let merged = rebase(&core("a", "p"), &core("b", "q"), &core("a", "typed"));
        assert_eq!(merged, core("b", "typed"));
    }

    #[test]
    fn two_people_change_the_same_list() {
        let words = |words: &str| words.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let merged =
            |seen, fresh, now| rebase_list(&words(seen), &words(fresh), &words(now), PartialEq::eq).join(" ");
        assert_eq!(merged("a b", "a b", "a b mine"), "a b mine");
        assert_eq!(merged("a b", "a b theirs", "a b mine"), "a b mine theirs");
        assert_eq!(merged("a b", "b", "a b mine"), "b mine");
        assert_eq!(merged("a b", "a b theirs", "a"), "a theirs");
        assert_eq!(merged("a b", "a b both", "a b both"), "a b both");
    }

    #[test]
    fn an_account_that_both_edited_is_there_once() {
        let account = |name: &str| LinkedAccount {
            id: Some(42),
            url: "https://x.com/kiln".to_owned(),
            display_name: Some(name.to_owned()),
            ..LinkedAccount::default()
        };
        let listing = |name| AgentCore { linked_accounts: vec![account(name)], ..AgentCore::default() };
        assert_eq!(rebase(&listing("a"), &listing("theirs"), &listing("mine")), listing("mine"));
        assert_eq!(rebase(&listing("a"), &listing("theirs"), &listing("a")), listing("theirs"));
    }
}
