use leptos::prelude::*;

use super::{CellContent, face};
use crate::paths;
use crate::ui::IconName;

/// The first frame and the state, for clips and for final videos.
pub(super) fn draw(content: &CellContent) -> impl IntoView + use<> {
    let state = face(content);
    let picture = super::face::shown_media(content, true).map(paths::media);
    view! { <div class="cell-video">{super::poster(picture, IconName::Video)} {super::state_lines(&state)}</div> }
}
