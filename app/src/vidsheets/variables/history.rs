use leptos::prelude::*;
use model::VariableSnapshot;

use super::Desk;
use super::server_fns::list_variable_snapshots;
use crate::page::in_browser;
use crate::ui::{ErrorNote, TimeAgo};

/// What was there before each replacement, to be taken up again.
#[component]
pub(super) fn History(desk: Desk) -> impl IntoView {
    let asked = in_browser(move || {
        desk.turn.track();
        let (agent, vidsheet) = desk.ids.get_value();
        Some(list_variable_snapshots(agent, vidsheet))
    });
    let lines = move || {
        let kept = asked.get().and_then(Result::ok).unwrap_or_default();
        kept.into_iter().map(|snapshot| view! { <Line snapshot desk /> }).collect_view()
    };
    let trouble =
        move || asked.with(|asked| asked.as_ref().and_then(|answer| answer.as_ref().err().cloned()));
    let some = move || asked.with(|asked| matches!(asked, Some(Ok(kept)) if !kept.is_empty()));
    view! {
        {move || trouble().map(|error| view! { <ErrorNote error /> })}
        <Show when=some>
            <section class="variable-history">
                <h3>"Before each replacement"</h3>
                <ul role="list" aria-label="Earlier variables">
                    {lines}
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn Line(snapshot: VariableSnapshot, desk: Desk) -> impl IntoView {
    let VariableSnapshot { by_name, at, variables, .. } = snapshot;
    let count = match variables.len() {
        1 => "1 variable".to_owned(),
        count => format!("{count} variables"),
    };
    let label = format!("Take up {count} again");
    view! {
        <li>
            <span>
                {count} ", " <TimeAgo at /> {by_name.map(|name| format!(", replaced by {name}"))}
            </span>
            <button
                type="button"
                class="link-button"
                aria-label=label
                disabled=desk.locked
                on:click=move |_| desk.replace(&variables)
            >
                "Take up again"
            </button>
        </li>
    }
}
