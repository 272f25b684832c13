//! Being written.

pub mod server_fns;

use leptos::prelude::*;
use leptos_meta::Title;

/// Being written.
#[component]
pub fn VidsheetsPage() -> impl IntoView {
    view! {
        <Title text="Vidsheets" />
        <h1>"Vidsheets"</h1>
    }
}

/// Being written.
#[component]
pub fn VidsheetPage() -> impl IntoView {
    view! {
        <Title text="Vidsheet" />
        <h1>"Vidsheet"</h1>
    }
}
