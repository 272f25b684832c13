use gen_client::model::AgentCore;
use leptos::prelude::*;
use model::CorePart;

use super::card::FieldProblem;
use super::core_form::CoreForm;
use crate::ui::Counter;

/// A text of the core, in a line or in an area.
#[component]
pub(super) fn TextField(
    form: CoreForm,
    card: CorePart,
    /// Its words.
    label: &'static str,
    /// Unique on the page.
    id: &'static str,
    /// Which text.
    get: fn(&AgentCore) -> &Option<String>,
    /// The same text, to be changed.
    get_mut: fn(&mut AgentCore) -> &mut Option<String>,
    /// The most characters; shown as a counter.
    #[prop(optional)]
    max: Option<usize>,
    /// Whether it has several lines.
    #[prop(optional)]
    area: bool,
) -> impl IntoView {
    let text = Memo::new(move |_| form.now.with(|now| get(now).clone().unwrap_or_default()));
    let change = move |text: String| {
        form.edit(card, |core| *get_mut(core) = Some(text).filter(|text| !text.is_empty()))
    };
    let invalid = move || form.problem(card).is_some_and(|problem| problem.field == label).then_some("true");
    let problem_id = format!("{id}-problem");
    let input = if area {
        view! {
            <textarea
                class="input"
                id=id
                disabled=form.locked
                aria-invalid=invalid
                aria-describedby=problem_id.clone()
                prop:value=text
                on:input:target=move |event| change(event.target().value())
            >
                {text.get_untracked()}
            </textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="input"
                type="text"
                autocomplete="off"
                id=id
                disabled=form.locked
                aria-invalid=invalid
                aria-describedby=problem_id.clone()
                value=text.get_untracked()
                prop:value=text
                on:input:target=move |event| change(event.target().value())
            />
        }
        .into_any()
    };
    view! {
        <div class="field" class:field-area=area>
            <div class="label">
                <label for=id>{label}</label>
                {max.map(|max| view! { <Counter text=text max /> })}
            </div>
            {input}
            <FieldProblem form card label id=problem_id />
        </div>
    }
}
