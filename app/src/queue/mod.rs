//! What waits, runs, needs a person and lately ended, over all agents.

mod confirm;
mod group;
mod head;
mod item;
mod keys;
mod sections;
pub mod server_fns;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Action, Batch, PersonId, Queue, Topic, Work};

use crate::live::{on_change, soon};
use crate::page::{self, Answer};
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Act, Empty, ErrorNote, Icon, IconName};
use confirm::{Asking, Confirm};
use group::Group;
use head::Head;
use item::{Item, Moves, version};
use keys::QueueKey;
use sections::{Entry, Key, entries, failed, filtered, stoppable};
use server_fns::{move_before, open_queue};

/// Everything that the person's keys pay for.
#[component]
pub fn QueuePage() -> impl IntoView {
    let asked: Resource<Answer<Queue>> = Resource::new(|| (), |()| async { (None, open_queue().await) });
    on_change(|topic| matches!(topic, Topic::Work { .. }), soon(move || asked.refetch()));
    view! {
        <Title text="Queue · Reelsheet" />
        <Transition fallback=|| view! { <h1 class="visually-hidden">"Queue"</h1> }>
            {page::after(async move { drop(asked.await) }, move || view! { <Content asked /> })}
        </Transition>
    }
}

#[component]
fn Content(asked: Resource<Answer<Queue>>) -> impl IntoView {
    let surroundings = use_surroundings();
    let (known, error) = page::kept(asked);
    let all = Memo::new(move |_| known.get().unwrap_or_default());
    let changed = Callback::new(move |()| asked.refetch());
    let filter = RwSignal::new(page::query("filter").get_untracked().unwrap_or_default());
    let shown =
        Memo::new(move |_| all.with(|all| filter.with(|filter| filtered(all, filter, surroundings.me()))));
    let asking = RwSignal::new(None::<Asking>);
    let pause_button = NodeRef::<html::Button>::new();
    let container = NodeRef::<html::Div>::new();
    let nothing = move || known.with(Option::is_some) && all.with(is_empty);
    let on_key = move |event: KeyboardEvent| {
        let (Some(container), Some(key)) = (container.get_untracked(), keys::pressed(&event)) else {
            return;
        };
        event.prevent_default();
        match key {
            QueueKey::Next => keys::go(&container, &event, true),
            QueueKey::Previous => keys::go(&container, &event, false),
            QueueKey::Press(act) => keys::press(&event, act),
            QueueKey::Pause => drop(pause_button.get_untracked().map(|button| button.click())),
            QueueKey::RetryAll => ask(asking, Asking::Retry(shown.with_untracked(failed))),
        }
    };
    let focused = StoredValue::new(None::<String>);
    keep_focus(container, shown, focused);
    view! {
        <div
            class="queue-page"
            tabindex="-1"
            node_ref=container
            on:keydown=on_key
            on:focusin=move |event| focused.set_value(keys::work_of(&event))
        >
            <div class="page-head">
                <h1>"Queue"</h1>
                <span class="page-count num">{move || all.with(|all| count_words(all, surroundings.me()))}</span>
                <Filter filter />
                <Many shown filter asking />
            </div>
            {move || error.get().map(|error| view! { <ErrorNote error /> })}
            <Show when=move || known.with(Option::is_some)>
                <Head queue=all changed pause_button />
            </Show>
            <Show when=nothing>
                <Empty
                    icon=IconName::Queue
                    title="Nothing runs, and nothing has run. Generate something in a vidsheet."
                />
            </Show>
            <Section title="Needs attention" id="attention" works=Signal::derive(move || shown.with(|queue| queue.unknown.clone())) changed />
            <Section title="Running" id="running" works=Signal::derive(move || shown.with(|queue| queue.running.clone())) changed />
            <Waiting shown all filter changed />
            <Section title="Ended" id="ended" works=Signal::derive(move || shown.with(|queue| queue.ended.clone())) changed />
            <p class="meta queue-keys">
                "Keys: arrows go from one to the next, P pauses, F to the front, R retries, Shift+R retries all failed, Ctrl+. stops, Alt+↑ and Alt+↓ move."
            </p>
            <Confirm asking changed />
        </div>
    }
}

/// Words that must be found; works by the address too, so without any script.
#[component]
fn Filter(filter: RwSignal<String>) -> impl IntoView {
    view! {
        <form class="queue-filter input-line" role="search" method="get" action=paths::QUEUE on:submit=|event| event.prevent_default()>
            <Icon name=IconName::Filter />
            <input
                type="search"
                name="filter"
                aria-label="Filter"
                placeholder="State, vidsheet, person"
                autocomplete="off"
                // What the server draws; `bind` is the browser's.
                value=filter.get_untracked()
                bind:value=filter
            />
        </form>
    }
}

/// What can be done to all that the filter shows.
#[component]
fn Many(shown: Memo<Queue>, filter: RwSignal<String>, asking: RwSignal<Option<Asking>>) -> impl IntoView {
    let surroundings = use_surroundings();
    let stop = Memo::new(move |_| match filter.with(|filter| filter.trim().is_empty()) {
        true => Vec::new(),
        false => shown.with(stoppable),
    });
    let retry = Memo::new(move |_| shown.with(failed));
    let off = move || !surroundings.may(Action::Spend);
    view! {
        <div class="buttons end">
            <Show when=move || stop.with(|works| !works.is_empty())>
                <button type="button" class="button" disabled=off on:click=move |_| ask(asking, Asking::Stop(stop.get_untracked()))>
                    <Icon name=IconName::Stop />
                    {move || format!("Stop these {}", stop.with(Vec::len))}
                </button>
            </Show>
            <Show when=move || retry.with(|works| !works.is_empty())>
                <button
                    type="button"
                    class="button"
                    disabled=off
                    aria-keyshortcuts="Shift+R"
                    title="Shift+R"
                    on:click=move |_| ask(asking, Asking::Retry(retry.get_untracked()))
                >
                    <Icon name=IconName::Refresh />
                    {move || format!("Retry all failed ({})", retry.with(Vec::len))}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Section(
    title: &'static str,
    id: &'static str,
    works: Signal<Vec<Work>>,
    changed: Callback<()>,
) -> impl IntoView {
    view! {
        <Show when=move || works.with(|works| !works.is_empty())>
            <section class="queue-section" aria-labelledby=id>
                <h2 id=id>{title} " " <span class="num">{move || works.with(Vec::len)}</span></h2>
                <ul role="list" class="works" aria-label=title>
                    <For each=move || works.get() key=version let:work>
                        <Item work changed />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

/// What GEN has seen nothing of, in the order it will be sent.
#[component]
fn Waiting(
    shown: Memo<Queue>,
    all: Memo<Queue>,
    filter: RwSignal<String>,
    changed: Callback<()>,
) -> impl IntoView {
    let list = Memo::new(move |_| shown.with(|queue| entries(&queue.waiting, &queue.batches)));
    let count = move || shown.with(|queue| queue.waiting.len());
    let act = Act::idle();
    let moves = moves(all, filter, act, changed);
    view! {
        <Show when=move || { count() > 0 }>
            <section class="queue-section" aria-labelledby="waiting">
                <h2 id="waiting">
                    "Waiting " <span class="num">{count}</span> <span class="meta end">"nothing sent yet, 0 cr"</span>
                </h2>
                {move || act.trouble.get().map(|error| view! { <ErrorNote error /> })}
                <ul role="list" class="works" aria-label="Waiting">
                    <For each=move || list.get() key=Entry::key let:entry>
                        {match entry {
                            Entry::One(work) => view! { <Item work=*work changed moves /> }.into_any(),
                            Entry::Group(batch, works, nth) => {
                                let group = group_of(list, nth, (*batch, works));
                                view! { <Group group changed moves /> }.into_any()
                            }
                        }}
                    </For>
                </ul>
            </section>
        </Show>
    }
}

/// The newest word on a group; its last one while it is taken away.
fn group_of(list: Memo<Vec<Entry>>, nth: usize, first: (Batch, Vec<Work>)) -> Memo<(Batch, Vec<Work>)> {
    let key = Key::Group(first.0.id.clone(), nth);
    Memo::new(move |before: Option<&(Batch, Vec<Work>)>| {
        let found = list.with(|list| {
            list.iter().find(|entry| entry.key() == key).and_then(|entry| match entry {
                Entry::Group(batch, works, _) => Some(((**batch).clone(), works.clone())),
                Entry::One(_) => None,
            })
        });
        found.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    })
}

/// One place up or down, in the order of all that waits.
fn moves(all: Memo<Queue>, filter: RwSignal<String>, act: Act, changed: Callback<()>) -> Moves {
    let step = move |id: String, up: bool| {
        let ids: Vec<String> =
            all.with_untracked(|all| all.waiting.iter().map(|work| work.id.clone()).collect());
        let Some(at) = ids.iter().position(|known| *known == id) else { return };
        let before = match (up, at) {
            (true, 0) => return,
            (true, at) => ids.get(at - 1).cloned(),
            (false, at) if at + 1 == ids.len() => return,
            (false, at) => ids.get(at + 2).cloned(),
        };
        act.run(move_before(id, before), move |()| changed.run(()));
    };
    Moves {
        on: Signal::derive(move || filter.with(|filter| filter.trim().is_empty())),
        up: Callback::new(move |id| step(id, true)),
        down: Callback::new(move |id| step(id, false)),
    }
}

/// The page takes the focus when nothing else has it, so that its keys work; and work that was drawn anew gets back
/// the focus it had.
fn keep_focus(container: NodeRef<html::Div>, shown: Memo<Queue>, focused: StoredValue<Option<String>>) {
    Effect::new(move || {
        if let (Some(container), true) = (container.get(), keys::focus_is_nowhere()) {
            keys::focus(&container);
        }
    });
    Effect::new(move || {
        shown.track();
        request_animation_frame(move || {
            if let Some(Some(work)) = focused.try_get_value() {
                keys::refocus(&work);
            }
        });
    });
}

fn ask(asking: RwSignal<Option<Asking>>, what: Asking) {
    let (Asking::Stop(works) | Asking::Retry(works)) = &what;
    if !works.is_empty() {
        asking.set(Some(what));
    }
}

fn is_empty(queue: &Queue) -> bool {
    queue.waiting.is_empty() && queue.running.is_empty() && queue.unknown.is_empty() && queue.ended.is_empty()
}

/// `3 yours, 11 in all`, of what has not ended.
fn count_words(queue: &Queue, me: Option<PersonId>) -> String {
    let open = || queue.waiting.iter().chain(&queue.running).chain(&queue.unknown);
    let own = open().filter(|work| me.is_some() && work.started_by_id == me).count();
    format!("{own} yours, {} in all", open().count())
}
