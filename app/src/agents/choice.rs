use gen_client::AgentId;
use leptos::prelude::*;

use crate::shell::use_surroundings;

/// One of the agents that the person's keys reach.
#[component]
pub fn AgentChoice(
    /// What it is chosen for.
    label: &'static str,
    /// The choice.
    chosen: RwSignal<Option<AgentId>>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let options = move || {
        let agents =
            surroundings.agents.get().and_then(Result::ok).map(|agents| agents.value).unwrap_or_default();
        let option = |agent: gen_client::model::Agent| {
            let own = agent.id.clone();
            let selected = move || chosen.with(|chosen| chosen.as_ref() == Some(&own));
            view! {
                <option value=agent.id.to_string() selected=selected>
                    {agent.name}
                </option>
            }
        };
        agents.into_iter().map(option).collect_view()
    };
    view! {
        <Transition>
            <label class="field">
                <span class="label">{label}</span>
                <select class="input" on:change:target=move |event| chosen.set(event.target().value().parse().ok())>
                    {options}
                </select>
            </label>
        </Transition>
    }
}
