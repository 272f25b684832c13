use std::hash::{DefaultHasher, Hash, Hasher};

use gen_client::AgentId;
use gen_client::model::{Idea, IdeaStatus};
use leptos::ev::DragEvent;
use leptos::prelude::*;
use model::SavedRun;

use super::card::{Card, shown_title};
use super::moves::Moves;
use super::runs::Ghost;
use super::words::{ASIDE, FLOW, status_icon, words};
use crate::ui::{Icon, IconName};

/// All ideas by status: the flow as five lanes, what stands aside folded below.
#[component]
pub fn Board(
    /// The ideas as they shall be shown.
    ideas: Memo<Vec<Idea>>,
    /// The runs that may still bring ideas.
    running: Memo<Vec<SavedRun>>,
    /// The browser's clock.
    now: RwSignal<Option<i64>>,
    /// Whose board.
    agent: Memo<Option<AgentId>>,
    /// The idea whose drawer is open, by its id.
    open: Memo<Option<String>>,
    /// The moves of this board.
    moves: Moves,
) -> impl IntoView {
    let lane = move |status: IdeaStatus| view! { <Lane status ideas running now agent open moves /> };
    // GEN adds statuses without notice, and no idea may vanish for it.
    let unknown = Memo::new(move |_| {
        let mut found: Vec<IdeaStatus> = ideas.with(|ideas| {
            ideas
                .iter()
                .map(|idea| idea.status.clone())
                .filter(|status| !IdeaStatus::ALL.contains(status))
                .collect()
        });
        found.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        found.dedup();
        found
    });
    let folded = move |status: IdeaStatus| view! { <Folded status ideas agent open moves /> };
    view! {
        <div class="lanes">{FLOW.into_iter().map(lane).collect_view()}</div>
        <div class="folded">
            {ASIDE.into_iter().map(folded).collect_view()}
            <For each=move || unknown.get() key=IdeaStatus::clone children=folded />
        </div>
    }
}

#[component]
fn Lane(
    status: IdeaStatus,
    ideas: Memo<Vec<Idea>>,
    running: Memo<Vec<SavedRun>>,
    now: RwSignal<Option<i64>>,
    agent: Memo<Option<AgentId>>,
    open: Memo<Option<String>>,
    moves: Moves,
) -> impl IntoView {
    let own = of_status(ideas, status.clone());
    let name = words(status.as_str());
    let drop_here = DropHere::new(status.clone(), ideas, moves);
    let takes_new = status == IdeaStatus::Generated;
    view! {
        <section
            class="lane"
            class:lane-over=drop_here.over
            on:dragover=move |event| drop_here.on_over(&event)
            on:dragleave=move |_| drop_here.over.set(false)
            on:drop=move |event| drop_here.on_drop(&event)
        >
            <h2 class="lane-head">
                <Icon name=status_icon(&status) />
                {name.clone()}
                <span class="lane-count num">{move || own.with(Vec::len)}</span>
            </h2>
            <div class="lane-body">
                {takes_new
                    .then(|| {
                        view! {
                            <For each=move || running.get() key=|run| run.id.clone() let:run>
                                <Ghost run now />
                            </For>
                        }
                    })} <ul role="list" class="lane-list" aria-label=name>
                    <Cards ideas=own agent open moves />
                </ul>
            </div>
        </section>
    }
}

#[component]
fn Folded(
    status: IdeaStatus,
    ideas: Memo<Vec<Idea>>,
    agent: Memo<Option<AgentId>>,
    open: Memo<Option<String>>,
    moves: Moves,
) -> impl IntoView {
    let own = of_status(ideas, status.clone());
    let name = words(status.as_str());
    let drop_here = DropHere::new(status.clone(), ideas, moves);
    let newest = move || own.with(|ideas| ideas.first().map(shown_title));
    view! {
        <details
            class="folded-lane"
            class:lane-over=drop_here.over
            on:dragover=move |event| drop_here.on_over(&event)
            on:dragleave=move |_| drop_here.over.set(false)
            on:drop=move |event| drop_here.on_drop(&event)
        >
            <summary>
                <span class=format!("status-icon status-{}", status.as_str())>
                    <Icon name=status_icon(&status) />
                </span>
                <strong>{name.clone()}</strong>
                <span class="lane-count num">{move || own.with(Vec::len)}</span>
                <span class="folded-newest">{newest}</span>
                <Icon name=IconName::ChevronUp />
            </summary>
            <ul role="list" class="lane-list" aria-label=name>
                <Cards ideas=own agent open moves />
            </ul>
        </details>
    }
}

/// One card per idea, drawn anew where anything about the idea changed.
#[component]
fn Cards(
    ideas: Memo<Vec<Idea>>,
    agent: Memo<Option<AgentId>>,
    open: Memo<Option<String>>,
    moves: Moves,
) -> impl IntoView {
    view! {
        <For each=move || ideas.get() key=|idea| (idea.id.clone(), fingerprint(idea)) let:idea>
            <Card idea agent open moves />
        </For>
    }
}

/// What a lane does with a card that is dropped on it.
#[derive(Clone, Copy)]
struct DropHere {
    status: StoredValue<IdeaStatus>,
    ideas: Memo<Vec<Idea>>,
    moves: Moves,
    over: RwSignal<bool>,
}

impl DropHere {
    fn new(status: IdeaStatus, ideas: Memo<Vec<Idea>>, moves: Moves) -> Self {
        Self { status: StoredValue::new(status), ideas, moves, over: RwSignal::new(false) }
    }

    fn on_over(self, event: &DragEvent) {
        if self.moves.dragged.with_untracked(Option::is_some) {
            event.prevent_default();
            self.over.set(true);
        }
    }

    fn on_drop(self, event: &DragEvent) {
        self.over.set(false);
        let Some(id) = self.moves.dragged.get_untracked() else { return };
        event.prevent_default();
        let from = self
            .ideas
            .with_untracked(|ideas| ideas.iter().find(|idea| idea.id == id).map(|idea| idea.status.clone()));
        if let Some(from) = from {
            self.moves.to(id, &from, self.status.get_value());
        }
    }
}

fn of_status(ideas: Memo<Vec<Idea>>, status: IdeaStatus) -> Memo<Vec<Idea>> {
    Memo::new(move |_| {
        ideas.with(|ideas| ideas.iter().filter(|idea| idea.status == status).cloned().collect())
    })
}

/// A number that differs when anything about the idea differs.
fn fingerprint(idea: &Idea) -> u64 {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(idea).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}
