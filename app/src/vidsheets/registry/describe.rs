use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::VidsheetSummary;

use super::shown_title;
use crate::ui::{Act, Chips, Dialog};
use crate::vidsheets::server_fns::describe_vidsheet;

/// The window in which a vidsheet gets its name and labels.
#[component]
pub(super) fn DescribeDialog(
    /// Which vidsheet; none while the window is closed.
    of: RwSignal<Option<VidsheetSummary>>,
    /// Every label of this agent's vidsheets.
    known: Memo<Vec<String>>,
) -> impl IntoView {
    let open = Signal::derive(move || of.with(Option::is_some));
    view! {
        <Dialog open title="Name and labels" on_close=move |()| of.set(None)>
            {move || of.get().map(|line| view! { <Describe line of known /> })}
        </Dialog>
    }
}

#[component]
fn Describe(
    line: VidsheetSummary,
    of: RwSignal<Option<VidsheetSummary>>,
    known: Memo<Vec<String>>,
) -> impl IntoView {
    let (title, labels) = (RwSignal::new(shown_title(&line)), RwSignal::new(line.labels.clone()));
    let act = Act::idle();
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (agent, vidsheet) = (line.agent_id.clone(), line.id.clone());
        let (title, labels) = (title.get_untracked(), labels.get_untracked());
        act.run(describe_vidsheet(agent, vidsheet, title, labels), move |()| of.set(None));
    };
    let others = move || {
        let offered = known.get().into_iter().filter(|label| labels.with(|own| !own.contains(label)));
        offered
            .map(|label| {
                let words = label.clone();
                let add = move |_| labels.update(|own| own.push(label.clone()));
                view! {
                    <button type="button" class="tag-filter as-written" on:click=add>
                        {words}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <form class="describe-vidsheet" on:submit=save>
            <label class="field">
                <span class="label">"Name"</span>
                <input class="input" type="text" autocomplete="off" bind:value=title />
            </label>
            <div class="field">
                <span class="label">"Labels"</span>
                <Chips
                    label="Labels"
                    items=labels
                    on_change=move |list| labels.set(list)
                    placeholder="Add a label"
                    max=20
                    longest=40
                />
                <div class="tag-filters" role="group" aria-label="Labels in use">
                    {others}
                </div>
            </div>
            <p class="muted">"Name and labels are kept here. GEN can neither rename nor label a vidsheet."</p>
            {act.note()}
            <div class="buttons">
                <button type="submit" class="button primary large" disabled=act.busy>
                    "Save"
                </button>
            </div>
        </form>
    }
}
