use gen_client::model::{CreationCard, Generation, GenerationType};
use gen_client::{AgentId, CellId, GenerationId, RowId, VidsheetId};
use serde::{Deserialize, Serialize};

/// A paid piece of work we started or saw: a generation on a cell, or a render. This is the history that
/// outlives GEN's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// Ours, made before anything was sent; also the idempotency key.
    pub id: String,
    /// GEN's number, once it accepted the work.
    pub generation_id: Option<GenerationId>,
    /// Whose.
    pub agent_id: AgentId,
    /// In which vidsheet.
    pub vidsheet_id: VidsheetId,
    /// That vidsheet's title.
    pub vidsheet_title: String,
    /// For which row.
    pub row_id: Option<RowId>,
    /// Counted from one, as the grid shows it; `None` when the row is gone.
    pub row_number: Option<u32>,
    /// For which cell.
    pub cell_id: CellId,
    /// That cell's column title.
    pub column_title: String,
    /// Which kind; `None` for a render.
    pub generation_type: Option<GenerationType>,
    /// What was sent; `None` for a render and for work started elsewhere.
    pub card: Option<CreationCard>,
    /// Where it stands.
    pub progress: Progress,
    /// GEN's last word, with outputs; media URLs are our media ids.
    pub generation: Option<Generation>,
    /// GEN's or our reason, where it failed, was refused or is unknown.
    pub reason: Option<String>,
    /// GEN's machine code for the refusal.
    pub error_code: Option<String>,
    /// Who started it here; `None` where it was started elsewhere.
    pub started_by: Option<String>,
    /// When, in milliseconds since 1970.
    pub started_at: i64,
    /// When it ended, in milliseconds since 1970.
    pub settled_at: Option<i64>,
    /// Credits expected when it was started.
    pub estimate: Option<f64>,
    /// Credits it took, by GEN.
    pub cost: Option<f64>,
}

/// Where a piece of work stands, in one word for every screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Written down here, on its way to GEN.
    Queued,
    /// Accepted by GEN, not begun.
    Pending,
    /// Being made.
    Processing,
    /// Done.
    Completed,
    /// GEN tried and failed; refunded.
    Failed,
    /// Stopped by a person; refunded.
    Stopped,
    /// GEN refused it; nothing was charged.
    Refused,
    /// It never left; nothing was charged.
    NotSent,
    /// It may have left and no answer came: it may be charged, and is never repeated by the machine.
    Unknown,
}

impl Progress {
    /// The word for people, in the cell's accessible name too.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Pending => "pending",
            Self::Processing => "processing",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Stopped => "stopped",
            Self::Refused => "refused",
            Self::NotSent => "not sent",
            Self::Unknown => "unknown",
        }
    }

    /// Whether anything may still happen by itself.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Queued | Self::Pending | Self::Processing)
    }

    /// Whether GEN can still stop and refund it.
    pub fn can_stop(self) -> bool {
        matches!(self, Self::Pending | Self::Processing)
    }
}

/// One take of a cell: a generation with what we know of how it was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Take {
    /// GEN's record; media URLs are our media ids.
    pub generation: Generation,
    /// Whether the cell shows this one.
    pub is_default: bool,
    /// Who started it here and with what, if it was here.
    pub work: Option<Work>,
}
