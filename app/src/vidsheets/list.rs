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
