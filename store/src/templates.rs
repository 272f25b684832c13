use std::collections::HashSet;

use gen_client::model::Template;
use gen_client::{AgentId, GenClient, VidsheetId};
use model::{Action, Cached, Topic, VidsheetPlan};

use crate::documents::{load_document, save_document};
use crate::freshness::{Kind, Noun};
use crate::vidsheets::{Wanted, checked_plan, checked_title};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store, media};

/// GEN's page of templates holds so many.
const PAGE: usize = 20;
/// More pages than this are not asked for, whatever GEN says.
const PAGES_MAX: u32 = 50;

impl Store {
    /// All templates.
    pub async fn list_templates(&self, actor: &Actor) -> Result<Cached<Vec<Template>>> {
        let key = self.any_key(actor).await?;
        self.cached(key, AllTemplates).await
    }

    /// One template with its columns.
    pub async fn open_template(&self, actor: &Actor, slug: &str) -> Result<Cached<Template>> {
        let key = self.any_key(actor).await?;
        self.cached(key, OneTemplate { slug: checked_slug(slug)?.to_owned() }).await
    }

    /// Makes a vidsheet of a template; free. GEN takes an agent and nothing more, so the title is ours, and the rows
    /// beyond the template's own are made by [`Store::complete_vidsheet`].
    pub async fn clone_template(
        &self,
        actor: &Actor,
        agent: &AgentId,
        slug: &str,
        title: Option<&str>,
        rows: u32,
    ) -> Result<VidsheetId> {
        actor.must(Action::Edit)?;
        let title = title.map(checked_title).transpose()?;
        let plan = checked_plan(VidsheetPlan { columns: Vec::new(), rows })?;
        let (key, client) = self.client_for(actor, agent).await?;
        let slug = checked_slug(slug)?.to_owned();
        let owner = self.as_gen_sent(agent).await?;
        let make = async move { client.clone_template(&slug, &owner).await };
        self.keep_new(key, agent, Wanted { title, plan }, make).await
    }
}

/// A slug is part of a path at GEN.
pub(crate) fn checked_slug(slug: &str) -> Result<&str> {
    let fits = (1..=128).contains(&slug.len())
        && slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if fits { Ok(slug) } else { Err(Error::NotFound("template")) }
}

/// The whole list.
#[derive(Clone)]
struct AllTemplates;

impl Noun for AllTemplates {
    const KIND: Kind = Kind::Templates;
    type Saved = Vec<Template>;
    type Answer = Vec<Template>;

    fn id(&self) -> String {
        String::new()
    }

    fn topic(&self) -> Topic {
        Topic::Templates
    }

    async fn load(&self, store: &Store) -> Result<Option<Vec<Template>>> {
        load_document(store, Kind::Templates, "").await
    }

    /// Pages until one is short or brings nothing new.
    async fn fetch(&self, client: &GenClient) -> Result<Vec<Template>, gen_client::Error> {
        let mut all: Vec<Template> = Vec::new();
        let mut known = HashSet::new();
        for page in 1..=PAGES_MAX {
            let some = client.list_templates(page).await?;
            let (got, before) = (some.len(), all.len());
            all.extend(some.into_iter().filter(|template| known.insert(template.id.clone())));
            if got < PAGE || all.len() == before {
                break;
            }
        }
        Ok(all)
    }

    async fn remember(&self, tx: &mut WriteTx, mut answer: Vec<Template>) -> Result<()> {
        media::register(tx, None, &mut answer).await?;
        media::localise(&mut answer);
        if save_document(tx, Kind::Templates, "", &answer).await? {
            tx.announce(Topic::Templates).await?;
        }
        Ok(())
    }
}

/// One of them, with its columns.
#[derive(Clone)]
struct OneTemplate {
    slug: String,
}

impl Noun for OneTemplate {
    const KIND: Kind = Kind::Template;
    type Saved = Template;
    type Answer = Template;

    fn id(&self) -> String {
        self.slug.clone()
    }

    fn topic(&self) -> Topic {
        Topic::Templates
    }

    async fn load(&self, store: &Store) -> Result<Option<Template>> {
        load_document(store, Kind::Template, &self.slug).await
    }

    async fn fetch(&self, client: &GenClient) -> Result<Template, gen_client::Error> {
        client.open_template(&self.slug).await
    }

    async fn remember(&self, tx: &mut WriteTx, mut answer: Template) -> Result<()> {
        media::register(tx, None, &mut answer).await?;
        media::localise(&mut answer);
        if save_document(tx, Kind::Template, &self.slug, &answer).await? {
            tx.announce(Topic::Templates).await?;
        }
        Ok(())
    }
}
