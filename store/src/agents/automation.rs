//! Whom GEN tells about an agent's work.

use gen_client::model::{AutomationConfig, AutomationPatch, DeliveryTest, check_public_url};
use gen_client::{AgentId, GenClient};
use model::{Action, Cached, Topic};

use crate::documents::{load_document, save_document};
use crate::freshness::{Kind, Noun};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

impl Store {
    /// Whom GEN tells.
    pub async fn open_automation(&self, actor: &Actor, agent: &AgentId) -> Result<Cached<AutomationConfig>> {
        let key = self.key_for(actor, agent).await?;
        self.cached(key, Automation { agent: agent.clone() }).await
    }

    /// Sends what differs between the two. Addresses that only this network knows are refused: GEN could not reach
    /// them, and need not learn them (F2).
    pub async fn save_automation(
        &self,
        actor: &Actor,
        agent: &AgentId,
        before: AutomationConfig,
        after: AutomationConfig,
    ) -> Result<AutomationConfig> {
        actor.must(Action::Edit)?;
        let patch = AutomationPatch::between(&before, &after);
        // A simulator on this machine is told addresses of this machine.
        if !self.upstream().is_local() {
            check("Webhook URL", &patch.webhook_url)?;
            check("Callback URL", &patch.callback_url)?;
        }
        let (key, client) = self.client_for(actor, agent).await?;
        let (store, noun) = (self.clone(), Automation { agent: agent.clone() });
        self.finish(async move {
            let answer = store.noted(key, client.update_automation(&noun.agent, &patch).await).await?;
            let mut tx = store.write_tx().await?;
            noun.remember(&mut tx, answer.clone()).await?;
            tx.wrote(Kind::Automation, noun.agent.as_str()).await?;
            tx.commit().await?;
            Ok(answer)
        })
        .await
    }

    /// Has GEN try the webhook's address.
    pub async fn test_webhook(&self, actor: &Actor, agent: &AgentId) -> Result<DeliveryTest> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        self.noted(key, client.test_webhook(agent).await).await
    }

    /// Has GEN try the callback's address.
    pub async fn test_callback(&self, actor: &Actor, agent: &AgentId) -> Result<DeliveryTest> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        self.noted(key, client.test_callback(agent).await).await
    }
}

fn check(field: &'static str, url: &Option<Option<String>>) -> Result<()> {
    match url.as_ref().and_then(Option::as_ref).map(|url| check_public_url(url)) {
        Some(Err(error)) => Err(Error::Invalid { field, message: error.to_string() }),
        _ => Ok(()),
    }
}

/// An agent's automation.
#[derive(Clone)]
struct Automation {
    agent: AgentId,
}

impl Noun for Automation {
    const KIND: Kind = Kind::Automation;
    type Saved = AutomationConfig;
    type Answer = AutomationConfig;

    fn id(&self) -> String {
        self.agent.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Agent { agent_id: self.agent.clone() }
    }

    async fn load(&self, store: &Store) -> Result<Option<AutomationConfig>> {
        load_document(store, Self::KIND, self.agent.as_str()).await
    }

    async fn fetch(&self, client: &GenClient) -> Result<AutomationConfig, gen_client::Error> {
        client.open_automation(&self.agent).await
    }

    async fn remember(&self, tx: &mut WriteTx, answer: AutomationConfig) -> Result<()> {
        if save_document(tx, Self::KIND, self.agent.as_str(), &answer).await? {
            tx.announce(self.topic()).await?;
        }
        Ok(())
    }
}
