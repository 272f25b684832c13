use gen_client::CellId;
use leptos::prelude::*;

use super::super::acts;
use super::super::cells::Saving;
use super::super::grid_state::GridState;
use crate::error::{AppError, ErrorKind};
use crate::ui::ErrorNote;

/// A text that was not saved: why, what is there instead, and the person's choice.
#[component]
pub fn Refused(
    /// The open vidsheet.
    state: GridState,
    /// Whose text.
    cell: CellId,
    /// Why.
    error: AppError,
    /// What was typed.
    text: String,
) -> impl IntoView {
    let theirs = match &error.kind {
        ErrorKind::Conflict { theirs } => Some(theirs.clone()),
        _ => None,
    };
    let again = if theirs.is_some() { "Keep mine" } else { "Save again" };
    let give_up = if theirs.is_some() { "Keep theirs" } else { "Give it up" };
    let retry = {
        let cell = cell.clone();
        move |_| acts::retry(state, cell.clone())
    };
    view! {
        <div class="refused">
            <ErrorNote error />
            <p class="refused-text">
                <span class="label">"Typed"</span>
                {text}
            </p>
            {theirs.map(|theirs| view! { <p class="refused-text"><span class="label">"There now"</span>{theirs}</p> })}
            <div class="refused-acts">
                <button type="button" class="button primary" on:click=retry>
                    {again}
                </button>
                <button type="button" class="button" on:click=move |_| acts::discard(state, cell.clone())>
                    {give_up}
                </button>
            </div>
        </div>
    }
}

/// Whether a text waits for GEN's word anywhere in the sheet, for the toolbar.
pub fn saving_of(state: GridState) -> Saving {
    state.edits.with(|edits| {
        if edits.values().any(|edit| edit.failed.is_some()) {
            Saving::Refused
        } else if edits.is_empty() {
            Saving::Saved
        } else {
            Saving::Underway
        }
    })
}
