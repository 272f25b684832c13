//! What a creation card must hold, and what it will probably cost.

use gen_client::model::CreationCard;

use crate::{Error, Result, Store};

/// The longest prompt or script we send, in characters.
const PROMPT_MAX: usize = 20_000;
/// The longest clip a model may be asked for, in seconds; the reference documents 5 and 10.
const DURATION_MAX: u32 = 60;
/// Credits a render typically takes, by GEN's published table.
const RENDER_CREDITS: f64 = 50.0;
/// Fewer past costs than this say nothing.
const PAST_MIN: usize = 3;

/// Refuses a card that GEN would refuse, before anything is sent. The field is named by its label.
pub(super) fn check(card: &CreationCard) -> Result<()> {
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

/// The model a card names, if its kind has models.
pub(super) fn model(card: &CreationCard) -> Option<String> {
    card.model().map(str::to_owned)
}

impl Store {
    /// Credits that a card, or a render, probably takes: the median of what the same took before, else GEN's
    /// published figure.
    pub(super) async fn estimate(&self, card: Option<&CreationCard>) -> Result<f64> {
        let kind = card.map_or("render", |_| "generation");
        let generation_type = card.map(|card| card.generation_type().to_string());
        let past: Vec<f64> = sqlx::query_scalar(
            "SELECT cost FROM work WHERE kind = ? AND generation_type IS ? AND model IS ?
               AND state = 'completed' AND cost > 0 ORDER BY started_at DESC LIMIT 99",
        )
        .bind(kind)
        .bind(generation_type)
        .bind(card.and_then(model))
        .fetch_all(self.read())
        .await?;
        let published =
            card.map_or(RENDER_CREDITS, |card| f64::from(card.generation_type().typical_credits()));
        Ok(median(past).unwrap_or(published))
    }
}

fn median(mut past: Vec<f64>) -> Option<f64> {
    past.sort_by(f64::total_cmp);
    (past.len() >= PAST_MIN).then(|| past[past.len() / 2])
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
                matches!(check(&card), Err(Error::Invalid { field, .. }) if field == expected),
                "{expected}"
            );
        }
        assert!(check(&clip("a kiln", "9:16", 5)).is_ok());
    }

    #[test]
    fn three_past_costs_are_the_least_that_says_something() {
        assert_eq!(median(vec![3.0, 200.0]), None);
        assert_eq!(median(vec![3.0, 200.0, 7.0]), Some(7.0));
    }
}
