use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::words;
use crate::tolerant;
use crate::{ConversationId, RunId, VidsheetId};

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

/// What a person says to an agent, and what goes along.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewRun {
    /// What is said.
    pub message: String,
    /// The thread it goes on with; without one a new thread begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ConversationId>,
    /// The vidsheet the agent should look at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vidsheet_id: Option<VidsheetId>,
    /// Pictures the agent should look at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Whether GEN should say more of what it does; what that is, it does not say.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub debug: bool,
}

/// A picture for an agent to look at. GEN's reference has addresses; its page of runs has uploads as well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Attachment {
    /// A public address.
    Address(String),
    /// A file sent to GEN's storage.
    Upload {
        /// What names it to GEN.
        signed_id: String,
        /// As people call it.
        filename: String,
        /// Such as `image/png`.
        content_type: String,
        /// Where it lies.
        url: String,
    },
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
