//! What a creation card must hold.

use gen_client::model::CreationCard;

use crate::{Error, Result};

/// The longest prompt or script we send, in characters.
const PROMPT_MAX: usize = 20_000;
/// The longest clip a model may be asked for, in seconds; the reference documents 5 and 10.
const DURATION_MAX: u32 = 60;

/// Refuses a card that GEN would refuse, before anything is sent. The field is named by its label.
pub(crate) fn check_card(card: &CreationCard) -> Result<()> {
    match card {
        CreationCard::Text { prompt, model, .. } => {
            text("Prompt", prompt)?;
            filled("Model", model)
        }
        CreationCard::ImageFromText { prompt, model, aspect_ratio, .. } => {
            text("Prompt", prompt)?;
            filled("Model", model)?;
            ratio(card, aspect_ratio)
        }
        CreationCard::VideoFromText { prompt, model, aspect_ratio, duration, .. } => {
            text("Prompt", prompt)?;
            filled("Model", model)?;
            ratio(card, aspect_ratio)?;
            length(*duration)
        }
        CreationCard::SpeechFromText { script, voice_id } => {
            text("Script", script)?;
            filled("Voice", voice_id.as_str())
        }
        CreationCard::Lipsync { model, video_resource_id, audio_resource_id } => {
            filled("Model", model)?;
            filled("Video", video_resource_id.as_str())?;
            filled("Audio", audio_resource_id.as_str())
        }
        CreationCard::VideoFromImage { prompt, model, aspect_ratio, duration, .. } => {
            short("Prompt", prompt)?;
            filled("Model", model)?;
            ratio(card, aspect_ratio)?;
            length(*duration)
        }
        CreationCard::VideoFromIngredients { prompt, asset_resource_ids, model, aspect_ratio, duration } => {
            text("Prompt", prompt)?;
            if asset_resource_ids.is_empty() {
                return invalid("Ingredients", "Choose at least one.".to_owned());
            }
            filled("Model", model)?;
            ratio(card, aspect_ratio)?;
            length(*duration)
        }
        CreationCard::SpeechFromDesignedVoice { script, language, .. } => {
            text("Script", script)?;
            filled("Language", language)
        }
        CreationCard::SpeechFromClonedVoice { script, .. } => text("Script", script),
        CreationCard::Captions { model, .. } => filled("Model", model),
        CreationCard::Media { .. } => Ok(()),
    }
}

fn text(field: &'static str, given: &str) -> Result<()> {
    filled(field, given)?;
    short(field, given)
}

fn short(field: &'static str, given: &str) -> Result<()> {
    if given.chars().count() > PROMPT_MAX {
        return invalid(field, format!("At most {PROMPT_MAX} characters."));
    }
    Ok(())
}

fn filled(field: &'static str, given: &str) -> Result<()> {
    if given.trim().is_empty() { invalid(field, "This cannot be empty.".to_owned()) } else { Ok(()) }
}

fn length(seconds: u32) -> Result<()> {
    if (1..=DURATION_MAX).contains(&seconds) {
        return Ok(());
    }
    invalid("Duration", format!("A clip lasts 1 to {DURATION_MAX} seconds."))
}

fn ratio(card: &CreationCard, given: &str) -> Result<()> {
    let known = card.generation_type();
    if known.aspect_ratios().contains(&given) {
        return Ok(());
    }
    invalid("Aspect ratio", format!("Choose one of {}.", known.aspect_ratios().join(", ")))
}

fn invalid<T>(field: &'static str, message: String) -> Result<T> {
    Err(Error::Invalid { field, message })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clip(prompt: &str, aspect_ratio: &str, duration: u32) -> CreationCard {
        CreationCard::VideoFromText {
            prompt: prompt.into(),
            negative_prompt: None,
            model: "veo_3".into(),
            aspect_ratio: aspect_ratio.into(),
            duration,
            variables: Default::default(),
        }
    }

    #[test]
    fn a_card_that_gen_would_refuse_is_refused_by_its_label() {
        for (card, expected) in [
            (clip(" ", "9:16", 5), "Prompt"),
            (clip(&"x".repeat(20_001), "9:16", 5), "Prompt"),
            (clip("a kiln", "4:3", 5), "Aspect ratio"),
            (clip("a kiln", "9:16", 0), "Duration"),
        ] {
            assert!(
                matches!(check_card(&card), Err(Error::Invalid { field, .. }) if field == expected),
                "{expected}"
            );
        }
        assert!(check_card(&clip("a kiln", "9:16", 5)).is_ok());
    }
}
