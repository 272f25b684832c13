use leptos::prelude::*;
use model::VariableChange;

/// What a replacement would do, before it is done.
#[component]
pub(super) fn Changes(
    /// What differs.
    changes: Memo<Vec<VariableChange>>,
    /// How many variables there would be.
    #[prop(into)]
    written: Signal<usize>,
) -> impl IntoView {
    let lines = move || changes.get().into_iter().map(|change| view! { <Line change /> }).collect_view();
    view! {
        <Show when=move || changes.with(|changes| !changes.is_empty())>
            <section class="variable-changes">
                <h3>"What changes"</h3>
                <ul role="list" aria-label="What changes">
                    {lines}
                </ul>
                <p class="muted">
                    {move || {
                        format!(
                            "There is no merge: GEN replaces all variables by these {}. What is there now is kept in the history below.",
                            written.get(),
                        )
                    }}
                </p>
            </section>
        </Show>
    }
}

#[component]
fn Line(change: VariableChange) -> impl IntoView {
    let (class, word, name, text) = match change {
        VariableChange::Added(new) => {
            ("change-added", "Added", new.name, view! { <ins>{new.value}</ins> }.into_any())
        }
        VariableChange::Removed(old) => {
            ("change-removed", "Removed", old.name, view! { <del>{old.value}</del> }.into_any())
        }
        VariableChange::Changed { name, from, to } => (
            "change-changed",
            "Changed",
            name,
            view! {
                <del>{from}</del>
                " "
                <ins>{to}</ins>
            }
            .into_any(),
        ),
    };
    view! {
        <li class=class>
            <span class="change-word">{word}</span>
            <strong>{name}</strong>
            <span class="change-text">{text}</span>
        </li>
    }
}
