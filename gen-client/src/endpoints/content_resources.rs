use crate::call::{Call, Host::Api};
use crate::model::ContentResource;
use crate::{AgentId, Error, GenClient};

impl GenClient {
    /// Twenty files of the agent, newest first, of one kind (`image`, `video`, `audio`, …) or all; the first page
    /// is 0. GEN: listContentResources.
    pub async fn list_content_resources(
        &self,
        agent: &AgentId,
        kind: Option<&str>,
        page: u32,
    ) -> Result<Vec<ContentResource>, Error> {
        let call = Call::get("list_content_resources", Api, &["content_resources"]).agent(agent);
        self.many(call.query_opt("type", kind).query("page", page)).await
    }
}
