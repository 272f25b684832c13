//! Moving ideas between statuses: seen at once, taken back with the reason where GEN refuses.

use std::collections::HashMap;

use gen_client::model::{Idea, IdeaStatus};
use gen_client::{AgentId, IdeaId};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Cached, IdeasBoard};

use super::server_fns::{cycle_idea, move_idea};
use super::words::words;
use crate::error::AppError;
use crate::page::Answer;
use crate::paths;

/// The moves of one open board.
#[derive(Clone, Copy)]
pub struct Moves {
    agent: Memo<Option<AgentId>>,
    board: Resource<Answer<Cached<IdeasBoard>>>,
    /// What the board holds, for reading.
    known: Memo<Option<Cached<IdeasBoard>>>,
    /// Where the person wants each idea whose move is not confirmed yet.
    wanted: RwSignal<HashMap<IdeaId, IdeaStatus>>,
    /// Why the last move of an idea was taken back.
    refused: RwSignal<HashMap<IdeaId, AppError>>,
    /// The ideas whose next status GEN is choosing.
    cycling: RwSignal<Vec<IdeaId>>,
    /// The idea under the pointer while it is dragged.
    pub dragged: RwSignal<Option<IdeaId>>,
    /// The status menu that is open.
    pub menu: RwSignal<Option<OpenMenu>>,
    /// Which card takes the focus once it stands under this status.
    pub focus: RwSignal<Option<(IdeaId, IdeaStatus)>>,
    /// The last move in words, for a screen reader.
    pub said: RwSignal<String>,
}

/// A status menu and where it hangs.
#[derive(Clone)]
pub struct OpenMenu {
    /// Whose status.
    pub idea: IdeaId,
    /// The status it has now.
    pub status: IdeaStatus,
    /// The button it hangs from, which gets the focus back.
    pub button: NodeRef<html::Button>,
}

impl Moves {
    /// No moves yet, on this board of this agent.
    pub fn new(
        agent: Memo<Option<AgentId>>,
        board: Resource<Answer<Cached<IdeasBoard>>>,
        known: Memo<Option<Cached<IdeasBoard>>>,
    ) -> Self {
        Self {
            agent,
            board,
            known,
            wanted: RwSignal::default(),
            refused: RwSignal::default(),
            cycling: RwSignal::default(),
            dragged: RwSignal::default(),
            menu: RwSignal::default(),
            focus: RwSignal::default(),
            said: RwSignal::default(),
        }
    }

    /// The ideas as they will stand when every move under way has succeeded.
    pub fn applied(self, mut ideas: Vec<Idea>) -> Vec<Idea> {
        self.wanted.with(|wanted| {
            for idea in &mut ideas {
                if let Some(status) = wanted.get(&idea.id) {
                    idea.status = status.clone();
                }
            }
        });
        ideas
    }

    /// Whether a move of this idea is not confirmed yet.
    pub fn is_under_way(self, idea: &IdeaId) -> bool {
        self.wanted.with(|wanted| wanted.contains_key(idea))
    }

    /// Why this idea's last move was taken back.
    pub fn refusal(self, idea: &IdeaId) -> Option<AppError> {
        self.refused.with(|refused| refused.get(idea).cloned())
    }

    /// Sets the status of an idea. A second move of the same idea waits for the first one's answer, so that
    /// GEN ends where the person ended.
    pub fn to(self, idea: IdeaId, from: &IdeaStatus, to: IdeaStatus) {
        let Some(agent) = self.agent.get_untracked() else { return };
        self.menu.set(None);
        self.dragged.set(None);
        if *from == to {
            return;
        }
        self.refused.update(|refused| drop(refused.remove(&idea)));
        let before = self.wanted.try_update(|wanted| wanted.insert(idea.clone(), to)).flatten();
        if before.is_none() {
            spawn_local(self.send(agent, idea));
        }
    }

    /// Sets the status of several ideas, each by a call of its own.
    pub fn all_to(self, known: &[Idea], ideas: &[IdeaId], to: &IdeaStatus) {
        for idea in known.iter().filter(|idea| ideas.contains(&idea.id)) {
            self.to(idea.id.clone(), &idea.status, to.clone());
        }
    }

    /// Lets GEN choose the status that follows; sent once for each click.
    pub fn next(self, idea: IdeaId) {
        let Some(agent) = self.agent.get_untracked() else { return };
        if self.cycling.with_untracked(|cycling| cycling.contains(&idea)) {
            return;
        }
        self.cycling.update(|cycling| cycling.push(idea.clone()));
        self.refused.update(|refused| drop(refused.remove(&idea)));
        spawn_local(async move {
            match cycle_idea(agent, idea.clone()).await {
                Ok(moved) => {
                    self.said.set(format!("{} is now under {}.", moved.title, words(moved.status.as_str())));
                    self.remember(moved);
                }
                Err(error) => self.refused.update(|refused| drop(refused.insert(idea.clone(), error))),
            }
            self.cycling.update(|cycling| cycling.retain(|known| *known != idea));
        });
    }

    /// Whether a change of this idea's status that GEN chooses is on its way.
    pub fn is_cycling(self, idea: &IdeaId) -> bool {
        self.cycling.with(|cycling| cycling.contains(idea))
    }

    async fn send(self, agent: AgentId, idea: IdeaId) {
        loop {
            // The page may be gone by the time an answer comes.
            let Some(status) = self.wanted.try_with_untracked(|wanted| wanted.get(&idea).cloned()).flatten()
            else {
                return;
            };
            match move_idea(agent.clone(), idea.clone(), status.clone()).await {
                Ok(moved) => {
                    self.said.set(format!("{} is now under {}.", moved.title, words(moved.status.as_str())));
                    self.remember(moved);
                    let answered = |wanted: &HashMap<_, _>| wanted.get(&idea) == Some(&status);
                    if self.wanted.try_with_untracked(answered).unwrap_or(true) {
                        break;
                    }
                }
                Err(error) => {
                    self.keep_focus(&agent, &idea);
                    self.refused.update(|refused| drop(refused.insert(idea.clone(), error)));
                    break;
                }
            }
        }
        self.wanted.update(|wanted| drop(wanted.remove(&idea)));
    }

    /// Lets the focus go back with a card that has it; a person who is elsewhere by now is left alone.
    fn keep_focus(self, agent: &AgentId, idea: &IdeaId) {
        let focused = document().active_element().and_then(|element| element.get_attribute("href"));
        let status = self.known.try_with_untracked(|known| {
            known
                .as_ref()?
                .value
                .ideas
                .iter()
                .find(|known| known.id == *idea)
                .map(|known| known.status.clone())
        });
        if let (Some(Some(status)), true) = (status, focused == Some(paths::idea(agent, idea))) {
            self.focus.set(Some((idea.clone(), status)));
        }
    }

    /// Puts GEN's answer into the board that is in view; the news that follows renews the rest.
    fn remember(self, moved: Idea) {
        self.board.update(|answer| {
            let Some((_, Ok(board))) = answer else { return };
            if let Some(idea) = board.value.ideas.iter_mut().find(|idea| idea.id == moved.id) {
                *idea = moved;
            }
        });
    }
}
