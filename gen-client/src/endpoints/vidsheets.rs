use serde_json::json;

use crate::call::Call;
use crate::model::Vidsheet;
use crate::operation as op;
use crate::{AgentId, Error, GenClient, VidsheetId};

impl GenClient {
    /// Makes an empty vidsheet, perhaps the one the agent's work goes to. GEN: createSheet. GEN has no list of
    /// vidsheets, so remember its id (D22). 422 `validation_error` without a title.
    pub async fn create_vidsheet(
        &self,
        agent: &AgentId,
        title: &str,
        is_default: bool,
    ) -> Result<Vidsheet, Error> {
        let mut sheet = json!({ "title": title });
        if is_default {
            sheet["is_default"] = json!(true);
        }
        let call = Call::to(&op::CREATE_VIDSHEET, &[]).agent(agent);
        self.one(call.body(json!({ "spreadsheet": sheet }))).await
    }

    /// A vidsheet with columns, rows, cells, layers, generations and costs in credits. GEN: getSheet. 404 if absent
    /// or another agent's.
    pub async fn open_vidsheet(&self, agent: &AgentId, vidsheet: &VidsheetId) -> Result<Vidsheet, Error> {
        let call = Call::to(&op::OPEN_VIDSHEET, &[vidsheet.as_str()]).agent(agent);
        self.one(call.query("with_execution_cost", true)).await
    }

    /// Copies a vidsheet, to another agent if one is named. GEN: cloneSheet.
    pub async fn clone_vidsheet(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        target: Option<&AgentId>,
    ) -> Result<Vidsheet, Error> {
        let body = target.map_or_else(|| json!({}), |target| json!({ "target_agent_id": target }));
        let call = Call::to(&op::CLONE_VIDSHEET, &[vidsheet.as_str()]).agent(agent);
        self.one(call.body(body)).await
    }
}
