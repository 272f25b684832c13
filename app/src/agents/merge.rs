//! Which text wins when the saved core changed under somebody's hands.

use gen_client::model::AgentCore;

/// The part of the core that one card shows and saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Card {
    /// Name, kind, goal, format, status.
    Head,
    /// Description, platforms, personality.
    Identity,
    /// What scripts are read with.
    Voice,
    /// Accounts it posts from.
    Socials,
    /// What it watches.
    Monitored,
    /// What it studies, and keywords.
    Expertise,
}

impl Card {
    /// How many cards there are.
    pub(super) const COUNT: usize = 6;
}

/// The person's core after GEN's changed: what they touched since `seen` stays theirs, the rest is `fresh`.
pub(super) fn rebase(seen: &AgentCore, fresh: &AgentCore, now: &AgentCore) -> AgentCore {
    macro_rules! each {
        ($($field:ident),* $(,)?) => {
            AgentCore {
                agent_id: fresh.agent_id.clone(),
                $($field: if now.$field == seen.$field { fresh.$field.clone() } else { now.$field.clone() },)*
            }
        };
    }
    each!(
        brand_name,
        description,
        identity_type,
        goal,
        target_platforms,
        shortform,
        longform,
        onboarding_status,
        keywords,
        monitored,
        research_topics,
        linked_accounts,
        personality,
        default_user_voice,
    )
}

/// `seen` with the fields of one card as they are `now`: what saving that card alone sends.
pub(super) fn with_card(card: Card, seen: &AgentCore, now: &AgentCore) -> AgentCore {
    let (mut core, now) = (seen.clone(), now.clone());
    match card {
        Card::Head => {
            core.brand_name = now.brand_name;
            core.identity_type = now.identity_type;
            core.goal = now.goal;
            core.shortform = now.shortform;
            core.longform = now.longform;
            core.onboarding_status = now.onboarding_status;
        }
        Card::Identity => {
            core.description = now.description;
            core.target_platforms = now.target_platforms;
            core.personality = now.personality;
        }
        Card::Voice => core.default_user_voice = now.default_user_voice,
        Card::Socials => core.linked_accounts = now.linked_accounts,
        Card::Monitored => core.monitored = now.monitored,
        Card::Expertise => {
            core.research_topics = now.research_topics;
            core.keywords = now.keywords;
        }
    }
    core
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
    fn one_card_saves_nothing_of_another() {
        let sent = with_card(Card::Identity, &core("a", "p"), &core("typed", "typed"));
        assert_eq!(sent, core("a", "typed"));
        let sent = with_card(Card::Head, &core("a", "p"), &core("typed", "typed"));
        assert_eq!(sent, core("typed", "p"));
    }
}
