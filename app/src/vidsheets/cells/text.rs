use leptos::prelude::*;

use super::{CellContent, face};
use crate::ui::{Icon, IconName};

/// The text, three lines of it, with a spark where an agent wrote it.
pub(super) fn draw(content: &CellContent) -> impl IntoView + use<> {
    let state = face(content);
    let generated = content.cell.default_generation.is_some();
    let quiet = matches!(state.state, None | Some("completed")) && !content.text.is_empty();
    let text = content.text.clone();
    view! {
        <div class="cell-text">
            {(!text.is_empty()).then(|| view! { <span class="cell-words">{text}</span> })}
            {(generated && quiet).then(|| view! { <span class="cell-spark"><Icon name=IconName::Sparkle /></span> })}
            {(!quiet).then(|| super::state_lines(&state))}
        </div>
    }
}
