use leptos::prelude::*;
use model::{ImportLine, ImportPlan};

use super::{Desk, rows};

/// What would change, line by line.
#[component]
pub(super) fn Preview(desk: Desk) -> impl IntoView {
    move || desk.plan.get().filter(|plan| plan.problem.is_none()).map(|plan| view! { <Counts plan /> })
}

#[component]
fn Counts(plan: ImportPlan) -> impl IntoView {
    let ImportPlan { added, changed, same, preview, .. } = plan;
    let rest = (added + changed) as usize - preview.len();
    let lines = preview.into_iter().map(|line| view! { <Line line /> }).collect_view();
    view! {
        <section class="import-preview" aria-label="What the import does">
            <p>
                <strong>{rows(added)}</strong>
                " added, "
                <strong>{rows(changed)}</strong>
                " changed, "
                {rows(same)}
                " as they are."
            </p>
            <ul role="list" aria-label="Lines">
                {lines}
            </ul>
            {(rest > 0).then(|| view! { <p class="muted">{format!("And {rest} more.")}</p> })}
        </section>
    }
}

#[component]
fn Line(line: ImportLine) -> impl IntoView {
    let (class, head) = match line.row {
        Some(row) => ("change-changed", format!("Row {row}")),
        None => ("change-added", "New row".to_owned()),
    };
    let cells = line
        .cells
        .into_iter()
        .map(|cell| {
            let before = (!cell.before.is_empty()).then(|| view! { <del>{start(&cell.before)}</del> " " });
            view! {
                <li>
                    <span class="muted">{cell.column} ": "</span>
                    {before}
                    <ins>{start(&cell.after)}</ins>
                </li>
            }
        })
        .collect_view();
    view! {
        <li class=class>
            <span class="change-word">{head}</span>
            " "
            <span class="muted">{format!("line {}", line.line)}</span>
            <ul role="list" class="change-text">
                {cells}
            </ul>
        </li>
    }
}

/// Enough of a text to know it by.
fn start(text: &str) -> String {
    const SHOWN: usize = 120;
    let shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() { shown + "…" } else { shown }
}
