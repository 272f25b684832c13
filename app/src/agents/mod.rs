//! Being written.

pub mod server_fns;

use leptos::prelude::*;
use leptos_meta::Title;

/// Being written.
#[component]
pub fn SetupPage() -> impl IntoView {
    view! {
        <Title text="Setup" />
        <h1>"Setup"</h1>
    }
}
