//! Who has which vidsheet open, and where they are in it. Kept in memory alone: it is true for less than a minute.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use gen_client::{AgentId, CellId, VidsheetId};
use model::{PersonId, Present, Topic};
use tokio::sync::broadcast;

use crate::{Actor, Changes, Result, Store};

/// Who says nothing for so long is gone, in milliseconds. Pages say that they are there every 20 seconds.
const GONE_MS: i64 = 45_000;
/// News that waits for a reader; a slow one misses some, and asks again with its next heartbeat.
const WAITING: usize = 256;

/// Everybody who has a vidsheet open.
pub(crate) struct Presence {
    sheets: Mutex<HashMap<VidsheetId, HashMap<PersonId, Here>>>,
    moved: broadcast::Sender<Topic>,
}

struct Here {
    present: Present,
    seen_at: i64,
}

impl Default for Presence {
    fn default() -> Self {
        Self { sheets: Mutex::default(), moved: broadcast::channel(WAITING).0 }
    }
}

impl Store {
    /// Says that the actor has a vidsheet open, in which cell they are, and whether they type there; everybody who has
    /// it open, the actor among them.
    pub async fn be_present(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: Option<CellId>,
        editing: bool,
    ) -> Result<Vec<Present>> {
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let person = &actor.person;
        let present = Present { person: person.id, name: person.name.clone(), cell, editing };
        let (everybody, moved) = self.inner.presence.put(vidsheet, present, self.now());
        if moved {
            let topic = Topic::Presence { agent_id: agent.clone(), vidsheet_id: vidsheet.clone() };
            // Nobody listens, nobody misses it.
            drop(self.inner.presence.moved.send(topic));
        }
        Ok(everybody)
    }

    /// Everybody who has a vidsheet open.
    pub async fn list_present(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<Vec<Present>> {
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        Ok(self.inner.presence.list(vidsheet, self.now()))
    }
}

impl Changes {
    /// News of people who come and move about, told once and kept nowhere.
    pub fn presence(&self) -> broadcast::Receiver<Topic> {
        self.store().inner.presence.moved.subscribe()
    }
}

impl Presence {
    /// Notes somebody; who is there, and whether that is news.
    fn put(&self, vidsheet: &VidsheetId, present: Present, now: i64) -> (Vec<Present>, bool) {
        let mut sheets = self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        for here in sheets.values_mut() {
            here.retain(|_, here| now.saturating_sub(here.seen_at) < GONE_MS);
        }
        sheets.retain(|_, here| !here.is_empty());
        let here = sheets.entry(vidsheet.clone()).or_default();
        let before = here.insert(present.person, Here { present: present.clone(), seen_at: now });
        (listed(here), before.is_none_or(|before| before.present != present))
    }

    fn list(&self, vidsheet: &VidsheetId, now: i64) -> Vec<Present> {
        let mut sheets = self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(here) = sheets.get_mut(vidsheet) else { return Vec::new() };
        here.retain(|_, here| now.saturating_sub(here.seen_at) < GONE_MS);
        listed(here)
    }
}

fn listed(here: &HashMap<PersonId, Here>) -> Vec<Present> {
    let mut all: Vec<Present> = here.values().map(|here| here.present.clone()).collect();
    all.sort_by_key(|present| present.person);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(person: PersonId, cell: Option<&str>) -> Present {
        let cell = cell.map(|cell| cell.parse().unwrap());
        Present { person, name: format!("P{person}"), cell, editing: false }
    }

    #[test]
    fn who_comes_or_moves_is_news_and_who_says_nothing_is_gone() {
        let presence = Presence::default();
        let sheet: VidsheetId = "7".parse().unwrap();
        assert!(presence.put(&sheet, somebody(1, Some("10")), 0).1);
        assert!(!presence.put(&sheet, somebody(1, Some("10")), 20_000).1, "a heartbeat");
        assert!(presence.put(&sheet, somebody(1, Some("11")), 20_000).1, "another cell");
        let (all, _) = presence.put(&sheet, somebody(2, None), 40_000);
        assert_eq!(all.iter().map(|one| one.person).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(presence.list(&sheet, 20_000 + GONE_MS), [somebody(2, None)]);
        assert_eq!(presence.list(&"8".parse().unwrap(), 0), []);
        assert!(presence.put(&sheet, somebody(1, Some("11")), 70_000).1, "back again");
    }
}
