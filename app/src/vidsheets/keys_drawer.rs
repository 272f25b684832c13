use leptos::prelude::*;

use super::grid_state::GridState;
use super::keyboard::{BINDINGS, Chord, GridCommand};
use crate::ui::Drawer;

/// Every key of the grid, from the one table that the grid itself obeys.
#[component]
pub fn KeysDrawer(
    /// The open vidsheet.
    state: GridState,
) -> impl IntoView {
    let wanted = RwSignal::new(String::new());
    let lines = move || {
        let wanted = wanted.with(|wanted| wanted.trim().to_lowercase());
        let shown = rows()
            .into_iter()
            .filter(|(words, keys)| format!("{words} {keys}").to_lowercase().contains(&wanted));
        shown
            .map(|(words, keys)| view! { <tr><th scope="row">{words}</th><td><kbd>{keys}</kbd></td></tr> })
            .collect_view()
    };
    view! {
        <Drawer title="Keys" on_close=move |()| state.beside.set(None)>
            <input class="input" type="search" aria-label="Search keys" placeholder="Search" bind:value=wanted />
            <table class="keys-table">
                <thead class="visually-hidden">
                    <tr><th scope="col">"What it does"</th><th scope="col">"Keys"</th></tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
            <p class="meta">"On a Mac, ⌘ stands for Ctrl. Copy, cut and paste are the browser's own keys. A letter begins to type."</p>
        </Drawer>
    }
}

/// What each command does, with all its keys.
fn rows() -> Vec<(&'static str, String)> {
    let mut rows: Vec<(&str, String)> = Vec::new();
    let mut add = |words, key: String| match rows.iter_mut().find(|(known, _)| *known == words) {
        Some((_, keys)) => *keys = format!("{keys}, {key}"),
        None => rows.push((words, key)),
    };
    for (chord, command) in BINDINGS {
        let (chord, command): (&Chord, &GridCommand) = (chord, command);
        add(command.words(), chord.to_string());
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn every_binding_has_its_line() {
        let rows = rows();
        assert!(rows.contains(&("Do again", "Ctrl+Shift+Z, Ctrl+Y".to_owned())));
        assert!(rows.iter().all(|(words, keys)| !words.is_empty() && !keys.is_empty()));
    }
}
