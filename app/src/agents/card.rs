use leptos::prelude::*;

use super::core_form::CoreForm;
use super::merge::Card;
use crate::error::{AppError, ErrorKind};
use crate::ui::{ErrorNote, SaveState, Saving};

/// The frame of one card: what it is about, how far its saving has come, what keeps it from being saved.
#[component]
pub(super) fn CoreCard(
    form: CoreForm,
    card: Card,
    /// Its heading.
    title: &'static str,
    /// One line on what belongs here and what does not.
    lead: &'static str,
    /// A count beside the heading.
    #[prop(into, optional)]
    count: Option<Signal<String>>,
    children: Children,
) -> impl IntoView {
    let id = format!("card-{}", card as usize);
    let class = format!("card core-card core-card-{}", card as usize);
    view! {
        <section class=class aria-labelledby=id.clone()>
            <header class="card-head">
                <h2 id=id.clone()>{title}</h2>
                {count.map(|count| view! { <span class="count">{count}</span> })}
                <SaveState state=form.saving(card) />
            </header>
            <p class="card-lead">{lead}</p>
            <div class="core-card-body">{children()} <Unsaved form card /></div>
        </section>
    }
}

/// The button that saves now, and why the last attempt failed. A field that is too long says so itself.
#[component]
pub(super) fn Unsaved(form: CoreForm, card: Card) -> impl IntoView {
    let saving = form.saving(card);
    let refused = move || form.problem(card).is_some();
    let said_at_field = move |error: &AppError| matches!(error.kind, ErrorKind::Invalid { .. }) && refused();
    let error = move || saving.with(Saving::error).filter(|error| !said_at_field(error));
    let words = move || {
        if saving.with(|saving| matches!(saving, Saving::Failed(_))) && !refused() { "Retry" } else { "Save" }
    };
    view! {
        {move || error().map(|error| view! { <ErrorNote error /> })}
        <Show when=move || form.is_dirty(card)>
            <div class="buttons core-card-save">
                <button type="button" class="button" disabled=refused on:click=move |_| form.save(card)>
                    {words}
                </button>
                <span class="meta">
                    {move || if refused() { "Nothing was sent." } else { "Saves by itself when you pause." }}
                </span>
            </div>
        </Show>
    }
}

/// Why one field cannot be saved, next to it.
#[component]
pub(super) fn FieldProblem(
    form: CoreForm,
    card: Card,
    /// The field's label.
    label: &'static str,
    /// What the field's `aria-describedby` names.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let reason = move || form.problem(card).filter(|(named, _)| *named == label).map(|(_, reason)| reason);
    view! {
        <div id=id>
            {move || {
                reason()
                    .map(|reason| {
                        view! {
                            <p class="field-error" role="alert">
                                {reason}
                            </p>
                        }
                    })
            }}
        </div>
    }
}
