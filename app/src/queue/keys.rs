//! The keys of the queue page. A key presses the button that says the same, so that both do one thing.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement};

/// What a key asks of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueKey {
    /// Go to the next piece of work.
    Next,
    /// Go to the one before.
    Previous,
    /// Pause or resume the person's own work.
    Pause,
    /// Ask whether to retry all that failed.
    RetryAll,
    /// Press a button of the work that has the focus, by its `data-act`.
    Press(&'static str),
}

/// Reads a key press.
pub fn queue_key(key: &str, command: bool, shift: bool, alt: bool) -> Option<QueueKey> {
    match (key, command, shift, alt) {
        ("ArrowDown", false, false, false) => Some(QueueKey::Next),
        ("ArrowUp", false, false, false) => Some(QueueKey::Previous),
        ("ArrowUp", false, false, true) => Some(QueueKey::Press("up")),
        ("ArrowDown", false, false, true) => Some(QueueKey::Press("down")),
        ("p" | "P", false, false, false) => Some(QueueKey::Pause),
        ("f" | "F", false, false, false) => Some(QueueKey::Press("front")),
        ("r" | "R", false, false, false) => Some(QueueKey::Press("retry")),
        ("r" | "R", false, true, false) => Some(QueueKey::RetryAll),
        (".", true, false, false) => Some(QueueKey::Press("stop")),
        _ => None,
    }
}

/// What was pressed, unless somebody is typing or answering a question.
pub fn pressed(event: &KeyboardEvent) -> Option<QueueKey> {
    let busy = event.default_prevented()
        || event.is_composing()
        || target(event)
            .is_some_and(|target| target.closest("input, textarea, select, dialog").ok().flatten().is_some());
    let command = event.ctrl_key() || event.meta_key();
    let key = queue_key(&event.key(), command, event.shift_key(), event.alt_key());
    key.filter(|_| !busy)
}

/// Gives the focus to the neighbour of the work that has it, or to the first.
pub fn go(page: &Element, event: &Event, forward: bool) {
    let links = links(page);
    let here = work(event).and_then(|work| links.iter().position(|link| work.contains(Some(link))));
    let to = match here {
        Some(at) if forward => links.get(at + 1),
        Some(at) => at.checked_sub(1).and_then(|at| links.get(at)),
        None => links.first(),
    };
    if let Some(link) = to {
        focus(link);
    }
}

/// Presses a button of the work that has the focus. One that is not there or is off does nothing.
pub fn press(event: &Event, act: &str) {
    let button = work(event)
        .and_then(|work| work.query_selector(&format!("[data-act={act}]")).ok().flatten())
        .and_then(|button| button.dyn_into::<HtmlElement>().ok());
    if let Some(button) = button {
        button.click();
    }
}

/// The work that an event happened in, by its id.
pub fn work_of(event: &Event) -> Option<String> {
    work(event)?.get_attribute("data-work")
}

/// Whether no element has the focus.
pub fn focus_is_nowhere() -> bool {
    document().active_element().is_none_or(|active| active.tag_name() == "BODY")
}

/// Gives the focus back to a piece of work that was drawn anew, if the focus was lost with it.
pub fn refocus(work: &str) {
    let link = document().get_element_by_id(&format!("work-{work}"));
    if let (true, Some(link)) =
        (focus_is_nowhere(), link.and_then(|link| link.dyn_into::<HtmlElement>().ok()))
    {
        focus(&link);
    }
}

/// Gives the focus to an element.
pub fn focus(element: &HtmlElement) {
    if let Err(error) = element.focus() {
        leptos::logging::error!("the focus cannot be set: {error:?}");
    }
}

fn links(page: &Element) -> Vec<HtmlElement> {
    let Ok(found) = page.query_selector_all(".work-link") else { return Vec::new() };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into::<HtmlElement>().ok())
        // What lies in a closed batch cannot have the focus.
        .filter(|link| link.offset_parent().is_some())
        .collect()
}

fn work(event: &Event) -> Option<Element> {
    target(event)?.closest("[data-work]").ok().flatten()
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_makes_one_retry_into_all() {
        assert_eq!(queue_key("r", false, false, false), Some(QueueKey::Press("retry")));
        assert_eq!(queue_key("R", false, true, false), Some(QueueKey::RetryAll));
    }

    #[test]
    fn the_browser_keeps_its_own_keys() {
        assert_eq!(queue_key("r", true, false, false), None);
        assert_eq!(queue_key("f", true, false, false), None);
        assert_eq!(queue_key("p", true, false, false), None);
        assert_eq!(queue_key("Tab", false, false, false), None);
    }
}
