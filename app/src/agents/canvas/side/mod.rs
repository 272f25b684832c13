//! Beside the canvas: what the core was before, and the core as one document.

mod changes;
mod copy;
mod document;
mod history;
mod import;

use gen_client::AgentId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::core_form::CoreForm;
use crate::page;
use crate::paths;
use crate::ui::{Drawer, Icon, IconName};

/// What can stand beside the canvas, by its word in the address.
const SIDES: [(&str, &str, IconName); 2] =
    [("document", "What the agent sees", IconName::Eye), ("history", "History", IconName::Clock)];

/// The ways to what can stand beside the canvas.
#[component]
pub(super) fn SideLinks(agent: AgentId) -> impl IntoView {
    let open = page::query("show");
    let link = move |(word, words, icon): (&'static str, &'static str, IconName)| {
        let href = paths::setup_showing(&agent, word);
        let current = move || (open.get().as_deref() == Some(word)).then_some("true");
        view! {
            <a class="button" href=href data-noscroll="" aria-current=current>
                <Icon name=icon />
                {words}
            </a>
        }
    };
    view! { <span class="buttons side-links">{SIDES.map(link).into_iter().collect_view()}</span> }
}

/// What the address asks for.
#[component]
pub(super) fn Side(form: CoreForm) -> impl IntoView {
    let open = page::query("show");
    let navigate = StoredValue::new(use_navigate());
    let close = move || {
        let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&paths::setup(&form.agent.get_value()), stay));
    };
    move || {
        let asked = open.get()?;
        let (word, words, _) = SIDES.into_iter().find(|(word, ..)| *word == asked)?;
        let body = match word {
            "history" => view! { <history::History form /> }.into_any(),
            _ => view! { <document::Document form /> }.into_any(),
        };
        Some(view! {
            <Drawer title=Signal::derive(move || words.to_owned()) on_close=close>
                {body}
            </Drawer>
        })
    }
}
