use gen_client::model::{AgentCore, AgentCorePatch, CoreSaved, LinkedAccount, MonitoredSource};
use gen_client::model::{DESCRIPTION_MAX, PERSONALITY_MAX, RESEARCH_TOPIC_MAX, RESEARCH_TOPICS_MAX};
use gen_client::{AgentId, GenClient};
use model::{Action, Cached, Topic};

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
        let (key, client) = self.client_for(actor, agent).await?;
        let (store, noun) = (self.clone(), Core { agent: agent.clone() });
        self.finish(async move {
            let lock = store.lock_of(&format!("save-core/{}", noun.agent));
            let _turn = lock.lock().await;
            let live = store.noted(key, client.open_core(&noun.agent).await).await?;
            let merged = merge(&before, &after, &live);
            check(&live, &merged)?;
            let patch = AgentCorePatch::between(&live, &merged);
            let (saved, now) = if patch.is_empty() {
                (CoreSaved::default(), live)
            } else {
                let saved = store.noted(key, client.patch_core(&noun.agent, &patch).await).await?;
                (saved, store.noted(key, client.open_core(&noun.agent).await).await?)
            };
            let mut tx = store.write_tx().await?;
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

/// What GEN has now, with what the person changed: `before` is what they saw, `after` what they made of it.
fn merge(before: &AgentCore, after: &AgentCore, live: &AgentCore) -> AgentCore {
    fn chosen<T: Clone + PartialEq>(before: &T, after: &T, live: &T) -> T {
        if after == before { live.clone() } else { after.clone() }
    }
    AgentCore {
        agent_id: live.agent_id.clone(),
        brand_name: chosen(&before.brand_name, &after.brand_name, &live.brand_name),
        description: chosen(&before.description, &after.description, &live.description),
        identity_type: chosen(&before.identity_type, &after.identity_type, &live.identity_type),
        goal: chosen(&before.goal, &after.goal, &live.goal),
        target_platforms: merge_list(
            &before.target_platforms,
            &after.target_platforms,
            &live.target_platforms,
            Clone::clone,
        ),
        shortform: chosen(&before.shortform, &after.shortform, &live.shortform),
        longform: chosen(&before.longform, &after.longform, &live.longform),
        onboarding_status: chosen(
            &before.onboarding_status,
            &after.onboarding_status,
            &live.onboarding_status,
        ),
        keywords: merge_list(&before.keywords, &after.keywords, &live.keywords, Clone::clone),
        monitored: merge_list(&before.monitored, &after.monitored, &live.monitored, source_name),
        research_topics: merge_list(
            &before.research_topics,
            &after.research_topics,
            &live.research_topics,
            |one| one.topic.clone(),
        ),
        linked_accounts: merge_list(
            &before.linked_accounts,
            &after.linked_accounts,
            &live.linked_accounts,
            account_name,
        ),
        personality: chosen(&before.personality, &after.personality, &live.personality),
        default_user_voice: chosen(
            &before.default_user_voice,
            &after.default_user_voice,
            &live.default_user_voice,
        ),
    }
}

/// Three-way merge of a list: only what the person removed goes, only what they added or changed comes, and what
/// others did meanwhile stays done.
fn merge_list<T: Clone + PartialEq>(
    before: &[T],
    after: &[T],
    live: &[T],
    name: impl Fn(&T) -> String,
) -> Vec<T> {
    if live == before {
        return after.to_vec();
    }
    let find = |list: &[T], wanted: &str| list.iter().find(|one| name(one) == wanted).cloned();
    let mut merged = Vec::new();
    for theirs in live {
        let wanted = name(theirs);
        match (find(before, &wanted), find(after, &wanted)) {
            (Some(seen), Some(made)) if made != seen => merged.push(made),
            (Some(_), None) => {}
            _ => merged.push(theirs.clone()),
        }
    }
    for made in after {
        let wanted = name(made);
        let changed = find(before, &wanted).is_none_or(|seen| seen != *made);
        if changed && find(live, &wanted).is_none() {
            merged.push(made.clone());
        }
    }
    merged
}

fn source_name(source: &MonitoredSource) -> String {
    format!("{} {}", source.item_type, source.handle)
}

fn account_name(account: &LinkedAccount) -> String {
    account.id.map_or_else(|| account.url.clone(), |id| id.to_string())
}

/// GEN's limits, for the fields that change: what GEN itself holds beyond them does not keep others from saving.
fn check(before: &AgentCore, after: &AgentCore) -> Result<()> {
    let texts = [
        ("Brand name", &before.brand_name, &after.brand_name, 200),
        ("Description", &before.description, &after.description, DESCRIPTION_MAX),
        ("Personality", &before.personality, &after.personality, PERSONALITY_MAX),
    ];
    for (field, before, after, max) in texts {
        let length = after.as_deref().unwrap_or_default().chars().count();
        if before != after && length > max {
            return invalid(field, format!("At most {max} characters; this has {length}."));
        }
    }
    let lists = [
        (
            "Target platforms",
            before.target_platforms == after.target_platforms,
            after.target_platforms.len(),
            10,
        ),
        ("Keywords", before.keywords == after.keywords, after.keywords.len(), 20),
        ("Monitored sources", before.monitored == after.monitored, after.monitored.len(), 50),
        (
            "Expertise",
            before.research_topics == after.research_topics,
            after.research_topics.len(),
            RESEARCH_TOPICS_MAX,
        ),
        ("Brand socials", before.linked_accounts == after.linked_accounts, after.linked_accounts.len(), 20),
    ];
    for (field, same, length, max) in lists {
        if !same && length > max {
            return invalid(field, format!("At most {max} entries; there are {length}."));
        }
    }
    if before.research_topics != after.research_topics {
        for one in &after.research_topics {
            let length = one.topic.chars().count();
            if one.topic.trim().is_empty() || length > RESEARCH_TOPIC_MAX {
                return invalid("Expertise", format!("Each entry has 1 to {RESEARCH_TOPIC_MAX} characters."));
            }
        }
    }
    if before.linked_accounts != after.linked_accounts {
        for one in &after.linked_accounts {
            let name = one.display_name.as_deref().unwrap_or_default();
            if one.url.trim().is_empty() || one.url.chars().count() > 500 || name.chars().count() > 200 {
                let limits = "Each entry has an address of 1 to 500 characters and a name of at most 200.";
                return invalid("Brand socials", limits.to_owned());
            }
        }
    }
    Ok(())
}

fn invalid(field: &'static str, message: String) -> Result<()> {
    Err(Error::Invalid { field, message })
}

#[cfg(test)]
mod tests;
