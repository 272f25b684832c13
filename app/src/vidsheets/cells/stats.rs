use leptos::prelude::*;

use super::CellContent;
use crate::ui::credits;

/// What the row took so far.
pub(super) fn draw(content: &CellContent) -> impl IntoView + use<> {
    view! {
        <div class="cell-stats">
            <strong>{spent(content)}</strong>
            <span class="cell-fact">"so far"</span>
        </div>
    }
}

/// Credits the row took so far, in words.
pub(super) fn spent(content: &CellContent) -> String {
    credits(content.row_cost.unwrap_or(0.0))
}
