use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{Icon, IconName};

/// A panel at the side that leaves the page usable. The caller shows and hides it; Escape inside it closes it.
#[component]
pub fn Drawer(
    /// Its heading and accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// Called when the person closes it.
    #[prop(into)]
    on_close: Callback<()>,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    let close_on_escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            on_close.run(());
        }
    };
    view! {
        <aside class="drawer" aria-label=title on:keydown=close_on_escape>
            <header class="drawer-head">
                <h2>{title}</h2>
                <button type="button" class="button icon-only" aria-label="Close" on:click=move |_| on_close.run(())>
                    <Icon name=IconName::Cross />
                </button>
            </header>
            <div class="drawer-body">{children()}</div>
        </aside>
    }
}
