use crate::call::{Call, Host::Agent};
use crate::model::{Idea, IdeaStatus};
use crate::{AgentId, Error, GenClient, IdeaId};

impl GenClient {
    /// The agent's ideas, of one status or all. GEN: listIdeas.
    pub async fn list_ideas(&self, agent: &AgentId, status: Option<&IdeaStatus>) -> Result<Vec<Idea>, Error> {
        let call = Call::get("list_ideas", Agent, &["agent", "ideas"]).agent(agent);
        self.many(call.query_opt("status", status)).await
    }

    /// Puts an idea into a status. GEN: setIdeaStatus. `None` where GEN did not send the idea back (D19).
    /// 404 if absent, 422 for a status GEN does not know.
    pub async fn set_idea_status(&self, idea: &IdeaId, status: &IdeaStatus) -> Result<Option<Idea>, Error> {
        let path = ["agent", "ideas", idea.as_str(), "status", status.as_str()];
        self.maybe_one(Call::put("set_idea_status", Agent, &path)).await
    }
}
