use gen_client::model::AgentCore;
use model::CorePart;

use super::keyboard::card_id;

/// How complete a core is in percent, and the labels of what is missing: an idea is only as good as what the
/// agent knows about itself.
pub(crate) fn completeness(core: &AgentCore) -> (u32, Vec<&'static str>) {
    let has = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    let parts = [
        ("Brand name", has(&core.brand_name)),
        ("Description", has(&core.description)),
        ("Identity", core.identity_type.is_some()),
        ("Goal", has(&core.goal)),
        ("Target platforms", !core.target_platforms.is_empty()),
        ("Short form or long form", core.shortform == Some(true) || core.longform == Some(true)),
        ("Keywords", !core.keywords.is_empty()),
        ("Monitored sources", !core.monitored.is_empty()),
        ("Expertise", !core.research_topics.is_empty()),
        ("Brand socials", !core.linked_accounts.is_empty()),
        ("Personality", has(&core.personality)),
        ("Voice", core.default_user_voice.is_some()),
    ];
    let missing: Vec<_> = parts.iter().filter(|(_, there)| !there).map(|(label, _)| *label).collect();
    let there = parts.len() - missing.len();
    (u32::try_from(there * 100 / parts.len()).unwrap_or(0), missing)
}

/// What a gap costs, in a line.
pub(super) fn cost(gap: &str) -> &'static str {
    match gap {
        "Brand name" => "Scripts have no name to say.",
        "Description" => "Ideas stay generic: GEN does not know what this is about.",
        "Identity" => "GEN does not know whether a brand or a character speaks.",
        "Goal" => "Ideas have nothing to aim at.",
        "Target platforms" => "Ideas are fitted to no platform.",
        "Short form or long form" => "Nothing says how long a video may be.",
        "Keywords" => "Nothing narrows down what is found.",
        "Monitored sources" => "Ideas cannot lean on what works for others.",
        "Expertise" => "Nothing is studied daily. Leave it empty for a niche without news.",
        "Brand socials" => "GEN does not know where this agent posts.",
        "Personality" => "Scripts have no way of speaking of their own.",
        _ => "Every speech card has to choose a voice.",
    }
}

/// The id of the element where a gap is filled.
pub(super) fn anchor(gap: &str) -> String {
    let card = match gap {
        "Brand name" => return "brand-name".to_owned(),
        "Description" => return "description".to_owned(),
        "Personality" => return "personality".to_owned(),
        "Target platforms" => CorePart::Personality,
        "Keywords" | "Expertise" => CorePart::Expertise,
        "Monitored sources" => CorePart::Monitored,
        "Brand socials" => CorePart::Socials,
        "Voice" => CorePart::Voice,
        _ => CorePart::Overview,
    };
    card_id(card)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_core_misses_everything_and_blank_text_counts_as_missing() {
        let (percent, missing) = completeness(&AgentCore::default());
        assert_eq!((percent, missing.len()), (0, 12));
        let core = AgentCore {
            brand_name: Some("Kiln".to_owned()),
            goal: Some(" ".to_owned()),
            longform: Some(true),
            keywords: vec!["clay".to_owned()],
            ..AgentCore::default()
        };
        let (percent, missing) = completeness(&core);
        assert_eq!((percent, missing.contains(&"Goal"), missing.contains(&"Keywords")), (25, true, false));
    }
}
