//! Organizations: who pays. Only an admin here changes them: all that belongs to one goes with it.

use gen_client::OrganizationId;
use gen_client::model::Organization;
use model::{Action, Cached, NewFile, Topic};

use super::changes::must_match;
use super::nouns::Organizations;
use crate::files::{Picture, picture};
use crate::freshness::Kind;
use crate::keys::KeyId;
use crate::{Actor, Error, Result, Store, media};

const NAME_MAX: usize = 255;
/// What GEN takes as a picture of an organization.
const KINDS: [Picture; 4] = [Picture::Jpeg, Picture::Png, Picture::Webp, Picture::Gif];

impl Store {
    /// Every organization that the actor's keys belong to, with what is left to spend and their role there.
    pub async fn list_organizations(&self, actor: &Actor) -> Result<Cached<Vec<Organization>>> {
        self.across_keys(actor, |key| Organizations { key }, |one, other| one.id == other.id).await
    }

    /// One organization as GEN has it at this moment.
    pub async fn open_organization(
        &self,
        actor: &Actor,
        organization: &OrganizationId,
    ) -> Result<Organization> {
        let key = self.key_of_organization(actor, organization).await?;
        let client = self.client_of_key(key).await?;
        let mut answer = self.noted(key, client.open_organization(organization).await).await?;
        let mut tx = self.write_tx().await?;
        media::register(&mut tx, None, &mut answer).await?;
        tx.commit().await?;
        media::localise(&mut answer);
        Ok(answer)
    }

    /// Makes an organization with a picture or without; the owner of the actor's first key owns it.
    pub async fn create_organization(
        &self,
        actor: &Actor,
        name: &str,
        file: Option<NewFile>,
    ) -> Result<OrganizationId> {
        actor.must(Action::Administer)?;
        let name = checked_name(name)?;
        let picture = file.map(|file| picture(file, &KINDS)).transpose()?;
        let key = self.any_key(actor).await?;
        let (store, client) = (self.clone(), self.client_of_key(key).await?);
        self.finish(async move {
            let made = store.noted(key, client.create_organization(&name, picture.as_ref()).await).await?;
            store.organizations_changed(key).await?;
            Ok(made)
        })
        .await
    }

    /// Gives an organization another name, another picture, or both.
    pub async fn update_organization(
        &self,
        actor: &Actor,
        organization: &OrganizationId,
        name: Option<String>,
        file: Option<NewFile>,
    ) -> Result<()> {
        actor.must(Action::Administer)?;
        let name = name.as_deref().map(checked_name).transpose()?;
        let picture = file.map(|file| picture(file, &KINDS)).transpose()?;
        let key = self.key_of_organization(actor, organization).await?;
        let (store, client, organization) =
            (self.clone(), self.client_of_key(key).await?, organization.clone());
        self.finish(async move {
            let answer = client.update_organization(&organization, name.as_deref(), picture.as_ref()).await;
            store.noted(key, answer).await?;
            store.organizations_changed(key).await
        })
        .await
    }

    /// Deletes an organization at GEN with all its agents; it does not come back. `typed` is its name and
    /// `password` the actor's own here; unless both fit, nothing is sent.
    pub async fn delete_organization(
        &self,
        actor: &Actor,
        organization: &OrganizationId,
        typed: &str,
        password: String,
    ) -> Result<()> {
        actor.must(Action::Administer)?;
        let known = self.list_organizations(actor).await?.value;
        let named = known.into_iter().find(|one| one.id == *organization);
        must_match(typed, &named.ok_or(Error::NotFound("organization"))?.name)?;
        self.must_be(actor, password).await?;
        let key = self.key_of_organization(actor, organization).await?;
        let (store, client, organization) =
            (self.clone(), self.client_of_key(key).await?, organization.clone());
        self.finish(async move {
            store.noted(key, client.delete_organization(&organization).await).await?;
            let mut tx = store.write_tx().await?;
            sqlx::query(
                "DELETE FROM key_agent WHERE agent_id IN (SELECT id FROM agent WHERE organization_id = ?)",
            )
            .bind(organization.as_str())
            .execute(&mut *tx)
            .await?;
            tx.commit().await?;
            store.organizations_changed(key).await
        })
        .await
    }

    /// The key of the actor's that belongs to an organization, by what GEN told each of them.
    async fn key_of_organization(&self, actor: &Actor, organization: &OrganizationId) -> Result<KeyId> {
        for key in self.keys_of(actor).await? {
            let known = self.cached(key, Organizations { key }).await?.value;
            if known.iter().any(|one| one.id == *organization) {
                return Ok(key);
            }
        }
        Err(Error::NotFound("organization"))
    }

    /// Asks again for what a key shows of organizations and agents: the answers say too little of what is new.
    async fn organizations_changed(&self, key: KeyId) -> Result<()> {
        let mut tx = self.write_tx().await?;
        for kind in [Kind::Organizations, Kind::Workspaces, Kind::Agents] {
            tx.wrote(kind, &key.to_string()).await?;
            tx.outdate(kind, &key.to_string()).await?;
        }
        tx.announce(Topic::Agents).await?;
        tx.commit().await?;
        match self.renew(key, &Organizations { key }).await {
            // It is done; the list follows when GEN answers again.
            Err(Error::Gen(error)) => {
                tracing::info!(key, %error, "the organizations could not be listed again");
                Ok(())
            }
            other => other,
        }
    }
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.trim();
    let length = name.chars().count();
    if !(1..=NAME_MAX).contains(&length) || name.chars().any(char::is_control) {
        let message = format!("A name has 1 to {NAME_MAX} characters, on one line; this has {length}.");
        return Err(Error::Invalid { field: "Name", message });
    }
    Ok(name.to_owned())
}
