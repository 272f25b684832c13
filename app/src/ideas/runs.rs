use gen_client::AgentId;
use gen_client::model::RunSteps;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Ask, Progress, SavedRun};

use super::desk::Desk;
use super::drawer::OutsideLink;
use super::prose::Prose;
use super::server_fns::approve_run;
use crate::error::AppError;
use crate::generations::{Elapsed, StateWord, UnclearCall};
use crate::queue::server_fns::stop_work;
use crate::ui::{ErrorNote, Icon, IconName, TimeAgo};

/// A card where the ideas of a run will stand.
#[component]
pub fn Ghost(
    /// The run.
    run: SavedRun,
) -> impl IntoView {
    view! {
        <div class="idea idea-ghost">
            <p class="ghost-head">
                <Icon name=IconName::Running />
                <span>"Writing ideas"</span>
                <span class="num"><Elapsed since=run.started_at typical=run.typical /></span>
            </p>
            <p class="idea-hook">{run.message.clone()}</p>
        </div>
    }
}

/// What was asked of the agent and how it went: everything under way, then the newest that ended, then the rest
/// folded.
#[component]
pub fn Runs(
    /// Newest first.
    runs: Memo<Vec<SavedRun>>,
    /// What the page works on.
    desk: Desk,
) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let (mut shown, mut earlier): (Vec<SavedRun>, Vec<SavedRun>) =
            runs.get().into_iter().partition(|run| run.awaiting_approval || run.progress.is_running());
        if !earlier.is_empty() {
            shown.push(earlier.remove(0));
        }
        (shown, earlier)
    });
    // A run is drawn anew when it moved on.
    let key = |run: &SavedRun| {
        let said = (run.reply.clone(), run.steps.as_ref().map(|steps| format!("{steps:?}")));
        (run.id.clone(), run.progress, run.awaiting_approval, said)
    };
    view! {
        <ul role="list" class="runs" aria-label="Requests">
            <For each=move || shown.with(|(shown, _)| shown.clone()) key=key let:run>
                <RunLine run desk />
            </For>
        </ul>
        <Show when=move || shown.with(|(_, earlier)| !earlier.is_empty())>
            <details class="runs-earlier">
                <summary>"Earlier requests " <span class="num">{move || shown.with(|(_, earlier)| earlier.len())}</span></summary>
                <ul role="list" class="runs" aria-label="Earlier requests">
                    <For each=move || shown.with(|(_, earlier)| earlier.clone()) key=key let:run>
                        <RunLine run desk />
                    </For>
                </ul>
            </details>
        </Show>
    }
}

#[component]
fn RunLine(run: SavedRun, desk: Desk) -> impl IntoView {
    let agent = desk.agent;
    let state = state(&run);
    let started_at = run.started_at;
    let ended = run.settled_at.is_some();
    let time = if ended {
        view! { <TimeAgo at=started_at /> }.into_any()
    } else {
        view! { <span class="num"><Elapsed since=started_at typical=run.typical /></span> }.into_any()
    };
    let unknown = run.progress == Progress::Unknown;
    let unclear = unknown.then(|| {
        view! {
            <UnclearCall
                work=run.id.clone()
                reason=run.reason.clone()
                code=run.error_code.clone()
                // The board is asked again by the news that this makes.
                on_settled=|_| ()
            />
        }
    });
    let again = (ended && !unknown && run.progress != Progress::Completed).then(|| {
        let run = run.clone();
        view! {
            <button type="button" class="button small" on:click=move |_| desk.writing.again(&run)>
                <Icon name=IconName::Refresh />
                "Retry"
            </button>
        }
    });
    let waiting = run.progress.is_waiting().then(|| view! { <Waiting run=run.clone() desk /> });
    let report = (run.progress == Progress::Completed && matches!(run.ask, Ask::Research(_))).then(|| {
        let id = run.id.clone();
        view! {
            <a class="button small" href=move || desk.beside("research", &id) data-noscroll="">
                "Read the report"
            </a>
        }
    });
    let steps = run.steps.clone().filter(|_| !ended).map(|steps| view! { <Steps steps /> });
    let attached = (!run.attachments.is_empty()).then(|| {
        let addresses = run.attachments.iter().cloned();
        view! {
            <ul role="list" class="chips run-attached" aria-label="Sent along">
                {addresses.map(|url| view! { <li class="chip"><OutsideLink url /></li> }).collect_view()}
            </ul>
        }
    });
    let gate = run.awaiting_approval.then(|| view! { <Gate run=run.id.clone() agent /> });
    let reason = run.reason.clone().filter(|_| !unknown).map(|reason| {
        view! {
            <p class="run-reason">
                {reason} {run.error_code.clone().map(|code| view! { " " <code>{code}</code> })} " "
                <span class="muted">{cost(run.progress)}</span>
            </p>
        }
    });
    view! {
        <li class="run">
            <p class="run-head">
                {state}
                <span class="run-message">{run.message.clone()}</span>
                <span class="run-meta">{run.started_by.clone()} " " {time}</span>
                {again} {report} {waiting}
            </p>
            {attached}
            {steps}
            {run.reply.clone().map(|reply| view! { <div class="run-reply" tabindex="0" role="group" aria-label="Answer"><Prose text=reply /></div> })}
            {reason}
            {unclear}
            {gate}
        </li>
    }
}

/// What the agent does at this moment, as GEN shows it.
#[component]
fn Steps(steps: RunSteps) -> impl IntoView {
    let plan = steps
        .plan
        .into_iter()
        .map(|step| {
            let (icon, said) =
                if step.done { (IconName::CheckCircle, "Done: ") } else { (IconName::Dashed, "To do: ") };
            view! {
                <li class:is-done=step.done>
                    <Icon name=icon />
                    <span class="visually-hidden">{said}</span>
                    {step.words}
                </li>
            }
        })
        .collect_view();
    view! {
        <ol role="list" class="run-plan" aria-label="Plan">
            {plan}
        </ol>
        {steps.thinking.map(|thinking| view! { <p class="run-thinking">{thinking}</p> })}
    }
}

/// What can be done with a message that waits for its turn: GEN has seen nothing of it.
#[component]
fn Waiting(run: SavedRun, desk: Desk) -> impl IntoView {
    let run = StoredValue::new(run);
    let trouble = RwSignal::new(None::<AppError>);
    let withdraw = move |edit: bool| {
        trouble.set(None);
        spawn_local(async move {
            match stop_work(vec![run.with_value(|run| run.id.clone())]).await {
                Ok(_) if edit => run.with_value(|run| desk.writing.again(run)),
                Ok(_) => {}
                Err(error) => trouble.set(Some(error)),
            }
        });
    };
    view! {
        <button type="button" class="button small" on:click=move |_| withdraw(true)>
            "Edit"
        </button>
        <button type="button" class="button small" on:click=move |_| withdraw(false)>
            "Delete"
        </button>
        {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
    }
}

/// GEN waits for a person before it goes on.
#[component]
fn Gate(run: String, agent: Memo<Option<AgentId>>) -> impl IntoView {
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<AppError>);
    let run = StoredValue::new(run);
    let answer = move |approved: bool| {
        let Some(agent) = agent.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            if let Err(error) = approve_run(agent, run.get_value(), approved).await {
                trouble.set(Some(error));
            }
            busy.set(false);
        });
    };
    view! {
        <div class="gate">
            <p>
                <strong>"The agent asks before it goes on."</strong>
                " Approving lets it continue, for credits; rejecting ends this request."
            </p>
            <div class="gate-actions">
                <button type="button" class="button primary" disabled=busy on:click=move |_| answer(true)>
                    "Approve"
                </button>
                <button type="button" class="button" disabled=busy on:click=move |_| answer(false)>
                    "Reject"
                </button>
            </div>
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
        </div>
    }
}

/// Where a run stands: a person's yes that it waits for goes before.
fn state(run: &SavedRun) -> AnyView {
    if run.awaiting_approval {
        return view! {
            <span class="state tone-warn">
                <Icon name=IconName::Pause />
                "awaiting approval"
            </span>
        }
        .into_any();
    }
    view! { <StateWord progress=run.progress /> }.into_any()
}

/// What a request that did not succeed cost.
fn cost(progress: Progress) -> &'static str {
    match progress {
        Progress::Refused | Progress::NotSent => "Nothing was charged.",
        Progress::Failed | Progress::Stopped => "GEN refunds what it did not finish.",
        Progress::Unknown => "It is not repeated by itself.",
        Progress::Held
        | Progress::Queued
        | Progress::Sending
        | Progress::Pending
        | Progress::Processing
        | Progress::Completed => "",
    }
}
