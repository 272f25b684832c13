//! Conversations, runs and ideas.

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Conversation {
    pub id: String,
    pub agent_id: String,
    pub title: Option<String>,
    pub pinned: bool,
    pub created_ms: u64,
    pub updated_ms: u64,
    pub messages: Vec<Message>,
    /// The newest set of ideas, which refinement changes.
    pub newest_ideas: Vec<u64>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Message {
    pub role: String,
    pub content: String,
    pub data: Value,
    pub created_ms: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Run {
    pub id: String,
    pub conversation_id: String,
    pub agent_id: String,
    pub organization_id: u64,
    pub user: u64,
    pub message: String,
    /// `running`, `awaiting_approval`, `completed` or `failed`.
    pub status: String,
    /// How many steps it has made since it last started running.
    pub phase: u8,
    pub approved: bool,
    pub cost: f64,
    pub created_ms: u64,
    /// Auto mode: when the next step and the end are due.
    pub next_ms: u64,
    pub done_ms: u64,
    pub messages: Vec<Message>,
    /// `quick`, `default` or `deep` when the run is research.
    #[serde(default)]
    pub depth: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Idea {
    pub id: u64,
    pub ordinal: u64,
    pub agent_id: String,
    pub title: String,
    pub hook: String,
    pub script: String,
    pub description: String,
    pub video_type_id: u64,
    pub status: String,
    pub seconds: u64,
    pub ratio: String,
    pub data: Value,
    pub created_ms: u64,
    pub updated_ms: u64,
}
