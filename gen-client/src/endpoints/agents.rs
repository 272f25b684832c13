use serde_json::{Value, json};

use super::holds;
use crate::call::Call;
use crate::decode;
use crate::model::{Agent, AgentCore, AgentCorePatch, AgentPatch, CoreSaved, NewAgent};
use crate::operation as op;
use crate::response::Answer;
use crate::{AgentId, ApiKey, Error, GenClient, OrganizationId};

/// Keys of an agent's own accounts at other services. They are secrets like GEN's own.
#[derive(Clone, Debug, Default)]
pub struct AgentKeys {
    /// At ElevenLabs.
    pub eleven_labs: Option<ApiKey>,
    /// At Hume.
    pub hume: Option<ApiKey>,
}

impl GenClient {
    /// The agents the key may see, of one organization or all. GEN: listAgents.
    pub async fn list_agents(&self, organization: Option<&OrganizationId>) -> Result<Vec<Agent>, Error> {
        self.many(Call::to(&op::LIST_AGENTS, &[]).query_opt("workspace_id", organization)).await
    }

    /// Makes an agent. GEN: createAgent. 422 `agent_creation_failed`, as for a name that is taken, or
    /// `organization_not_found`.
    pub async fn create_agent(&self, new: &NewAgent) -> Result<Agent, Error> {
        let call = with_keys(Call::to(&op::CREATE_AGENT, &[]), json!(new), &AgentKeys::default());
        self.one(call).await
    }

    /// Makes an agent that has accounts of its own at other services. GEN: createAgent. 422 as without keys, and
    /// `invalid_api_key`.
    pub async fn create_agent_with_keys(&self, new: &NewAgent, keys: &AgentKeys) -> Result<Agent, Error> {
        self.one(with_keys(Call::to(&op::CREATE_AGENT_WITH_KEYS, &[]), json!(new), keys)).await
    }

    /// Gives an agent accounts of its own at other services; a key that is not given stays as it is. GEN:
    /// updateAgent, which shows no key again. 403 `permission_denied`, 422 `invalid_api_key`.
    pub async fn set_agent_keys(&self, agent: &AgentId, keys: &AgentKeys) -> Result<Agent, Error> {
        self.one(with_keys(Call::to(&op::SET_AGENT_KEYS, &[agent.as_str()]), json!({}), keys)).await
    }

    /// Changes only what the patch names. GEN: updateAgent. 403 `permission_denied`, 404
    /// `user_voice_resource_not_found`, 422.
    pub async fn update_agent(&self, agent: &AgentId, patch: &AgentPatch) -> Result<Agent, Error> {
        let call = Call::to(&op::UPDATE_AGENT, &[agent.as_str()]);
        let sent = self.one(call.body(json!({ "agent": patch }))).await;
        let is_so = |found: Agent| holds(&json!(found), &json!(patch)).then_some(found);
        self.reread(sent, self.open_agent(agent), is_so).await
    }

    /// Deletes an agent with all that is its own; it does not come back. GEN: deleteAgent. 403 `forbidden`.
    pub async fn delete_agent(&self, agent: &AgentId) -> Result<(), Error> {
        self.done(Call::to(&op::DELETE_AGENT, &[agent.as_str()])).await
    }

    /// One agent. GEN: getAgent. 403 `permission_denied`; an absent one is 422 `agent_not_found`.
    pub async fn open_agent(&self, agent: &AgentId) -> Result<Agent, Error> {
        self.one(Call::to(&op::OPEN_AGENT, &[agent.as_str()]).query("with_organization_uuid", true)).await
    }

    /// The agent's core. GEN: getAgentCore. 404 if absent.
    pub async fn open_core(&self, agent: &AgentId) -> Result<AgentCore, Error> {
        self.one(Call::to(&op::OPEN_CORE, &[agent.as_str()])).await
    }

    /// Changes only the fields of the patch; lists are replaced whole. GEN: patchAgentCore. GEN may save some
    /// sections and not others: look at [`CoreSaved::failed`]. 422 names a field GEN does not take.
    pub async fn patch_core(&self, agent: &AgentId, patch: &AgentCorePatch) -> Result<CoreSaved, Error> {
        let call = Call::to(&op::PATCH_CORE, &[agent.as_str()]).body(json!(patch));
        let sent = self.send(call).await.and_then(saved_core);
        let saved = |core: AgentCore| holds(&json!(core), &json!(patch)).then(CoreSaved::default);
        self.reread(sent, self.open_core(agent), saved).await
    }
}

fn saved_core(answer: Answer) -> Result<CoreSaved, Error> {
    let operation = op::PATCH_CORE.name;
    let saved: CoreSaved = decode::one(operation, answer.json.unwrap_or_else(|| json!({})))?;
    if answer.status == 207 && saved.failed().next().is_none() {
        // GEN says that something failed; an answer that does not say what must not look like a success.
        return Err(Error::Decode { operation, reason: "it does not say which section failed".into() });
    }
    Ok(saved)
}

/// GEN takes the organization beside the agent, and the keys inside of it.
fn with_keys(call: Call, mut agent: Value, keys: &AgentKeys) -> Call {
    let mut body = json!({});
    let named = [("eleven_lab_api_key", &keys.eleven_labs), ("hume_ai_api_key", &keys.hume)];
    if let Value::Object(fields) = &mut agent {
        if let Some(organization) = fields.remove("organization_id") {
            body["organization_id"] = organization;
        }
        let given =
            named.iter().filter_map(|(name, key)| Some(((*name).to_owned(), json!(key.as_ref()?.expose()))));
        fields.extend(given);
    }
    body["agent"] = agent;
    named.iter().filter_map(|(_, key)| key.as_ref()).fold(call.body(body), Call::secret)
}
