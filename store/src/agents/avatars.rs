//! The pictures of an agent.

use gen_client::model::Avatar;
use gen_client::{AgentId, AvatarId, File, GenClient};
use model::{Action, Cached, NewFile, Topic};

use crate::documents::{load_document, save_document};
use crate::files::{Picture, picture};
use crate::freshness::{Kind, Noun};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store, media};

/// GEN shows so many at a time.
const PAGE: usize = 20;
/// More pages than these are not asked for.
const PAGES_MAX: usize = 25;
/// What GEN takes as a picture of an agent.
const KINDS: [Picture; 3] = [Picture::Jpeg, Picture::Png, Picture::Webp];

impl Store {
    /// Every picture of the agent, the primary one first.
    pub async fn list_avatars(&self, actor: &Actor, agent: &AgentId) -> Result<Cached<Vec<Avatar>>> {
        let key = self.key_for(actor, agent).await?;
        self.cached(key, Avatars { agent: agent.clone() }).await
    }

    /// Adds a picture; which kind it is, its bytes say. Returns all of them, for GEN does not say which is new.
    pub async fn add_avatar(&self, actor: &Actor, agent: &AgentId, file: NewFile) -> Result<Vec<Avatar>> {
        actor.must(Action::Edit)?;
        let picture = picture(file, &KINDS)?;
        self.change_avatars(actor, agent, Change::Add(picture)).await
    }

    /// Lets a picture stand for the agent.
    pub async fn set_primary_avatar(
        &self,
        actor: &Actor,
        agent: &AgentId,
        avatar: AvatarId,
    ) -> Result<Vec<Avatar>> {
        actor.must(Action::Edit)?;
        self.must_be_avatars(actor, agent, std::slice::from_ref(&avatar)).await?;
        self.change_avatars(actor, agent, Change::Choose(avatar)).await
    }

    /// Deletes pictures for good, all at once; of those left the next becomes primary.
    pub async fn delete_avatars(
        &self,
        actor: &Actor,
        agent: &AgentId,
        avatars: Vec<AvatarId>,
    ) -> Result<Vec<Avatar>> {
        actor.must(Action::Edit)?;
        if avatars.is_empty() {
            return Err(Error::Invalid { field: "Pictures", message: "Choose pictures first.".to_owned() });
        }
        self.must_be_avatars(actor, agent, &avatars).await?;
        self.change_avatars(actor, agent, Change::Delete(avatars)).await
    }

    /// Only what GEN listed may be named: several ids in one are one call to it.
    async fn must_be_avatars(&self, actor: &Actor, agent: &AgentId, named: &[AvatarId]) -> Result<()> {
        let known = self.list_avatars(actor, agent).await?.value;
        let all_known = named.iter().all(|id| known.iter().any(|avatar| avatar.id == *id));
        if all_known { Ok(()) } else { Err(Error::NotFound("picture")) }
    }

    async fn change_avatars(&self, actor: &Actor, agent: &AgentId, change: Change) -> Result<Vec<Avatar>> {
        let (key, client) = self.client_for(actor, agent).await?;
        let (store, noun) = (self.clone(), Avatars { agent: agent.clone() });
        self.finish(async move {
            store.noted(key, change.send(&client, &noun.agent).await).await?;
            let mut tx = store.write_tx().await?;
            tx.wrote(Kind::Avatars, noun.agent.as_str()).await?;
            // The primary picture stands in the switcher.
            tx.outdate(Kind::Agent, noun.agent.as_str()).await?;
            tx.outdate(Kind::Agents, &key.to_string()).await?;
            tx.announce(Topic::Agents).await?;
            tx.commit().await?;
            store.renew(key, &noun).await?;
            Ok(store.saved(&noun).await?.map(|cached| cached.value).unwrap_or_default())
        })
        .await
    }
}

/// What is done with pictures at GEN.
enum Change {
    Add(File),
    Choose(AvatarId),
    Delete(Vec<AvatarId>),
}

impl Change {
    async fn send(&self, client: &GenClient, agent: &AgentId) -> Result<(), gen_client::Error> {
        match self {
            Self::Add(picture) => client.create_avatar(agent, picture).await,
            Self::Choose(avatar) => client.set_primary_avatar(agent, avatar).await,
            Self::Delete(avatars) => client.delete_avatars(agent, avatars).await,
        }
    }
}

/// An agent's pictures.
#[derive(Clone)]
struct Avatars {
    agent: AgentId,
}

impl Noun for Avatars {
    const KIND: Kind = Kind::Avatars;
    type Saved = Vec<Avatar>;
    type Answer = Vec<Avatar>;

    fn id(&self) -> String {
        self.agent.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Agent { agent_id: self.agent.clone() }
    }

    async fn load(&self, store: &Store) -> Result<Option<Vec<Avatar>>> {
        load_document(store, Self::KIND, self.agent.as_str()).await
    }

    /// Page after page: a page begins after the highest id seen, for the primary one comes first (D8).
    async fn fetch(&self, client: &GenClient) -> Result<Vec<Avatar>, gen_client::Error> {
        let mut all: Vec<Avatar> = Vec::new();
        for _ in 0..PAGES_MAX {
            let cursor = all.iter().map(|avatar| avatar.id.clone()).max();
            let page = client.list_avatars(&self.agent, cursor.as_ref()).await?;
            let is_last = page.len() < PAGE;
            all.extend(
                page.into_iter()
                    .filter(|one| !all.iter().any(|known| known.id == one.id))
                    .collect::<Vec<_>>(),
            );
            if is_last {
                break;
            }
        }
        Ok(all)
    }

    async fn remember(&self, tx: &mut WriteTx, mut answer: Vec<Avatar>) -> Result<()> {
        media::register(tx, Some(&self.agent), &mut answer).await?;
        media::localise(&mut answer);
        if answer.is_empty() {
            // What an answer leaves out stays, so nobody else would take the last picture away.
            sqlx::query("UPDATE agent SET json = json_set(json, '$.primary_avatar_url', NULL) WHERE id = ?")
                .bind(self.agent.as_str())
                .execute(&mut **tx)
                .await?;
        }
        if save_document(tx, Self::KIND, self.agent.as_str(), &answer).await? {
            tx.announce(self.topic()).await?;
        }
        Ok(())
    }
}
