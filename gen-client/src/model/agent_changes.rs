use serde::{Deserialize, Serialize};

use super::words;
use crate::{DegodId, OrganizationId, VoiceId};

/// What a new agent is made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NewAgent {
    /// Unique in its organization.
    pub name: String,
    /// One or two sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// IANA name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Who pays; without one the agent is the person's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<OrganizationId>,
    /// Pictures of GEN's own collection to wear.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "agent_avatars_attributes")]
    pub avatars: Vec<DegodAvatar>,
}

/// Only what changes about an agent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AgentPatch {
    /// New name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// New description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// New time zone, an IANA name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// New default voice.
    #[serde(skip_serializing_if = "Option::is_none", rename = "default_user_voice_attributes")]
    pub default_voice: Option<DefaultVoice>,
    /// Further pictures of GEN's own collection to wear; any takes the primary one's place.
    #[serde(skip_serializing_if = "Vec::is_empty", rename = "agent_avatars_attributes")]
    pub avatars: Vec<DegodAvatar>,
}

/// A picture of GEN's own collection. A picture of one's own is sent by `create_avatar`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DegodAvatar {
    /// Which.
    pub degod_avatar_id: DegodId,
    /// Whether it stands for the agent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_primary: bool,
}

/// A voice as the agent's own record names it; the core names it by another set of sources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DefaultVoice {
    /// Which service it is from.
    pub source: DefaultVoiceSource,
    /// The voice.
    pub voice_id: VoiceId,
}

words! {
    /// Which service an agent's default voice is from.
    DefaultVoiceSource {
        ElevenLabs = "eleven_labs",
        HumeAi = "hume_ai",
        UserVoiceResource = "user_voice_resource",
    }
}
