//! Being written.

pub mod server_fns;
#[cfg(feature = "ssr")]
pub mod session_cookie;

use leptos::prelude::*;
use leptos_meta::Title;

/// Being written.
#[component]
pub fn WelcomePage() -> impl IntoView {
    view! {
        <Title text="Welcome" />
        <h1>"Welcome"</h1>
    }
}

/// Being written.
#[component]
pub fn LoginPage() -> impl IntoView {
    view! {
        <Title text="Sign in" />
        <h1>"Sign in"</h1>
    }
}
