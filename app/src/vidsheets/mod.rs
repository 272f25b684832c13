//! Being written.

mod list;
pub mod server_fns;

pub use list::VidsheetsPage;

use leptos::prelude::*;
use leptos_meta::Title;

/// Being written.
#[component]
pub fn VidsheetPage() -> impl IntoView {
    view! {
        <Title text="Vidsheet" />
        <h1>"Vidsheet"</h1>
    }
}
