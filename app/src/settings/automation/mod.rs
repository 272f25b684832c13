//! Automation: whom GEN tells about an agent's work, and whether that arrives.

mod form;
pub mod server_fns;

use gen_client::AgentId;
use gen_client::model::AutomationConfig;
use leptos::prelude::*;
use leptos_meta::Title;
use model::Cached;

use super::head::SettingsHead;
use crate::error::AppError;
use crate::page;
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{AsOf, ErrorNote};
use form::AutomationForm;
use server_fns::open_automation;

type Loaded = (AgentId, Cached<AutomationConfig>);

/// Webhook, callback and polling of one agent.
#[component]
pub fn AutomationPage() -> impl IntoView {
    let surroundings = use_surroundings();
    let asked = page::query("agent");
    let config = Resource::new(
        move || asked.get(),
        move |asked| async move {
            let named = asked.and_then(|asked| asked.parse().ok());
            let Some(agent) = surroundings.or_first(named).await else {
                return Err(AppError::not_found("agent"));
            };
            let config = open_automation(agent.clone()).await?;
            Ok::<Loaded, AppError>((agent, config))
        },
    );
    view! {
        <Title text="Automation · Settings · Reelsheet" />
        <SettingsHead title="Automation" />
        <div class="page-body settings">
            <p class="settings-lead">
                "GEN can tell an address of yours when a generation has ended. Reelsheet works without it: it asks GEN by itself."
            </p>
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                <Agents chosen=Signal::derive(move || config.get().and_then(Result::ok).map(|(agent, _)| agent)) />
                {move || {
                    config
                        .get()
                        .map(|config| match config {
                            Ok((agent, config)) => {
                                let Cached { value, as_of, refreshing, trouble } = config;
                                view! {
                                    <AsOf as_of refreshing trouble />
                                    <AutomationForm agent config=value />
                                }
                                    .into_any()
                            }
                            Err(error) => view! { <ErrorNote error /> }.into_any(),
                        })
                }}
            </Transition>
        </div>
    }
}

/// Whose automation it is; each agent has its own.
#[component]
fn Agents(chosen: Signal<Option<AgentId>>) -> impl IntoView {
    let surroundings = use_surroundings();
    let links = move || {
        let agents =
            surroundings.agents.get().and_then(Result::ok).map(|agents| agents.value).unwrap_or_default();
        agents
            .into_iter()
            .map(|agent| {
                let href = paths::automation_of(&agent.id);
                let id = agent.id;
                let current = move || chosen.with(|chosen| chosen.as_ref() == Some(&id)).then_some("true");
                view! {
                    <li>
                        <a href=href aria-current=current>
                            {agent.name}
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <nav class="tabs" aria-label="Agent">
            <ul>{links}</ul>
        </nav>
    }
}
