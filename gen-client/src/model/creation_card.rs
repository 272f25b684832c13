use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use super::words;
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
            Self::SpeechFromText { .. } => GenerationType::SpeechFromText,
            Self::Lipsync { .. } => GenerationType::Lipsync,
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
                let mut data = Map::new();
                data.insert("prompt".into(), json!(prompt));
                if let Some(negative) = negative_prompt.as_ref().filter(|text| !text.is_empty()) {
                    data.insert("negative_prompt".into(), json!(negative));
                }
                data.insert("model".into(), json!(model));
                data.insert("aspect_ratio".into(), json!(aspect_ratio));
                data.insert("duration".into(), json!(duration));
                data.insert("variables".into(), json!(variables));
                Value::Object(data)
            }
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
