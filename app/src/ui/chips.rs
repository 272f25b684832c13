use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{Icon, IconName, draft_text};

/// A list of short texts with a field to add to it. Pasting several, by line or comma, adds each. `aside` draws
/// what stands before a text, such as an icon for its kind.
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
    /// The icon before a text.
    #[prop(optional)]
    icon: Option<fn(&str) -> IconName>,
    /// Whether changing is off.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    draft_text(format!("add-{label}"), typed);
    let full = RwSignal::new(false);
    let add = move || {
        let mut list = items.get_untracked();
        for part in typed.get_untracked().split(['\n', ',']).map(str::trim).filter(|part| !part.is_empty()) {
            if !list.iter().any(|item| item == part) {
                list.push(part.to_owned());
            }
        }
        full.set(list.len() > max);
        if list.len() <= max {
            typed.set(String::new());
            if list != items.get_untracked() {
                on_change.run(list);
            }
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let last_goes = event.key() == "Backspace" && typed.with_untracked(String::is_empty);
        if event.key() == "Enter" || event.key() == "," {
            event.prevent_default();
            add();
        } else if last_goes && !event.repeat() {
            let mut list = items.get_untracked();
            if list.pop().is_some() {
                full.set(false);
                on_change.run(list);
            }
        }
    };
    let remove = move |gone: &str| {
        full.set(false);
        on_change.run(items.get_untracked().into_iter().filter(|item| item != gone).collect());
    };
    view! {
        <ul class="chips" aria-label=label>
            <For each=move || items.get() key=String::clone let:item>
                <li class="chip">
                    {icon.map(|icon| view! { <Icon name=icon(&item) /> })} <span class="chip-text">{item.clone()}</span>
                    <button
                        type="button"
                        class="chip-remove"
                        aria-label=format!("Remove {item}")
                        disabled=disabled
                        on:click=move |_| remove(&item)
                    >
                        <Icon name=IconName::Cross />
                    </button>
                </li>
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
                aria-invalid=move || full.get().then_some("true")
                bind:value=typed
                on:keydown=on_key
                on:blur=move |_| add()
            />
        </label>
        <Show when=move || full.get()>
            <p class="field-error" role="alert">
                {format!("At most {max} fit here. Remove one first.")}
            </p>
        </Show>
    }
}
