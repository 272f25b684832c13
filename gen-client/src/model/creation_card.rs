use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::{Gender, words};
use crate::{ResourceId, VoiceId};

words! {
    /// The canonical kinds of generation; a render is not one, it has its own operation.
    GenerationType {
        Text = "text",
        ImageFromText = "image_from_text",
        VideoFromText = "video_from_text",
        VideoFromImage = "video_from_image",
        VideoFromIngredients = "video_from_ingredients",
        SpeechFromText = "speech_from_text",
        Lipsync = "lipsync",
        Captions = "captions",
        Media = "media",
    }
}

impl GenerationType {
    /// The models the reference lists for it, the cheapest sensible default first.
    pub fn models(&self) -> &'static [&'static str] {
        match self {
            Self::Text => &[
                "gemini_2_0_flash",
                "gemini_2_5_pro",
                "gpt_4o",
                "gpt_4o_mini",
                "o3_mini",
                "o4_mini",
                "claude_sonnet_4",
            ],
            Self::ImageFromText => &["gemini_image", "gemini_pro_image", "midjourney"],
            Self::VideoFromText => &[
                "seedance_pro",
                "seedance_pro_1_5",
                "veo_3_fast",
                "veo_3",
                "veo_3_1_fast",
                "veo_3_1",
                "sora_2",
                "kling_1_6",
            ],
            Self::VideoFromImage => &[
                "seedance_lite",
                "seedance_pro",
                "seedance_pro_1_5",
                "kling_2_1",
                "kling_2_6",
                "veo_3_fast",
                "veo_3",
                "veo_3_1_fast",
                "veo_3_1",
                "sora_2",
            ],
            Self::VideoFromIngredients => &["seedance_lite", "pika", "kling_1_6", "veo_3_1_fast", "veo_3_1"],
            Self::Lipsync => &["gen", "sync_so"],
            Self::Captions => &["gemini"],
            Self::SpeechFromText | Self::Media | Self::Unknown(_) => &[],
        }
    }

    /// The aspect ratios the reference lists for it.
    pub fn aspect_ratios(&self) -> &'static [&'static str] {
        match self {
            Self::ImageFromText => &["9:16", "1:1", "16:9", "4:3", "3:4"],
            Self::VideoFromText | Self::VideoFromImage | Self::VideoFromIngredients => {
                &["9:16", "1:1", "16:9"]
            }
            _ => &[],
        }
    }

    /// The lengths the reference lists for it, in seconds; which a model takes is the model's matter.
    pub fn durations(&self) -> &'static [u32] {
        match self {
            Self::VideoFromText | Self::VideoFromImage | Self::VideoFromIngredients => &[5, 10],
            _ => &[],
        }
    }

    /// Credits one run typically takes by GEN's published table: an estimate, never a promise.
    pub fn typical_credits(&self) -> u32 {
        match self {
            Self::Text => 2,
            Self::ImageFromText => 5,
            Self::VideoFromText | Self::VideoFromImage | Self::VideoFromIngredients => 250,
            Self::SpeechFromText => 15,
            Self::Lipsync => 200,
            Self::Captions => 10,
            Self::Media | Self::Unknown(_) => 0,
        }
    }
}

/// The settings that say how a cell is generated, with what each kind needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CreationCard {
    /// Writes text into the cell.
    Text {
        /// What to write.
        prompt: String,
        /// One of [`GenerationType::models`], or another GEN knows.
        model: String,
        /// Values for `{{name}}` in the prompt.
        #[serde(default)]
        variables: BTreeMap<String, String>,
    },
    /// Makes a picture.
    ImageFromText {
        /// What to show.
        prompt: String,
        /// Which model.
        model: String,
        /// Such as `9:16`.
        aspect_ratio: String,
        /// Values for `{{name}}` in the prompt.
        #[serde(default)]
        variables: BTreeMap<String, String>,
    },
    /// Makes a clip.
    VideoFromText {
        /// What happens.
        prompt: String,
        /// What must not be seen.
        #[serde(default)]
        negative_prompt: Option<String>,
        /// Which model.
        model: String,
        /// Such as `9:16`.
        aspect_ratio: String,
        /// Seconds; 5 and 10 are documented.
        duration: u32,
        /// Values for `{{name}}` in the prompt.
        #[serde(default)]
        variables: BTreeMap<String, String>,
    },
    /// Reads a script with a voice of the library.
    SpeechFromText {
        /// What to say.
        script: String,
        /// Which voice.
        voice_id: VoiceId,
    },
    /// Makes a clip that begins with a picture.
    VideoFromImage {
        /// The picture it begins with.
        image_resource_id: ResourceId,
        /// The picture it ends with.
        #[serde(default)]
        image_tail_resource_id: Option<ResourceId>,
        /// What happens.
        #[serde(default)]
        prompt: String,
        /// What must not be seen.
        #[serde(default)]
        negative_prompt: Option<String>,
        /// Which model.
        model: String,
        /// Such as `9:16`.
        aspect_ratio: String,
        /// Seconds; 5 and 10 are documented.
        duration: u32,
    },
    /// Makes a clip of several pictures or clips.
    VideoFromIngredients {
        /// What happens.
        prompt: String,
        /// What it is made of, at least one.
        asset_resource_ids: Vec<ResourceId>,
        /// Which model.
        model: String,
        /// Such as `9:16`.
        aspect_ratio: String,
        /// Seconds; 5 and 10 are documented.
        duration: u32,
    },
    /// Reads a script with a voice made for it from words.
    SpeechFromDesignedVoice {
        /// What to say.
        script: String,
        /// Such as `en`.
        language: String,
        /// How it sounds.
        gender: Gender,
        /// What the voice is called; GEN's pages require it, its reference does not (D28).
        #[serde(default)]
        name: Option<String>,
        /// What the voice is like; as for the name.
        #[serde(default)]
        voice_prompt: Option<String>,
    },
    /// Reads a script with a voice cloned from a recording.
    SpeechFromClonedVoice {
        /// What to say.
        script: String,
        /// The recording, of at least 30 seconds.
        audio_resource_id: ResourceId,
        /// What the voice is called; GEN's pages require it, its reference does not (D28).
        #[serde(default)]
        name: Option<String>,
        /// Such as `en`; as for the name.
        #[serde(default)]
        language: Option<String>,
        /// How it sounds; as for the name.
        #[serde(default)]
        gender: Option<Gender>,
    },
    /// Writes down what is said, with times.
    Captions {
        /// `gemini`.
        model: String,
        /// The clip or sound.
        source_resource_id: ResourceId,
    },
    /// Takes a file of the library as it is; no AI, no credits.
    Media {
        /// The file.
        content_resource_id: ResourceId,
    },
    /// Moves the lips of a clip to a sound.
    Lipsync {
        /// `sync_so` or `gen`.
        model: String,
        /// The clip.
        video_resource_id: ResourceId,
        /// The sound.
        audio_resource_id: ResourceId,
    },
}

impl CreationCard {
    /// The canonical kind.
    pub fn generation_type(&self) -> GenerationType {
        match self {
            Self::Text { .. } => GenerationType::Text,
            Self::ImageFromText { .. } => GenerationType::ImageFromText,
            Self::VideoFromText { .. } => GenerationType::VideoFromText,
            Self::VideoFromImage { .. } => GenerationType::VideoFromImage,
            Self::VideoFromIngredients { .. } => GenerationType::VideoFromIngredients,
            Self::SpeechFromText { .. }
            | Self::SpeechFromDesignedVoice { .. }
            | Self::SpeechFromClonedVoice { .. } => GenerationType::SpeechFromText,
            Self::Captions { .. } => GenerationType::Captions,
            Self::Media { .. } => GenerationType::Media,
            Self::Lipsync { .. } => GenerationType::Lipsync,
        }
    }

    /// The model it names, if its kind has models.
    pub fn model(&self) -> Option<&str> {
        match self {
            Self::Text { model, .. }
            | Self::ImageFromText { model, .. }
            | Self::VideoFromText { model, .. }
            | Self::VideoFromImage { model, .. }
            | Self::VideoFromIngredients { model, .. }
            | Self::Lipsync { model, .. }
            | Self::Captions { model, .. } => Some(model),
            Self::SpeechFromText { .. }
            | Self::SpeechFromDesignedVoice { .. }
            | Self::SpeechFromClonedVoice { .. }
            | Self::Media { .. } => None,
        }
    }

    /// The body of GEN's generate call.
    pub fn to_wire(&self) -> Value {
        let data = match self {
            Self::Text { prompt, model, variables } => {
                json!({ "prompt": prompt, "model": model, "variables": variables })
            }
            Self::ImageFromText { prompt, model, aspect_ratio, variables } => {
                json!({ "prompt": prompt, "model": model, "aspect_ratio": aspect_ratio, "variables": variables })
            }
            Self::VideoFromText { prompt, negative_prompt, model, aspect_ratio, duration, variables } => {
                let negative = negative_prompt.as_ref().filter(|text| !text.is_empty());
                said(json!({
                    "prompt": prompt, "negative_prompt": negative, "model": model, "aspect_ratio": aspect_ratio,
                    "duration": duration, "variables": variables,
                }))
            }
            Self::VideoFromImage {
                image_resource_id,
                image_tail_resource_id,
                prompt,
                negative_prompt,
                model,
                aspect_ratio,
                duration,
            } => {
                let filled = |text: &String| !text.is_empty();
                said(json!({
                    "image_resource_id": image_resource_id, "image_tail_resource_id": image_tail_resource_id,
                    "prompt": Some(prompt).filter(|text| filled(text)),
                    "negative_prompt": negative_prompt.as_ref().filter(|text| filled(text)),
                    "model": model, "aspect_ratio": aspect_ratio, "duration": duration,
                }))
            }
            Self::VideoFromIngredients { prompt, asset_resource_ids, model, aspect_ratio, duration } => {
                json!({
                    "prompt": prompt, "asset_resource_ids": asset_resource_ids, "model": model,
                    "aspect_ratio": aspect_ratio, "duration": duration,
                })
            }
            Self::SpeechFromDesignedVoice { script, language, gender, name, voice_prompt } => said(json!({
                "script": script, "voice_method": "design_voice", "language": language, "gender": gender,
                "name": name, "voice_prompt": voice_prompt,
            })),
            Self::SpeechFromClonedVoice { script, audio_resource_id, name, language, gender } => {
                said(json!({
                    "script": script, "voice_method": "clone_voice", "audio_resource_id": audio_resource_id,
                    "name": name, "language": language, "gender": gender,
                }))
            }
            Self::Captions { model, source_resource_id } => {
                json!({ "model": model, "source_resource_id": source_resource_id })
            }
            Self::Media { content_resource_id } => json!({ "content_resource_id": content_resource_id }),
            Self::SpeechFromText { script, voice_id } => {
                json!({ "script": script, "voice_method": "my_voices", "voice_id": voice_id })
            }
            Self::Lipsync { model, video_resource_id, audio_resource_id } => json!({
                "model": model, "video_resource_id": video_resource_id, "audio_resource_id": audio_resource_id,
            }),
        };
        json!({ "generation_type": self.generation_type(), "data": data })
    }
}

/// The data without what was not said: GEN is not asked to tell null from absence.
fn said(mut data: Value) -> Value {
    if let Value::Object(fields) = &mut data {
        fields.retain(|_, value| !value.is_null());
    }
    data
}
