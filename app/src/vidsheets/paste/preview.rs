use leptos::prelude::*;

use super::super::grid_state::GridState;
use super::{PastePlan, put};
use crate::error::AppError;
use crate::ui::Dialog;

/// Asks before a paste that does more than replace a few texts: what goes where, what is made, what has no place.
#[component]
pub fn PastePreview(
    /// The open vidsheet.
    state: GridState,
    /// Where an act that belongs to no cell says why it failed.
    trouble: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let open = Signal::derive(move || state.pasting.with(Option::is_some));
    let with_columns = RwSignal::new(true);
    let body = move || state.pasting.get().map(|plan| view! { <Lines plan with_columns /> });
    let paste = move |_| {
        if let Some(plan) = state.pasting.get_untracked() {
            let with_columns = with_columns.get_untracked() && !plan.homeless.is_empty();
            put(state, plan, with_columns, trouble);
        }
    };
    view! {
        <Dialog open title="Paste" on_close=move |()| state.pasting.set(None)>
            {body}
            <p class="meta">"One step: taking it back undoes all of it. Free."</p>
            <div class="buttons">
                <button type="button" class="button primary" autofocus on:click=paste>
                    "Paste"
                </button>
                <button type="button" class="button" on:click=move |_| state.pasting.set(None)>
                    "Cancel"
                </button>
            </div>
        </Dialog>
    }
}

#[component]
fn Lines(plan: PastePlan, with_columns: RwSignal<bool>) -> impl IntoView {
    let into = match plan.titles.is_empty() {
        true => "No text has a place there.".to_owned(),
        false => format!("{} into {}", texts(plan.cells.len()), plan.titles.join(", ")),
    };
    let rows = (plan.new_rows > 0).then(|| match plan.new_rows {
        1 => "Adds 1 row".to_owned(),
        rows => format!("Adds {rows} rows"),
    });
    let skipped = plan.skipped.into_iter().map(|(title, count)| {
        view! { <li>{format!("Leaves out {}: {title} takes no text", texts(count))}</li> }
    });
    let homeless = plan.homeless.len();
    let offered = (homeless > 0).then(|| {
        let words = match homeless {
            1 => "Add 1 text column for what lies beyond the last".to_owned(),
            columns => format!("Add {columns} text columns for what lies beyond the last"),
        };
        view! {
            <label class="check">
                <input type="checkbox" prop:checked=with_columns on:change:target=move |event| with_columns.set(event.target().checked()) />
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <ul class="paste-plan" aria-label="What it does">
            <li>{into}</li>
            {rows.map(|rows| view! { <li>{rows}</li> })}
            {skipped.collect_view()}
        </ul>
        {offered}
    }
}

fn texts(count: usize) -> String {
    if count == 1 { "1 text".to_owned() } else { format!("{count} texts") }
}
