//! What a creation card must hold.

use gen_client::model::CreationCard;

use crate::{Error, Result};

/// The longest prompt or script we send, in characters.
const PROMPT_MAX: usize = 20_000;
/// The longest clip a model may be asked for, in seconds; the reference documents 5 and 10.
const DURATION_MAX: u32 = 60;

/// Refuses a card that GEN would refuse, or that asks for more than we send, before anything is sent. The field is
/// named by its label.
pub(crate) fn check_card(card: &CreationCard) -> Result<()> {
    card.check()
        .map_err(|problem| Error::Invalid { field: problem.field, message: problem.why.to_owned() })?;
    if let Some((field, _)) = card.words().filter(|(_, words)| words.chars().count() > PROMPT_MAX) {
        return invalid(field, format!("At most {PROMPT_MAX} characters."));
    }
    let known = card.generation_type().aspect_ratios();
    if card.aspect_ratio().is_some_and(|ratio| !known.contains(&ratio)) {
        return invalid("Aspect ratio", format!("Choose one of {}.", known.join(", ")));
    }
    if card.duration().is_some_and(|length| length.seconds() > DURATION_MAX) {
        return invalid("Duration", format!("A clip lasts 1 to {DURATION_MAX} seconds."));
    }
    Ok(())
}

fn invalid<T>(field: &'static str, message: String) -> Result<T> {
    Err(Error::Invalid { field, message })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gen_client::model::{ClipCard, ClipLength, ClipModel};

    fn clip(prompt: &str, aspect_ratio: &str, seconds: u32) -> CreationCard {
        let length = ClipLength::try_from(seconds).unwrap();
        CreationCard::VideoFromText(ClipCard::new(prompt, ClipModel::Veo3, aspect_ratio.into(), length))
    }

    #[test]
    fn a_card_that_gen_would_refuse_is_refused_by_its_label() {
        for (card, expected) in [
            (clip(" ", "9:16", 5), "Prompt"),
            (clip(&"x".repeat(20_001), "9:16", 5), "Prompt"),
            (clip("a kiln", "4:3", 5), "Aspect ratio"),
            (clip("a kiln", "9:16", 61), "Duration"),
        ] {
            assert!(
                matches!(check_card(&card), Err(Error::Invalid { field, .. }) if field == expected),
                "{expected}"
            );
        }
        assert!(check_card(&clip("a kiln", "9:16", 5)).is_ok());
    }
}
