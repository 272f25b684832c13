use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Action, Progress, Work};

use crate::error::AppError;
use crate::generations::server_fns::stop_generation;
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{ErrorNote, Icon, IconName, TimeAgo, credits, credits_estimate};

/// One piece of work: where it belongs, how it stands, what it costs.
#[component]
pub(super) fn WorkRow(work: Work, #[prop(into)] on_stopped: Callback<()>) -> impl IntoView {
    let (place, sheet, href) = match &work.cell {
        Some(cell) => {
            let place = match cell.row_number {
                Some(row) => format!("{}, row {row}", cell.column_title),
                None => cell.column_title.clone(),
            };
            (place, cell.vidsheet_title.clone(), paths::work_cell(&work.agent_id, cell))
        }
        None => (work.subject.clone().unwrap_or_default(), String::new(), paths::ideas(&work.agent_id)),
    };
    let kind = match (work.kind, &work.generation_type) {
        (_, Some(kind)) => kind_words(kind),
        (model::WorkKind::Run, None) => "Agent run".to_owned(),
        _ => "Render".to_owned(),
    };
    let (cost, about_cost) = cost_words(&work);
    view! {
        <tr>
            <td>
                <Standing progress=work.progress />
                {work.reason.clone().map(|reason| view! { <p class="meta work-reason">{reason}</p> })}
                {work.error_code.clone().map(|code| view! { <code class="muted">{code}</code> })}
            </td>
            <td>
                <a href=href>{place}</a>
                <p class="meta cut">{sheet}</p>
            </td>
            <td>{kind}</td>
            <td class="end num">
                {cost} {about_cost.map(|words| view! { <p class="meta">{words}</p> })}
            </td>
            <td>
                <TimeAgo at=work.settled_at.unwrap_or(work.started_at) />
                <p class="meta">{work.started_by.clone().unwrap_or_else(|| "started elsewhere".to_owned())}</p>
            </td>
            <td class="end">
                <StopButton work on_stopped />
            </td>
        </tr>
    }
}

/// A state by icon, word and colour.
#[component]
fn Standing(progress: Progress) -> impl IntoView {
    let (class, icon) = match progress {
        Progress::Held => ("state warn", IconName::Clock),
        Progress::Queued | Progress::Sending | Progress::Pending => ("state muted", IconName::Clock),
        Progress::Processing => ("state info", IconName::Running),
        Progress::Completed => ("state ok", IconName::CheckCircle),
        Progress::Failed | Progress::Refused | Progress::NotSent => ("state error", IconName::CrossCircle),
        Progress::Stopped => ("state muted", IconName::Stopped),
        Progress::Unknown => ("state warn", IconName::Warning),
    };
    view! {
        <span class=class>
            <Icon name=icon />
            {progress.as_str()}
        </span>
    }
}

/// Stops what GEN can still stop; a person who may not is told so.
#[component]
fn StopButton(work: Work, on_stopped: Callback<()>) -> impl IntoView {
    let surroundings = use_surroundings();
    let failed = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let may = move || surroundings.may(Action::Spend);
    let generation = work.generation_id.filter(|_| work.progress.can_stop());
    generation.map(|generation| {
        let agent = work.agent_id;
        let stop = move |_| {
            let (agent, generation) = (agent.clone(), generation.clone());
            busy.set(true);
            spawn_local(async move {
                match stop_generation(agent, generation).await {
                    Ok(_) => on_stopped.run(()),
                    Err(error) => {
                        failed.try_set(Some(error));
                    }
                }
                busy.try_set(false);
            });
        };
        view! {
            <button
                type="button"
                class="button"
                disabled=move || busy.get() || !may()
                title=move || (!may()).then_some("Your role is viewer: an editor can stop this.")
                on:click=stop
            >
                <Icon name=IconName::Stop />
                "Stop"
            </button>
            {move || failed.get().map(|error| view! { <ErrorNote error /> })}
        }
    })
}

/// What it cost, or will; and how that came to be.
fn cost_words(work: &Work) -> (String, Option<String>) {
    let estimate = work.estimate.map(credits_estimate);
    match (work.progress, work.cost) {
        (_, Some(cost)) => (credits(cost), estimate.map(|estimate| format!("{estimate} expected"))),
        (Progress::Failed | Progress::Stopped, None) => (credits(0.0), Some("refunded".to_owned())),
        (Progress::Refused | Progress::NotSent, None) => (credits(0.0), Some("not charged".to_owned())),
        (Progress::Unknown, None) => (estimate.unwrap_or_default(), Some("may be charged".to_owned())),
        (_, None) => (estimate.unwrap_or_else(|| "–".to_owned()), None),
    }
}

fn kind_words(kind: &gen_client::model::GenerationType) -> String {
    let words = kind.to_string().replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
