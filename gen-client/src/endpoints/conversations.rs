use crate::call::{Call, Host::Agent};
use crate::model::{Conversation, Message};
use crate::{AgentId, ConversationId, Error, GenClient};

impl GenClient {
    /// The agent's conversations. GEN: listConversations.
    pub async fn list_conversations(&self, agent: &AgentId) -> Result<Vec<Conversation>, Error> {
        self.many(Call::get("list_conversations", Agent, &["agent", "conversations"]).agent(agent)).await
    }

    /// What was said, oldest first. GEN: listConversationMessages. 404 if absent.
    pub async fn list_messages(&self, conversation: &ConversationId) -> Result<Vec<Message>, Error> {
        let path = ["agent", "conversations", conversation.as_str(), "messages"];
        self.many(Call::get("list_messages", Agent, &path)).await
    }
}
