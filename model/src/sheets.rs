use gen_client::model::{Agent, Cell, Conversation, Idea, Organization, Vidsheet};
use gen_client::{AgentId, ConversationId, RowId, RunId, VidsheetId};
use serde::{Deserialize, Serialize};

use crate::{Progress, Work};

/// An agent with who pays for it: what the top bar shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgentOverview {
    /// The agent; its avatar URL is our media id.
    pub agent: Agent,
    /// Its organization with what is left to spend, if the key may see it.
    pub organization: Option<Organization>,
}

/// A line of our vidsheet registry. GEN cannot list vidsheets, so this registry is the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VidsheetSummary {
    /// GEN's number.
    pub id: VidsheetId,
    /// Whose.
    pub agent_id: AgentId,
    /// What people call it.
    pub title: String,
    /// How many rows.
    pub rows: u32,
    /// How many ingredient cells hold something, of how many.
    pub filled: (u32, u32),
    /// How many rows have a finished render.
    pub renders: u32,
    /// Credits spent, as far as GEN said.
    pub spent: f64,
    /// When anything last changed, in milliseconds since 1970.
    pub updated_at: i64,
}

/// A vidsheet as the grid needs it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedVidsheet {
    /// Whose.
    pub agent_id: AgentId,
    /// Columns, rows, cells; media URLs are our media ids.
    pub vidsheet: Vidsheet,
    /// Work of ours under way, or ended without the cell knowing: newest per cell.
    pub work: Vec<Work>,
}

/// One cell again, after something about it changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedCell {
    /// Its row.
    pub row_id: RowId,
    /// The cell; media URLs are our media ids.
    pub cell: Cell,
    /// The newest work of ours on it.
    pub work: Option<Work>,
}

/// Everything the ideas board shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IdeasBoard {
    /// All ideas of the agent, newest first.
    pub ideas: Vec<Idea>,
    /// Runs we started, newest first; at most 20.
    pub runs: Vec<SavedRun>,
    /// The agent's threads, pinned first.
    pub conversations: Vec<Conversation>,
}

/// A run we started: one asynchronous turn of the agent, paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedRun {
    /// Ours, made before anything was sent; also the idempotency key.
    pub id: String,
    /// GEN's id, once it accepted the run.
    pub run_id: Option<RunId>,
    /// The thread, once GEN named it.
    pub conversation_id: Option<ConversationId>,
    /// What was asked; kept so that a failed run can be tried again with the same text.
    pub message: String,
    /// Where it stands.
    pub progress: Progress,
    /// Whether GEN waits for a person's yes before it goes on.
    pub awaiting_approval: bool,
    /// The agent's last words; hostile text.
    pub reply: Option<String>,
    /// Why it failed, was refused or is unknown.
    pub reason: Option<String>,
    /// GEN's machine code for the refusal.
    pub error_code: Option<String>,
    /// Who started it.
    pub started_by: Option<String>,
    /// When, in milliseconds since 1970.
    pub started_at: i64,
    /// When it ended, in milliseconds since 1970.
    pub settled_at: Option<i64>,
}
