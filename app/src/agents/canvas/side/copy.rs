use gen_client::AgentId;
use leptos::prelude::*;
use model::CorePart;

use super::super::super::server_fns::copy_core;
use super::super::core_form::CoreForm;
use super::changes::PartTick;
use crate::error::AppError;
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::Act;

/// Gives parts of this core to another agent.
#[component]
pub(super) fn CopyToAgent(form: CoreForm) -> impl IntoView {
    let surroundings = use_surroundings();
    let chosen = RwSignal::new(Vec::<CorePart>::new());
    let to = RwSignal::new(None::<AgentId>);
    let (attempt, done) = (Act::idle(), RwSignal::new(None::<AgentId>));
    let others = move || {
        let agents =
            surroundings.agents.get().and_then(Result::ok).map(|agents| agents.value).unwrap_or_default();
        agents.into_iter().filter(|agent| agent.id != form.agent.get_value()).collect::<Vec<_>>()
    };
    let copy = move |_| {
        let Some(target) = to.get_untracked() else {
            return attempt.trouble.set(Some(AppError::invalid("Agent", "Choose an agent first.")));
        };
        done.set(None);
        let agent = form.agent.get_value();
        attempt.run(copy_core(agent, target.clone(), chosen.get_untracked()), move |saved| {
            let failed: Vec<String> =
                saved.failed().map(|(section, reason)| format!("{section}: {reason}")).collect();
            if failed.is_empty() {
                done.set(Some(target));
            } else {
                attempt.trouble.set(Some(AppError::partly_saved(&failed)));
            }
        });
    };
    view! {
        <details class="side-part">
            <summary>"Copy to another agent"</summary>
            <div class="side-part-body">
                <p class="meta">"What is ticked replaces what the other agent has there. Its history keeps what it was."</p>
                <Transition>
                    <label class="field">
                        <span class="label">"Agent"</span>
                        <select
                            class="input"
                            on:change:target=move |event| to.set(event.target().value().parse().ok())
                        >
                            <option value="">"Choose an agent"</option>
                            {move || {
                                others()
                                    .into_iter()
                                    .map(|agent| view! { <option value=agent.id.to_string()>{agent.name}</option> })
                                    .collect_view()
                            }}
                        </select>
                    </label>
                </Transition>
                <fieldset>
                    <legend class="label">"Parts"</legend>
                    {CorePart::ALL.map(|part| view! { <PartTick part chosen /> }).into_iter().collect_view()}
                </fieldset>
                <div class="buttons">
                    <button
                        type="button"
                        class="button"
                        disabled=move || form.locked.get() || attempt.busy.get() || chosen.with(Vec::is_empty)
                        on:click=copy
                    >
                        "Copy parts"
                    </button>
                </div>
                {attempt.note()}
                <div role="status">
                    {move || {
                        done.get()
                            .map(|agent| {
                                view! {
                                    <p class="state ok">
                                        "Copied. " <a href=paths::setup(&agent)>"Open that agent"</a>
                                    </p>
                                }
                            })
                    }}
                </div>
            </div>
        </details>
    }
}
