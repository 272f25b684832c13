//! Agents made, changed and deleted.

use gen_client::AgentId;
use gen_client::model::{Agent, AgentPatch, NewAgent, Workspace};
use model::{Action, Topic};

use super::nouns::{Workspaces, remember_agent};
use crate::freshness::Kind;
use crate::keys::KeyId;
use crate::{Actor, Error, Result, Store};

const NAME_MAX: usize = 255;
const DESCRIPTION_MAX: usize = 20_000;

impl Store {
    /// The organizations that a new agent may belong to: those the actor's keys may manage.
    pub async fn list_workspaces(&self, actor: &Actor) -> Result<Vec<Workspace>> {
        let all = self.across_keys(actor, |key| Workspaces { key }, |one, other| one.id == other.id).await?;
        Ok(all.value)
    }

    /// Makes an agent with the key that may manage its organization, or with the actor's first one.
    pub async fn create_agent(&self, actor: &Actor, new: NewAgent) -> Result<AgentId> {
        actor.must(Action::Edit)?;
        let new = NewAgent {
            name: checked_name(&new.name)?,
            description: checked_description(new.description)?,
            time_zone: checked_time_zone(new.time_zone)?,
            ..new
        };
        let key = self.key_for_new(actor, &new).await?;
        let (store, client) = (self.clone(), self.client_of_key(key).await?);
        self.finish(async move {
            let agent = store.noted(key, client.create_agent(&new).await).await?;
            let id = agent.id.clone();
            let mut tx = store.write_tx().await?;
            sqlx::query("INSERT OR IGNORE INTO key_agent (key_id, agent_id) VALUES (?, ?)")
                .bind(key)
                .bind(id.as_str())
                .execute(&mut *tx)
                .await?;
            remember_agent(&mut tx, agent).await?;
            tx.wrote(Kind::Agents, &key.to_string()).await?;
            // Other keys may reach it too.
            tx.outdate(Kind::Agents, &key.to_string()).await?;
            tx.announce(Topic::Agents).await?;
            tx.commit().await?;
            Ok(id)
        })
        .await
    }

    /// Changes what the patch names: name, description, time zone.
    pub async fn update_agent(&self, actor: &Actor, agent: &AgentId, patch: AgentPatch) -> Result<Agent> {
        actor.must(Action::Edit)?;
        let patch = AgentPatch {
            name: patch.name.as_deref().map(checked_name).transpose()?,
            description: checked_description(patch.description)?,
            time_zone: checked_time_zone(patch.time_zone)?,
            ..patch
        };
        let (key, client) = self.client_for(actor, agent).await?;
        let (store, agent) = (self.clone(), agent.clone());
        self.finish(async move {
            let mut answer = store.noted(key, client.update_agent(&agent, &patch).await).await?;
            // GEN says nothing of an empty one, which would read as a field that its answer left out.
            answer.description = answer.description.or(patch.description.filter(String::is_empty));
            let mut tx = store.write_tx().await?;
            remember_agent(&mut tx, answer.clone()).await?;
            tx.wrote(Kind::Agent, agent.as_str()).await?;
            tx.outdate(Kind::Agents, &key.to_string()).await?;
            tx.announce(Topic::Agent { agent_id: agent }).await?;
            tx.announce(Topic::Agents).await?;
            tx.commit().await?;
            Ok(answer)
        })
        .await
    }

    /// Deletes an agent at GEN with everything of it; it does not come back. `typed` is its name, typed by the
    /// person: anything else is [`Error::Invalid`] and nothing is sent. What is saved here of its vidsheets stays.
    pub async fn delete_agent(&self, actor: &Actor, agent: &AgentId, typed: &str) -> Result<()> {
        actor.must(Action::Administer)?;
        let name = self.open_agent(actor, agent).await?.value.agent.name;
        must_match(typed, &name)?;
        let (key, client) = self.client_for(actor, agent).await?;
        let (store, agent) = (self.clone(), agent.clone());
        self.finish(async move {
            store.noted(key, client.delete_agent(&agent).await).await?;
            let mut tx = store.write_tx().await?;
            sqlx::query("DELETE FROM key_agent WHERE agent_id = ?")
                .bind(agent.as_str())
                .execute(&mut *tx)
                .await?;
            tx.wrote(Kind::Agents, &key.to_string()).await?;
            tx.announce(Topic::Agents).await?;
            tx.commit().await
        })
        .await
    }

    async fn key_for_new(&self, actor: &Actor, new: &NewAgent) -> Result<KeyId> {
        let Some(organization) = &new.organization_id else {
            return self.any_key(actor).await;
        };
        for key in self.keys_of(actor).await? {
            let managed = self.cached(key, Workspaces { key }).await?.value;
            if managed.iter().any(|one| one.id == *organization) {
                return Ok(key);
            }
        }
        Err(Error::NotFound("organization"))
    }
}

/// [`Error::Invalid`] unless the person typed the name of what they want to be rid of.
pub(crate) fn must_match(typed: &str, name: &str) -> Result<()> {
    if typed.trim() == name.trim() {
        return Ok(());
    }
    Err(Error::Invalid { field: "Name", message: format!("Type “{name}” exactly as it stands here.") })
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

fn checked_description(text: Option<String>) -> Result<Option<String>> {
    let length = text.as_deref().unwrap_or_default().chars().count();
    if length > DESCRIPTION_MAX {
        let message = format!("At most {DESCRIPTION_MAX} characters are taken; this has {length}.");
        return Err(Error::Invalid { field: "Description", message });
    }
    Ok(text.map(|text| text.trim().to_owned()))
}

/// An IANA name, as far as its shape tells.
fn checked_time_zone(zone: Option<String>) -> Result<Option<String>> {
    let zone = zone.map(|zone| zone.trim().to_owned()).filter(|zone| !zone.is_empty());
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte);
    let looks_right =
        |zone: &String| zone == "UTC" || (zone.contains('/') && zone.len() <= 64 && zone.bytes().all(letter));
    if !zone.as_ref().is_none_or(looks_right) {
        let message = "A time zone is a name such as Europe/Berlin.".to_owned();
        return Err(Error::Invalid { field: "Time zone", message });
    }
    Ok(zone)
}
