use crate::{Actor, Result, Store};
use gen_client::model::Template;
use gen_client::{AgentId, VidsheetId};
use model::Cached;

impl Store {
    /// All templates.
    pub async fn list_templates(&self, _actor: &Actor) -> Result<Cached<Vec<Template>>> {
        unimplemented!("skeleton")
    }

    /// One template with its columns.
    pub async fn open_template(&self, _actor: &Actor, _slug: &str) -> Result<Cached<Template>> {
        unimplemented!("skeleton")
    }

    /// Makes a vidsheet of a template; free.
    pub async fn clone_template(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _slug: &str,
    ) -> Result<VidsheetId> {
        unimplemented!("skeleton")
    }
}
