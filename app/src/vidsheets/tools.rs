//! What stands around a vidsheet: its variables, rows from a file, and the whole of it as a file.

use gen_client::model::Variable;
use gen_client::{AgentId, VidsheetId};
use leptos::prelude::*;

use super::grid_state::Beside;
use super::import::ImportDrawer;
use super::variables::VariablesDrawer;
use crate::paths;
use crate::ui::{Icon, IconName, Menu, draft};

/// The buttons for the toolbar.
#[component]
pub(super) fn ToolButtons(
    /// Whose.
    agent: AgentId,
    /// Of which vidsheet.
    vidsheet: VidsheetId,
    /// The drawer that is open.
    open: RwSignal<Option<Beside>>,
) -> impl IntoView {
    let toggle = move |tool| open.update(|open| *open = (*open != Some(tool)).then_some(tool));
    let expanded = move |tool| (open.get() == Some(tool)).to_string();
    let files = ["csv", "xlsx", "json"]
        .map(|ending| {
            let words = match ending {
                "json" => "JSON, with takes and cost",
                "xlsx" => "XLSX",
                _ => "CSV",
            };
            view! {
                <a href=paths::export(&agent, &vidsheet, ending) download="" rel="external">
                    {words}
                </a>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <button
            type="button"
            class="button"
            aria-expanded=move || expanded(Beside::Variables)
            on:click=move |_| toggle(Beside::Variables)
        >
            "Variables"
        </button>
        <button
            type="button"
            class="button"
            aria-expanded=move || expanded(Beside::Import)
            on:click=move |_| toggle(Beside::Import)
        >
            <Icon name=IconName::Upload />
            "Import"
        </button>
        <Menu class="menu-plain" summary=|| view! {
            <Icon name=IconName::Download />
            "Export"
        }>
            <div class="menu-items from-end">{files}</div>
        </Menu>
    }
}

/// The drawer that is open, if one is.
#[component]
pub(super) fn ToolDrawer(
    /// Whose.
    agent: AgentId,
    /// Of which vidsheet.
    vidsheet: VidsheetId,
    /// The drawer that is open.
    open: RwSignal<Option<Beside>>,
) -> impl IntoView {
    let close = move |()| open.set(None);
    let kept = RwSignal::new(None::<Vec<Variable>>);
    let keep = move || kept.try_get_untracked().flatten().and_then(|kept| serde_json::to_string(&kept).ok());
    draft("variables", keep, move |text| kept.set(serde_json::from_str(&text).ok()));
    move || {
        let (agent, vidsheet) = (agent.clone(), vidsheet.clone());
        match open.get()? {
            Beside::Variables => {
                Some(view! { <VariablesDrawer agent vidsheet kept on_close=close /> }.into_any())
            }
            Beside::Import => Some(view! { <ImportDrawer agent vidsheet on_close=close /> }.into_any()),
            _ => None,
        }
    }
}
