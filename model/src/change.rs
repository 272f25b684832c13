use gen_client::{AgentId, CellId, VidsheetId};
use serde::{Deserialize, Serialize};

/// The news that something was saved: ids only, so that each reader asks with its own rights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Grows by one with every change; the `id` of the server-sent event.
    pub seq: i64,
    /// What changed.
    pub topic: Topic,
}

/// What is new since a page last knew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct News {
    /// What changed, oldest first.
    pub changes: Vec<Change>,
    /// How far this goes: where to ask from next time.
    pub reached: i64,
    /// Nobody knows what changed since, so everything has to be asked again.
    pub lost: bool,
}

/// What changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Topic {
    /// One cell: its value, its takes, or a generation under way.
    Cell {
        /// Its agent.
        agent_id: AgentId,
        /// Its vidsheet.
        vidsheet_id: VidsheetId,
        /// Which cell.
        cell_id: CellId,
    },
    /// Rows, columns or title of a vidsheet, or several cells at once.
    Vidsheet {
        /// Its agent.
        agent_id: AgentId,
        /// Which vidsheet.
        vidsheet_id: VidsheetId,
    },
    /// Who has a vidsheet open, and where they are in it. Told to streams alone, and kept nowhere.
    Presence {
        /// Its agent.
        agent_id: AgentId,
        /// Which vidsheet.
        vidsheet_id: VidsheetId,
    },
    /// Which vidsheets an agent has.
    Vidsheets {
        /// Whose.
        agent_id: AgentId,
    },
    /// Ideas, runs or conversations of an agent.
    Ideas {
        /// Whose.
        agent_id: AgentId,
    },
    /// The core or overview of an agent.
    Agent {
        /// Which.
        agent_id: AgentId,
    },
    /// A generation or render started, moved or ended: queue pill, render history, credits.
    Work {
        /// Whose.
        agent_id: AgentId,
    },
    /// Templates.
    Templates,
    /// Which agents and organizations there are, and their credits.
    Agents,
}
