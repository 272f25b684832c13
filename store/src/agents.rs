use crate::{Actor, Result, Store};
use gen_client::AgentId;
use gen_client::model::{Agent, AgentCore, CoreSaved, Voice};
use model::{AgentOverview, Cached};

impl Store {
    /// The agents that the actor's keys reach.
    pub async fn list_agents(&self, _actor: &Actor) -> Result<Cached<Vec<Agent>>> {
        unimplemented!("skeleton")
    }

    /// One agent with who pays for it.
    pub async fn open_agent(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
    ) -> Result<Cached<AgentOverview>> {
        unimplemented!("skeleton")
    }

    /// The agent's core.
    pub async fn open_core(&self, _actor: &Actor, _agent: &AgentId) -> Result<Cached<AgentCore>> {
        unimplemented!("skeleton")
    }

    /// Saves what differs between the two cores; the answer holds each section's result and the core as it is now.
    pub async fn save_core(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _before: AgentCore,
        _after: AgentCore,
    ) -> Result<(CoreSaved, AgentCore)> {
        unimplemented!("skeleton")
    }

    /// The voices the agent can speak with.
    pub async fn list_voices(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
    ) -> Result<Cached<Vec<Voice>>> {
        unimplemented!("skeleton")
    }
}
