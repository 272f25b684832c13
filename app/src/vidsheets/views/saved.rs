//! Saving a view under a name, and forgetting one.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::SavedView;

use super::load_saved;
use crate::ui::Act;
use crate::vidsheets::grid_state::GridState;
use crate::vidsheets::view_fns::{delete_view, save_view};

/// The saved views, and a form to save this one.
#[component]
pub fn Saved(
    /// The open vidsheet.
    state: GridState,
) -> impl IntoView {
    let (name, for_team, attempt) = (RwSignal::new(String::new()), RwSignal::new(false), Act::idle());
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let (agent, vidsheet) = state.ids.get_value();
        let view = state.view.get_untracked();
        attempt.run(
            save_view(agent, vidsheet, name.get_untracked(), for_team.get_untracked(), view),
            move |_| {
                name.set(String::new());
                load_saved(state);
            },
        );
    };
    let forget = move |view: i64| {
        let (agent, vidsheet) = state.ids.get_value();
        attempt.run(delete_view(agent, vidsheet, view), move |()| load_saved(state));
    };
    let line = move |SavedView { id, name, owner, .. }: SavedView| {
        view! {
            <li class="view-line">
                <span class="grow">{name.clone()} " " <span class="meta">{if owner.is_some() { "yours" } else { "the team's" }}</span></span>
                <button type="button" class="button small" aria-label=format!("Forget view {name}") on:click=move |_| forget(id)>"Forget"</button>
            </li>
        }
    };
    let lines = move || state.saved_views.get().into_iter().map(line).collect_view();
    let unnamed = move || attempt.busy.get() || name.with(|name| name.trim().is_empty());
    view! {
        <fieldset class="view-part">
            <legend>"Saved views"</legend>
            <ul role="list" aria-label="Saved views">{lines}</ul>
            <form class="view-line" aria-label="Save this view" on:submit=save>
                <input class="input" type="text" maxlength="60" aria-label="Name of the view" placeholder="Name of the view" bind:value=name />
                <label class="check">
                    <input type="checkbox" bind:checked=for_team />
                    "For the team"
                </label>
                <button type="submit" class="button primary" disabled=unnamed>"Save view"</button>
            </form>
            {attempt.note()}
        </fieldset>
    }
}
