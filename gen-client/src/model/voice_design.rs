use serde::{Deserialize, Serialize};

use super::words;
use crate::VoiceSampleId;
use crate::tolerant;

words! {
    /// How a designed or cloned voice sounds.
    Gender { Male = "male", Female = "female" }
}

/// Whether an agent is connected to a person's ElevenLabs account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ElevenLabs {
    /// Whether it is.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub connected: bool,
    /// The end of the key, for people to tell keys apart.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub masked_key: Option<String>,
    /// The plan at ElevenLabs, said when the key is given.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub tier: Option<String>,
}

/// Whether a key of ElevenLabs works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyValidity {
    /// Whether it does; false where GEN's answer is not clear.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub valid: bool,
}

/// A text GEN wrote for the design of a voice: something to say, or how the voice sounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VoiceText {
    /// Hostile text.
    pub text: String,
}

/// One proposal for a voice; three come at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VoiceSample {
    /// What to make the voice from.
    pub id: VoiceSampleId,
    /// The sound, in base64.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub audio: String,
}

/// How a voice should be described by GEN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VoiceBrief {
    /// GEN requires it.
    pub gender: Gender,
    /// What is known of it already.
    #[serde(default, rename = "voice_description", skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Such as `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
}

/// What a voice of one's own is called and said to be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VoiceName {
    /// Required.
    pub name: String,
    /// How it sounds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<Gender>,
    /// Such as `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// One sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// What a voice is cloned from: GEN takes exactly one of both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoiceRecording {
    /// A public address.
    AudioUrl(String),
    /// The sound itself, in base64.
    AudioBase64(String),
}
