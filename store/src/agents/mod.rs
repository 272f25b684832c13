//! Agents, who pays for them, their cores and voices.

mod automation;
mod avatars;
mod changes;
mod core;
mod nouns;
mod organizations;
mod profile;
mod voices;

use gen_client::AgentId;
use gen_client::model::Agent;
use model::{AgentOverview, Cached, Trouble};

use crate::freshness::Noun;
use crate::keys::KeyId;
use crate::saved::json;
use crate::{Actor, Error, Result, Store};
pub(crate) use changes::must_match;

use nouns::{Agents, Detail, Organizations};

impl Store {
    /// The agents that the actor's keys reach, the own keys' first.
    pub async fn list_agents(&self, actor: &Actor) -> Result<Cached<Vec<Agent>>> {
        self.across_keys(actor, |key| Agents { key }, |one, other| one.id == other.id).await
    }

    /// One list out of what each of the actor's keys shows, the own keys' first; each thing once. What one key
    /// cannot show is the list's trouble, unless no key can show anything.
    pub(crate) async fn across_keys<N, T>(
        &self,
        actor: &Actor,
        noun: impl Fn(KeyId) -> N,
        same: fn(&T, &T) -> bool,
    ) -> Result<Cached<Vec<T>>>
    where
        N: Noun<Saved = Vec<T>>,
    {
        let mut all: Option<Cached<Vec<T>>> = None;
        let mut failed = None;
        for key in self.keys_of(actor).await? {
            match self.cached(key, noun(key)).await {
                Ok(some) => all = Some(joined(all, some, same)),
                Err(Error::Gen(error)) => failed = Some(error),
                Err(error) => return Err(error),
            }
        }
        match (all, failed) {
            (Some(mut all), failed) => {
                let now = self.now();
                all.trouble = all.trouble.or(failed.map(|error| trouble(&error, now)));
                Ok(all)
            }
            (None, Some(error)) => Err(error.into()),
            (None, None) => Err(Error::NoKey),
        }
    }

    /// One agent with who pays for it and what is left to spend, as far as the key may see it.
    pub async fn open_agent(&self, actor: &Actor, agent: &AgentId) -> Result<Cached<AgentOverview>> {
        let key = self.key_for(actor, agent).await?;
        let detail = self.cached(key, Detail { agent: agent.clone() }).await?;
        let (organizations, mut trouble) = match self.cached(key, Organizations { key }).await {
            Ok(cached) => (cached.value, cached.trouble),
            Err(Error::Gen(error)) => (Vec::new(), Some(trouble(&error, self.now()))),
            Err(error) => return Err(error),
        };
        let payer = detail.value.organization_id.clone();
        let organization = organizations.into_iter().find(|one| Some(&one.id) == payer.as_ref());
        trouble = detail.trouble.clone().or(trouble);
        Ok(Cached { trouble, ..detail.map(|agent| AgentOverview { agent, organization }) })
    }

    /// What the agent's organization has left to spend, by GEN's last word to this key.
    pub(crate) async fn balance(&self, agent: &AgentId, key: KeyId) -> Result<Option<f64>> {
        let payer: Option<Option<String>> =
            sqlx::query_scalar("SELECT organization_id FROM agent WHERE id = ?")
                .bind(agent.as_str())
                .fetch_optional(self.read())
                .await?;
        let (Some(Some(payer)), Some(known)) = (payer, Organizations { key }.load(self).await?) else {
            return Ok(None);
        };
        let organization = known.into_iter().find(|one| one.id.as_str() == payer);
        Ok(organization.and_then(|one| one.available_credits).and_then(|credits| credits.generic))
    }

    /// As [`Store::balance`], asked of GEN now; what is known is the answer where GEN cannot be asked.
    pub(crate) async fn balance_now(&self, agent: &AgentId, key: KeyId) -> Result<Option<f64>> {
        asked(key, self.renew(key, &Organizations { key }).await)?;
        self.balance(agent, key).await
    }

    /// As [`Store::balance_now`], unless GEN's word is younger than what was last spent.
    pub(crate) async fn fresh_balance(&self, agent: &AgentId, key: KeyId) -> Result<Option<f64>> {
        asked(key, self.renew_if_due(key, &Organizations { key }).await)?;
        self.balance(agent, key).await
    }

    /// The id with the JSON type in which GEN sent it, for request bodies; an id out of a URL has lost it.
    pub(crate) async fn as_gen_sent(&self, agent: &AgentId) -> Result<AgentId> {
        let saved: Option<String> = sqlx::query_scalar("SELECT json FROM agent WHERE id = ?")
            .bind(agent.as_str())
            .fetch_optional(self.read())
            .await?;
        Ok(match saved {
            Some(document) => json::<Agent>(&document)?.id,
            None => agent.clone(),
        })
    }
}

/// GEN's failure to say what is left to spend is no reason not to go on.
fn asked(key: KeyId, outcome: Result<()>) -> Result<()> {
    match outcome {
        Err(Error::Gen(error)) => {
            tracing::info!(key, %error, "what is left to spend could not be asked");
            Ok(())
        }
        outcome => outcome,
    }
}

/// Two lists as one: as old as the older, each thing once.
fn joined<T>(
    all: Option<Cached<Vec<T>>>,
    mut some: Cached<Vec<T>>,
    same: fn(&T, &T) -> bool,
) -> Cached<Vec<T>> {
    let Some(mut all) = all else { return some };
    some.value.retain(|one| !all.value.iter().any(|known| same(known, one)));
    all.value.append(&mut some.value);
    Cached {
        value: all.value,
        as_of: all.as_of.min(some.as_of),
        refreshing: all.refreshing || some.refreshing,
        trouble: all.trouble.or(some.trouble),
    }
}

/// A failure that a reader sees beside what could be read.
fn trouble(error: &gen_client::Error, since: i64) -> Trouble {
    let (message, code) = match error {
        gen_client::Error::Api { message, code, .. } => (message.clone(), Some(code.0.clone())),
        other => (other.to_string(), None),
    };
    Trouble { since, message, code, unreachable: matches!(error, gen_client::Error::Unreachable { .. }) }
}
