use gen_client::AgentId;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::VidsheetSummary;

use super::{ToVidsheet, shown_title};
use crate::agents::AgentChoice;
use crate::ui::{Dialog, Icon, IconName, given};
use crate::vidsheets::server_fns::clone_vidsheet;

/// The window in which a vidsheet is copied, within its agent or to another.
#[component]
pub(super) fn CopyDialog(
    /// Which vidsheet; none while the window is closed.
    of: RwSignal<Option<VidsheetSummary>>,
) -> impl IntoView {
    let open = Signal::derive(move || of.with(Option::is_some));
    view! {
        <Dialog open title="Clone vidsheet" on_close=move |()| of.set(None)>
            {move || of.get().map(|line| view! { <Copy line /> })}
        </Dialog>
    }
}

#[component]
fn Copy(line: VidsheetSummary) -> impl IntoView {
    let title = RwSignal::new(format!("{}, copy", shown_title(&line)));
    let to = RwSignal::new(Some(line.agent_id.clone()));
    let to_vidsheet = ToVidsheet::new();
    let lead = format!("“{}” with its rows, cells and layers. Free.", shown_title(&line));
    let copy = move |event: SubmitEvent| {
        event.prevent_default();
        let (agent, vidsheet) = (line.agent_id.clone(), line.id.clone());
        let target: AgentId = to.get_untracked().unwrap_or_else(|| agent.clone());
        let elsewhere = (target != agent).then(|| target.clone());
        let title = given(&title.get_untracked());
        to_vidsheet.go(target, clone_vidsheet(agent, vidsheet, elsewhere, title), || ());
    };
    view! {
        <form class="copy-vidsheet" on:submit=copy>
            <p>{lead}</p>
            <label class="field">
                <span class="label">"Title"</span>
                <input class="input" type="text" autocomplete="off" bind:value=title />
            </label>
            <AgentChoice label="Agent that gets it" chosen=to />
            {to_vidsheet.note()}
            <div class="buttons">
                <button type="submit" class="button primary large" disabled=to_vidsheet.busy>
                    <Icon name=IconName::Sheets />
                    "Clone"
                </button>
            </div>
        </form>
    }
}
