use leptos::prelude::*;

use super::{CellContent, face};
use crate::paths;
use crate::ui::IconName;

/// The picture, or its state where there is none yet. The last good picture stays while a new one is made.
pub(super) fn draw(content: &CellContent) -> impl IntoView + use<> {
    let state = face(content);
    let picture = super::face::shown_media(content, true).map(paths::media);
    let ready = state.state == Some("completed");
    let drawn = picture.is_some();
    view! {
        <div class="cell-image">
            {super::poster(picture, IconName::Image)}
            {(!ready || !drawn).then(|| super::state_lines(&state))}
        </div>
    }
}
