use leptos::prelude::*;
use leptos_meta::Title;

use crate::paths;
use crate::ui::Logo;

/// The page for an address that leads nowhere, with the way home.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <Title text="Not found · Reelsheet" />
        <main class="alone">
            <div class="alone-card">
                <Logo />
                <h1>"There is no such page"</h1>
                <p>"The address may be mistyped, or what it showed is gone."</p>
                <a class="button primary large" href=paths::HOME>
                    "Home"
                </a>
            </div>
        </main>
    }
}
