//! Being written.

pub mod server_fns;

use leptos::prelude::*;
use leptos_meta::Title;

/// Being written.
#[component]
pub fn IdeasPage() -> impl IntoView {
    view! {
        <Title text="Ideas" />
        <h1>"Ideas"</h1>
    }
}
