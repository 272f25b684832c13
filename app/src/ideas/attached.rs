use gen_client::{AgentId, VidsheetId};
use leptos::prelude::*;
use model::VidsheetSummary;

use super::words::safe_link;
use crate::page::in_browser;
use crate::ui::{Icon, IconName, Menu};
use crate::vidsheets::server_fns::list_vidsheets;

/// What goes along with the message: links for the agent to look at, and a vidsheet.
#[component]
pub fn Attached(
    /// The links so far.
    links: RwSignal<Vec<String>>,
    /// The vidsheet, if one goes along.
    vidsheet: RwSignal<Option<VidsheetId>>,
    /// Whose vidsheets there are.
    agent: Memo<Option<AgentId>>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let add = move || {
        let link = typed.get_untracked().trim().to_owned();
        wrong.set(safe_link(&link).is_none());
        if !wrong.get_untracked() {
            links.update(|links| links.push(link));
            typed.set(String::new());
        }
    };
    let sheets = in_browser(move || agent.get().map(list_vidsheets));
    let options = move || {
        let option =
            |sheet: VidsheetSummary| view! { <option value=sheet.id.to_string()>{sheet.title}</option> };
        let all = sheets.get().and_then(Result::ok).unwrap_or_default();
        all.into_iter().filter(|sheet| !sheet.archived).map(option).collect_view()
    };
    let count = move || links.with(Vec::len) + usize::from(vidsheet.with(Option::is_some));
    view! {
        <Menu class="menu-plain attach" summary=move || view! {
            <Icon name=IconName::Link />
            <span class="visually-hidden">"Attach"</span>
            {move || match count() {
                0 => String::new(),
                count => count.to_string(),
            }}
        }>
            <div class="menu-items" on:click=|event| event.stop_propagation()>
                <label class="field">
                    <span class="label">"A link for the agent to look at"</span>
                    <input class="input" type="url" placeholder="https://" aria-invalid=move || wrong.get().then_some("true") bind:value=typed />
                </label>
                <button type="button" class="button" on:click=move |_| add()>
                    "Add the link"
                </button>
                <Show when=move || wrong.get()>
                    <p class="field-error" role="alert">
                        "Only an address that begins with https:// can be attached."
                    </p>
                </Show>
                <ul role="list" aria-label="Attached links">
                    <For each=move || links.get() key=String::clone let:link>
                        <AttachedLink link links />
                    </For>
                </ul>
                <label class="field">
                    <span class="label">"A vidsheet as context"</span>
                    <select class="input" on:change:target=move |event| vidsheet.set(event.target().value().parse().ok())>
                        <option value="">"None"</option>
                        {options}
                    </select>
                </label>
            </div>
        </Menu>
    }
}

#[component]
fn AttachedLink(link: String, links: RwSignal<Vec<String>>) -> impl IntoView {
    let gone = link.clone();
    view! {
        <li class="chip">
            <span class="chip-text">{link.clone()}</span>
            <button
                type="button"
                class="chip-remove"
                aria-label=format!("Remove {link}")
                on:click=move |_| links.update(|links| links.retain(|known| *known != gone))
            >
                <Icon name=IconName::Cross />
            </button>
        </li>
    }
}
