//! An agent's core: read, saved in the smallest pieces, and put back to what it was.

mod merge;
mod snapshots;

use gen_client::model::{AgentCore, AgentCorePatch, CoreSaved};
use gen_client::{AgentId, GenClient};
use model::{Action, Cached, CorePart, Topic, core_problems};

use crate::documents::{load_document, save_document};
use crate::freshness::{Kind, Noun};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

impl Store {
    /// The agent's core.
    pub async fn open_core(&self, actor: &Actor, agent: &AgentId) -> Result<Cached<AgentCore>> {
        let key = self.key_for(actor, agent).await?;
        self.cached(key, Core { agent: agent.clone() }).await
    }

    /// Saves what differs between the two cores as the smallest patch on what GEN has now, so that nobody's
    /// entries are lost to a page that was open for long. The answer holds each section's result, which may be
    /// a failure, and the core as it is now.
    pub async fn save_core(
        &self,
        actor: &Actor,
        agent: &AgentId,
        before: AgentCore,
        after: AgentCore,
    ) -> Result<(CoreSaved, AgentCore)> {
        actor.must(Action::Edit)?;
        check(&before, &after)?;
        self.change_core(actor, agent, move |live| merge::merge(&before, &after, live)).await
    }

    /// Puts parts of the core back to what a snapshot holds. What GEN cannot empty again, such as a voice, stays.
    pub async fn restore_core(
        &self,
        actor: &Actor,
        agent: &AgentId,
        snapshot: i64,
        parts: Vec<CorePart>,
    ) -> Result<(CoreSaved, AgentCore)> {
        actor.must(Action::Edit)?;
        let then = self.open_core_snapshot(actor, agent, snapshot).await?;
        self.change_core(actor, agent, move |live| merge::replaced(live, &parts, &then)).await
    }

    /// Gives another agent parts of this agent's core as GEN has it now; what that agent had there is replaced.
    pub async fn copy_core(
        &self,
        actor: &Actor,
        agent: &AgentId,
        to: &AgentId,
        parts: Vec<CorePart>,
    ) -> Result<CoreSaved> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        self.must_reach(actor, to).await?;
        if agent == to {
            return Err(Error::Invalid { field: "Agent", message: "Choose another agent.".to_owned() });
        }
        let from = self.noted(key, client.open_core(agent).await).await?;
        let (saved, _) =
            self.change_core(actor, to, move |live| merge::replaced(live, &parts, &from)).await?;
        Ok(saved)
    }

    /// The one way in which a core is changed: under a lock, on what GEN has at this moment, with a snapshot of
    /// what was there and of what came of it.
    async fn change_core(
        &self,
        actor: &Actor,
        agent: &AgentId,
        change: impl FnOnce(&AgentCore) -> AgentCore + Send + 'static,
    ) -> Result<(CoreSaved, AgentCore)> {
        let (key, client) = self.client_for(actor, agent).await?;
        let (store, noun, person) = (self.clone(), Core { agent: agent.clone() }, actor.person.id);
        self.finish(async move {
            let lock = store.lock_of(&format!("save-core/{}", noun.agent));
            let _turn = lock.lock().await;
            let live = store.noted(key, client.open_core(&noun.agent).await).await?;
            let wanted = change(&live);
            check(&live, &wanted)?;
            let patch = AgentCorePatch::between(&live, &wanted);
            let (saved, now) = if patch.is_empty() {
                (CoreSaved::default(), live.clone())
            } else {
                let saved = store.noted(key, client.patch_core(&noun.agent, &patch).await).await?;
                (saved, store.noted(key, client.open_core(&noun.agent).await).await?)
            };
            let mut tx = store.write_tx().await?;
            snapshots::keep(&mut tx, &noun.agent, None, &live).await?;
            snapshots::keep(&mut tx, &noun.agent, Some(person), &now).await?;
            noun.remember(&mut tx, now.clone()).await?;
            tx.wrote(Kind::Core, noun.agent.as_str()).await?;
            // The list of agents shows name and description, which come from the core.
            tx.outdate(Kind::Agent, noun.agent.as_str()).await?;
            tx.commit().await?;
            Ok((saved, now))
        })
        .await
    }
}

/// An agent's core.
#[derive(Clone)]
struct Core {
    agent: AgentId,
}

impl Noun for Core {
    const KIND: Kind = Kind::Core;
    type Saved = AgentCore;
    type Answer = AgentCore;

    fn id(&self) -> String {
        self.agent.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Agent { agent_id: self.agent.clone() }
    }

    async fn load(&self, store: &Store) -> Result<Option<AgentCore>> {
        load_document(store, Self::KIND, self.agent.as_str()).await
    }

    async fn fetch(&self, client: &GenClient) -> Result<AgentCore, gen_client::Error> {
        client.open_core(&self.agent).await
    }

    async fn remember(&self, tx: &mut WriteTx, answer: AgentCore) -> Result<()> {
        if save_document(tx, Self::KIND, self.agent.as_str(), &answer).await? {
            tx.announce(self.topic()).await?;
        }
        Ok(())
    }
}

/// Refuses what GEN would refuse, for the fields that change.
fn check(before: &AgentCore, after: &AgentCore) -> Result<()> {
    match core_problems(before, after).into_iter().next() {
        Some(problem) => Err(Error::Invalid { field: problem.field, message: problem.message }),
        None => Ok(()),
    }
}
