use serde_json::{Map, json};

use super::holds;
use crate::call::Call;
use crate::model::{Conversation, MESSAGES_PER_PAGE, Message, Run};
use crate::operation as op;
use crate::{AgentId, ConversationId, Error, GenClient};

impl GenClient {
    /// The agent's conversations. GEN: listConversations.
    pub async fn list_conversations(&self, agent: &AgentId) -> Result<Vec<Conversation>, Error> {
        self.many(Call::to(&op::LIST_CONVERSATIONS, &[]).agent(agent)).await
    }

    /// What was said, oldest first; the first page is 1. GEN: listConversationMessages. 404 if absent.
    pub async fn list_messages(
        &self,
        conversation: &ConversationId,
        page: u32,
    ) -> Result<Vec<Message>, Error> {
        let call = Call::to(&op::LIST_MESSAGES, &[conversation.as_str()]);
        self.many(call.query("page", page).query("per_page", MESSAGES_PER_PAGE)).await
    }

    /// One conversation, without what was said. GEN: getConversation. 404 if absent.
    pub async fn open_conversation(&self, conversation: &ConversationId) -> Result<Conversation, Error> {
        self.one(Call::to(&op::OPEN_CONVERSATION, &[conversation.as_str()])).await
    }

    /// The runs of a conversation, without their messages. GEN: listConversationRuns.
    pub async fn list_conversation_runs(&self, conversation: &ConversationId) -> Result<Vec<Run>, Error> {
        self.many(Call::to(&op::LIST_CONVERSATION_RUNS, &[conversation.as_str()])).await
    }

    /// Renames a conversation, or pins it. GEN: updateConversation. `None` where GEN did not send it back.
    pub async fn update_conversation(
        &self,
        conversation: &ConversationId,
        title: Option<&str>,
        pinned: Option<bool>,
    ) -> Result<Option<Conversation>, Error> {
        let mut body = Map::new();
        body.extend(title.map(|title| ("title".to_owned(), json!(title))));
        body.extend(pinned.map(|pinned| ("pinned".to_owned(), json!(pinned))));
        let call = Call::to(&op::UPDATE_CONVERSATION, &[conversation.as_str()]);
        let wanted = json!(body);
        let sent = self.maybe_one(call.body(wanted.clone())).await;
        let is_so = |found: Conversation| holds(&json!(found), &wanted).then_some(Some(found));
        self.reread(sent, self.open_conversation(conversation), is_so).await
    }

    /// Deletes a conversation with its runs and messages; ideas stay. GEN: deleteConversation.
    pub async fn delete_conversation(&self, conversation: &ConversationId) -> Result<(), Error> {
        self.done(Call::to(&op::DELETE_CONVERSATION, &[conversation.as_str()])).await
    }
}
