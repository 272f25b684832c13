use gen_client::{AgentId, RowId};
use leptos::prelude::*;

use super::server_fns::open_idea_of_row;
use crate::page::in_browser;
use crate::paths;
use crate::ui::{Icon, IconName};

/// The way back from a row to the idea it was made from; nothing where it was made from none.
#[component]
pub fn RowIdea(
    /// Whose.
    agent: AgentId,
    /// Which.
    row: RowId,
) -> impl IntoView {
    let owner = agent.clone();
    let found = in_browser(move || Some(open_idea_of_row(owner.clone(), row.clone())));
    move || {
        let (idea, title) = found.get()?.ok()??;
        let href = paths::idea(&agent, &idea);
        Some(view! {
            <p class="idea-row">
                <Icon name=IconName::Bulb />
                <a href=href>"From the idea “" {title} "”"</a>
            </p>
        })
    }
}
