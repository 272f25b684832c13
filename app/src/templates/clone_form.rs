use gen_client::AgentId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Action, VidsheetPlan};

use super::server_fns::clone_template;
use crate::agents::AgentChoice;
use crate::error::AppError;
use crate::shell::use_surroundings;
use crate::ui::{Icon, IconName, given};
use crate::vidsheets::ToVidsheet;

/// A clone with a title, a number of rows and an agent of one's choice. GEN's own call knows the agent only: the
/// title is kept here, and the rows are added one by one.
#[component]
pub(super) fn CloneForm(
    /// The template's name in URLs.
    slug: String,
    /// What GEN calls it.
    name: String,
    /// Whose page this is.
    agent: Memo<Option<AgentId>>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let (title, rows) = (RwSignal::new(name), RwSignal::new("1".to_owned()));
    let to = RwSignal::new(agent.get_untracked());
    let to_vidsheet = ToVidsheet::new();
    let wanted = Memo::new(move |_| rows.get().trim().parse::<u32>().ok());
    let clone = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(target) = to.get_untracked() else { return };
        let Some(rows) = wanted.get_untracked().filter(|rows| *rows <= VidsheetPlan::ROWS_MAX) else {
            let message = format!("Between 1 and {} rows can be made.", VidsheetPlan::ROWS_MAX);
            return to_vidsheet.trouble.set(Some(AppError::invalid("Rows", message)));
        };
        let title = given(&title.get_untracked());
        to_vidsheet.go_whole(target.clone(), clone_template(target, slug.clone(), title, rows), || ());
    };
    let price = move || match wanted.get() {
        Some(rows) if rows > 1 => {
            format!("Free. GEN clones it with one row; the other {} are added here.", rows - 1)
        }
        _ => "Free. GEN clones it with one row.".to_owned(),
    };
    view! {
        <form class="template-clone" aria-label="Clone this template" on:submit=clone>
            <label class="field">
                <span class="label">"Title"</span>
                <input class="input" type="text" autocomplete="off" bind:value=title />
            </label>
            <div class="template-clone-pair">
                <AgentChoice label="Agent" chosen=to />
                <label class="field">
                    <span class="label">"Rows"</span>
                    <input
                        class="input num"
                        type="number"
                        min="1"
                        max=VidsheetPlan::ROWS_MAX.to_string()
                        bind:value=rows
                    />
                </label>
            </div>
            {to_vidsheet.note()}
            <div class="template-act">
                <button
                    type="submit"
                    class="button primary large"
                    disabled=move || to_vidsheet.busy.get() || !surroundings.may(Action::Edit)
                >
                    <Icon name=IconName::Sheets />
                    {move || if to_vidsheet.busy.get() { "Cloning" } else { "Clone" }}
                </button>
                <span class="muted">{price}</span>
            </div>
        </form>
    }
}
