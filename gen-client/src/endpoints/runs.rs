use serde_json::json;

use crate::call::Call;
use crate::model::{NewRun, ResearchDepth, Run};
use crate::operation as op;
use crate::{AgentId, Error, GenClient, Idempotency, RunId};

impl GenClient {
    /// Says something to the agent, which then works on its own. GEN: startAgentRun. Costs credits. 422
    /// `validation_error`, as for a message without words.
    pub async fn start_run(
        &self,
        agent: &AgentId,
        new: &NewRun,
        idempotency: &Idempotency,
    ) -> Result<Run, Error> {
        let mut body = json!(new);
        body["agent_id"] = json!(agent);
        if let Some(vidsheet) = body.as_object_mut().and_then(|body| body.remove("vidsheet_id")) {
            body["context"] = json!({ "vidsheet_id": vidsheet });
        }
        self.one(Call::to(&op::START_RUN, &[]).body(body).paid(idempotency)).await
    }

    /// Where a run stands and what was said. GEN: getAgentRun, to be asked every five seconds. 404 if absent.
    pub async fn open_run(&self, run: &RunId) -> Result<Run, Error> {
        self.one(Call::to(&op::OPEN_RUN, &[run.as_str()])).await
    }

    /// Lets a run that awaits approval go on, or fails it. GEN: approveAgentAction. 422 if it does not await
    /// approval. What follows may cost credits.
    pub async fn approve_run(&self, run: &RunId, approved: bool) -> Result<(), Error> {
        let call = Call::to(&op::APPROVE_RUN, &[run.as_str()]);
        self.done(call.body(json!({ "approved": approved }))).await
    }

    /// Has the agent look into a topic; it is a run like any other. GEN: runResearch. Costs about 35 credits.
    pub async fn start_research(
        &self,
        agent: &AgentId,
        topic: &str,
        depth: &ResearchDepth,
        idempotency: &Idempotency,
    ) -> Result<Run, Error> {
        let body = json!({ "topic": topic, "depth": depth, "agent_id": agent });
        self.one(Call::to(&op::START_RESEARCH, &[]).body(body).paid(idempotency)).await
    }
}
