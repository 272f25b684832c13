use serde_json::json;

use crate::call::Call;
use crate::model::{ElevenLabs, KeyValidity};
use crate::operation as op;
use crate::{AgentId, ApiKey, Error, GenClient};

/// The account whose voices GEN lists as `user_elevenlabs`. Its key is a secret like GEN's own.
impl GenClient {
    /// Whether the agent is connected. GEN: getElevenLabsIntegrationStatus.
    pub async fn open_elevenlabs(&self, agent: &AgentId) -> Result<ElevenLabs, Error> {
        self.one(Call::to(&op::OPEN_ELEVENLABS, &[agent.as_str()])).await
    }

    /// Gives GEN a key of ElevenLabs to keep. GEN: connectElevenLabs. 400 `invalid_key`.
    pub async fn connect_elevenlabs(&self, agent: &AgentId, key: &ApiKey) -> Result<ElevenLabs, Error> {
        let body = json!({ "api_key": key.expose() });
        let call = Call::to(&op::CONNECT_ELEVENLABS, &[agent.as_str()]).secret(key).body(body);
        self.one(call).await
    }

    /// Whether a key of ElevenLabs works; GEN does not keep it. GEN: testElevenLabsKey.
    pub async fn test_elevenlabs_key(&self, agent: &AgentId, key: &ApiKey) -> Result<bool, Error> {
        let body = json!({ "api_key": key.expose() });
        let call = Call::to(&op::TEST_ELEVENLABS_KEY, &[agent.as_str()]).secret(key).body(body);
        Ok(self.one::<KeyValidity>(call).await?.valid)
    }

    /// Lets GEN forget the key. GEN: disconnectElevenLabs, which answers nothing or that it is not connected.
    pub async fn disconnect_elevenlabs(&self, agent: &AgentId) -> Result<(), Error> {
        self.done(Call::to(&op::DISCONNECT_ELEVENLABS, &[agent.as_str()])).await
    }
}
