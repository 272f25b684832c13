use leptos::ev::{ClipboardEvent, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{Icon, IconName, draft_text};

/// A list of short texts with a field to add to it. Pasting several adds each. `icon` draws what stands before a
/// text, such as its kind. The arrow keys move between the entries.
#[component]
pub fn Chips(
    /// What is listed; names the list.
    label: &'static str,
    /// The texts.
    #[prop(into)]
    items: Signal<Vec<String>>,
    /// Called with the whole new list.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
    /// What the empty field says; its accessible name.
    placeholder: &'static str,
    /// The most entries.
    max: usize,
    /// The most characters of one.
    longest: usize,
    /// Where a text that was typed or pasted is cut into entries; at lines and commas if nothing else is said.
    #[prop(default = at_lines_and_commas)]
    split: fn(&str) -> Vec<String>,
    /// The icon before a text.
    #[prop(optional)]
    icon: Option<fn(&str) -> IconName>,
    /// Whether changing is off.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    draft_text(format!("add-{label}"), typed);
    let refused = RwSignal::new(None::<String>);
    let take = move |text: &str| -> bool {
        match added(&items.get_untracked(), split(text), max, longest) {
            Ok(list) => {
                refused.set(None);
                if list != items.get_untracked() {
                    on_change.run(list);
                }
                true
            }
            Err(reason) => {
                refused.set(Some(reason));
                false
            }
        }
    };
    let add = move || {
        if take(&typed.get_untracked()) {
            typed.set(String::new());
        }
    };
    // A field of one line would run the lines of a paste together. What cannot be taken stays out of it: a
    // megabyte helps nobody there, and the clipboard still has it.
    let on_paste = move |event: ClipboardEvent| {
        let Some(text) = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok()) else {
            return;
        };
        if text.len() > longest || split(&text).len() > 1 {
            event.prevent_default();
            take(&text);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let is_empty = typed.with_untracked(String::is_empty);
        match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => add(),
            "Enter" | "," => {
                event.prevent_default();
                add();
            }
            "Backspace" if is_empty && !event.repeat() => {
                let mut list = items.get_untracked();
                if list.pop().is_some() {
                    refused.set(None);
                    on_change.run(list);
                }
            }
            "ArrowLeft" if is_empty => focus_chip(&event, -1),
            _ => {}
        }
    };
    let remove = move |gone: &str| {
        refused.set(None);
        on_change.run(items.get_untracked().into_iter().filter(|item| item != gone).collect());
    };
    view! {
        <div class="chips-field">
            <ul class="chips" aria-label=label>
                <For each=move || items.get() key=String::clone let:item>
                    {
                        let (shown, named) = (item.clone(), format!("Remove {item}"));
                        let gone = item.clone();
                        let on_chip_key = move |event: KeyboardEvent| match event.key().as_str() {
                            "ArrowLeft" => focus_chip(&event, -1),
                            "ArrowRight" => focus_chip(&event, 1),
                            "Backspace" | "Delete" if !event.repeat() => {
                                focus_chip(&event, 1);
                                remove(&gone);
                            }
                            _ => {}
                        };
                        view! {
                            <li class="chip">
                                {icon.map(|icon| view! { <Icon name=icon(&item) /> })} <span class="chip-text">{shown}</span>
                                <button
                                    type="button"
                                    class="chip-remove"
                                    aria-label=named
                                    disabled=disabled
                                    on:keydown=on_chip_key
                                    on:click=move |_| remove(&item)
                                >
                                    <Icon name=IconName::Cross />
                                </button>
                            </li>
                        }
                    }
                </For>
            </ul>
            <label class="input-line">
                <Icon name=IconName::Plus />
                <span class="visually-hidden">{placeholder}</span>
                <input
                    type="text"
                    autocomplete="off"
                    placeholder=placeholder
                    disabled=disabled
                    aria-invalid=move || refused.get().is_some().then_some("true")
                    bind:value=typed
                    on:keydown=on_key
                    on:paste=on_paste
                    on:blur=move |_| add()
                />
            </label>
            {move || {
                refused
                    .get()
                    .map(|reason| {
                        view! {
                            <p class="field-error" role="alert">
                                {reason}
                            </p>
                        }
                    })
            }}
        </div>
    }
}

fn at_lines_and_commas(text: &str) -> Vec<String> {
    text.split(['\n', '\r', ',']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The list with the new entries behind it, each once; or why none of them is added.
fn added(list: &[String], new: Vec<String>, max: usize, longest: usize) -> Result<Vec<String>, String> {
    let longest_new = new.iter().map(|entry| entry.chars().count()).max().unwrap_or(0);
    if longest_new > longest {
        return Err(format!(
            "An entry has at most {longest} characters; one of these has {longest_new}. Nothing was added."
        ));
    }
    let count = new.len();
    let mut all = list.to_vec();
    for entry in new {
        if !all.contains(&entry) {
            all.push(entry);
        }
        if all.len() > max {
            let one_or_more = if count == 1 {
                "Nothing was added.".to_owned()
            } else {
                format!("None of the {count} was added.")
            };
            return Err(format!("At most {max} fit here, and there are {}. {one_or_more}", list.len()));
        }
    }
    Ok(all)
}

/// Moves the focus to the entry before or after, and beyond the last to the field.
fn focus_chip(event: &KeyboardEvent, step: i32) {
    let Some(field) = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|target| target.closest(".chips-field").ok().flatten())
    else {
        return;
    };
    let Ok(stops) = field.query_selector_all(".chip-remove, .input-line input") else { return };
    let here = document().active_element();
    let at = (0..stops.length()).find(|at| {
        let stop = stops.get(*at).and_then(|stop| stop.dyn_into::<web_sys::Element>().ok());
        stop.is_some() && stop == here
    });
    let to = at.and_then(|at| at.checked_add_signed(step)).and_then(|to| stops.get(to));
    if let Some(to) = to.and_then(|to| to.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        if let Err(error) = to.focus() {
            leptos::logging::error!("an entry cannot be focused: {error:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(words: &[&str]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_new_entry_comes_once_and_in_order() {
        assert_eq!(added(&list(&["a"]), list(&["b", "a", "b", "c"]), 5, 9), Ok(list(&["a", "b", "c"])));
    }

    #[test]
    fn the_last_place_can_be_filled_and_no_more() {
        assert_eq!(added(&list(&["a"]), list(&["b", "c"]), 3, 9).unwrap().len(), 3);
        let refused = added(&list(&["a"]), list(&["b", "c", "d"]), 3, 9).unwrap_err();
        assert_eq!(refused, "At most 3 fit here, and there are 1. None of the 3 was added.");
    }

    #[test]
    fn an_entry_is_as_long_as_it_may_be_and_no_longer() {
        assert!(added(&[], list(&["é".repeat(9).as_str()]), 3, 9).is_ok());
        let refused = added(&[], list(&["x".repeat(1_000_000).as_str()]), 3, 9).unwrap_err();
        assert!(refused.contains("at most 9") && refused.contains("1000000"), "{refused}");
        let many: Vec<String> = (0..200_000).map(|place| place.to_string()).collect();
        assert!(added(&[], many, 50, 9).is_err());
    }
}
