use serde::{Deserialize, Serialize};

use crate::VoiceId;
use crate::tolerant;

/// A voice of an agent's library, or one just made for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// GEN's or the provider's id.
    pub voice_id: VoiceId,
    /// What people call it.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub name: Option<String>,
    /// `public`, `user_designed`, `user_trained` or `user_elevenlabs`.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub source: String,
    /// A sample to play; hostile text until it passed the media route.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub preview_url: Option<String>,
}

impl Voice {
    /// Whether it was made for this agent, so that it can be deleted.
    pub fn is_own(&self) -> bool {
        matches!(self.source.as_str(), "user_designed" | "user_trained")
    }
}
