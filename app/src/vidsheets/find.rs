//! Finding texts in the sheet, and replacing them by one act.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use model::Gesture;

use super::edit::{set_texts, takes_text};
use super::grid_state::{GridState, Place};
use crate::error::AppError;
use crate::ui::{Icon, IconName};

/// The bar above the grid.
#[component]
pub fn FindBar(
    /// The open vidsheet.
    state: GridState,
    /// Where an act that belongs to no cell says why it failed.
    trouble: RwSignal<Option<AppError>>,
) -> impl IntoView {
    view! {
        <Show when=move || state.finding.get()>
            <Bar state trouble />
        </Show>
    }
}

/// Goes to the next place of what is looked for.
pub fn next(state: GridState) {
    if !state.finding.get_untracked() {
        return state.finding.set(true);
    }
    let wanted = document().get_element_by_id(FIELD).and_then(|field| {
        use wasm_bindgen::JsCast;
        field.dyn_into::<web_sys::HtmlInputElement>().ok()
    });
    if let Some(wanted) = wanted {
        step(state, &wanted.value(), 1);
    }
}

const FIELD: &str = "find-in-sheet";

#[component]
fn Bar(state: GridState, trouble: RwSignal<Option<AppError>>) -> impl IntoView {
    let (wanted, with) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get()
            && let Err(error) = field.focus()
        {
            leptos::logging::error!("the search field cannot be focused: {error:?}");
        }
    });
    let found = Memo::new(move |_| places_of(state, &wanted.get()));
    let count = move || {
        let (all, active) = (found.get(), state.active.get());
        match (wanted.with(String::is_empty), all.iter().position(|place| *place == active)) {
            (true, _) => String::new(),
            (false, Some(at)) => format!("{} of {}", at + 1, all.len()),
            (false, None) => format!("{} found", all.len()),
        }
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            step(state, &wanted.get_untracked(), if event.shift_key() { -1 } else { 1 });
        }
        "Escape" => {
            event.prevent_default();
            state.finding.set(false);
            super::grid::focus(state.active.get_untracked());
        }
        _ => {}
    };
    let replace = move |places: Vec<Place>| {
        let (wanted, with) = (wanted.get_untracked(), with.get_untracked());
        let texts = places.into_iter().filter(|place| untrack(|| takes_text(state, *place)));
        let texts = texts.map(|place| (place, replaced(&text_at(state, place), &wanted, &with))).collect();
        set_texts(state, texts, Gesture::Replaced, trouble);
    };
    let replace_one = move |_| {
        let active = state.active.get_untracked();
        if found.with_untracked(|found| found.contains(&active)) {
            replace(vec![active]);
        }
        step(state, &wanted.get_untracked(), 1);
    };
    let nothing = move || found.with(Vec::is_empty);
    view! {
        <div class="find-bar" role="search" aria-label="Find in this vidsheet">
            <input id=FIELD class="input" type="search" aria-label="Find" placeholder="Find" node_ref=field bind:value=wanted on:keydown=on_key />
            <span class="num meta" role="status">{count}</span>
            <button type="button" class="button icon-only" aria-label="Previous place" disabled=nothing on:click=move |_| step(state, &wanted.get_untracked(), -1)>
                <Icon name=IconName::ChevronUp />
            </button>
            <button type="button" class="button icon-only" aria-label="Next place" disabled=nothing on:click=move |_| step(state, &wanted.get_untracked(), 1)>
                <Icon name=IconName::ChevronDown />
            </button>
            <input class="input" type="text" aria-label="Replace with" placeholder="Replace with" bind:value=with on:keydown=on_key />
            <button type="button" class="button" disabled=nothing on:click=replace_one>
                "Replace"
            </button>
            <button type="button" class="button" disabled=nothing on:click=move |_| replace(found.get_untracked())>
                "Replace all"
            </button>
            <button type="button" class="button icon-only" aria-label="Close search" on:click=move |_| state.finding.set(false)>
                <Icon name=IconName::Cross />
            </button>
        </div>
    }
}

/// Every place whose text holds what is looked for, whatever its letters' case. Tracks the cells.
fn places_of(state: GridState, wanted: &str) -> Vec<Place> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let wanted = wanted.to_lowercase();
    let edits = state.edits.get();
    state.rows.with(|rows| {
        let mut found = Vec::new();
        for (row, grid_row) in rows.iter().enumerate() {
            for (column, cell) in grid_row.cells.iter().enumerate() {
                let Some(cell) = cell else { continue };
                let typed = edits.get(&cell.id).map(|edit| edit.text.as_str());
                if typed.or(cell.value.as_deref()).is_some_and(|text| text.to_lowercase().contains(&wanted)) {
                    found.push(Place { row, column });
                }
            }
        }
        found
    })
}

fn step(state: GridState, wanted: &str, by: i32) {
    let found = untrack(|| places_of(state, wanted));
    let active = state.active.get_untracked();
    let order = |place: &Place| (place.row, place.column);
    let after = found.partition_point(|place| order(place) <= order(&active));
    let next = match by {
        1.. => found.get(after).or(found.first()),
        _ => found.iter().rev().find(|place| order(place) < order(&active)).or(found.last()),
    };
    if let Some(next) = next {
        state.go_to(*next);
    }
}

/// The text with every place of `wanted` replaced, whatever the case of its letters.
fn replaced(text: &str, wanted: &str, with: &str) -> String {
    let wanted: Vec<char> = wanted.chars().collect();
    let letters: Vec<char> = text.chars().collect();
    let same = |one: &char, other: &char| one.to_lowercase().eq(other.to_lowercase());
    let (mut out, mut at) = (String::new(), 0);
    while at < letters.len() {
        let here = letters.get(at..at + wanted.len());
        if here.is_some_and(|here| {
            !wanted.is_empty() && here.iter().zip(&wanted).all(|(one, other)| same(one, other))
        }) {
            out.push_str(with);
            at += wanted.len();
        } else {
            out.push(letters[at]);
            at += 1;
        }
    }
    out
}

fn text_at(state: GridState, place: Place) -> String {
    untrack(|| state.cell_at(place).map(|cell| state.text_of(&cell)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn every_place_is_replaced_whatever_its_case() {
        assert_eq!(replaced("Clay, clay and CLAY", "clay", "mud"), "mud, mud and mud");
        assert_eq!(replaced("aaa", "aa", "b"), "ba");
        assert_eq!(replaced("ÄÖ", "äö", "x"), "x");
        assert_eq!(replaced("abc", "", "x"), "abc");
    }
}
