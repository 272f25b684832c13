//! Being written.

pub mod server_fns;

use leptos::prelude::*;
use leptos_meta::Title;

/// Being written.
#[component]
pub fn RendersPage() -> impl IntoView {
    view! {
        <Title text="Renders" />
        <h1>"Renders"</h1>
    }
}
