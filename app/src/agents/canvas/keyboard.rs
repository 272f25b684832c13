//! The canvas by keyboard alone: F6 goes on to the next card, Shift with it goes back, and the usual keys save.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use model::CorePart;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::core_form::CoreForm;

/// Acts on a key that was pressed somewhere on the canvas.
pub(super) fn on_key(form: CoreForm, event: &KeyboardEvent) {
    let with_control = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "F6" => {
            event.prevent_default();
            go_on(event);
        }
        "s" | "S" | "Enter" if with_control && !event.shift_key() => {
            let Some(card) = card_of(event) else { return };
            event.prevent_default();
            form.save(card);
        }
        _ => {}
    }
}

/// The id of a card's element.
pub(super) fn card_id(card: CorePart) -> String {
    format!("card-{}", card as usize)
}

fn card_of(event: &KeyboardEvent) -> Option<CorePart> {
    let section = section_of(event)?;
    CorePart::ALL.into_iter().find(|card| card_id(*card) == section.id())
}

fn section_of(event: &KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest("section[id^='card-']").ok().flatten()
}

fn go_on(event: &KeyboardEvent) {
    let Ok(sections) = document().query_selector_all("section[id^='card-']") else { return };
    let all: Vec<HtmlElement> = (0..sections.length())
        .filter_map(|at| sections.get(at).and_then(|section| section.dyn_into().ok()))
        .collect();
    if all.is_empty() {
        return;
    }
    let here = section_of(event).map(|section| section.id());
    let at = all.iter().position(|section| Some(section.id()) == here);
    let to = match (at, event.shift_key()) {
        (Some(at), false) => (at + 1) % all.len(),
        (Some(at), true) => (at + all.len() - 1) % all.len(),
        (None, _) => 0,
    };
    if let Err(error) = all[to].focus() {
        leptos::logging::error!("a card cannot be focused: {error:?}");
    }
}
