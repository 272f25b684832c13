use gen_client::model::{Agent, Organization, Workspace};
use gen_client::{AgentId, GenClient};
use model::Topic;

use crate::documents::{load_document, save_document};
use crate::freshness::{Kind, Noun};
use crate::keys::{KeyId, remember_agents};
use crate::saved::{json, text};
use crate::write_tx::WriteTx;
use crate::{Result, Store, media};

/// The agents that a key reaches.
#[derive(Clone)]
pub(super) struct Agents {
    pub(super) key: KeyId,
}

impl Noun for Agents {
    const KIND: Kind = Kind::Agents;
    type Saved = Vec<Agent>;
    type Answer = Vec<Agent>;

    fn id(&self) -> String {
        self.key.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Agents
    }

    async fn load(&self, store: &Store) -> Result<Option<Vec<Agent>>> {
        let saved: Vec<String> = sqlx::query_scalar(
            "SELECT a.json FROM agent a JOIN key_agent k ON k.agent_id = a.id WHERE k.key_id = ? ORDER BY a.rowid",
        )
        .bind(self.key)
        .fetch_all(store.read())
        .await?;
        saved.iter().map(|document| json(document)).collect::<Result<_>>().map(Some)
    }

    async fn fetch(&self, client: &GenClient) -> Result<Vec<Agent>, gen_client::Error> {
        client.list_agents(None).await
    }

    async fn remember(&self, tx: &mut WriteTx, answer: Vec<Agent>) -> Result<()> {
        let known: Vec<String> =
            sqlx::query_scalar("SELECT agent_id FROM key_agent WHERE key_id = ? ORDER BY agent_id")
                .bind(self.key)
                .fetch_all(&mut **tx)
                .await?;
        let mut reached: Vec<&str> = answer.iter().map(|agent| agent.id.as_str()).collect();
        reached.sort_unstable();
        let mut changed = known != reached;
        remember_agents(tx, self.key, answer.iter().map(|agent| &agent.id)).await?;
        for agent in answer {
            changed |= remember_agent(tx, agent).await?;
        }
        if changed {
            tx.announce(Topic::Agents).await?;
        }
        Ok(())
    }
}

/// One agent in full.
#[derive(Clone)]
pub(super) struct Detail {
    pub(super) agent: AgentId,
}

impl Noun for Detail {
    const KIND: Kind = Kind::Agent;
    type Saved = Agent;
    type Answer = Agent;

    fn id(&self) -> String {
        self.agent.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Agent { agent_id: self.agent.clone() }
    }

    async fn load(&self, store: &Store) -> Result<Option<Agent>> {
        let saved: Option<String> = sqlx::query_scalar("SELECT json FROM agent WHERE id = ?")
            .bind(self.agent.as_str())
            .fetch_optional(store.read())
            .await?;
        saved.as_deref().map(json).transpose()
    }

    async fn fetch(&self, client: &GenClient) -> Result<Agent, gen_client::Error> {
        client.open_agent(&self.agent).await
    }

    async fn remember(&self, tx: &mut WriteTx, answer: Agent) -> Result<()> {
        if remember_agent(tx, answer).await? {
            tx.announce(self.topic()).await?;
            tx.announce(Topic::Agents).await?;
        }
        Ok(())
    }
}

/// Keeps an agent; the list and the detail carry different fields, and what one leaves out stays. True when
/// anything differs.
pub(super) async fn remember_agent(tx: &mut WriteTx, mut agent: Agent) -> Result<bool> {
    let owner = agent.id.clone();
    media::register(tx, Some(&owner), &mut agent).await?;
    media::localise(&mut agent);
    let saved: Option<String> = sqlx::query_scalar("SELECT json FROM agent WHERE id = ?")
        .bind(agent.id.as_str())
        .fetch_optional(&mut **tx)
        .await?;
    if let Some(saved) = saved.as_deref().map(json::<Agent>).transpose()? {
        if agent.name.is_empty() {
            agent.name = saved.name;
        }
        agent.description = agent.description.or(saved.description);
        agent.organization_id = agent.organization_id.or(saved.organization_id);
        agent.time_zone = agent.time_zone.or(saved.time_zone);
        agent.primary_avatar_url = agent.primary_avatar_url.or(saved.primary_avatar_url);
        agent.role = agent.role.or(saved.role);
    }
    let now = tx.now();
    let kept = sqlx::query(
        "INSERT INTO agent (id, organization_id, json, seen_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET organization_id = excluded.organization_id, json = excluded.json,
             seen_at = excluded.seen_at
         WHERE json <> excluded.json",
    )
    .bind(agent.id.as_str())
    .bind(agent.organization_id.as_ref().map(|id| id.as_str()))
    .bind(text(&agent)?)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(kept.rows_affected() > 0)
}

/// The organizations that a key reaches, with what is left to spend.
#[derive(Clone)]
pub(super) struct Organizations {
    pub(super) key: KeyId,
}

impl Noun for Organizations {
    const KIND: Kind = Kind::Organizations;
    type Saved = Vec<Organization>;
    type Answer = Vec<Organization>;

    fn id(&self) -> String {
        self.key.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Agents
    }

    async fn load(&self, store: &Store) -> Result<Option<Vec<Organization>>> {
        load_document(store, Self::KIND, &self.id()).await
    }

    async fn fetch(&self, client: &GenClient) -> Result<Vec<Organization>, gen_client::Error> {
        client.list_organizations().await
    }

    async fn remember(&self, tx: &mut WriteTx, mut answer: Vec<Organization>) -> Result<()> {
        media::register(tx, None, &mut answer).await?;
        media::localise(&mut answer);
        if save_document(tx, Self::KIND, &self.id(), &answer).await? {
            tx.announce(Topic::Agents).await?;
        }
        Ok(())
    }
}

/// The organizations that a key may manage.
#[derive(Clone)]
pub(super) struct Workspaces {
    pub(super) key: KeyId,
}

impl Noun for Workspaces {
    const KIND: Kind = Kind::Workspaces;
    type Saved = Vec<Workspace>;
    type Answer = Vec<Workspace>;

    fn id(&self) -> String {
        self.key.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Agents
    }

    async fn load(&self, store: &Store) -> Result<Option<Vec<Workspace>>> {
        load_document(store, Self::KIND, &self.id()).await
    }

    async fn fetch(&self, client: &GenClient) -> Result<Vec<Workspace>, gen_client::Error> {
        client.list_workspaces().await
    }

    async fn remember(&self, tx: &mut WriteTx, answer: Vec<Workspace>) -> Result<()> {
        if save_document(tx, Self::KIND, &self.id(), &answer).await? {
            tx.announce(Topic::Agents).await?;
        }
        Ok(())
    }
}
