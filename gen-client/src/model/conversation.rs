use serde::{Deserialize, Serialize};

use crate::ConversationId;
use crate::tolerant;

/// How many messages of a thread we ask for at once; a shorter page is the last one.
pub const MESSAGES_PER_PAGE: u32 = 50;

/// The durable thread of runs and messages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    /// GEN's id.
    pub id: ConversationId,
    /// What people call it.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub title: Option<String>,
    /// Whether it floats to the top.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub pinned: bool,
    /// ISO 8601.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub updated_at: Option<String>,
    /// How many turns it had.
    #[serde(default, deserialize_with = "tolerant::number")]
    pub run_count: Option<f64>,
}
