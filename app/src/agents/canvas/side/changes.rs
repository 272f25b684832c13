use leptos::prelude::*;
use model::{Changed, CoreChange, CorePart};

/// What would differ, field by field, with a tick for each part of the core that is to be taken.
#[component]
pub(super) fn Changes(
    /// In the order of the canvas.
    changes: Vec<CoreChange>,
    /// The parts that are ticked.
    chosen: RwSignal<Vec<CorePart>>,
) -> impl IntoView {
    let parts = CorePart::ALL.into_iter().filter_map(|part| {
        let of_part: Vec<CoreChange> = changes.iter().filter(|change| change.part == part).cloned().collect();
        (!of_part.is_empty()).then(|| {
            view! {
                <li class="change-part">
                    <PartTick part chosen />
                    <dl>{of_part.into_iter().map(|change| view! { <Line change /> }).collect_view()}</dl>
                </li>
            }
        })
    });
    view! {
        <ul class="changes" aria-label="Differences">
            {parts.collect_view()}
        </ul>
    }
}

/// Whether a part is to be taken.
#[component]
pub(super) fn PartTick(part: CorePart, chosen: RwSignal<Vec<CorePart>>) -> impl IntoView {
    let is_chosen = move || chosen.with(|chosen| chosen.contains(&part));
    let set = move |on: bool| {
        chosen.update(|chosen| {
            chosen.retain(|other| *other != part);
            if on {
                chosen.push(part);
            }
        });
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                checked=untrack(is_chosen)
                prop:checked=is_chosen
                on:change:target=move |event| set(event.target().checked())
            />
            <span>{part.words()}</span>
        </label>
    }
}

#[component]
fn Line(change: CoreChange) -> impl IntoView {
    let (before, after) = match change.what {
        Changed::Value(before, after) => {
            let said = |text: String| if text.is_empty() { Vec::new() } else { vec![text] };
            (said(before), said(after))
        }
        Changed::Entries(gone, come) => (gone, come),
    };
    let gone = before.into_iter().map(|text| view! { <del>{text}</del> }).collect_view();
    let come = after.into_iter().map(|text| view! { <ins>{text}</ins> }).collect_view();
    view! {
        <dt>{change.field}</dt>
        <dd>{gone} {come}</dd>
    }
}
