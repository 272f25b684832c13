use std::future::Future;

use leptos::prelude::*;
use model::{Action, Progress, Work, WorkKind};

use super::server_fns::continue_generation;
use crate::error::AppError;
use crate::page::every_second;
use crate::queue::server_fns::{check_work, move_to_front, release_work, retry_work, stop_work};
use crate::shell::use_surroundings;
use crate::ui::{Act, ErrorNote, Icon, IconName, credits_estimate};

/// Whether a person can start it once more as it was.
pub fn can_retry(work: &Work) -> bool {
    let ended =
        matches!(work.progress, Progress::Failed | Progress::Refused | Progress::Stopped | Progress::NotSent);
    ended && (work.card.is_some() || work.kind != WorkKind::Generation) && work.started_by.is_some()
}

/// What can be done about a piece of work where it stands: stop, withdraw, to the front, retry, release, look.
/// `data-act` is how a key of the queue page finds the button it stands for.
#[component]
pub fn WorkButtons(
    /// The work.
    work: Work,
    /// Called with what became of it; empty where only its place changed.
    #[prop(into)]
    on_done: Callback<Vec<Work>>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let act = Act::idle();
    let id = StoredValue::new(work.id.clone());
    let ids = StoredValue::new(vec![work.id.clone()]);
    let done = move |works| on_done.run(works);
    let off = move || act.busy.get() || !surroundings.may(Action::Spend);
    let why =
        move || (!surroundings.may(Action::Spend)).then_some("Your role is viewer: an editor can do this.");
    // Only GEN's own stop leaves something to go on with.
    let stopped = work.generation_id.clone().filter(|_| work.progress == Progress::Stopped);
    let agent = StoredValue::new(work.agent_id.clone());
    let go_on = move |generation| {
        act.run(continue_generation(agent.get_value(), generation), move |work| on_done.run(vec![work]));
    };
    let admin = move || surroundings.may(Action::Administer);
    let stop = move |_| act.run(stop_work(ids.get_value()), done);
    let withdraw = stop;
    let front = move |_| act.run(no_work(move_to_front(ids.get_value())), done);
    let retry = move |_| act.run(retry_work(ids.get_value()), done);
    let release = move |_| act.run(no_work(release_work(ids.get_value())), done);
    let held = work.progress == Progress::Held;
    let (now, going) = (every_second(), work.clone());
    let left_alone = Memo::new(move |_| now.get().is_some_and(|now| going.is_left_alone(now)));
    let look = move |_| act.run(no_work(check_work(id.get_value())), done);
    view! {
        <div class="buttons work-buttons">
            {held
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="button"
                            disabled=move || act.busy.get() || !admin()
                            title=move || (!admin()).then_some("Only an admin can release it.")
                            on:click=release
                        >
                            <Icon name=IconName::Play />
                            "Release"
                        </button>
                    }
                })}
            {move || {
                left_alone
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button"
                                title="GEN has been at it for a week, so nobody looks by themselves any more. Looking costs nothing."
                                disabled=move || act.busy.get()
                                on:click=look
                            >
                                <Icon name=IconName::Refresh />
                                "Check now"
                            </button>
                        }
                    })
            }}
            {(work.progress == Progress::Queued)
                .then(|| {
                    view! {
                        <button type="button" class="button" data-act="front" disabled=off title=why on:click=front>
                            <Icon name=IconName::Front />
                            "To the front"
                        </button>
                    }
                })}
            {work
                .progress
                .is_waiting()
                .then(|| {
                    view! {
                        <button type="button" class="button" data-act="stop" disabled=off title=why on:click=withdraw>
                            <Icon name=IconName::Cross />
                            "Withdraw"
                        </button>
                    }
                })}
            {work
                .progress
                .can_stop()
                .then(|| {
                    let title = move || why().or(Some("GEN refunds what it did not finish."));
                    view! {
                        <button type="button" class="button" data-act="stop" disabled=off title=title on:click=stop>
                            <Icon name=IconName::Stop />
                            "Stop"
                        </button>
                    }
                })}
            {stopped
                .map(|generation| {
                    view! {
                        <button type="button" class="button" disabled=off title=why on:click=move |_| go_on(generation.clone())>
                            <Icon name=IconName::Play />
                            {with_price("Continue", work.estimate)}
                        </button>
                    }
                })}
            {can_retry(&work)
                .then(|| {
                    view! {
                        <button type="button" class="button" data-act="retry" disabled=off title=why on:click=retry>
                            <Icon name=IconName::Refresh />
                            {with_price("Retry", work.estimate)}
                        </button>
                    }
                })}
        </div>
        {move || act.trouble.get().map(|error| view! { <ErrorNote error /> })}
    }
}

fn with_price(word: &str, estimate: Option<f64>) -> String {
    match estimate {
        Some(estimate) => format!("{word} · {}", credits_estimate(estimate)),
        None => word.to_owned(),
    }
}

async fn no_work(done: impl Future<Output = Result<(), AppError>>) -> Result<Vec<Work>, AppError> {
    done.await.map(|()| Vec::new())
}
