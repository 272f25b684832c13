use gen_client::model::{CreationCard, Generation, GenerationType};
use gen_client::{AgentId, CellId, GenerationId, RowId, VidsheetId};
use serde::{Deserialize, Serialize};

use crate::PersonId;

/// A paid piece of work we started or saw. This is the history that outlives GEN's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// Ours, made before anything was sent; also the idempotency key.
    pub id: String,
    /// GEN's number, once it accepted the work.
    pub generation_id: Option<GenerationId>,
    /// What is paid for.
    pub kind: WorkKind,
    /// Whose.
    pub agent_id: AgentId,
    /// The cell it is made for; `None` for what belongs to no cell.
    pub cell: Option<WorkCell>,
    /// What it is about where there is no cell: the message of a run, the name of a voice. Hostile text.
    pub subject: Option<String>,
    /// Which kind of generation; `None` for everything else.
    pub generation_type: Option<GenerationType>,
    /// What was sent; `None` for a render and for work started elsewhere.
    pub card: Option<CreationCard>,
    /// Where it stands.
    pub progress: Progress,
    /// GEN's last word, with outputs; media URLs are our media ids.
    pub generation: Option<Generation>,
    /// GEN's or our reason, where it failed, was refused, is held or is unknown.
    pub reason: Option<String>,
    /// GEN's machine code for the refusal.
    pub error_code: Option<String>,
    /// The batch it was started in.
    pub batch_id: Option<String>,
    /// Who started it here; `None` where it was started elsewhere.
    pub started_by: Option<String>,
    /// Our number for that person.
    pub started_by_id: Option<PersonId>,
    /// When it was written down, in milliseconds since 1970.
    pub started_at: i64,
    /// When it was sent to GEN, in milliseconds since 1970.
    pub sent_at: Option<i64>,
    /// When it ended, in milliseconds since 1970.
    pub settled_at: Option<i64>,
    /// How long the same took before, counted from when it was sent.
    pub typical: Option<Typical>,
    /// Credits expected when it was started.
    pub estimate: Option<f64>,
    /// Credits it took, by GEN.
    pub cost: Option<f64>,
    /// What GEN says of the credits of work that failed or was stopped.
    pub refund: Option<Refund>,
}

/// What is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    /// A generation on a cell.
    Generation,
    /// A render of a row's final video.
    Render,
    /// One turn of the agent.
    Run,
    /// A report on a topic, by the agent.
    Research,
    /// Three proposals for a voice.
    VoiceSamples,
    /// A voice made of one of the proposals.
    DesignedVoice,
    /// A voice made of a recording.
    ClonedVoice,
    /// A voice reading a text.
    VoicePreview,
    /// A look at what others post.
    Monitoring,
}

impl WorkKind {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Generation => "generation",
            Self::Render => "render",
            Self::Run => "run",
            Self::Research => "research",
            Self::VoiceSamples => "voice_samples",
            Self::DesignedVoice => "designed_voice",
            Self::ClonedVoice => "cloned_voice",
            Self::VoicePreview => "voice_preview",
            Self::Monitoring => "monitoring",
        }
    }

    /// Its name for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Generation => "Generation",
            Self::Render => "Render",
            Self::Run => "Agent run",
            Self::Research => "Research",
            Self::VoiceSamples => "Voice proposals",
            Self::DesignedVoice => "Designed voice",
            Self::ClonedVoice => "Cloned voice",
            Self::VoicePreview => "Voice preview",
            Self::Monitoring => "Monitoring",
        }
    }

    /// The kind of a word in the database.
    pub fn of(word: &str) -> Option<Self> {
        const ALL: [WorkKind; 9] = [
            WorkKind::Generation,
            WorkKind::Render,
            WorkKind::Run,
            WorkKind::Research,
            WorkKind::VoiceSamples,
            WorkKind::DesignedVoice,
            WorkKind::ClonedVoice,
            WorkKind::VoicePreview,
            WorkKind::Monitoring,
        ];
        ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// The cell that something is made for, as people see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkCell {
    /// In which vidsheet.
    pub vidsheet_id: VidsheetId,
    /// That vidsheet's title.
    pub vidsheet_title: String,
    /// For which row.
    pub row_id: RowId,
    /// Counted from one, as the grid shows it; `None` when the row is gone.
    pub row_number: Option<u32>,
    /// For which cell.
    pub cell_id: CellId,
    /// That cell's column title.
    pub column_title: String,
}

/// How long work of one kind and settings took before, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typical {
    /// Half of them were done by then.
    pub p50_ms: i64,
    /// Nine of ten were done by then.
    pub p90_ms: i64,
}

/// Whether GEN gave back what it had charged in advance, by its own record of the generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refund {
    /// GEN's record says that nothing was charged in the end.
    Verified,
    /// GEN's record still holds a cost.
    Missing,
    /// GEN's record does not say.
    Unsaid,
}

/// What is not done after so long takes longer than usual, in milliseconds.
const USUAL_MS: i64 = 30 * 60 * 1_000;
/// What is not done after so long is no longer looked at by itself, in milliseconds.
pub const FOLLOWED_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

impl Work {
    /// Whether GEN takes longer than usual over it; times in milliseconds since 1970.
    pub fn takes_long(&self, now: i64) -> bool {
        self.progress.can_stop() && now - self.begun_at() >= USUAL_MS
    }

    /// Whether nobody looks at GEN for it any more unless a person asks.
    pub fn is_left_alone(&self, now: i64) -> bool {
        self.progress.can_stop() && now - self.begun_at() >= FOLLOWED_MS
    }

    /// What waits here has not begun.
    fn begun_at(&self) -> i64 {
        self.sent_at.unwrap_or(self.started_at)
    }
}

/// Where a piece of work stands, in one word for every screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Written down here, over a cap: GEN has seen nothing, an admin can let it go.
    Held,
    /// Written down here, waiting for its turn: GEN has seen nothing.
    Queued,
    /// On its way to GEN this moment.
    Sending,
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
            Self::Held => "held",
            Self::Queued => "queued",
            Self::Sending => "sending",
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
        matches!(self, Self::Queued | Self::Sending | Self::Pending | Self::Processing)
    }

    /// Whether GEN has seen nothing of it yet, so that it can still be withdrawn or moved.
    pub fn is_waiting(self) -> bool {
        matches!(self, Self::Held | Self::Queued)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn work(progress: Progress) -> Work {
        let json = serde_json::json!({
            "id": "w", "kind": "generation", "agent_id": "a", "progress": progress, "started_at": 0, "sent_at": 1_000,
        });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn f28_half_an_hour_is_long_and_a_week_is_left_alone_but_what_ended_is_neither() {
        let going = work(Progress::Processing);
        assert!(!going.takes_long(1_000 + USUAL_MS - 1) && going.takes_long(1_000 + USUAL_MS));
        assert!(!going.is_left_alone(1_000 + FOLLOWED_MS - 1) && going.is_left_alone(1_000 + FOLLOWED_MS));
        for ended in [Progress::Completed, Progress::Failed, Progress::Stopped, Progress::Unknown] {
            let ended = work(ended);
            assert!(!ended.takes_long(i64::MAX) && !ended.is_left_alone(i64::MAX), "{:?}", ended.progress);
        }
    }
}
