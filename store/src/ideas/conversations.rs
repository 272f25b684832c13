use std::collections::HashSet;

use gen_client::model::{Conversation, MESSAGES_PER_PAGE, Message};
use gen_client::{AgentId, ConversationId, GenClient};
use model::{Action, Cached, Thread, Topic};

use crate::documents::{load_document, save_document};
use crate::freshness::{Kind, Noun};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

/// The longest title we send, in characters; GEN names no limit.
const TITLE_MAX: usize = 200;
/// More pages than this are not asked for, whatever GEN says.
const PAGES_MAX: u32 = 100;

impl Store {
    /// A thread with what was said in it and its runs.
    pub async fn open_conversation(
        &self,
        actor: &Actor,
        agent: &AgentId,
        conversation: &ConversationId,
    ) -> Result<Cached<Thread>> {
        let key = self.key_for(actor, agent).await?;
        self.must_be_of(agent, conversation).await?;
        self.cached(key, WholeThread { agent: agent.clone(), conversation: conversation.clone() }).await
    }

    /// Renames a thread, or pins it to the top.
    pub async fn update_conversation(
        &self,
        actor: &Actor,
        agent: &AgentId,
        conversation: &ConversationId,
        title: Option<String>,
        pinned: Option<bool>,
    ) -> Result<()> {
        actor.must(Action::Edit)?;
        let title = title.map(|title| title.trim().to_owned());
        if title.as_ref().is_some_and(|title| title.is_empty() || title.chars().count() > TITLE_MAX) {
            let message = format!("Give it 1 to {TITLE_MAX} characters.");
            return Err(Error::Invalid { field: "Title", message });
        }
        let (key, client) = self.client_for(actor, agent).await?;
        self.must_be_of(agent, conversation).await?;
        let (store, agent, id) = (self.clone(), agent.clone(), conversation.clone());
        self.finish(async move {
            let answer = client.update_conversation(&id, title.as_deref(), pinned).await;
            store.noted(key, answer).await?;
            store.outdate_thread(&id).await?;
            let change = |all: &mut Vec<Conversation>| {
                for known in all.iter_mut().filter(|known| known.id == id) {
                    known.title = title.clone().or_else(|| known.title.take());
                    known.pinned = pinned.unwrap_or(known.pinned);
                }
            };
            store.change_conversations(&agent, change).await
        })
        .await
    }

    /// Deletes a thread with its messages at GEN; its ideas stay.
    pub async fn delete_conversation(
        &self,
        actor: &Actor,
        agent: &AgentId,
        conversation: &ConversationId,
    ) -> Result<()> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        self.must_be_of(agent, conversation).await?;
        let (store, agent, id) = (self.clone(), agent.clone(), conversation.clone());
        self.finish(async move {
            store.noted(key, client.delete_conversation(&id).await).await?;
            store.change_conversations(&agent, |all| all.retain(|known| known.id != id)).await
        })
        .await
    }

    async fn outdate_thread(&self, conversation: &ConversationId) -> Result<()> {
        let mut tx = self.write_tx().await?;
        tx.outdate(Kind::Messages, conversation.as_str()).await?;
        tx.commit().await
    }

    /// Brings the saved list to what GEN just agreed to.
    async fn change_conversations(
        &self,
        agent: &AgentId,
        change: impl FnOnce(&mut Vec<Conversation>),
    ) -> Result<()> {
        let mut all: Vec<Conversation> =
            load_document(self, Kind::Ideas, agent.as_str()).await?.unwrap_or_default();
        change(&mut all);
        let mut tx = self.write_tx().await?;
        save_document(&mut tx, Kind::Ideas, agent.as_str(), &all).await?;
        tx.wrote(Kind::Ideas, agent.as_str()).await?;
        tx.announce(Topic::Ideas { agent_id: agent.clone() }).await?;
        tx.commit().await
    }

    /// Refuses a conversation that is not this agent's, as far as we know, before GEN is asked.
    pub(super) async fn must_be_of(&self, agent: &AgentId, conversation: &ConversationId) -> Result<()> {
        let listed: Vec<Conversation> =
            load_document(self, Kind::Ideas, agent.as_str()).await?.unwrap_or_default();
        let ours: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM work WHERE kind IN ('run', 'research') AND agent_id = ? AND conversation_id = ?)",
        )
        .bind(agent.as_str())
        .bind(conversation.as_str())
        .fetch_one(self.read())
        .await?;
        if ours || listed.iter().any(|known| known.id == *conversation) {
            return Ok(());
        }
        Err(Error::NotFound("conversation"))
    }
}

/// A conversation with its messages and runs.
#[derive(Clone)]
struct WholeThread {
    agent: AgentId,
    conversation: ConversationId,
}

impl Noun for WholeThread {
    const KIND: Kind = Kind::Messages;
    type Saved = Thread;
    type Answer = Thread;

    fn id(&self) -> String {
        self.conversation.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Ideas { agent_id: self.agent.clone() }
    }

    async fn load(&self, store: &Store) -> Result<Option<Thread>> {
        load_document(store, Self::KIND, self.conversation.as_str()).await
    }

    /// Pages until one is short or brings what is known already: not every GEN pages.
    async fn fetch(&self, client: &GenClient) -> Result<Thread, gen_client::Error> {
        let mut all: Vec<Message> = Vec::new();
        let mut first_of_pages = HashSet::new();
        for page in 1..=PAGES_MAX {
            let some = client.list_messages(&self.conversation, page).await?;
            let first = some.first().map(|message| (message.created_at.clone(), message.content.clone()));
            let is_full = some.len() == MESSAGES_PER_PAGE as usize;
            if !first_of_pages.insert(first) {
                break;
            }
            all.extend(some);
            if !is_full {
                break;
            }
        }
        Ok(Thread {
            conversation: client.open_conversation(&self.conversation).await?,
            messages: all,
            runs: client.list_conversation_runs(&self.conversation).await?,
        })
    }

    async fn remember(&self, tx: &mut WriteTx, answer: Thread) -> Result<()> {
        if save_document(tx, Self::KIND, self.conversation.as_str(), &answer).await? {
            tx.announce(self.topic()).await?;
        }
        Ok(())
    }
}
