use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A button that opens a short list, by the browser's own `<details>`, so that it works before the page lives.
/// Choosing something, Escape, and going elsewhere close it.
#[component]
pub fn Menu(
    /// Class of the whole, beside `menu`.
    class: &'static str,
    /// Whether Tab comes by; not where the keyboard has another way to the same.
    #[prop(default = true)]
    in_tab_order: bool,
    /// What the button shows.
    #[prop(into)]
    summary: ViewFn,
    /// The list.
    children: Children,
) -> impl IntoView {
    let menu = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let close_on_escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    let close_when_left = move |event: FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        let stays = menu.get_untracked().is_some_and(|menu| menu.contains(to.as_ref()));
        if !stays {
            close();
        }
    };
    view! {
        <details
            class=format!("menu {class}")
            node_ref=menu
            on:keydown=close_on_escape
            on:focusout=close_when_left
        >
            <summary tabindex=(!in_tab_order).then_some("-1")>{summary.run()}</summary>
            <div on:click=move |_| close()>{children()}</div>
        </details>
    }
}
