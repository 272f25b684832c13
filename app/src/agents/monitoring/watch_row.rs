use gen_client::AgentId;
use gen_client::model::GenerationStatus;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Action, Progress, Sketch, Watch};

use super::server_fns::{check_watch, update_watch};
use super::terms::{Terms, TermsFields, terms_words};
use crate::activity::Curl;
use crate::generations::StateWord;
use crate::shell::use_surroundings;
use crate::ui::{Act, Icon, IconName, TimeAgo};

/// One look: its terms, where it stands, and a form to change it while it goes on.
#[component]
pub(super) fn WatchRow(
    agent: Memo<Option<AgentId>>,
    watch: Memo<Watch>,
    changed: Callback<()>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let (checked, editing) = (Act::idle(), RwSignal::new(false));
    let words = Memo::new(move |_| {
        watch.with(|watch| match &watch.spec {
            Some(spec) => terms_words(spec),
            None => format!("Job {}", watch.job_id),
        })
    });
    let check = move |_| {
        let Some(agent) = agent.get_untracked() else { return };
        checked.run(check_watch(agent, watch.with_untracked(|watch| watch.job_id.clone())), move |_| {
            changed.run(());
        });
    };
    let goes_on = move || watch.with(|watch| watch.job.as_ref().is_none_or(|job| !job.status.is_final()));
    let keeps = move || watch.with(|watch| watch.spec.as_ref().is_some_and(|spec| spec.keep_up));
    let reason = move || watch.with(|watch| watch.job.as_ref().and_then(|job| job.failed_reason.clone()));
    let by = move || {
        watch
            .with(|watch| watch.person.clone())
            .map(|person| format!("begun by {person}, "))
            .unwrap_or_default()
    };
    view! {
        <li class="watch" aria-label=words>
            <div class="watch-line">
                <div class="grow">
                    <p>
                        <strong>{words}</strong>
                    </p>
                    <p class="meta">
                        "Job " {move || watch.with(|watch| watch.job_id.to_string())} ", " {by}
                        {move || watch.with(|watch| view! { <TimeAgo at=watch.added_at /> })}
                    </p>
                    {move || reason().map(|reason| view! { <p class="field-error">{reason}</p> })}
                </div>
                {move || keeps().then(|| view! { <span class="tag">"Kept up"</span> })}
                {move || match progress(&watch.get()) {
                    Some(progress) => view! { <StateWord progress /> }.into_any(),
                    None => view! { <span class="muted">"not asked yet"</span> }.into_any(),
                }}
                <div class="buttons">
                    <button type="button" class="button" disabled=checked.busy on:click=check>
                        <Icon name=IconName::Refresh />
                        "Check now"
                    </button>
                    <Show when=goes_on>
                        <button
                            type="button"
                            class="button"
                            aria-expanded=move || if editing.get() { "true" } else { "false" }
                            disabled=move || !surroundings.may(Action::Spend)
                            on:click=move |_| editing.update(|editing| *editing = !*editing)
                        >
                            "Change"
                        </button>
                    </Show>
                </div>
            </div>
            {checked.note()}
            <Show when=move || editing.get() && goes_on()>
                <Change agent watch=watch.get_untracked() editing changed />
            </Show>
        </li>
    }
}

/// New terms for a look that goes on.
#[component]
fn Change(
    agent: Memo<Option<AgentId>>,
    watch: Watch,
    editing: RwSignal<bool>,
    changed: Callback<()>,
) -> impl IntoView {
    let terms = watch.spec.as_ref().map_or_else(Terms::new, Terms::of);
    let job = StoredValue::new(watch.job_id);
    let attempt = Act::idle();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (Some(agent), Ok(spec)) = (agent.get_untracked(), untrack(|| terms.read())) else { return };
        attempt.run(update_watch(agent, job.get_value(), spec), move |_| {
            editing.set(false);
            changed.run(());
        });
    };
    let drawn = move |()| Sketch::UpdateWatch(job.get_value(), untrack(|| terms.shape()));
    view! {
        <form class="watch-form" aria-label="Change" method="post" on:submit=save>
            <TermsFields terms disabled=Signal::derive(|| false) />
            {attempt.note()}
            <div class="buttons">
                <button type="submit" class="button primary" disabled=move || attempt.busy.get() || terms.read().is_err()>
                    "Save"
                </button>
                <button type="button" class="button" on:click=move |_| editing.set(false)>
                    "Leave it"
                </button>
                <Curl what=drawn />
            </div>
        </form>
    }
}

/// Where GEN says it stands; `None` while nobody asked.
fn progress(watch: &Watch) -> Option<Progress> {
    Some(match watch.job.as_ref()?.status {
        GenerationStatus::Pending => Progress::Pending,
        GenerationStatus::Completed => Progress::Completed,
        GenerationStatus::Failed => Progress::Failed,
        GenerationStatus::Stopped => Progress::Stopped,
        _ => Progress::Processing,
    })
}
