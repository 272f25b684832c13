use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::words;
use crate::tolerant;
use crate::{ConversationId, RunId};

words! {
    /// Where a run stands.
    RunStatus {
        Running = "running",
        AwaitingApproval = "awaiting_approval" | "requires_action",
        Completed = "completed",
        Failed = "failed",
        Stopped = "stopped" | "cancelled",
    }
}

impl RunStatus {
    /// Whether the run will not change any more. A word we do not know counts as still going on.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Stopped)
    }
}

/// One asynchronous turn of an agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// GEN's id.
    #[serde(alias = "run_id")]
    pub id: RunId,
    /// The thread it belongs to.
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub conversation_id: Option<ConversationId>,
    /// Where it stands.
    #[serde(default)]
    pub status: RunStatus,
    /// What was said so far.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub messages: Vec<Message>,
}

/// One message of a run or conversation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Message {
    /// `user`, `assistant` or `system`.
    #[serde(deserialize_with = "tolerant::string")]
    pub role: String,
    /// Hostile text.
    #[serde(deserialize_with = "tolerant::text")]
    pub content: Option<String>,
    /// Structured findings, kept as they came.
    pub data: Option<Value>,
    /// ISO 8601.
    #[serde(deserialize_with = "tolerant::text")]
    pub created_at: Option<String>,
}
