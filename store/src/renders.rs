use crate::{Actor, Result, Store};
use gen_client::AgentId;
use model::Work;

impl Store {
    /// The render history of an agent, newest first, from SQLite alone.
    pub async fn list_renders(&self, _actor: &Actor, _agent: &AgentId) -> Result<Vec<Work>> {
        unimplemented!("skeleton")
    }
}
