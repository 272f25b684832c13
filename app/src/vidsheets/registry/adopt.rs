use gen_client::{AgentId, VidsheetId};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use super::ToVidsheet;
use crate::error::AppError;
use crate::ui::draft_text;
use crate::vidsheets::server_fns::adopt_vidsheet;

/// After one of these an address names the vidsheet.
const BEFORE_THE_ID: [&str; 6] = ["vidsheets", "vidsheet", "sheets", "engines", "engine", "projects"];
/// In a query it may stand under one of these.
const NAMES_OF_THE_ID: [&str; 4] = ["vidsheet_id", "sheet_id", "project_id", "id"];

/// Takes in a vidsheet by its number, or by its whole address pasted.
#[component]
pub(super) fn Adopt(agent: Memo<Option<AgentId>>) -> impl IntoView {
    let place = RwSignal::new(String::new());
    draft_text("adopt-vidsheet", place);
    let to_vidsheet = ToVidsheet::new();
    let adopt = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(agent) = agent.get_untracked() else {
            return;
        };
        match vidsheet_of(&place.get_untracked()) {
            Some(id) => {
                to_vidsheet.go(agent.clone(), adopt_vidsheet(agent, id), move || place.set(String::new()))
            }
            None => to_vidsheet.trouble.set(Some(AppError::invalid(
                "Vidsheet made elsewhere",
                "This is neither a vidsheet's id nor its address at GEN.",
            ))),
        }
    };
    view! {
        <form class="line-form" aria-label="Adopt a vidsheet" on:submit=adopt>
            <label class="label" for="adopt-vidsheet">
                "Vidsheet made elsewhere"
            </label>
            <div class="line-form-fields">
                <input
                    id="adopt-vidsheet"
                    class="input"
                    type="text"
                    placeholder="Its id or address at GEN"
                    autocomplete="off"
                    bind:value=place
                />
                <button type="submit" class="button large" disabled=to_vidsheet.busy>
                    "Adopt"
                </button>
            </div>
            {to_vidsheet.note()}
        </form>
    }
}

/// The vidsheet that a person means: by its id, or by an address that names it in its path or its query.
fn vidsheet_of(text: &str) -> Option<VidsheetId> {
    let text = text.trim();
    let Some((_, address)) = text.split_once("://") else { return text.parse().ok() };
    let (address, query) = match address.split('#').next()?.split_once('?') {
        Some((address, query)) => (address, query),
        None => (address.split('#').next()?, ""),
    };
    let path: Vec<&str> = address.split('/').skip(1).filter(|part| !part.is_empty()).collect();
    let after = path.iter().rposition(|part| BEFORE_THE_ID.contains(part)).and_then(|at| path.get(at + 1));
    let named = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, value)| NAMES_OF_THE_ID.contains(name) && !value.is_empty());
    let found = after.copied().or_else(|| named.map(|(_, value)| value)).or_else(|| path.last().copied());
    found?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vidsheet_is_found_in_an_id_or_an_address() {
        for (text, expected) in [
            ("123", Some("123")),
            (" 123 ", Some("123")),
            ("https://gen.pro/7/vidsheets/123", Some("123")),
            ("https://gen.pro/7/vidsheets/123/?row=4#top", Some("123")),
            ("https://gen.pro/7/vidsheets/123/edit", Some("123")),
            ("https://gen.pro/engine?agent_id=7&sheet_id=123", Some("123")),
            ("https://gen.pro/a/123#row", Some("123")),
            ("https://gen", None),
            ("https://gen/", None),
            ("my sheet", None),
            ("../etc/passwd", None),
            ("", None),
        ] {
            assert_eq!(vidsheet_of(text).map(|id| id.to_string()).as_deref(), expected, "{text:?}");
        }
    }
}
