//! The data of each kind: what `new` asks for, GEN requires; what may be added to it, GEN does without. The fields are
//! GEN's own, so that a card is written to the wire as it is.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::given::*;
use super::models::*;
use crate::model::Gender;
use crate::{ResourceId, VoiceId};

/// Writes text into the cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextCard {
    /// What to write.
    #[serde(flatten)]
    pub prompt: Prompt,
    /// What writes it.
    pub model: TextModel,
    /// Values for `{{name}}` in the prompt.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// How freely.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature: Option<Temperature>,
    /// How long at most; GEN does not say in what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<NonZeroU32>,
}

/// Makes a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImageCard {
    /// What to show.
    #[serde(flatten)]
    pub prompt: Prompt,
    /// What draws it.
    pub model: ImageModel,
    /// Width to height.
    pub aspect_ratio: ImageRatio,
    /// Values for `{{name}}` in the prompt.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
    /// How many pictures; GEN makes one where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_of_images: Option<NonZeroU32>,
    /// Pictures to go by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content_resource_ids: Vec<ResourceId>,
}

/// Makes a clip.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClipCard {
    /// What happens.
    #[serde(flatten)]
    pub prompt: Prompt,
    /// What must not be seen.
    #[serde(flatten)]
    pub negative_prompt: Option<NegativePrompt>,
    /// What makes it.
    pub model: ClipModel,
    /// Width to height.
    pub aspect_ratio: ClipRatio,
    /// How long it is.
    pub duration: ClipLength,
    /// Values for `{{name}}` in the prompt.
    #[serde(default)]
    pub variables: BTreeMap<String, String>,
}

/// Makes a clip that begins with a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImageClipCard {
    /// The picture it begins with.
    #[serde(flatten)]
    pub first: FirstPicture,
    /// The picture it ends with.
    #[serde(flatten)]
    pub last: Option<LastPicture>,
    /// What happens.
    #[serde(flatten)]
    pub prompt: Option<Prompt>,
    /// What must not be seen.
    #[serde(flatten)]
    pub negative_prompt: Option<NegativePrompt>,
    /// What makes it.
    pub model: ImageClipModel,
    /// Width to height.
    pub aspect_ratio: ClipRatio,
    /// How long it is.
    pub duration: ClipLength,
}

/// Makes a clip of several pictures or clips.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IngredientsCard {
    /// What happens.
    #[serde(flatten)]
    pub prompt: Prompt,
    /// What it is made of; at least one, here or by name.
    pub asset_resource_ids: Vec<ResourceId>,
    /// Columns or variables that hold what it is made of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content_resource_vars: Vec<String>,
    /// What makes it.
    pub model: IngredientsModel,
    /// Width to height.
    pub aspect_ratio: ClipRatio,
    /// How long it is.
    pub duration: ClipLength,
}

/// Reads a script with a voice of the library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpeechCard {
    /// What to say.
    pub script: String,
    /// Which voice.
    pub voice_id: VoiceId,
    /// Whether GEN cleans the voice up; it does not where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enhance_voice: Option<bool>,
    /// How fast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed: Option<Speed>,
    /// Such as `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// Reads a script with a voice made for it from words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DesignedSpeechCard {
    /// What to say.
    pub script: String,
    /// Such as `en`.
    pub language: String,
    /// How it sounds.
    pub gender: Gender,
    /// Whether GEN cleans the voice up; it does not where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enhance_voice: Option<bool>,
    /// What the voice is called; GEN's pages require it, its reference does not (D28).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the voice is like; as for the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice_prompt: Option<String>,
}

/// Reads a script with a voice cloned from a recording.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClonedSpeechCard {
    /// What to say.
    pub script: String,
    /// The recording, of at least 30 seconds.
    pub audio_resource_id: ResourceId,
    /// What the voice is called; GEN's pages require it, its reference does not (D28).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Such as `en`; as for the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// How it sounds; as for the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
}

/// Moves the lips of a clip to a sound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LipsyncCard {
    /// What moves them.
    pub model: LipsyncModel,
    /// The clip.
    pub video_resource_id: ResourceId,
    /// The sound.
    pub audio_resource_id: ResourceId,
}

/// Writes down what is said, with times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaptionsCard {
    /// What listens.
    pub model: CaptionsModel,
    /// The clip or sound.
    pub source_resource_id: ResourceId,
}

/// Takes a file of the library as it is; no AI, no credits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MediaCard {
    /// The file.
    pub content_resource_id: ResourceId,
}

impl TextCard {
    /// Nothing but what GEN requires.
    pub fn new(prompt: impl Into<Prompt>, model: TextModel) -> Self {
        Self { prompt: prompt.into(), model, variables: BTreeMap::new(), temperature: None, max_length: None }
    }
}

impl ImageCard {
    /// Nothing but what GEN requires.
    pub fn new(prompt: impl Into<Prompt>, model: ImageModel, aspect_ratio: ImageRatio) -> Self {
        Self {
            prompt: prompt.into(),
            model,
            aspect_ratio,
            variables: BTreeMap::new(),
            number_of_images: None,
            content_resource_ids: Vec::new(),
        }
    }
}

impl ClipCard {
    /// Nothing but what GEN requires.
    pub fn new(
        prompt: impl Into<Prompt>,
        model: ClipModel,
        aspect_ratio: ClipRatio,
        duration: ClipLength,
    ) -> Self {
        Self {
            prompt: prompt.into(),
            negative_prompt: None,
            model,
            aspect_ratio,
            duration,
            variables: BTreeMap::new(),
        }
    }
}

impl ImageClipCard {
    /// Nothing but what GEN requires.
    pub fn new(
        first: impl Into<FirstPicture>,
        model: ImageClipModel,
        aspect_ratio: ClipRatio,
        duration: ClipLength,
    ) -> Self {
        Self {
            first: first.into(),
            last: None,
            prompt: None,
            negative_prompt: None,
            model,
            aspect_ratio,
            duration,
        }
    }
}

impl IngredientsCard {
    /// Nothing but what GEN requires.
    pub fn new(
        prompt: impl Into<Prompt>,
        asset_resource_ids: Vec<ResourceId>,
        model: IngredientsModel,
        aspect_ratio: ClipRatio,
        duration: ClipLength,
    ) -> Self {
        Self {
            prompt: prompt.into(),
            asset_resource_ids,
            content_resource_vars: Vec::new(),
            model,
            aspect_ratio,
            duration,
        }
    }
}

impl SpeechCard {
    /// Nothing but what GEN requires.
    pub fn new(script: impl Into<String>, voice_id: VoiceId) -> Self {
        Self { script: script.into(), voice_id, enhance_voice: None, speed: None, language: None }
    }
}

impl DesignedSpeechCard {
    /// Nothing but what GEN requires.
    pub fn new(script: impl Into<String>, language: impl Into<String>, gender: Gender) -> Self {
        Self {
            script: script.into(),
            language: language.into(),
            gender,
            enhance_voice: None,
            name: None,
            voice_prompt: None,
        }
    }
}

impl ClonedSpeechCard {
    /// Nothing but what GEN requires.
    pub fn new(script: impl Into<String>, audio_resource_id: ResourceId) -> Self {
        Self { script: script.into(), audio_resource_id, name: None, language: None, gender: None }
    }
}
