//! The settings that say how a cell or layer is generated: an arm for each of GEN's nine kinds, three of them for
//! speech, which GEN makes in three ways.

mod cards;
mod given;
mod models;

pub use cards::*;
pub use given::*;
pub use models::*;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::GenerationType;
use crate::Error;

/// The settings that say how a cell is generated, with what each kind needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CreationCard {
    /// Writes text into the cell.
    Text(TextCard),
    /// Makes a picture.
    ImageFromText(ImageCard),
    /// Makes a clip.
    VideoFromText(ClipCard),
    /// Makes a clip that begins with a picture.
    VideoFromImage(ImageClipCard),
    /// Makes a clip of several pictures or clips.
    VideoFromIngredients(IngredientsCard),
    /// Reads a script with a voice of the library.
    SpeechFromText(SpeechCard),
    /// Reads a script with a voice made for it from words.
    SpeechFromDesignedVoice(DesignedSpeechCard),
    /// Reads a script with a voice cloned from a recording.
    SpeechFromClonedVoice(ClonedSpeechCard),
    /// Moves the lips of a clip to a sound.
    Lipsync(LipsyncCard),
    /// Writes down what is said, with times.
    Captions(CaptionsCard),
    /// Takes a file of the library as it is; no AI, no credits.
    Media(MediaCard),
}

/// Which field of a card GEN would refuse, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardProblem {
    /// As people call it.
    pub field: &'static str,
    /// In words for people.
    pub why: &'static str,
}

impl From<CardProblem> for Error {
    fn from(CardProblem { field, why }: CardProblem) -> Self {
        Self::Invalid(format!("{field}: {why}"))
    }
}

impl CreationCard {
    /// The canonical kind.
    pub fn generation_type(&self) -> GenerationType {
        match self {
            Self::Text(_) => GenerationType::Text,
            Self::ImageFromText(_) => GenerationType::ImageFromText,
            Self::VideoFromText(_) => GenerationType::VideoFromText,
            Self::VideoFromImage(_) => GenerationType::VideoFromImage,
            Self::VideoFromIngredients(_) => GenerationType::VideoFromIngredients,
            Self::SpeechFromText(_) | Self::SpeechFromDesignedVoice(_) | Self::SpeechFromClonedVoice(_) => {
                GenerationType::SpeechFromText
            }
            Self::Lipsync(_) => GenerationType::Lipsync,
            Self::Captions(_) => GenerationType::Captions,
            Self::Media(_) => GenerationType::Media,
        }
    }

    /// The model it names, if its kind has models.
    pub fn model(&self) -> Option<&str> {
        match self {
            Self::Text(card) => Some(card.model.as_str()),
            Self::ImageFromText(card) => Some(card.model.as_str()),
            Self::VideoFromText(card) => Some(card.model.as_str()),
            Self::VideoFromImage(card) => Some(card.model.as_str()),
            Self::VideoFromIngredients(card) => Some(card.model.as_str()),
            Self::Lipsync(card) => Some(card.model.as_str()),
            Self::Captions(card) => Some(card.model.as_str()),
            Self::SpeechFromText(_)
            | Self::SpeechFromDesignedVoice(_)
            | Self::SpeechFromClonedVoice(_)
            | Self::Media(_) => None,
        }
    }

    /// The ratio it asks for, if its kind has ratios.
    pub fn aspect_ratio(&self) -> Option<&str> {
        match self {
            Self::ImageFromText(card) => Some(card.aspect_ratio.as_str()),
            Self::VideoFromText(card) => Some(card.aspect_ratio.as_str()),
            Self::VideoFromImage(card) => Some(card.aspect_ratio.as_str()),
            Self::VideoFromIngredients(card) => Some(card.aspect_ratio.as_str()),
            _ => None,
        }
    }

    /// The length it asks for, if its kind has lengths.
    pub fn duration(&self) -> Option<ClipLength> {
        match self {
            Self::VideoFromText(card) => Some(card.duration),
            Self::VideoFromImage(card) => Some(card.duration),
            Self::VideoFromIngredients(card) => Some(card.duration),
            _ => None,
        }
    }

    /// What it is to make or to say, with the name people know the field by; `None` where it says nothing outright.
    pub fn words(&self) -> Option<(&'static str, &str)> {
        let prompt = self.prompt().and_then(Prompt::said).map(|words| ("Prompt", words));
        prompt.or_else(|| Some(("Script", self.script()?)))
    }

    /// Refuses what GEN would refuse and no type can: what is empty.
    pub fn check(&self) -> Result<(), CardProblem> {
        const EMPTY: &str = "This cannot be empty.";
        let blank = |text: Option<&str>| text.is_some_and(|text| text.trim().is_empty());
        let refuse = |field, why| Err(CardProblem { field, why });
        // A clip that begins with a picture needs no words.
        let may_be_wordless = matches!(self, Self::VideoFromImage(_));
        if !may_be_wordless && self.prompt().is_some_and(Prompt::is_blank) {
            return refuse("Prompt", EMPTY);
        }
        if blank(self.script()) {
            return refuse("Script", EMPTY);
        }
        match self {
            Self::VideoFromIngredients(card)
                if card.asset_resource_ids.is_empty() && card.content_resource_vars.is_empty() =>
            {
                return refuse("Ingredients", "Choose at least one.");
            }
            Self::SpeechFromDesignedVoice(card) if card.language.trim().is_empty() => {
                return refuse("Language", EMPTY);
            }
            _ => {}
        }
        if blank(self.model()) {
            return refuse("Model", EMPTY);
        }
        if blank(self.aspect_ratio()) {
            return refuse("Aspect ratio", EMPTY);
        }
        Ok(())
    }

    /// The body of GEN's generate call. What was not said is left out: GEN is not asked to tell null from absence.
    pub fn to_wire(&self) -> Value {
        let mut data = json!(self);
        if let Value::Object(fields) = &mut data {
            fields.remove("type");
            fields.retain(|_, value| !value.is_null() && *value != "");
            fields.extend(self.voice_method().map(|method| ("voice_method".to_owned(), json!(method))));
        }
        json!({ "generation_type": self.generation_type(), "data": data })
    }

    fn prompt(&self) -> Option<&Prompt> {
        match self {
            Self::Text(card) => Some(&card.prompt),
            Self::ImageFromText(card) => Some(&card.prompt),
            Self::VideoFromText(card) => Some(&card.prompt),
            Self::VideoFromImage(card) => card.prompt.as_ref(),
            Self::VideoFromIngredients(card) => Some(&card.prompt),
            _ => None,
        }
    }

    fn script(&self) -> Option<&str> {
        match self {
            Self::SpeechFromText(card) => Some(&card.script),
            Self::SpeechFromDesignedVoice(card) => Some(&card.script),
            Self::SpeechFromClonedVoice(card) => Some(&card.script),
            _ => None,
        }
    }

    /// GEN's word for where a voice is from.
    fn voice_method(&self) -> Option<&'static str> {
        match self {
            Self::SpeechFromText(_) => Some("my_voices"),
            Self::SpeechFromDesignedVoice(_) => Some("design_voice"),
            Self::SpeechFromClonedVoice(_) => Some("clone_voice"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Gender;

    fn clip() -> ClipCard {
        ClipCard::new("A kiln", ClipModel::Veo3, ClipRatio::Vertical, ClipLength::Five)
    }

    #[test]
    fn what_is_not_said_is_not_sent() {
        let card = CreationCard::VideoFromText(ClipCard { negative_prompt: Some("".into()), ..clip() });
        let sent = json!({ "generation_type": "video_from_text", "data": { "prompt": "A kiln", "model": "veo_3",
            "aspect_ratio": "9:16", "duration": 5, "variables": {} } });
        assert_eq!(card.to_wire(), sent);
        let speech = CreationCard::SpeechFromClonedVoice(ClonedSpeechCard::new("Hi", "7".parse().unwrap()));
        let sent = json!({ "script": "Hi", "voice_method": "clone_voice", "audio_resource_id": 7 });
        assert_eq!(speech.to_wire()["data"], sent);
    }

    #[test]
    fn what_is_named_goes_in_its_own_field() {
        let card = CreationCard::VideoFromImage(ImageClipCard {
            last: Some(LastPicture::Named("END".into())),
            prompt: Some(Prompt::Named("SCENE".into())),
            negative_prompt: Some(NegativePrompt::Named("NEVER".into())),
            ..ImageClipCard::new(
                FirstPicture::Named("HERO".into()),
                ImageClipModel::Kling26,
                ClipRatio::Square,
                ClipLength::Ten,
            )
        });
        let sent = json!({ "image_var": "HERO", "image_tail_var": "END", "prompt_var": "SCENE",
            "negative_prompt_var": "NEVER", "model": "kling_2_6", "aspect_ratio": "1:1", "duration": 10 });
        assert_eq!(card.to_wire()["data"], sent);
        assert_eq!(serde_json::from_value::<CreationCard>(json!(card)).unwrap(), card);
    }

    #[test]
    fn words_of_tomorrow_are_kept_and_sent() {
        let kept = json!({ "type": "video_from_text", "prompt": "A kiln", "negative_prompt": null, "model": "veo_9",
            "aspect_ratio": "21:9", "duration": 8, "variables": { "HOOK": "Hot" } });
        let card: CreationCard = serde_json::from_value(kept).unwrap();
        let CreationCard::VideoFromText(clip) = &card else { panic!("{card:?}") };
        assert_eq!(clip.model, ClipModel::Unknown("veo_9".into()));
        assert_eq!((clip.duration.seconds(), &clip.negative_prompt), (8, &None));
        let sent = json!({ "prompt": "A kiln", "model": "veo_9", "aspect_ratio": "21:9", "duration": 8,
            "variables": { "HOOK": "Hot" } });
        assert_eq!(card.to_wire()["data"], sent);
    }

    #[test]
    fn cards_of_the_first_version_are_read() {
        for kept in [
            json!({ "type": "text", "prompt": "x", "model": "gpt_4o_mini", "variables": {} }),
            json!({ "type": "speech_from_text", "script": "x", "voice_id": "v" }),
            json!({ "type": "video_from_image", "image_resource_id": 7, "image_tail_resource_id": null, "prompt": "",
                "negative_prompt": null, "model": "sora_2", "aspect_ratio": "9:16", "duration": 5 }),
            json!({ "type": "speech_from_designed_voice", "script": "x", "language": "en", "gender": "male",
                "name": null, "voice_prompt": null }),
        ] {
            let card: CreationCard = serde_json::from_value(kept.clone()).unwrap();
            assert_eq!(card.check(), Ok(()), "{kept}");
        }
    }

    #[test]
    fn numbers_outside_of_their_range_cannot_be_built() {
        for bad in [-0.1, 1.1, f64::NAN] {
            assert!(Temperature::try_from(bad).is_err(), "{bad}");
        }
        for bad in [0.0, -1.0, f64::INFINITY, f64::NAN] {
            assert!(Speed::try_from(bad).is_err(), "{bad}");
        }
        assert!(ClipLength::try_from(0).is_err());
        assert_eq!(ClipLength::try_from(10).ok(), Some(ClipLength::Ten));
    }

    #[test]
    fn what_is_empty_is_refused_by_its_name() {
        let ingredients = |ids| {
            IngredientsCard::new(
                "They meet",
                ids,
                IngredientsModel::Pika,
                ClipRatio::Square,
                ClipLength::Five,
            )
        };
        let unnamed = Prompt::Named(" ".into());
        for (card, field) in [
            (CreationCard::Text(TextCard::new(" ", TextModel::Gpt4o)), "Prompt"),
            (CreationCard::Text(TextCard::new(unnamed, TextModel::Gpt4o)), "Prompt"),
            (CreationCard::Text(TextCard::new("x", TextModel::from(""))), "Model"),
            (
                CreationCard::VideoFromText(ClipCard { aspect_ratio: ClipRatio::from(" "), ..clip() }),
                "Aspect ratio",
            ),
            (CreationCard::VideoFromIngredients(ingredients(Vec::new())), "Ingredients"),
            (CreationCard::SpeechFromText(SpeechCard::new("", "v".parse().unwrap())), "Script"),
            (
                CreationCard::SpeechFromDesignedVoice(DesignedSpeechCard::new("x", "", Gender::Male)),
                "Language",
            ),
        ] {
            assert_eq!(card.check().map_err(|problem| problem.field), Err(field), "{card:?}");
        }
        let named = IngredientsCard { content_resource_vars: vec!["HERO".into()], ..ingredients(Vec::new()) };
        assert_eq!(CreationCard::VideoFromIngredients(named).check(), Ok(()));
    }
}
