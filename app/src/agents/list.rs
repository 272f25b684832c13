use gen_client::model::Agent;
use leptos::prelude::*;
use leptos_meta::Title;

use super::new_agent::NewAgentForm;
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Empty, ErrorNote, IconName};

/// Every agent that the person's keys reach, and a new one.
#[component]
pub fn AgentsPage() -> impl IntoView {
    let surroundings = use_surroundings();
    let agents =
        move || surroundings.agents.get().and_then(Result::ok).map(|agents| agents.value).unwrap_or_default();
    let error = move || surroundings.agents.get().and_then(Result::err);
    let nothing = move || matches!(surroundings.agents.get(), Some(Ok(agents)) if agents.value.is_empty());
    view! {
        <Title text="Agents · Reelsheet" />
        <div class="page-head">
            <h1>"Agents"</h1>
        </div>
        <div class="page-body">
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {move || error().map(|error| view! { <ErrorNote error /> })}
                <Show when=nothing>
                    <Empty icon=IconName::User title="Your key reaches no agent yet. Make the first one below." />
                </Show>
                <ul class="agent-cards" aria-label="Agents">
                    <For
                        each=agents
                        key=|agent| (agent.id.clone(), agent.name.clone(), agent.primary_avatar_url.clone())
                        let:agent
                    >
                        <AgentCard agent />
                    </For>
                </ul>
            </Transition>
            <NewAgentForm />
        </div>
    }
}

#[component]
fn AgentCard(agent: Agent) -> impl IntoView {
    let picture = match agent.primary_avatar_url {
        Some(id) => {
            view! { <img src=paths::media(&id) alt="" width="48" height="48" loading="lazy" /> }.into_any()
        }
        None => {
            let letter: String = agent.name.chars().take(1).collect();
            view! { <span aria-hidden="true">{letter}</span> }.into_any()
        }
    };
    let role = agent.role.map(|role| view! { <span class="tag">{role}</span> });
    view! {
        <li class="card agent-card">
            <span class="agent-picture">{picture}</span>
            <div class="grow">
                <p>
                    <a class="strong" href=paths::setup(&agent.id)>
                        {agent.name.clone()}
                    </a>
                    " "
                    {role}
                </p>
                <p class="meta">{agent.description}</p>
                <p class="meta">{agent.time_zone}</p>
            </div>
            <a class="button" href=paths::setup_agent(&agent.id) aria-label=format!("Edit {}", agent.name)>
                "Edit"
            </a>
        </li>
    }
}
