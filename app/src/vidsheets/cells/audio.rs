use leptos::prelude::*;

use super::{CellContent, face};
use crate::ui::{Icon, IconName};

/// A sound and its state. It is played in the inspector, one sound at a time.
pub(super) fn draw(content: &CellContent) -> impl IntoView + use<> {
    let state = face(content);
    let ready = super::face::shown_media(content, false).is_some();
    view! {
        <div class="cell-audio">
            <span class="cell-sound" class:is-empty=!ready>
                <Icon name=IconName::Wave />
            </span>
            {super::state_lines(&state)}
        </div>
    }
}
