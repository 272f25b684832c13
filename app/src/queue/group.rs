use leptos::prelude::*;
use model::{Action, Batch, PersonId, Work};

use super::item::{Item, Moves, version};
use super::server_fns::{move_batch_to_front, pause_batch, stop_work};
use crate::generations::{times_words, who};
use crate::shell::use_surroundings;
use crate::ui::{Act, ErrorNote, Icon, IconName, TimeAgo, credits_estimate};

/// So many of a batch are listed one by one; the filter finds the others.
const LISTED: usize = 100;
/// A batch of so few shows them at once.
const FEW: usize = 4;

/// What waits of a batch, with how far the whole of it has come. It stays the same element while the batch goes on,
/// so that nobody who looks into it is thrown out.
#[component]
pub fn Group(
    /// The batch, and what waits of it here.
    group: Memo<(Batch, Vec<Work>)>,
    /// Called when something was done about it.
    changed: Callback<()>,
    /// Moves one of them by one place.
    moves: Moves,
) -> impl IntoView {
    let batch = Memo::new(move |_| group.with(|(batch, _)| batch.clone()));
    let works = move || group.with(|(_, works)| works.iter().take(LISTED).cloned().collect::<Vec<_>>());
    let count = Memo::new(move |_| group.with(|(_, works)| works.len()));
    let credits = move || group.with(|(_, works)| works.iter().filter_map(|work| work.estimate).sum::<f64>());
    let surroundings = use_surroundings();
    let few = count.get_untracked() <= FEW;
    view! {
        <li class="batch" aria-label=move || batch.with(title)>
            <div class="batch-head">
                <span class="work-picture is-empty">
                    <Icon name=IconName::Layers />
                </span>
                <div class="work-what">
                    <p class="work-name">
                        <strong>{move || batch.with(title)}</strong>
                        {move || {
                            batch
                                .with(|batch| batch.paused)
                                .then(|| {
                                    view! {
                                        <span class="state tone-warn">
                                            <Icon name=IconName::Pause />
                                            "paused"
                                        </span>
                                    }
                                })
                        }}
                    </p>
                    <p class="meta num">
                        {move || batch.with(progress_words)} " · " {move || batch.with(|batch| by(batch, surroundings.me()))} ", "
                        <TimeAgo at=batch.with_untracked(|batch| batch.started_at) />
                    </p>
                    <progress
                        class="batch-progress"
                        aria-label="Ended of this batch"
                        max=move || batch.with(|batch| batch.size)
                        value=move || batch.with(|batch| batch.completed + batch.ended_otherwise)
                    ></progress>
                </div>
                <p class="work-how meta num">{move || batch.with(|batch| batch.left.map(times_words))}</p>
                <div class="work-money num">
                    <p>{move || credits_estimate(credits())}</p>
                    <p class="meta">{move || format!("for {} waiting", count.get())}</p>
                </div>
                <BatchButtons group changed />
            </div>
            {move || batch.with(|batch| batch.reason.clone()).map(|reason| view! { <PausedNote reason /> })}
            <details open=few>
                <summary>{move || format!("{} waiting, one by one", count.get())}</summary>
                <ul role="list" class="works" aria-label="Waiting in this batch">
                    <For each=works key=version let:work>
                        <Item work changed moves />
                    </For>
                </ul>
                {move || {
                    let more = count.get().saturating_sub(LISTED);
                    (more > 0).then(|| view! { <p class="meta works-more">{format!("and {more} more; the filter finds them")}</p> })
                }}
            </details>
        </li>
    }
}

#[component]
fn BatchButtons(group: Memo<(Batch, Vec<Work>)>, changed: Callback<()>) -> impl IntoView {
    let surroundings = use_surroundings();
    let act = Act::idle();
    let done = move |()| changed.run(());
    let ids = move || {
        group.with_untracked(|(_, works)| works.iter().map(|work| work.id.clone()).collect::<Vec<_>>())
    };
    let off = move || act.busy.get() || !surroundings.may(Action::Spend);
    let paused = Memo::new(move |_| group.with(|(batch, _)| batch.paused));
    let pause = move |_| {
        let id = group.with_untracked(|(batch, _)| batch.id.clone());
        act.run(pause_batch(id, !paused.get_untracked()), done);
    };
    let front = move |_| {
        let id = group.with_untracked(|(batch, _)| batch.id.clone());
        act.run(move_batch_to_front(id), done);
    };
    let withdraw = move |_| act.run(stop_work(ids()), move |_| changed.run(()));
    let pause_words = move || match paused.get() {
        true => (IconName::Play, "Resume batch"),
        false => (IconName::Pause, "Pause batch"),
    };
    view! {
        <div class="work-acts">
            <div class="buttons">
                <button type="button" class="button" disabled=off on:click=pause>
                    {move || view! { <Icon name=pause_words().0 /> {pause_words().1} }}
                </button>
                <button type="button" class="button" disabled=off on:click=front>
                    <Icon name=IconName::Front />
                    "To the front"
                </button>
                <button type="button" class="button" disabled=off on:click=withdraw>
                    <Icon name=IconName::Cross />
                    {move || format!("Withdraw {}", group.with(|(_, works)| works.len()))}
                </button>
            </div>
            {move || act.trouble.get().map(|error| view! { <ErrorNote error /> })}
        </div>
    }
}

/// Why a batch paused itself, in GEN's words.
#[component]
fn PausedNote(reason: String) -> impl IntoView {
    view! {
        <div class="note note-warn" role="alert">
            <Icon name=IconName::Warning />
            <div>
                <p class="note-message">{reason}</p>
                <p>"Nothing more of this batch was sent. Resume it once there are credits again."</p>
            </div>
        </div>
    }
}

fn title(batch: &Batch) -> String {
    format!("Batch of {}", batch.size)
}

fn by(batch: &Batch, me: Option<PersonId>) -> String {
    who(batch.started_by.as_deref(), Some(batch.started_by_id), me)
}

/// Counts only: how many GEN did, not how far it is with one.
fn progress_words(batch: &Batch) -> String {
    let parts = [
        (batch.completed, "ready"),
        (batch.ended_otherwise, "failed or stopped"),
        (batch.running, "running"),
        (batch.waiting, "waiting"),
    ];
    let said =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    said.collect::<Vec<_>>().join(", ")
}
