//! Being written.

use leptos::prelude::*;
use leptos_meta::Title;

/// Being written.
#[component]
pub fn QueuePage() -> impl IntoView {
    view! {
        <Title text="Queue" />
        <h1>"Queue"</h1>
    }
}
