use serde_json::json;

use super::holds;
use crate::call::Call;
use crate::model::{AutomationConfig, AutomationPatch, DeliveryTest};
use crate::operation as op;
use crate::{AgentId, Error, GenClient};

impl GenClient {
    /// Whom GEN tells when something of the agent's has ended. GEN: getAutomationConfig.
    pub async fn open_automation(&self, agent: &AgentId) -> Result<AutomationConfig, Error> {
        self.one(Call::to(&op::OPEN_AUTOMATION, &[agent.as_str()])).await
    }

    /// Changes what the patch names. GEN: updateAutomationConfig. 422 for an address that is none.
    pub async fn update_automation(
        &self,
        agent: &AgentId,
        patch: &AutomationPatch,
    ) -> Result<AutomationConfig, Error> {
        let call = Call::to(&op::UPDATE_AUTOMATION, &[agent.as_str()]);
        let sent = self.one(call.body(json!({ "automation_config": patch }))).await;
        let is_so = |found: AutomationConfig| holds(&json!(found), &json!(patch)).then_some(found);
        self.reread(sent, self.open_automation(agent), is_so).await
    }

    /// Has GEN try the webhook's address. GEN: testWebhook. 422 without an address.
    pub async fn test_webhook(&self, agent: &AgentId) -> Result<DeliveryTest, Error> {
        self.one(Call::to(&op::TEST_WEBHOOK, &[agent.as_str()])).await
    }

    /// Has GEN try the callback's address. GEN: testCallback. 422 without an address.
    pub async fn test_callback(&self, agent: &AgentId) -> Result<DeliveryTest, Error> {
        self.one(Call::to(&op::TEST_CALLBACK, &[agent.as_str()])).await
    }
}
