use leptos::prelude::*;

use super::super::core_form::CoreForm;
use super::copy::CopyToAgent;
use super::import::Import;
use crate::ui::{CopyButton, Icon, IconName};

/// The core as GEN keeps it, to read, to take along, to bring back, and to give to another agent.
#[component]
pub(super) fn Document(form: CoreForm) -> impl IntoView {
    let json =
        Memo::new(move |_| form.seen.with(|seen| serde_json::to_string_pretty(seen).unwrap_or_default()));
    // An address of the browser's own: the file never leaves it.
    let file = move || json.with(|json| format!("data:application/json;charset=utf-8,{}", js_free(json)));
    let name = move || format!("core-{}.json", form.agent.get_value());
    view! {
        <div class="buttons">
            <a class="button" href=file download=name>
                <Icon name=IconName::Download />
                "Export JSON"
            </a>
            <CopyButton text=json words="Copy" />
        </div>
        <pre class="document" tabindex="0" role="region" aria-label="Core as JSON">
            {json}
        </pre>
        <Import form />
        <CopyToAgent form />
    }
}

/// Text as a part of a `data:` address.
fn js_free(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
