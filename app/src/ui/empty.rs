use leptos::prelude::*;

use super::{Icon, IconName};

/// Where there is nothing yet: one sentence, and as children what to do about it.
#[component]
pub fn Empty(
    /// What would stand here.
    icon: IconName,
    /// The sentence.
    #[prop(into)]
    title: String,
    /// One primary button, if there is something to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon">
                <Icon name=icon />
            </span>
            <p class="empty-title">{title}</p>
            {children.map(|children| children())}
        </div>
    }
}
