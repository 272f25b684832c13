use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::{Icon, IconName};

/// Puts a text on the clipboard, and says whether the browser let it.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// The button's words.
    words: &'static str,
) -> impl IntoView {
    let copied = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let written = window().navigator().clipboard().write_text(&text.get_untracked());
        spawn_local(async move {
            copied.try_set(Some(JsFuture::from(written).await.is_ok()));
        });
    };
    view! {
        <button type="button" class="button" on:click=copy>
            <Icon name=IconName::Copy />
            {words}
        </button>
        <span role="status" class="meta">
            {move || {
                copied
                    .get()
                    .map(|copied| {
                        if copied { "Copied" } else { "The browser does not allow it; select the text and copy it." }
                    })
            }}
        </span>
    }
}
