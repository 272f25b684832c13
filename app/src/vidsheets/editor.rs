//! The text editor inside a cell.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::acts;
use super::completion::Completes;
use super::grid::focus;
use super::grid_state::GridState;

/// Whether a key was pressed inside an editor rather than on a cell.
pub fn is_editor(event: &KeyboardEvent) -> bool {
    event.target().is_some_and(|target| target.dyn_ref::<web_sys::HtmlTextAreaElement>().is_some())
}

/// Enter and Tab save, Escape gives up, Alt+Enter starts a new line, leaving saves.
#[component]
pub fn Editor(
    /// Whose draft it edits.
    state: GridState,
    /// Its accessible name: the column's title.
    title: String,
) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let text =
        move || state.draft.with(|draft| draft.as_ref().map(|draft| draft.text.clone()).unwrap_or_default());
    Effect::new(move || {
        let Some(area) = area.get() else { return };
        let end = u32::try_from(area.value().encode_utf16().count()).unwrap_or(u32::MAX);
        if let Err(error) = area.focus().and_then(|()| area.set_selection_range(end, end)) {
            leptos::logging::error!("cannot open the editor: {error:?}");
        }
    });
    let typed = move |value: String| {
        state.draft.update(|draft| draft.iter_mut().for_each(|draft| draft.text.clone_from(&value)));
    };
    let leave = move |rows: i64, columns: i64, event: &KeyboardEvent| {
        event.prevent_default();
        acts::commit(state);
        let before = state.active.get_untracked();
        state.move_by(rows, columns);
        if state.active.get_untracked() == before {
            request_animation_frame(move || focus(before));
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match (event.key().as_str(), event.shift_key(), event.alt_key()) {
            ("Enter", _, true) => {
                event.prevent_default();
                if let Some(area) = area.get_untracked() {
                    insert_line(&area);
                    typed(area.value());
                }
            }
            ("Enter", shift, false) => leave(if shift { -1 } else { 1 }, 0, &event),
            ("Tab", shift, _) => leave(0, if shift { -1 } else { 1 }, &event),
            ("Escape", ..) => {
                event.prevent_default();
                event.stop_propagation();
                state.draft.set(None);
                let place = state.active.get_untracked();
                request_animation_frame(move || focus(place));
            }
            _ => {}
        }
    };
    view! {
        <Completes area write=typed>
            <textarea
                class="cell-editor"
                aria-label=title
                node_ref=area
                prop:value=text
                on:input:target=move |event| typed(event.target().value())
                on:keydown=on_key
                on:blur=move |_| acts::commit(state)
            ></textarea>
        </Completes>
    }
}

fn insert_line(area: &web_sys::HtmlTextAreaElement) {
    if let Err(error) = area.set_range_text("\n") {
        leptos::logging::error!("cannot insert a line: {error:?}");
    }
    let after = area.selection_start().ok().flatten().unwrap_or_default() + 1;
    if let Err(error) = area.set_selection_range(after, after) {
        leptos::logging::error!("cannot move the caret: {error:?}");
    }
}
