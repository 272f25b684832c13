use gen_client::model::AgentCore;
use leptos::prelude::*;
use model::{CorePart, core_changes};
use serde_json::Value;

use super::super::core_form::CoreForm;
use super::changes::Changes;
use crate::error::AppError;
use crate::ui::{Act, ErrorNote, FileInput, draft_text};

/// A core is far smaller, personality and all.
const IMPORT_MAX: usize = 512 * 1024;

/// A core out of a file or the clipboard, taken over part by part.
#[component]
pub(super) fn Import(form: CoreForm) -> impl IntoView {
    let text = RwSignal::new(String::new());
    draft_text("import-core", text);
    let (attempt, read) = (Act::idle(), RwSignal::new(None::<Result<(AgentCore, Vec<String>), AppError>>));
    let look = move |text: &str| read.set(Some(read_core(text)));
    let on_file =
        move |file: Result<model::NewFile, AppError>| match file.and_then(|file| decoded(&file.base64)) {
            Ok(json) => {
                look(&json);
                text.set(json);
            }
            Err(error) => read.set(Some(Err(error))),
        };
    view! {
        <details class="side-part">
            <summary>"Import JSON"</summary>
            <div class="side-part-body">
                <FileInput
                    label="JSON file"
                    id="import-file"
                    accept="application/json,.json"
                    max=IMPORT_MAX
                    disabled=form.locked
                    on_file=on_file
                />
                <label class="field">
                    <span class="label">"Or paste it"</span>
                    <textarea class="input" rows="4" spellcheck="false" prop:value=text on:input:target=move |event| text.set(event.target().value())></textarea>
                </label>
                <div class="buttons">
                    <button
                        type="button"
                        class="button"
                        disabled=move || form.locked.get() || text.with(|text| text.trim().is_empty())
                        on:click=move |_| look(&text.get_untracked())
                    >
                        "Compare"
                    </button>
                </div>
                {attempt.note()}
                {move || {
                    read.get()
                        .map(|read| match read {
                            Ok((core, unknown)) => view! { <TakeOver form core unknown /> }.into_any(),
                            Err(error) => view! { <ErrorNote error /> }.into_any(),
                        })
                }}
            </div>
        </details>
    }
}

/// What importing would change; the cards then save it as if it had been typed.
#[component]
fn TakeOver(form: CoreForm, core: AgentCore, unknown: Vec<String>) -> impl IntoView {
    let chosen = RwSignal::new(CorePart::ALL.to_vec());
    let core = StoredValue::new(core);
    let changes = Memo::new(move |_| core.with_value(|core| form.now.with(|now| core_changes(now, core))));
    let take = move |_| {
        let differing: Vec<CorePart> =
            changes.with_untracked(|changes| changes.iter().map(|change| change.part).collect());
        for part in chosen.get_untracked().into_iter().filter(|part| differing.contains(part)) {
            form.edit(part, |now| *now = core.with_value(|core| part.moved(core, now)));
        }
    };
    view! {
        {(!unknown.is_empty())
            .then(|| {
                view! {
                    <p class="note note-warn" role="status">
                        "Not taken, for GEN has no such field: " {unknown.join(", ")}
                    </p>
                }
            })}
        <Show
            when=move || !changes.with(Vec::is_empty)
            fallback=|| view! { <p class="meta" role="status">"Nothing differs from what is on the canvas."</p> }
        >
            {move || view! { <Changes changes=changes.get() chosen /> }}
            <div class="buttons">
                <button type="button" class="button primary" disabled=move || chosen.with(Vec::is_empty) on:click=take>
                    "Take over"
                </button>
                <span class="meta">"Each card then saves itself."</span>
            </div>
        </Show>
    }
}

/// A core out of JSON, and the fields in it that are none of a core's. Numbers of accounts belong to one agent.
fn read_core(json: &str) -> Result<(AgentCore, Vec<String>), AppError> {
    let refuse = |why: String| AppError::invalid("Import", why);
    if json.len() > IMPORT_MAX {
        return Err(refuse(format!("This is larger than any core: at most {} KB.", IMPORT_MAX / 1024)));
    }
    let value: Value =
        serde_json::from_str(json).map_err(|error| refuse(format!("This is no JSON: {error}.")))?;
    let Value::Object(fields) = &value else {
        return Err(refuse("A core is an object with fields such as brand_name.".to_owned()));
    };
    let known = serde_json::to_value(AgentCore::default()).unwrap_or_default();
    let is_known = |field: &str| field == "agent_id" || known.get(field).is_some();
    let unknown: Vec<String> = fields.keys().filter(|field| !is_known(field)).cloned().collect();
    if unknown.len() == fields.len() {
        return Err(refuse("It holds no field of a core, such as brand_name.".to_owned()));
    }
    let mut core: AgentCore =
        serde_json::from_value(value).map_err(|error| refuse(format!("A field does not fit: {error}.")))?;
    core.agent_id = None;
    core.linked_accounts.iter_mut().for_each(|account| account.id = None);
    Ok((core, unknown))
}

fn decoded(base64: &str) -> Result<String, AppError> {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::STANDARD.decode(base64).unwrap_or_default();
    String::from_utf8(bytes).map_err(|_| AppError::invalid("JSON file", "This file is no text."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_core_is_read_and_what_is_none_is_named() {
        let (core, unknown) = read_core(
            r#"{"agent_id":"x","brand_name":"Kiln","mood":"grim","linked_accounts":[{"id":7,"url":"https://x.com/k"}]}"#,
        )
        .unwrap();
        assert_eq!(
            (core.brand_name.as_deref(), core.agent_id, unknown),
            (Some("Kiln"), None, vec!["mood".to_owned()])
        );
        assert_eq!(core.linked_accounts[0].id, None);
    }

    #[test]
    fn what_is_no_core_is_refused_in_words() {
        for no_core in ["", "[]", "{}", "{\"mood\":1}", "{"] {
            assert!(read_core(no_core).is_err(), "{no_core:?}");
        }
        assert!(read_core(&format!("\"{}\"", "x".repeat(IMPORT_MAX))).is_err());
    }
}
