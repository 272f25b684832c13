use serde_json::json;

use crate::call::Call;
use crate::decode;
use crate::model::{Agent, AgentCore, AgentCorePatch, AgentPatch, CoreSaved, NewAgent};
use crate::operation as op;
use crate::{AgentId, Error, GenClient, OrganizationId};

impl GenClient {
    /// The agents the key may see, of one organization or all. GEN: listAgents.
    pub async fn list_agents(&self, organization: Option<&OrganizationId>) -> Result<Vec<Agent>, Error> {
        self.many(Call::to(&op::LIST_AGENTS, &[]).query_opt("workspace_id", organization)).await
    }

    /// Makes an agent. GEN: createAgent. 422 `agent_creation_failed`, as for a name that is taken.
    pub async fn create_agent(&self, new: &NewAgent) -> Result<Agent, Error> {
        let mut agent = json!(new);
        let organization = agent.as_object_mut().and_then(|agent| agent.remove("organization_id"));
        let mut body = json!({ "agent": agent });
        if let Some(organization) = organization {
            body["organization_id"] = organization;
        }
        self.one(Call::to(&op::CREATE_AGENT, &[]).body(body)).await
    }

    /// Changes only what the patch names. GEN: updateAgent. 403 `permission_denied`, 404
    /// `user_voice_resource_not_found`, 422.
    pub async fn update_agent(&self, agent: &AgentId, patch: &AgentPatch) -> Result<Agent, Error> {
        let call = Call::to(&op::UPDATE_AGENT, &[agent.as_str()]);
        self.one(call.body(json!({ "agent": patch }))).await
    }

    /// Deletes an agent with all that is its own; it does not come back. GEN: deleteAgent. 403 `forbidden`.
    pub async fn delete_agent(&self, agent: &AgentId) -> Result<(), Error> {
        self.done(Call::to(&op::DELETE_AGENT, &[agent.as_str()])).await
    }

    /// One agent. GEN: getAgent. 403 `permission_denied`; an absent one is 422 `agent_not_found`.
    pub async fn open_agent(&self, agent: &AgentId) -> Result<Agent, Error> {
        self.one(Call::to(&op::OPEN_AGENT, &[agent.as_str()])).await
    }

    /// The agent's core. GEN: getAgentCore. 404 if absent.
    pub async fn open_core(&self, agent: &AgentId) -> Result<AgentCore, Error> {
        self.one(Call::to(&op::OPEN_CORE, &[agent.as_str()])).await
    }

    /// Changes only the fields of the patch; lists are replaced whole. GEN: patchAgentCore. GEN may save some
    /// sections and not others: look at [`CoreSaved::failed`]. 422 names a field GEN does not take.
    pub async fn patch_core(&self, agent: &AgentId, patch: &AgentCorePatch) -> Result<CoreSaved, Error> {
        let call = Call::to(&op::PATCH_CORE, &[agent.as_str()]).body(json!(patch));
        let answer = self.send(call).await?;
        let saved: CoreSaved = decode::one(op::PATCH_CORE.name, answer.json.unwrap_or_else(|| json!({})))?;
        if answer.status == 207 && saved.failed().next().is_none() {
            // GEN says that something failed; an answer that does not say what must not look like a success.
            return Err(Error::Decode {
                operation: op::PATCH_CORE.name,
                reason: "it does not say which section failed".into(),
            });
        }
        Ok(saved)
    }
}
