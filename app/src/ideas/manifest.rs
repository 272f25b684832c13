use gen_client::model::{PlannedLayer, planned_layers};
use leptos::prelude::*;
use serde_json::Value;

use super::drawer::Part;
use super::words::words;
use crate::page::clock;

/// The width of a drawn timeline in its own units; it is stretched to the room there is.
const WIDE: f64 = 300.0;
/// The height of a bar.
const HIGH: f64 = 10.0;
/// Frames a second, as GEN counts time in a vidsheet.
const FPS: f64 = 30.0;

/// The timeline that GEN plans for an idea, to be looked at; where it cannot be read, as GEN sent it.
#[component]
pub fn Manifest(
    /// As GEN sent it; hostile.
    manifest: Value,
) -> impl IntoView {
    let layers = planned_layers(&manifest);
    let whole = format!("{manifest:#}");
    let as_sent = view! {
        <details class="idea-manifest">
            <summary>"As GEN sent it"</summary>
            <pre>{whole}</pre>
        </details>
    };
    if layers.is_empty() {
        return view! { <Part title="Planned timeline">{as_sent}</Part> }.into_any();
    }
    let total = layers.iter().fold(0.0_f64, |most, layer| most.max(layer.end));
    let length = format!("{} · {} frames", clock(total), (total * FPS).round());
    let lines = layers.into_iter().map(|layer| view! { <Line layer total /> }).collect_view();
    view! {
        <Part title="Planned timeline" aside=view! { <span class="num">{length}</span> }.into_any()>
            <ul role="list" class="timeline">
                {lines}
            </ul>
            {as_sent}
        </Part>
    }
    .into_any()
}

#[component]
fn Line(layer: PlannedLayer, total: f64) -> impl IntoView {
    let span = format!("{} to {}", clock(layer.start), clock(layer.end));
    view! {
        <li>
            <span class="timeline-kind">{words(&layer.kind)}</span>
            <Bar start=layer.start / total end=layer.end / total />
            <span class="timeline-name">{layer.name} " " <span class="num muted">{span}</span></span>
        </li>
    }
}

/// Which part of an asset is meant, drawn; how long the whole is, nobody says, so it ends where the part does.
#[component]
pub fn ClipBar(
    /// From and to, in seconds.
    span: (f64, f64),
) -> impl IntoView {
    view! { <Bar start=span.0 / span.1 end=1.0 /> }
}

/// A stretch of a line, from and to as parts of one. The words beside it say the same.
#[component]
fn Bar(start: f64, end: f64) -> impl IntoView {
    let (start, end) = (start.clamp(0.0, 1.0) * WIDE, end.clamp(0.0, 1.0) * WIDE);
    view! {
        <svg class="bar" viewBox=format!("0 0 {WIDE} {HIGH}") preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-all" width=WIDE height=HIGH></rect>
            <rect class="bar-part" x=start width=(end - start).max(2.0) height=HIGH></rect>
        </svg>
    }
}
