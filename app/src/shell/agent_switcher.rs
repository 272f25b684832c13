use gen_client::model::Agent;
use leptos::prelude::*;
use model::Topic;

use super::surroundings::use_surroundings;
use crate::agents::server_fns::open_agent;
use crate::live::on_change;
use crate::paths;
use crate::ui::{Icon, IconName, Menu};

/// Who speaks: the agent, with a menu of the others.
#[component]
pub(super) fn AgentSwitcher() -> impl IntoView {
    let surroundings = use_surroundings();
    let agents =
        move || surroundings.agents.get().and_then(Result::ok).map(|agents| agents.value).unwrap_or_default();
    let current = move || {
        let id = surroundings.agent()?;
        agents().into_iter().find(|agent| agent.id == id)
    };
    let others = move || {
        let path = surroundings.path().get();
        let current = surroundings.agent();
        agents()
            .into_iter()
            .map(|agent| {
                let is_current = current.as_ref() == Some(&agent.id);
                let href = paths::for_agent(&path, &agent.id);
                view! {
                    <li>
                        <a href=href aria-current=is_current.then_some("true")>
                            <Face agent=agent.clone() />
                            <span class="grow cut">{agent.name}</span>
                            {is_current.then(|| view! { <Icon name=IconName::Check /> })}
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Transition>
            {move || {
                current()
                    .map(|agent| {
                        let summary = move || {
                            view! {
                                <span class="visually-hidden">"Agent: "</span>
                                <Face agent=agent.clone() />
                                <span class="cut">{agent.name.clone()}</span>
                                <Icon name=IconName::ChevronDown />
                            }
                        };
                        view! {
                            <Menu class="switcher" summary=summary>
                                <div class="menu-items">
                                    <ul aria-label="Agents">{others}</ul>
                                    <a class="menu-end" href=paths::AGENTS>
                                        <Icon name=IconName::Plus />
                                        "All agents, new agent"
                                    </a>
                                </div>
                            </Menu>
                        }
                    })
            }}
        </Transition>
    }
}

/// The organization's name before the agent.
#[component]
pub(super) fn Organization() -> impl IntoView {
    let surroundings = use_surroundings();
    let overview = Resource::new(
        move || surroundings.named_agent(),
        move |named| async move {
            match surroundings.or_first(named).await {
                Some(agent) => open_agent(agent).await.map(|overview| overview.value.organization),
                None => Ok(None),
            }
        },
    );
    on_change(|topic| matches!(topic, Topic::Agents), move || overview.refetch());
    view! {
        <Transition>
            {move || {
                let organization = overview.get().and_then(Result::ok).flatten()?;
                Some(view! { <span class="organization cut">{organization.name}</span> })
            }}
        </Transition>
    }
}

/// The agent's picture, or its first letter.
#[component]
fn Face(agent: Agent) -> impl IntoView {
    match agent.primary_avatar_url {
        Some(id) => {
            view! { <img class="face" src=paths::media(&id) alt="" width="20" height="20" /> }.into_any()
        }
        None => {
            let letter: String = agent.name.chars().take(1).collect();
            view! {
                <span class="face" aria-hidden="true">
                    {letter}
                </span>
            }
            .into_any()
        }
    }
}
