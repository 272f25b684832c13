//! The profile that came before the core. GEN describes none of its fields, so they are passed on as they came,
//! except for keys of other services: those are neither kept nor sent back.

use gen_client::model::AgentProfile;
use gen_client::{AgentId, GenClient};
use model::{Action, Cached, Topic};
use serde_json::{Map, Value};

use super::changes::must_match;
use crate::documents::{load_document, save_document};
use crate::freshness::{Kind, Noun};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

/// A profile is far smaller.
const PROFILE_MAX: usize = 256 * 1024;

impl Store {
    /// The agent's profile.
    pub async fn open_profile(&self, actor: &Actor, agent: &AgentId) -> Result<Cached<AgentProfile>> {
        let key = self.key_for(actor, agent).await?;
        self.cached(key, Profile { agent: agent.clone() }).await
    }

    /// Sets the profile up, or changes the sections given; lists in them are replaced whole.
    pub async fn save_profile(
        &self,
        actor: &Actor,
        agent: &AgentId,
        profile: AgentProfile,
        new: bool,
    ) -> Result<AgentProfile> {
        actor.must(Action::Edit)?;
        self.must_reach(actor, agent).await?;
        let profile = without_keys(profile);
        let size = serde_json::to_string(&profile).map_or(0, |text| text.len());
        if size > PROFILE_MAX || profile == AgentProfile::default() {
            let message =
                format!("A profile has at least one section and at most {} KB.", PROFILE_MAX / 1024);
            return Err(Error::Invalid { field: "Profile", message });
        }
        let (key, client) = self.client_for(actor, agent).await?;
        let (store, noun) = (self.clone(), Profile { agent: agent.clone() });
        self.finish(async move {
            let answer = match new {
                true => client.create_profile(&noun.agent, &profile).await,
                false => client.update_profile(&noun.agent, &profile).await,
            };
            let answer = store.noted(key, answer).await?;
            store.profile_changed(&noun, answer.clone()).await?;
            Ok(without_keys(answer))
        })
        .await
    }

    /// Empties the brand section of the profile, and with it those fields of the core. `typed` is the agent's name.
    pub async fn reset_profile(&self, actor: &Actor, agent: &AgentId, typed: &str) -> Result<AgentProfile> {
        actor.must(Action::Edit)?;
        must_match(typed, &self.open_agent(actor, agent).await?.value.agent.name)?;
        let (key, client) = self.client_for(actor, agent).await?;
        let (store, noun) = (self.clone(), Profile { agent: agent.clone() });
        self.finish(async move {
            store.noted(key, client.delete_profile(&noun.agent).await).await?;
            let now = store.noted(key, client.open_profile(&noun.agent).await).await?;
            store.profile_changed(&noun, now.clone()).await?;
            Ok(without_keys(now))
        })
        .await
    }

    /// The profile is another view of the core, so the saved core is behind now.
    async fn profile_changed(&self, noun: &Profile, answer: AgentProfile) -> Result<()> {
        let mut tx = self.write_tx().await?;
        noun.remember(&mut tx, answer).await?;
        tx.wrote(Kind::Profile, noun.agent.as_str()).await?;
        for kind in [Kind::Core, Kind::Agent] {
            tx.wrote(kind, noun.agent.as_str()).await?;
            tx.outdate(kind, noun.agent.as_str()).await?;
        }
        tx.announce(noun.topic()).await?;
        tx.commit().await
    }
}

/// An agent's profile.
#[derive(Clone)]
struct Profile {
    agent: AgentId,
}

impl Noun for Profile {
    const KIND: Kind = Kind::Profile;
    type Saved = AgentProfile;
    type Answer = AgentProfile;

    fn id(&self) -> String {
        self.agent.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Agent { agent_id: self.agent.clone() }
    }

    async fn load(&self, store: &Store) -> Result<Option<AgentProfile>> {
        load_document(store, Self::KIND, self.agent.as_str()).await
    }

    async fn fetch(&self, client: &GenClient) -> Result<AgentProfile, gen_client::Error> {
        client.open_profile(&self.agent).await
    }

    async fn remember(&self, tx: &mut WriteTx, answer: AgentProfile) -> Result<()> {
        if save_document(tx, Self::KIND, self.agent.as_str(), &without_keys(answer)).await? {
            tx.announce(self.topic()).await?;
        }
        Ok(())
    }
}

/// Without any field whose name speaks of a key or a secret, at any depth.
fn without_keys(profile: AgentProfile) -> AgentProfile {
    let cleaned = |section: Option<Map<String, Value>>| section.map(cleaned);
    AgentProfile {
        identity: cleaned(profile.identity),
        voice: cleaned(profile.voice),
        brand: cleaned(profile.brand),
    }
}

fn cleaned(fields: Map<String, Value>) -> Map<String, Value> {
    fn clean(value: Value) -> Value {
        match value {
            Value::Object(fields) => Value::Object(cleaned(fields)),
            Value::Array(items) => Value::Array(items.into_iter().map(clean).collect()),
            other => other,
        }
    }
    let secret = |name: &str| {
        let name = name.to_lowercase();
        ["api_key", "apikey", "token", "secret", "password"].iter().any(|word| name.contains(word))
    };
    fields.into_iter().filter(|(name, _)| !secret(name)).map(|(name, value)| (name, clean(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_other_services_are_neither_kept_nor_sent() {
        let profile: AgentProfile = serde_json::from_str(
            r#"{"voice":{"eleven_lab_api_key":"sk_x","default_voice":{"id":"v","access_token":"t"},"list":[{"secret":1}]},
                "brand":{"keywords":["clay"]}}"#,
        )
        .unwrap();
        let text = serde_json::to_string(&without_keys(profile)).unwrap();
        assert_eq!(
            text,
            r#"{"voice":{"default_voice":{"id":"v"},"list":[{}]},"brand":{"keywords":["clay"]}}"#
        );
    }
}
