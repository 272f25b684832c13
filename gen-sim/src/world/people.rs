//! Users, organizations, agents and what belongs to them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct User {
    pub id: u64,
    pub key: String,
    pub name: String,
    pub username: String,
    pub email: String,
    pub created_ms: u64,
}

/// A key made through the API, beside the keys the users came with.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Token {
    pub id: u64,
    pub user: u64,
    pub name: String,
    pub secret: String,
    pub created_ms: u64,
    pub expires_ms: Option<u64>,
    pub last_used_ms: Option<u64>,
    pub revoked_ms: Option<u64>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Organization {
    pub id: u64,
    pub uuid: String,
    pub name: String,
    /// Scene of the organization's picture.
    pub scene: usize,
    /// Credits that pay for generations, runs and renders.
    pub generic: f64,
    pub aura: f64,
    pub plan: String,
    /// User id to role: owner, manager, editor or viewer.
    pub members: BTreeMap<u64, String>,
    /// Key of the stored picture, when one was uploaded.
    #[serde(default)]
    pub picture: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Agent {
    pub id: String,
    pub organization_id: u64,
    pub name: String,
    pub description: Option<String>,
    pub time_zone: Option<String>,
    pub avatars: Vec<Avatar>,
    /// The flat Agent Core document, without `agent_id`.
    pub core: Map<String, Value>,
    /// Content preferences that runs were asked to remember.
    pub preferences: Vec<String>,
    #[serde(default)]
    pub automation: Automation,
    /// The connected ElevenLabs key. It is never sent back whole.
    #[serde(default)]
    pub elevenlabs_key: Option<String>,
    /// `use_character` and whatever else only the old profile knows.
    #[serde(default)]
    pub profile: Map<String, Value>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Avatar {
    pub id: u64,
    pub scene: usize,
    pub is_primary: bool,
    #[serde(default)]
    pub degod_avatar_id: Option<u64>,
    /// Key of the stored picture, when one was uploaded.
    #[serde(default)]
    pub picture: Option<String>,
}

/// Whom GEN tells about finished work.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Automation {
    pub webhook_url: Option<String>,
    pub callback_url: Option<String>,
    pub polling_enabled: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Voice {
    pub voice_id: String,
    pub name: String,
    pub source: String,
    pub gender: String,
    /// The agent that owns it; none for public voices.
    pub agent_id: Option<String>,
    #[serde(default)]
    pub language: Option<String>,
    #[serde(default)]
    pub description: Option<String>,
}
