use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::page::current_agent;
use crate::paths;
use crate::ui::TabLinks;

/// The head of every Setup page: what it is, and the way to the others.
#[component]
pub(super) fn SetupHead(
    /// What stands at its end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let agent = current_agent();
    let here = use_location().pathname;
    let links = Signal::derive(move || {
        agent.with(|agent| match agent {
            Some(agent) => vec![
                ("Canvas", paths::setup(agent)),
                ("Agent", paths::setup_agent(agent)),
                ("Monitoring", paths::setup_monitoring(agent)),
                ("Advanced", paths::setup_advanced(agent)),
            ],
            None => Vec::new(),
        })
    });
    view! {
        <div class="page-head">
            <h1>"Setup"</h1>
            <TabLinks label="Setup pages" links here />
            <div class="end">{children.map(|children| children())}</div>
        </div>
    }
}
