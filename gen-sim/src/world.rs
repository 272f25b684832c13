//! Everything the pretend GEN knows: plain tables, saved as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::answer::Problem;
use axum::http::StatusCode;

/// The whole state. Ids of every numbered noun come from one counter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct World {
    pub last_id: u64,
    pub seed: u64,
    pub users: Vec<User>,
    pub organizations: Vec<Organization>,
    pub agents: Vec<Agent>,
    pub voices: Vec<Voice>,
    pub conversations: Vec<Conversation>,
    pub runs: Vec<Run>,
    pub ideas: Vec<Idea>,
    pub templates: Vec<Template>,
    pub vidsheets: Vec<Vidsheet>,
    pub jobs: BTreeMap<u64, Job>,
    pub resources: BTreeMap<u64, Resource>,
    pub ledger: Vec<Entry>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct User {
    pub id: u64,
    pub key: String,
    pub name: String,
    pub username: String,
    pub email: String,
    pub created_ms: u64,
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
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Avatar {
    pub id: u64,
    pub scene: usize,
    pub is_primary: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Voice {
    pub voice_id: String,
    pub name: String,
    pub source: String,
    pub gender: String,
    /// The agent that owns it; none for public voices.
    pub agent_id: Option<String>,
}

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

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Template {
    pub id: u64,
    pub slug: String,
    pub uuid: String,
    pub title: String,
    pub description: String,
    pub scene: usize,
    pub tags: Vec<String>,
    /// Title, type and role of each column.
    pub columns: Vec<(String, String, String)>,
    /// Type and scene of what others made with it.
    pub recents: Vec<(String, usize)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Vidsheet {
    pub id: u64,
    pub slug: String,
    pub uuid: String,
    pub title: String,
    pub agent_id: String,
    pub is_default: bool,
    pub created_ms: u64,
    pub updated_ms: u64,
    /// In position order, like `rows` and `layers`: the index is the position.
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub variables: Vec<(String, String)>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Column {
    pub id: u64,
    pub title: String,
    pub kind: String,
    pub role: String,
    pub description: Option<String>,
    pub attributes: Map<String, Value>,
    pub created_ms: u64,
    pub updated_ms: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Row {
    pub id: u64,
    pub attributes: Map<String, Value>,
    pub cells: Vec<Cell>,
    pub created_ms: u64,
    pub updated_ms: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cell {
    pub id: u64,
    pub column_id: u64,
    pub value: Value,
    pub attributes: Map<String, Value>,
    pub default_job: Option<u64>,
    pub jobs: Vec<u64>,
    pub layers: Vec<Layer>,
    pub created_ms: u64,
    pub updated_ms: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Layer {
    pub id: u64,
    pub name: String,
    pub kind: String,
    pub attributes: Map<String, Value>,
    pub default_job: Option<u64>,
    pub jobs: Vec<u64>,
    pub created_ms: u64,
    pub updated_ms: u64,
}

/// One generation or render on a cell.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    pub id: u64,
    /// The canonical generation type, or `render`.
    pub card: String,
    pub organization_id: u64,
    pub agent_id: String,
    pub vidsheet_id: u64,
    pub cell_id: u64,
    pub data: Value,
    pub status: String,
    pub result: Value,
    pub failed_reason: Option<String>,
    pub outputs: Vec<u64>,
    pub cost: f64,
    pub charged: bool,
    /// Decided when it starts: the reason it will fail with, if it will.
    pub will_fail: Option<String>,
    pub created_ms: u64,
    pub starts_ms: u64,
    pub done_ms: u64,
}

/// A file GEN stores. Its bytes are made again from `make` whenever they are asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Resource {
    pub id: u64,
    pub agent_id: String,
    pub vidsheet_id: Option<u64>,
    pub job: Option<u64>,
    pub name: String,
    pub created_ms: u64,
    pub make: Make,
}

/// How the bytes of a resource are made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Make {
    Picture { scene: usize, ratio: String, caption: String },
    Speech { script: String, voice: String },
    Clip { scene: usize, ratio: String },
}

/// One line of the credits ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    pub at_ms: u64,
    pub organization_id: u64,
    /// `charge` or `refund`.
    pub kind: String,
    pub credits: f64,
    pub balance_after: f64,
    pub what: String,
}

impl World {
    /// A new id, never used before.
    pub fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// The agent, if this user may see it (and change it, when `write`).
    pub fn agent(&self, user: u64, id: &str, write: bool) -> Result<&Agent, Problem> {
        let agent = self.agents.iter().find(|agent| agent.id == id).ok_or_else(|| {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "agent_not_found", "Agent not found")
        })?;
        match self.role(user, agent.organization_id) {
            None => Err(Problem::forbidden()),
            Some("viewer") if write => Err(Problem::forbidden()),
            Some(_) => Ok(agent),
        }
    }

    /// As [`World::agent`], to change it.
    pub fn agent_mut(&mut self, user: u64, id: &str) -> Result<&mut Agent, Problem> {
        self.agent(user, id, true)?;
        self.agents
            .iter_mut()
            .find(|agent| agent.id == id)
            .ok_or_else(|| Problem::not_found("Agent not found"))
    }

    /// The user's role in an organization, if a member.
    pub fn role(&self, user: u64, organization_id: u64) -> Option<&str> {
        let organization =
            self.organizations.iter().find(|organization| organization.id == organization_id)?;
        organization.members.get(&user).map(String::as_str)
    }

    /// The cell, wherever its vidsheet is.
    pub fn cell_mut(&mut self, vidsheet_id: u64, cell_id: u64) -> Option<&mut Cell> {
        self.vidsheets.iter_mut().find(|sheet| sheet.id == vidsheet_id)?.cell_mut(cell_id)
    }
}

impl Vidsheet {
    pub fn cell(&self, id: u64) -> Option<&Cell> {
        self.rows.iter().flat_map(|row| &row.cells).find(|cell| cell.id == id)
    }

    pub fn cell_mut(&mut self, id: u64) -> Option<&mut Cell> {
        self.rows.iter_mut().flat_map(|row| &mut row.cells).find(|cell| cell.id == id)
    }

    /// The row a cell is in, with its position.
    pub fn row_of(&self, cell_id: u64) -> Option<&Row> {
        self.rows.iter().find(|row| row.cells.iter().any(|cell| cell.id == cell_id))
    }

    /// The column of a cell.
    pub fn column_of(&self, cell_id: u64) -> Option<&Column> {
        let column_id = self.cell(cell_id)?.column_id;
        self.columns.iter().find(|column| column.id == column_id)
    }
}

impl Cell {
    /// A cell with nothing in it.
    pub fn empty(id: u64, column_id: u64, now_ms: u64) -> Self {
        Cell {
            id,
            column_id,
            value: Value::Null,
            attributes: Map::new(),
            default_job: None,
            jobs: Vec::new(),
            layers: Vec::new(),
            created_ms: now_ms,
            updated_ms: now_ms,
        }
    }
}
