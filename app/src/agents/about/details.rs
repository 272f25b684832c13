use gen_client::model::{Agent, AgentPatch};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Action, Sketch};

use super::super::new_agent::own_time_zone;
use super::super::server_fns::update_agent;
use crate::activity::Curl;
use crate::shell::use_surroundings;
use crate::ui::{Act, SaveState, Saving, draft_text};

/// Name, description and time zone.
#[component]
pub(super) fn Details(agent: Agent) -> impl IntoView {
    let surroundings = use_surroundings();
    let seen = RwSignal::new((
        agent.name.clone(),
        agent.description.clone().unwrap_or_default(),
        agent.time_zone.clone().unwrap_or_default(),
    ));
    let (name, description, zone) = seen.get_untracked();
    let (name, description, zone) = (RwSignal::new(name), RwSignal::new(description), RwSignal::new(zone));
    draft_text("agent-name", name);
    draft_text("agent-description", description);
    draft_text("agent-zone", zone);
    let (attempt, saved) = (Act::idle(), RwSignal::new(false));
    let patch = move || {
        let (was_name, was_description, was_zone) = seen.get();
        let changed = |now: RwSignal<String>, was: String| Some(now.get()).filter(|now| *now != was);
        AgentPatch {
            name: changed(name, was_name),
            description: changed(description, was_description),
            time_zone: changed(zone, was_zone),
            ..AgentPatch::default()
        }
    };
    let unchanged = move || patch() == AgentPatch::default();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if untrack(unchanged) {
            return;
        }
        let typed = (name.get_untracked(), description.get_untracked(), zone.get_untracked());
        attempt.run(update_agent(agent.id.clone(), untrack(patch)), move |_| {
            seen.set(typed);
            saved.set(true);
            surroundings.agents.refetch();
        });
    };
    let state = Signal::derive(move || Saving::of(attempt.busy.get(), saved.get() && unchanged()));
    let locked = move || !surroundings.may(Action::Edit);
    let here = move |_| {
        if let Some(here) = own_time_zone() {
            zone.set(here);
        }
    };
    view! {
        <form class="card about-details" aria-labelledby="about-details" method="post" on:submit=save>
            <header class="card-head">
                <h2 id="about-details">"Name and place"</h2>
                <SaveState state />
            </header>
            <label class="field">
                <span class="label">"Agent name"</span>
                <input class="input" type="text" autocomplete="off" maxlength="255" disabled=locked value=name.get_untracked() bind:value=name />
            </label>
            <label class="field">
                <span class="label">"Agent description"</span>
                <textarea
                    class="input"
                    rows="3"
                    disabled=locked
                    prop:value=description
                    on:input:target=move |event| description.set(event.target().value())
                >
                    {description.get_untracked()}
                </textarea>
                <span class="field-hint">"For people who choose among agents. What GEN writes from is the description on the canvas."</span>
            </label>
            <label class="field">
                <span class="label">"Time zone"</span>
                <input class="input" type="text" autocomplete="off" placeholder="Europe/Berlin" disabled=locked value=zone.get_untracked() bind:value=zone />
            </label>
            {attempt.note()}
            <div class="buttons">
                <button type="submit" class="button primary" disabled=move || locked() || unchanged() || attempt.busy.get()>
                    "Save"
                </button>
                <button type="button" class="button" disabled=locked on:click=here>
                    "Use this computer's time zone"
                </button>
                <Curl what=move |()| Sketch::UpdateAgent(untrack(patch)) />
            </div>
        </form>
    }
}
