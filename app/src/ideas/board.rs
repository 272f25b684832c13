use std::hash::{DefaultHasher, Hash, Hasher};

use gen_client::model::{Idea, IdeaStatus};
use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use model::SavedRun;
use wasm_bindgen::JsCast;

use super::card::{Card, shown_title};
use super::desk::Desk;
use super::runs::Ghost;
use super::words::{ASIDE, FLOW, status_icon, words};
use crate::ui::{Icon, IconName};

/// So many cards of a lane are in the document until a person wants more: a board may hold a thousand ideas.
const AT_ONCE: usize = 50;
/// How far from its end a lane grows, in pixels.
const NEAR_END: i32 = 1_200;

/// All ideas by status: the flow as five lanes, what stands aside folded below.
#[component]
pub fn Board(
    /// The ideas as they shall be shown.
    ideas: Memo<Vec<Idea>>,
    /// The runs that may still bring ideas.
    running: Memo<Vec<SavedRun>>,
    /// What the page works on.
    desk: Desk,
) -> impl IntoView {
    let lane = move |status: IdeaStatus| view! { <Lane status ideas running desk /> };
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
    let folded = move |status: IdeaStatus| view! { <Folded status ideas desk /> };
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
    desk: Desk,
) -> impl IntoView {
    let own = of_status(ideas, status.clone());
    let name = words(status.as_str());
    let drop_here = DropHere::new(status.clone(), desk);
    let takes_new = status == IdeaStatus::Generated;
    let shown = RwSignal::new(AT_ONCE);
    // Near its end the lane grows, so that whoever scrolls need not ask.
    let on_scroll = move |event: Event| {
        let Some(body) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else {
            return;
        };
        let left = body.scroll_height() - body.scroll_top() - body.client_height();
        if left < NEAR_END && shown.get_untracked() < own.with_untracked(Vec::len) {
            shown.update(|shown| *shown += AT_ONCE);
        }
    };
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
            <div class="lane-body" on:scroll=on_scroll>
                {takes_new
                    .then(|| {
                        view! {
                            <For each=move || running.get() key=|run| run.id.clone() let:run>
                                <Ghost run />
                            </For>
                        }
                    })} <ul role="list" class="lane-list" aria-label=name>
                    <Cards ideas=own shown desk />
                </ul>
            </div>
        </section>
    }
}

#[component]
fn Folded(status: IdeaStatus, ideas: Memo<Vec<Idea>>, desk: Desk) -> impl IntoView {
    let own = of_status(ideas, status.clone());
    let name = words(status.as_str());
    let drop_here = DropHere::new(status.clone(), desk);
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
                <Cards ideas=own shown=RwSignal::new(AT_ONCE) desk />
            </ul>
        </details>
    }
}

/// One card per idea, drawn anew where anything about the idea changed.
#[component]
fn Cards(ideas: Memo<Vec<Idea>>, shown: RwSignal<usize>, desk: Desk) -> impl IntoView {
    let some = move || ideas.with(|ideas| ideas.iter().take(shown.get()).cloned().collect::<Vec<_>>());
    let more = Memo::new(move |_| ideas.with(Vec::len).saturating_sub(shown.get()));
    view! {
        <For each=some key=|idea| (idea.id.clone(), fingerprint(idea)) let:idea>
            <Card idea desk />
        </For>
        <Show when=move || { more.get() > 0 }>
            <li class="lane-more">
                <button type="button" class="button" on:click=move |_| shown.update(|shown| *shown += AT_ONCE)>
                    {move || format!("Show {} more", more.get().min(AT_ONCE))}
                </button>
            </li>
        </Show>
    }
}

/// What a lane does with a card that is dropped on it.
#[derive(Clone, Copy)]
struct DropHere {
    status: StoredValue<IdeaStatus>,
    desk: Desk,
    over: RwSignal<bool>,
}

impl DropHere {
    fn new(status: IdeaStatus, desk: Desk) -> Self {
        Self { status: StoredValue::new(status), desk, over: RwSignal::new(false) }
    }

    fn on_over(self, event: &DragEvent) {
        if self.desk.moves.dragged.with_untracked(Option::is_some) {
            event.prevent_default();
            self.over.set(true);
        }
    }

    fn on_drop(self, event: &DragEvent) {
        self.over.set(false);
        let Some(id) = self.desk.moves.dragged.get_untracked() else { return };
        event.prevent_default();
        let picked = self.desk.picked.get_untracked();
        // A selected card takes the whole selection along.
        let all = if picked.contains(&id) { picked } else { vec![id] };
        self.desk.moves.all_to(&self.desk.ideas.get_untracked(), &all, &self.status.get_value());
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
