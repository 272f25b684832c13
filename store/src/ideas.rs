use crate::{Actor, Result, Store};
use gen_client::model::{Idea, IdeaStatus, Message};
use gen_client::{AgentId, ConversationId, IdeaId};
use model::{Cached, IdeasBoard, SavedRun};

impl Store {
    /// Everything the ideas board shows.
    pub async fn open_board(&self, _actor: &Actor, _agent: &AgentId) -> Result<Cached<IdeasBoard>> {
        unimplemented!("skeleton")
    }

    /// Sets an idea's status.
    pub async fn move_idea(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _idea: &IdeaId,
        _status: IdeaStatus,
    ) -> Result<Idea> {
        unimplemented!("skeleton")
    }

    /// Asks the agent for something; paid.
    pub async fn start_run(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _message: String,
        _conversation: Option<ConversationId>,
    ) -> Result<SavedRun> {
        unimplemented!("skeleton")
    }

    /// Says yes or no to what a run wants to do.
    pub async fn approve_run(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _run: &str,
        _approved: bool,
    ) -> Result<SavedRun> {
        unimplemented!("skeleton")
    }

    /// What was said in a thread.
    pub async fn list_messages(
        &self,
        _actor: &Actor,
        _agent: &AgentId,
        _conversation: &ConversationId,
    ) -> Result<Cached<Vec<Message>>> {
        unimplemented!("skeleton")
    }
}
