use crate::{Actor, Result, Store};
use gen_client::model::CreationCard;
use gen_client::{AgentId, CellId, GenerationId, VidsheetId};
use model::Work;

impl Store {
    /// Starts a generation on a cell; paid.
    pub async fn start_generation(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _vidsheet: &VidsheetId,
        _cell: &CellId,
        _card: CreationCard,
    ) -> Result<Work> {
        unimplemented!("skeleton")
    }

    /// Starts a render of a row's final video; paid.
    pub async fn start_render(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _vidsheet: &VidsheetId,
        _cell: &CellId,
    ) -> Result<Work> {
        unimplemented!("skeleton")
    }

    /// Stops a generation; GEN refunds it.
    pub async fn stop_generation(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _generation: &GenerationId,
    ) -> Result<Work> {
        unimplemented!("skeleton")
    }

    /// Goes on with a stopped generation; paid again.
    pub async fn continue_generation(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _generation: &GenerationId,
    ) -> Result<Work> {
        unimplemented!("skeleton")
    }

    /// What runs, then the newest hundred that ended.
    pub async fn list_work(&self, _actor: &Actor) -> Result<Vec<Work>> {
        unimplemented!("skeleton")
    }

    /// How much runs: the actor's own, and all they may see.
    pub async fn running_count(&self, _actor: &Actor) -> Result<(u32, u32)> {
        unimplemented!("skeleton")
    }
}
