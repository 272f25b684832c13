use leptos::prelude::*;

use super::Desk;
use crate::ui::{Icon, IconName};

/// One variable while it is being written; `key` tells it from the others whatever its name.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Draft {
    pub(super) key: usize,
    pub(super) name: RwSignal<String>,
    pub(super) value: RwSignal<String>,
}

/// Name, value, and how often it is used.
#[component]
pub(super) fn VariableRow(draft: Draft, desk: Desk) -> impl IntoView {
    let number = move || {
        desk.drafts
            .with(|drafts| drafts.iter().position(|other| other.key == draft.key).map_or(0, |at| at + 1))
    };
    let cells = move || {
        desk.known.with(|known| {
            let known = known.as_ref()?;
            let name = draft.name.get();
            let own =
                known.variables.iter().find(|variable| variable.name == name.trim()).map(|own| own.cells);
            own.or_else(|| {
                known.undefined.iter().find(|used| used.name == name.trim()).map(|used| used.cells)
            })
        })
    };
    let usage = move || match cells() {
        None => "new".to_owned(),
        Some(0) => "not used".to_owned(),
        Some(cells) => format!("used by {}", in_cells(cells)),
    };
    let unused = move || cells() == Some(0);
    let label = move || {
        let name = draft.name.get();
        if name.trim().is_empty() { format!("variable {}", number()) } else { name }
    };
    let remove = move |_| desk.drafts.update(|drafts| drafts.retain(|other| other.key != draft.key));
    view! {
        <li class="variable">
            <input
                class="input"
                type="text"
                autocomplete="off"
                aria-label=move || format!("Name of variable {}", number())
                placeholder="name"
                readonly=desk.locked
                bind:value=draft.name
            />
            <textarea
                class="input"
                rows="1"
                aria-label=move || format!("Value of {}", label())
                placeholder="value"
                readonly=desk.locked
                bind:value=draft.value
            ></textarea>
            <button
                type="button"
                class="button icon-only"
                aria-label=move || format!("Remove {}", label())
                disabled=desk.locked
                on:click=remove
            >
                <Icon name=IconName::Cross />
            </button>
            <span class="variable-use" class:tone-warn=unused>
                {usage}
            </span>
        </li>
    }
}

/// Such as “14 cells”.
pub(super) fn in_cells(cells: u32) -> String {
    if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") }
}
