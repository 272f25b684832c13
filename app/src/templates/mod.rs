//! Being written.

pub mod server_fns;

use leptos::prelude::*;
use leptos_meta::Title;

/// Being written.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    view! {
        <Title text="Templates" />
        <h1>"Templates"</h1>
    }
}
