use std::collections::HashMap;

use gen_client::model::Idea;
use gen_client::{AgentId, IdeaId};
use leptos::prelude::*;
use model::{Assignee, IdeaRow, PersonId};

use super::moves::Moves;
use super::writing::Writing;
use crate::paths;

/// What every part of the ideas page works on; a copy is the same thing.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Whose board.
    pub agent: Memo<Option<AgentId>>,
    /// The ideas as they shall be shown.
    pub ideas: Memo<Vec<Idea>>,
    /// How the page shows them, by the word in its address: nothing for the board.
    pub view: Memo<Option<String>>,
    /// The idea whose drawer is open, by its id.
    pub open: Memo<Option<String>>,
    /// The moves of this board.
    pub moves: Moves,
    /// What is selected, in the order it was.
    pub picked: RwSignal<Vec<IdeaId>>,
    /// The newest row made from each idea.
    pub rows: Memo<HashMap<IdeaId, IdeaRow>>,
    /// Who takes care of each idea.
    pub assignees: Memo<HashMap<IdeaId, Assignee>>,
    /// Whom an idea can be given to.
    pub people: Memo<Vec<(PersonId, String)>>,
    /// The ideas that are about to become rows, while that is decided.
    pub converting: RwSignal<Option<Vec<IdeaId>>>,
    /// Whether a topic for research is being asked for.
    pub researching: RwSignal<bool>,
    /// What the box holds that asks the agent.
    pub writing: Writing,
}

impl Desk {
    /// The address of this page with something open beside it, such as `talk` and a conversation; in the same view.
    pub fn beside(self, name: &str, value: &str) -> Option<String> {
        self.address(&[(name, value)])
    }

    /// The address of this page with nothing open beside it.
    pub fn alone(self) -> Option<String> {
        self.address(&[])
    }

    /// Whether an idea is selected.
    pub fn is_picked(self, idea: &IdeaId) -> bool {
        self.picked.with(|picked| picked.contains(idea))
    }

    /// Selects an idea, or no longer.
    pub fn pick(self, idea: &IdeaId, on: bool) {
        self.picked.update(|picked| {
            picked.retain(|known| known != idea);
            if on {
                picked.push(idea.clone());
            }
        });
    }

    /// Selects everything between the idea selected last and this one, in the order of these.
    pub fn pick_to(self, idea: &IdeaId, order: &[IdeaId]) {
        let place = |wanted: &IdeaId| order.iter().position(|known| known == wanted);
        let last = self.picked.with_untracked(|picked| picked.last().and_then(place));
        let (Some(here), Some(last)) = (place(idea), last) else { return self.pick(idea, true) };
        for between in &order[here.min(last)..=here.max(last)] {
            self.pick(between, true);
        }
        self.pick(idea, true);
    }

    /// The selected ideas that are still there.
    pub fn picked_ideas(self) -> Vec<Idea> {
        let of = |id: &IdeaId| self.ideas.with(|ideas| ideas.iter().find(|idea| idea.id == *id).cloned());
        self.picked.with(|picked| picked.iter().filter_map(of).collect())
    }

    fn address(self, beside: &[(&str, &str)]) -> Option<String> {
        let view = self.view.get();
        let mut parts: Vec<(&str, &str)> = view.as_deref().map(|view| ("view", view)).into_iter().collect();
        parts.extend(beside);
        self.agent.with(|agent| agent.as_ref().map(|agent| paths::ideas_with(agent, &parts)))
    }
}
