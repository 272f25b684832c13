//! The head of the queue: who runs how much at once, what GEN asks for, what may be spent, and the brake.

use leptos::prelude::*;
use model::{Action, Budget, Queue};

use super::server_fns::pause_queue;
use crate::page::every_second;
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Act, ErrorNote, Icon, IconName, credits, number};

/// So many slots are drawn; more are only counted.
const DRAWN: u32 = 16;

/// What holds for the whole queue.
#[component]
pub fn Head(
    /// All of it, whatever the filter.
    queue: Memo<Queue>,
    /// Called when something was done about it.
    changed: Callback<()>,
    /// The key P presses it.
    pause_button: NodeRef<leptos::html::Button>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let act = Act::idle();
    let paused = Memo::new(move |_| queue.with(|queue| queue.paused));
    let pause = move |_| act.run(pause_queue(!paused.get_untracked()), move |()| changed.run(()));
    let off = move || act.busy.get() || !surroundings.may(Action::Spend);
    let words = move || match paused.get() {
        true => (IconName::Play, "Resume my work"),
        false => (IconName::Pause, "Pause my work"),
    };
    let budget = Memo::new(move |_| queue.with(|queue| queue.budget));
    view! {
        <section class="queue-head" aria-label="Pace and budget">
            <Slots queue />
            <WaitWord queue />
            {move || {
                paused
                    .get()
                    .then(|| {
                        view! {
                            <p class="state tone-warn" role="status">
                                <Icon name=IconName::Pause />
                                "Your work is paused: nothing more is sent"
                            </p>
                        }
                    })
            }}
            <p class="queue-budget num">
                <a href=paths::SETTINGS_SPENDING>{move || budget_words(&budget.get())}</a>
            </p>
            <button
                type="button"
                class="button"
                node_ref=pause_button
                disabled=off
                aria-keyshortcuts="P"
                title="P"
                on:click=pause
            >
                {move || view! { <Icon name=words().0 /> {words().1} }}
            </button>
            {move || act.trouble.get().map(|error| view! { <ErrorNote error /> })}
        </section>
    }
}

/// How many generations run at once, of how many that GEN lets.
#[component]
fn Slots(queue: Memo<Queue>) -> impl IntoView {
    let at_once = Memo::new(move |_| queue.with(|queue| queue.running_at_once));
    let slots = move || {
        let (used, may) = at_once.get();
        (0..may.min(DRAWN)).map(|slot| view! { <i class:is-used=slot < used></i> }).collect_view()
    };
    view! {
        <p class="queue-slots num">
            <span class="slots" aria-hidden="true">
                {slots}
            </span>
            {move || {
                let (used, may) = at_once.get();
                format!("{used} of {may} at once")
            }}
        </p>
    }
}

/// How long GEN still asks to wait. Not read aloud every second.
#[component]
fn WaitWord(queue: Memo<Queue>) -> impl IntoView {
    let now = every_second();
    let left = Memo::new(move |_| {
        let until = queue.with(|queue| queue.wait_until)?;
        match now.get() {
            Some(now) => Some((until - now + 999) / 1_000).filter(|left| *left > 0).map(Some),
            None => Some(None),
        }
    });
    move || {
        left.get().map(|left| {
            let words = match left {
                Some(seconds) => format!("GEN asks to wait {seconds} s"),
                None => "GEN asks to wait a moment".to_owned(),
            };
            view! {
                <p class="state tone-warn num">
                    <Icon name=IconName::Hourglass />
                    {words}
                </p>
            }
        })
    }
}

/// `Today 1,250 of 2,000 cr · team 3,100 of 10,000 cr`.
fn budget_words(budget: &Budget) -> String {
    let of = |spent: f64, cap: Option<f64>| match cap {
        Some(cap) => format!("{} of {}", number(spent), credits(cap)),
        None => credits(spent),
    };
    let own = format!("Today {}", of(budget.committed, budget.cap));
    match budget.team_cap {
        Some(_) => format!("{own} · team {}", of(budget.team_committed, budget.team_cap)),
        None => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_names_the_caps_there_are() {
        let free = Budget { committed: 1_250.0, team_committed: 3_100.0, ..Budget::default() };
        assert_eq!(budget_words(&free), "Today 1,250 cr");
        let capped = Budget { cap: Some(2_000.0), team_cap: Some(10_000.0), ..free };
        assert_eq!(budget_words(&capped), "Today 1,250 of 2,000 cr · team 3,100 of 10,000 cr");
    }
}
