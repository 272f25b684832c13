use gen_client::model::LayerKind;
use leptos::prelude::*;

use super::CellContent;

/// The stack as bars from front to back, and how many there are.
pub(super) fn draw(content: &CellContent) -> impl IntoView + use<> {
    let bars =
        content.cell.layers.iter().rev().take(5).map(|layer| view! { <i class=class(&layer.kind)></i> });
    let bars: Vec<_> = bars.collect();
    view! {
        <div class="cell-layers">
            <span class="layer-bars" aria-hidden="true">{bars}</span>
            <span class="cell-fact">{count(content)}</span>
        </div>
    }
}

/// How many layers there are, in words.
pub(super) fn count(content: &CellContent) -> String {
    match content.cell.layers.len() {
        0 => "No layers".to_owned(),
        1 => "1 layer".to_owned(),
        many => format!("{many} layers"),
    }
}

fn class(kind: &LayerKind) -> &'static str {
    match kind {
        LayerKind::Clip | LayerKind::Image => "layer-bar is-clip",
        LayerKind::Sound => "layer-bar is-sound",
        LayerKind::Caption => "layer-bar is-caption",
        LayerKind::Text => "layer-bar is-text",
        LayerKind::Shape | LayerKind::Unknown(_) => "layer-bar",
    }
}
