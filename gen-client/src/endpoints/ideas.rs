use crate::call::Call;
use crate::model::{Idea, IdeaStatus};
use crate::operation as op;
use crate::{AgentId, Error, GenClient, IdeaId};

impl GenClient {
    /// The agent's ideas, of one status or all. GEN: listIdeas.
    pub async fn list_ideas(&self, agent: &AgentId, status: Option<&IdeaStatus>) -> Result<Vec<Idea>, Error> {
        let call = Call::to(&op::LIST_IDEAS, &[]).agent(agent);
        self.many(call.query_opt("status", status)).await
    }

    /// Puts an idea of the agent's into a status. GEN: setIdeaStatus. `None` where GEN did not send the idea back
    /// (D19). 404 if absent, 422 for a status GEN does not know.
    pub async fn set_idea_status(
        &self,
        agent: &AgentId,
        idea: &IdeaId,
        status: &IdeaStatus,
    ) -> Result<Option<Idea>, Error> {
        let call = Call::to(&op::SET_IDEA_STATUS, &[idea.as_str(), status.as_str()]);
        let sent = self.maybe_one(call).await;
        // GEN has no way to read one idea.
        let is_there = |found: Vec<Idea>| found.into_iter().find(|found| found.id == *idea).map(Some);
        self.reread(sent, self.list_ideas(agent, Some(status)), is_there).await
    }

    /// Puts an idea into the status that follows. GEN: cycleIdeaStatus. Prefer [`Self::set_idea_status`]: two of
    /// these skip a status. `None` where GEN did not send the idea back.
    pub async fn cycle_idea_status(&self, idea: &IdeaId) -> Result<Option<Idea>, Error> {
        self.maybe_one(Call::to(&op::CYCLE_IDEA_STATUS, &[idea.as_str()])).await
    }
}
