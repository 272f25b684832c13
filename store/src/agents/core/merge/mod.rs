//! What others did to a core meanwhile stays done.

use gen_client::model::{AgentCore, LinkedAccount, MonitoredSource};
use model::CorePart;

/// What GEN has now, with what the person changed: `before` is what they saw, `after` what they made of it.
pub(super) fn merge(before: &AgentCore, after: &AgentCore, live: &AgentCore) -> AgentCore {
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

/// `live` with some parts of another core: a former one of the same agent, or another agent's. An account that GEN
/// no longer knows by its number is a new one for it.
pub(super) fn replaced(live: &AgentCore, parts: &[CorePart], with: &AgentCore) -> AgentCore {
    let mut core = parts.iter().fold(live.clone(), |core, part| part.moved(with, &core));
    for account in &mut core.linked_accounts {
        let known = live.linked_accounts.iter().find(|known| known.url == account.url);
        account.id = known.and_then(|known| known.id);
    }
    core
}

#[cfg(test)]
mod tests;
