use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::Work;

use super::server_fns::{retry_work, stop_work};
use crate::ui::{Act, Dialog, ErrorNote, credits_estimate};

/// What is about to be done to many at once.
#[derive(Clone, Debug, PartialEq)]
pub enum Asking {
    /// Stop and withdraw these.
    Stop(Vec<Work>),
    /// Start these once more, for credits.
    Retry(Vec<Work>),
}

impl Asking {
    fn works(&self) -> &[Work] {
        match self {
            Self::Stop(works) | Self::Retry(works) => works,
        }
    }

    fn title(&self) -> String {
        match self {
            Self::Stop(works) => format!("Stop these {}?", works.len()),
            Self::Retry(works) => format!("Retry {} failed?", works.len()),
        }
    }
}

/// Says what it means before many are stopped or paid for. What costs credits is confirmed by typing how many.
#[component]
pub fn Confirm(
    /// What is asked; `None` closes it.
    asking: RwSignal<Option<Asking>>,
    /// Called when it was done.
    changed: Callback<()>,
) -> impl IntoView {
    let open = Signal::derive(move || asking.with(Option::is_some));
    let title =
        Signal::derive(move || asking.with(|asking| asking.as_ref().map(Asking::title)).unwrap_or_default());
    view! {
        <Dialog open title on_close=move |()| asking.set(None)>
            {move || asking.get().map(|what| view! { <Body what asking changed /> })}
        </Dialog>
    }
}

#[component]
fn Body(what: Asking, asking: RwSignal<Option<Asking>>, changed: Callback<()>) -> impl IntoView {
    let act = Act::idle();
    let count = what.works().len();
    let costs = matches!(what, Asking::Retry(_));
    let typed = RwSignal::new(String::new());
    let ready = move || !costs || typed.with(|typed| typed.trim() == count.to_string());
    let (words, button) = words(&what);
    let what = StoredValue::new(what);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if !ready() {
            return;
        }
        let done = move |_| {
            asking.set(None);
            changed.run(());
        };
        what.with_value(|what| {
            let ids = what.works().iter().map(|work| work.id.clone()).collect();
            match what {
                Asking::Stop(_) => act.run(stop_work(ids), done),
                Asking::Retry(_) => act.run(retry_work(ids), done),
            }
        });
    };
    view! {
        <form class="confirm" on:submit=submit>
            <p>{words}</p>
            {costs
                .then(|| {
                    view! {
                        <label class="field">
                            <span class="label">{format!("Type {count} to confirm")}</span>
                            <input class="input" type="text" inputmode="numeric" autocomplete="off" bind:value=typed />
                        </label>
                    }
                })}
            {move || act.trouble.get().map(|error| view! { <ErrorNote error /> })}
            <div class="buttons">
                <button
                    type="submit"
                    class=if costs { "button primary" } else { "button danger" }
                    disabled=move || act.busy.get() || !ready()
                >
                    {button}
                </button>
                <button type="button" class="button" on:click=move |_| asking.set(None)>
                    "Leave it"
                </button>
            </div>
        </form>
    }
}

fn words(what: &Asking) -> (String, String) {
    let works = what.works();
    let count = works.len();
    match what {
        Asking::Stop(_) => {
            let waiting = works.iter().filter(|work| work.progress.is_waiting()).count();
            let words = [
                (count - waiting, "at GEN: stopped there, and GEN refunds what it did not finish."),
                (waiting, "waiting here: withdrawn, GEN has seen nothing of them."),
            ];
            let said = words
                .into_iter()
                .filter(|(some, _)| *some > 0)
                .map(|(some, words)| format!("{some} {words}"));
            (said.collect::<Vec<_>>().join(" "), format!("Stop {count}"))
        }
        Asking::Retry(_) => {
            let price = credits_estimate(works.iter().filter_map(|work| work.estimate).sum());
            (
                format!("{price} in all. Each is started anew with the settings it had, and paid for again."),
                format!("Retry {count} · {price}"),
            )
        }
    }
}
