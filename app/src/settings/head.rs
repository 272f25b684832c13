use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::paths;
use crate::ui::TabLinks;

/// The settings pages, in the order of how often they are needed.
const PAGES: [(&str, &str); 4] = [
    ("Keys", paths::SETTINGS_KEYS),
    ("Spending", paths::SETTINGS_SPENDING),
    ("Workspace", paths::SETTINGS_WORKSPACE),
    ("Automation", paths::SETTINGS_AUTOMATION),
];

/// The head of a settings page, with the way to the others.
#[component]
pub(super) fn SettingsHead(
    /// What this page is about.
    title: &'static str,
) -> impl IntoView {
    let here = use_location().pathname;
    let links = Signal::derive(|| PAGES.map(|(words, href)| (words, href.to_owned())).to_vec());
    view! {
        <div class="page-head">
            <h1>{title}</h1>
            <TabLinks label="Settings pages" links here />
        </div>
    }
}
