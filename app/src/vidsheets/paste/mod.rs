//! To and from other programs: what the clipboard holds is planned first, shown where it is more than a few texts, and
//! put in as one act.

mod plan;
mod preview;
mod table;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Gesture, Paste};
use wasm_bindgen::JsCast;
use web_sys::ClipboardEvent;

use super::edit::{places, set_texts, settle};
use super::grid_state::GridState;
use super::undo::Notice;
use super::{acts, server_fns};
use crate::error::AppError;
pub use plan::PastePlan;
pub use preview::PastePreview;

/// More texts than this are asked about before they are replaced.
const ASKED_FROM: usize = 100;

/// Puts the selection on the clipboard, as a table and as text; whether it is there.
pub fn copy(state: GridState, event: &ClipboardEvent) -> bool {
    let Some(clipboard) = event.clipboard_data().filter(|_| is_for_grid(event)) else { return false };
    event.prevent_default();
    let rows = selected(state);
    let put = clipboard
        .set_data("text/plain", &table::to_tsv(&rows))
        .and_then(|()| clipboard.set_data("text/html", &table::to_html(&rows)));
    match put {
        Ok(()) => true,
        Err(error) => {
            leptos::logging::error!("the clipboard cannot be written: {error:?}");
            false
        }
    }
}

/// The same, and empties the texts.
pub fn cut(state: GridState, event: &ClipboardEvent, trouble: RwSignal<Option<AppError>>) {
    if copy(state, event) {
        super::edit::clear(state, trouble);
    }
}

/// Plans what the clipboard holds and puts it in, after asking where that does more than replace a few texts.
pub fn paste(state: GridState, event: &ClipboardEvent, trouble: RwSignal<Option<AppError>>) {
    let Some(clipboard) = event.clipboard_data().filter(|_| is_for_grid(event)) else { return };
    let read = |kind: &str| clipboard.get_data(kind).unwrap_or_default();
    let rows = match table::from_html(&read("text/html")) {
        Some(rows) => rows,
        None => table::from_tsv(&read("text/plain")),
    };
    if rows.is_empty() {
        return;
    }
    event.prevent_default();
    let plan = untrack(|| {
        let columns = state.columns.get();
        plan::plan(rows, state.span(), &columns, state.rows.with(Vec::len))
    });
    let asks = plan.new_rows > 0
        || !plan.homeless.is_empty()
        || plan.left_out() > 0
        || plan.cells.len() > ASKED_FROM;
    if asks {
        state.pasting.set(Some(plan));
    } else {
        put(state, plan, false, trouble);
    }
}

/// Puts a plan in; `with_columns` makes columns for what has no place.
pub fn put(state: GridState, plan: PastePlan, with_columns: bool, trouble: RwSignal<Option<AppError>>) {
    state.pasting.set(None);
    if plan.new_rows == 0 && !with_columns {
        return set_texts(state, plan.cells, Gesture::Pasted, trouble);
    }
    trouble.set(None);
    let paste: Paste = untrack(|| plan.into_paste(state, with_columns));
    let (agent, vidsheet) = state.ids.get_value();
    spawn_local(async move {
        let edits = paste.edits.clone();
        match server_fns::paste_cells(agent, vidsheet, paste).await {
            Ok(pasted) => {
                let words =
                    format!("Pasted; {} new rows, {} new columns.", pasted.rows.len(), pasted.columns.len());
                settle(state, edits, pasted.edited.cells);
                state.notice.try_set(Some(Notice::of(words)));
                trouble.try_set(pasted.failed);
                acts::refresh(state);
            }
            Err(error) => drop(trouble.try_set(Some(error))),
        }
    });
}

/// Texts of the selection, row by row; what is no text is empty.
fn selected(state: GridState) -> Vec<Vec<String>> {
    untrack(|| {
        let span = state.span();
        let mut rows = vec![Vec::new(); span.rows()];
        for place in places(span) {
            let text = state.cell_at(place).map(|cell| state.text_of(&cell)).unwrap_or_default();
            rows[place.row - span.top].push(text);
        }
        rows
    })
}

/// Whether it is meant for the cells and not for a field inside them.
fn is_for_grid(event: &ClipboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_none_or(|target| target.closest("textarea, input").ok().flatten().is_none())
}
