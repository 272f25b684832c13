use leptos::prelude::*;
use model::{NewFile, pasted_variables};

use super::Desk;
use super::server_fns::read_variables;
use crate::error::AppError;
use crate::paths;
use crate::ui::{Act, FileInput, Icon, IconName, draft_text};

const FILE_MAX: usize = 8 * 1024 * 1024;

/// Many variables at once: pasted, or from a file.
#[component]
pub(super) fn More(desk: Desk) -> impl IntoView {
    let pasted = RwSignal::new(String::new());
    draft_text("paste-variables", pasted);
    let reading = Act::idle();
    let add = move |_| {
        desk.merge(&pasted_variables(&pasted.get_untracked()));
        pasted.set(String::new());
    };
    let count = move || pasted.with(|text| pasted_variables(text).len());
    let upload = move |file: Result<NewFile, AppError>| match file {
        Ok(file) => {
            let (agent, _) = desk.ids.get_value();
            reading.run(read_variables(agent, file), move |read| desk.replace(&read));
        }
        Err(error) => reading.trouble.set(Some(error)),
    };
    let template = desk.ids.with_value(|(agent, vidsheet)| paths::variables_template(agent, vidsheet));
    view! {
        <details class="side-part">
            <summary>"Many at once"</summary>
            <div class="side-part-body">
                <label class="field">
                    <span class="label">"Paste lines"</span>
                    <textarea class="input" rows="3" placeholder="name = value" readonly=desk.locked bind:value=pasted></textarea>
                </label>
                <div class="buttons">
                    <button type="button" class="button" disabled=move || desk.locked.get() || count() == 0 on:click=add>
                        {move || match count() {
                            1 => "Add 1 line".to_owned(),
                            count => format!("Add {count} lines"),
                        }}
                    </button>
                </div>
                <FileInput
                    label="Take the table from a file (XLSX or CSV)"
                    id="variables-file"
                    accept=".xlsx,.csv,.tsv"
                    max=FILE_MAX
                    disabled=desk.locked
                    on_file=upload
                />
                <p class="muted">"The table above becomes what the file holds. GEN hears of it when you replace."</p>
                {reading.note()}
                <a class="button" href=template download="" rel="external">
                    <Icon name=IconName::Download />
                    "GEN's empty template"
                </a>
            </div>
        </details>
    }
}
