//! Being written.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Outlet;

/// Being written.
#[component]
pub fn Shell() -> impl IntoView {
    crate::live::provide_live();
    view! { <Outlet /> }
}

/// Being written.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <Title text="Home" />
        <h1>"Home"</h1>
    }
}

/// Being written.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <Title text="Not found" />
        <h1>"Not found"</h1>
    }
}
