//! Being written.

pub mod server_fns;

use leptos::prelude::*;
use leptos_meta::Title;

/// Being written.
#[component]
pub fn KeysPage() -> impl IntoView {
    view! {
        <Title text="Keys" />
        <h1>"Keys"</h1>
    }
}
