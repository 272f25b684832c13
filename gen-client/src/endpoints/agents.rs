use serde_json::json;

use crate::call::{Call, Host::Api};
use crate::decode;
use crate::model::{Agent, AgentCore, AgentCorePatch, Avatar, CoreSaved, Voice};
use crate::{AgentId, AvatarId, Error, GenClient, OrganizationId};

impl GenClient {
    /// The agents the key may see, of one organization or all. GEN: listAgents.
    pub async fn list_agents(&self, organization: Option<&OrganizationId>) -> Result<Vec<Agent>, Error> {
        self.many(Call::get("list_agents", Api, &["agents"]).query_opt("workspace_id", organization)).await
    }

    /// One agent. GEN: getAgent. 403 `permission_denied`; an absent one is 422 `agent_not_found`.
    pub async fn open_agent(&self, agent: &AgentId) -> Result<Agent, Error> {
        self.one(Call::get("open_agent", Api, &["agents", agent.as_str()])).await
    }

    /// The agent's core. GEN: getAgentCore. 404 if absent.
    pub async fn open_core(&self, agent: &AgentId) -> Result<AgentCore, Error> {
        self.one(Call::get("open_core", Api, &["agents", agent.as_str(), "core"])).await
    }

    /// Changes only the fields of the patch; lists are replaced whole. GEN: patchAgentCore. GEN may save some
    /// sections and not others: look at [`CoreSaved::failed`]. 422 names a field GEN does not take.
    pub async fn patch_core(&self, agent: &AgentId, patch: &AgentCorePatch) -> Result<CoreSaved, Error> {
        const OPERATION: &str = "patch_core";
        let call = Call::patch(OPERATION, Api, &["agents", agent.as_str(), "core"]).body(json!(patch));
        let answer = self.send(call).await?;
        let saved: CoreSaved = decode::one(OPERATION, answer.json.unwrap_or_else(|| json!({})))?;
        if answer.status == 207 && saved.failed().next().is_none() {
            // GEN says that something failed; an answer that does not say what must not look like a success.
            return Err(Error::Decode {
                operation: OPERATION,
                reason: "it does not say which section failed".into(),
            });
        }
        Ok(saved)
    }

    /// Twenty pictures of the agent with ids beyond the cursor, the primary one first. GEN: listAgentAvatars.
    pub async fn list_avatars(
        &self,
        agent: &AgentId,
        cursor: Option<&AvatarId>,
    ) -> Result<Vec<Avatar>, Error> {
        let call = Call::get("list_avatars", Api, &["agents", agent.as_str(), "avatars"]);
        self.many(call.query_opt("cursor", cursor)).await
    }

    /// The voices the agent can speak with, of one source or all. GEN: listAgentVoices.
    pub async fn list_voices(&self, agent: &AgentId, source: Option<&str>) -> Result<Vec<Voice>, Error> {
        let call = Call::get("list_voices", Api, &["agents", agent.as_str(), "voice", "library"]);
        self.many(call.query_opt("source", source)).await
    }
}
