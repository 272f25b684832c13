use serde_json::json;

use super::holds;
use crate::call::Call;
use crate::model::AgentProfile;
use crate::operation as op;
use crate::{AgentId, Error, GenClient};

/// What came before the core. GEN's reference no longer has it; its OpenAPI file does.
impl GenClient {
    /// The agent's profile. GEN: getAgentProfile.
    pub async fn open_profile(&self, agent: &AgentId) -> Result<AgentProfile, Error> {
        self.one(Call::to(&op::OPEN_PROFILE, &[]).agent(agent)).await
    }

    /// Makes the agent's profile. GEN: createAgentProfile. 422.
    pub async fn create_profile(
        &self,
        agent: &AgentId,
        profile: &AgentProfile,
    ) -> Result<AgentProfile, Error> {
        self.one(Call::to(&op::CREATE_PROFILE, &[]).agent(agent).body(json!(profile))).await
    }

    /// Replaces the sections given; lists in them are replaced whole. GEN: updateAgentProfile. 422.
    pub async fn update_profile(
        &self,
        agent: &AgentId,
        profile: &AgentProfile,
    ) -> Result<AgentProfile, Error> {
        let sent = self.one(Call::to(&op::UPDATE_PROFILE, &[]).agent(agent).body(json!(profile))).await;
        let is_so = |found: AgentProfile| holds(&json!(found), &json!(profile)).then_some(found);
        self.reread(sent, self.open_profile(agent), is_so).await
    }

    /// Empties the agent's profile. GEN: deleteAgentProfile.
    pub async fn delete_profile(&self, agent: &AgentId) -> Result<(), Error> {
        self.done(Call::to(&op::DELETE_PROFILE, &[]).agent(agent)).await
    }
}
