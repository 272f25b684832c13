use serde_json::json;

use crate::call::Call;
use crate::model::{Template, Vidsheet};
use crate::operation as op;
use crate::{AgentId, Error, GenClient};

impl GenClient {
    /// Twenty templates; the first page is 1. GEN: listTemplates.
    pub async fn list_templates(&self, page: u32) -> Result<Vec<Template>, Error> {
        self.many(Call::to(&op::LIST_TEMPLATES, &[]).query("page", page)).await
    }

    /// One template with its columns, by slug or id. GEN: getTemplate. 404 if absent.
    pub async fn open_template(&self, slug: &str) -> Result<Template, Error> {
        self.one(Call::to(&op::OPEN_TEMPLATE, &[slug])).await
    }

    /// Makes a vidsheet of the agent's from a template. GEN: cloneTemplate. Free; not repeated, for each call
    /// makes one. 404 `template_not_found`, 422 without credits.
    pub async fn clone_template(&self, slug: &str, agent: &AgentId) -> Result<Vidsheet, Error> {
        let call = Call::to(&op::CLONE_TEMPLATE, &[slug]);
        self.one(call.body(json!({ "agent_id": agent }))).await
    }
}
