//! Everything the pretend GEN knows: plain tables, saved as JSON.

mod files;
mod people;
mod sheets;
mod threads;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

pub use files::{Entry, Folder, Job, Make, Notice, Resource, Upload};
pub use people::{Agent, Automation, Avatar, Organization, Token, User, Voice};
pub use sheets::{Cell, Column, Layer, Row, Template, Vidsheet};
pub use threads::{Conversation, Idea, Message, Run};

use crate::answer::Problem;

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
    #[serde(default)]
    pub tokens: Vec<Token>,
    #[serde(default)]
    pub folders: BTreeMap<u64, Folder>,
    #[serde(default)]
    pub uploads: Vec<Upload>,
    /// Voices that were designed and not yet finalized: the generation's id and whose it is.
    #[serde(default)]
    pub voice_samples: Vec<(String, String)>,
    /// What webhooks have still to be told.
    #[serde(skip)]
    pub notices: Vec<Notice>,
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
