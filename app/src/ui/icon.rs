use leptos::prelude::*;

use super::IconName;

/// A line drawing of 16 by 16 pixels in the colour of its text. Decoration only: the word stands beside it.
#[component]
pub fn Icon(
    /// Which drawing.
    name: IconName,
) -> impl IntoView {
    let class = if name == IconName::Running { "icon pulse" } else { "icon" };
    view! {
        <svg class=class viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=name.path() />
        </svg>
    }
}

/// Our mark: a sheet whose last column plays.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <rect class="logo-sheet" x="1" y="1" width="22" height="22" rx="5" />
            <path class="logo-line" d="M1 8h22M1 16h22M8 1v22" />
            <path class="logo-play" d="M11.6 9.1v5.8a.7.7 0 0 0 1.1.6l4.6-2.9a.7.7 0 0 0 0-1.2l-4.6-2.9a.7.7 0 0 0-1.1.6z" />
        </svg>
    }
}
