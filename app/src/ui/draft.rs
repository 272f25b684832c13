//! Typed text that outlives a session: when somebody has to sign in again, what they had typed waits for them.

use std::cell::RefCell;

use leptos::prelude::*;

use crate::paths;

/// A field that has something to lose.
struct Draft {
    id: u64,
    /// Under which name the text is kept: path and field.
    name: String,
    /// The text, if it is worth keeping.
    keep: Box<dyn Fn() -> Option<String>>,
}

thread_local! {
    static DRAFTS: RefCell<Vec<Draft>> = const { RefCell::new(Vec::new()) };
}

/// Keeps what `keep` returns when the session ends, and hands it to `restore` when the person is back on this
/// page. `key` is unique on the page.
pub fn draft(
    key: impl Into<String>,
    keep: impl Fn() -> Option<String> + 'static,
    restore: impl FnOnce(String) + 'static,
) {
    let (key, parts) = (key.into(), RefCell::new(Some((keep, restore))));
    let id = StoredValue::new(0_u64);
    Effect::new(move || {
        let (Some(name), Some((keep, restore))) = (name_of(&key), parts.borrow_mut().take()) else {
            return;
        };
        if let Some(text) = take(&name) {
            restore(text);
        }
        DRAFTS.with_borrow_mut(|drafts| {
            let next = drafts.iter().map(|draft| draft.id).max().unwrap_or(0) + 1;
            id.set_value(next);
            drafts.push(Draft { id: next, name, keep: Box::new(keep) });
        });
    });
    on_cleanup(move || {
        let id = id.try_get_value();
        DRAFTS.with_borrow_mut(|drafts| drafts.retain(|draft| Some(draft.id) != id));
    });
}

/// [`draft`] for one text field.
pub fn draft_text(key: impl Into<String>, text: RwSignal<String>) {
    let before = text.get_untracked();
    draft(key, move || text.try_get_untracked().filter(|text| *text != before), move |kept| text.set(kept));
}

/// Keeps every draft of the page, then goes to the sign-in page, which leads back here.
pub fn sign_in_again() {
    DRAFTS.with_borrow(|drafts| {
        for draft in drafts {
            if let (Some(text), Some(storage)) = ((draft.keep)(), storage())
                && storage.set_item(&draft.name, &text).is_err()
            {
                leptos::logging::error!("the browser has no room to keep a draft");
            }
        }
    });
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    if let Err(error) = location.set_href(&paths::login(&here)) {
        leptos::logging::error!("cannot go to the sign-in page: {error:?}");
    }
}

fn name_of(key: &str) -> Option<String> {
    Some(format!("draft:{}:{key}", window().location().pathname().ok()?))
}

fn take(name: &str) -> Option<String> {
    let storage = storage()?;
    let text = storage.get_item(name).ok().flatten()?;
    storage.remove_item(name).ok()?;
    Some(text)
}

/// A browser may forbid it; then nothing is kept.
fn storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}
