//! Ideas with what people here add to them, and what was asked of the agent.

use gen_client::model::{
    Conversation, Idea, IdeaStatus, Message, ResearchDepth, ResearchFindings, Run, RunSteps,
};
use gen_client::{ConversationId, IdeaId, RunId, VidsheetId};
use serde::{Deserialize, Serialize};

use crate::{Conversion, IdeaRow, PersonId, Progress, Typical};

/// Everything the ideas board shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct IdeasBoard {
    /// All ideas of the agent, newest first.
    pub ideas: Vec<Idea>,
    /// Runs we started, newest first; at most 20.
    pub runs: Vec<SavedRun>,
    /// The agent's threads, pinned first.
    pub conversations: Vec<Conversation>,
    /// The rows that were made from ideas, oldest first.
    pub rows: Vec<IdeaRow>,
    /// Conversions that have not ended, and the newest that has.
    pub conversions: Vec<Conversion>,
    /// Who takes care of which idea.
    pub assignees: Vec<Assignee>,
    /// Whom an idea can be given to.
    pub people: Vec<(PersonId, String)>,
}

/// Who takes care of an idea.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignee {
    /// Of which.
    pub idea_id: IdeaId,
    /// Our number for them.
    pub person_id: PersonId,
    /// What others see.
    pub name: String,
}

/// What was said and done here about an idea, oldest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IdeaEvent {
    /// Who; `None` when their account is gone.
    pub by: Option<String>,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What.
    pub what: IdeaDeed,
}

/// Something that was said or done about an idea.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum IdeaDeed {
    /// Wrote a comment.
    Commented {
        /// Which.
        text: String,
    },
    /// Changed its status.
    Moved {
        /// What it was.
        from: IdeaStatus,
        /// What it became.
        to: IdeaStatus,
    },
}

/// What is asked of the agent, which is what its price depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "for", content = "depth", rename_all = "snake_case")]
pub enum Ask {
    /// A new set of ideas.
    Ideas,
    /// A change to the newest set of a conversation.
    Refine,
    /// A rule that is kept for every later request, or the end of one.
    Preference,
    /// An answer in words.
    Chat,
    /// A report on a topic.
    Research(ResearchDepth),
}

impl Ask {
    /// The word in the database.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Ideas => "ideas",
            Self::Refine => "refine",
            Self::Preference => "preference",
            Self::Chat => "chat",
            Self::Research(depth) => depth.as_str(),
        }
    }

    /// What is meant by a word in the database, of a run or, where `is_research`, of research. Runs of before the
    /// word was kept asked for ideas as far as anybody knows.
    pub fn of(word: Option<&str>, is_research: bool) -> Self {
        match word {
            word if is_research => Self::Research(ResearchDepth::from(word.unwrap_or("default"))),
            Some("refine") => Self::Refine,
            Some("preference") => Self::Preference,
            Some("chat") => Self::Chat,
            _ => Self::Ideas,
        }
    }

    /// Credits it typically takes, by GEN's published table.
    pub fn typical_credits(&self) -> f64 {
        match self {
            Self::Ideas => 59.0,
            Self::Refine | Self::Research(_) => 35.0,
            Self::Chat => 7.0,
            Self::Preference => 0.0,
        }
    }
}

/// What a person asks of the agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunOrder {
    /// What sort of thing.
    pub ask: Ask,
    /// In words; the topic of research.
    pub message: String,
    /// The thread it belongs to; `None` begins a new one.
    pub conversation: Option<ConversationId>,
    /// A vidsheet the agent should look at.
    pub vidsheet: Option<VidsheetId>,
    /// Public addresses the agent should look at.
    #[serde(default)]
    pub attachments: Vec<String>,
}

/// A run we started: one asynchronous turn of the agent, paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedRun {
    /// Ours, made before anything was sent; also the idempotency key.
    pub id: String,
    /// What was asked for.
    pub ask: Ask,
    /// GEN's id, once it accepted the run.
    pub run_id: Option<RunId>,
    /// The thread, once GEN named it.
    pub conversation_id: Option<ConversationId>,
    /// What was asked; kept so that a failed run can be tried again with the same text.
    pub message: String,
    /// The addresses that went along.
    pub attachments: Vec<String>,
    /// Where it stands.
    pub progress: Progress,
    /// What GEN shows of it while it goes, where a place for that is configured.
    pub steps: Option<RunSteps>,
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
    /// How long the same took before.
    pub typical: Option<Typical>,
}

/// A conversation with everything that was said in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thread {
    /// Its title and whether it is pinned.
    pub conversation: Conversation,
    /// What was said, oldest first; hostile text.
    pub messages: Vec<Message>,
    /// Its runs, also those started elsewhere, without their messages.
    pub runs: Vec<Run>,
}

/// A research with what it found, as far as it has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Research {
    /// The run behind it; its message is the topic.
    pub run: SavedRun,
    /// What it found, once it has ended well.
    pub findings: Option<ResearchFindings>,
}

/// The standing rules of an agent: what was sent from here, beside what the agent says it holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Preferences {
    /// What was to be remembered and not to be forgotten since, oldest first.
    pub rules: Vec<Preference>,
    /// What the agent named that was not sent from here; hostile text.
    pub others: Vec<String>,
    /// When the agent was last asked, in milliseconds since 1970; `None` when it never was.
    pub asked_at: Option<i64>,
}

/// One standing rule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preference {
    /// In words.
    pub rule: String,
    /// Who sent it.
    pub by: Option<String>,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Whether the agent named it when it was last asked; `None` when it was not asked since.
    pub held: Option<bool>,
}
