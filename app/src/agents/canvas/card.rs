use gen_client::model::AgentCorePatch;
use leptos::prelude::*;
use model::{CorePart, Sketch, core_changes};

use super::core_form::CoreForm;
use super::keyboard::card_id;
use super::moved::MovedNote;
use crate::activity::Curl;
use crate::error::{AppError, ErrorKind, PARTLY_SAVED};
use crate::ui::{ErrorNote, SaveState, Saving};

/// The frame of one card: what it is about, how far its saving has come, what keeps it from being saved.
#[component]
pub(in crate::agents) fn CoreCard(
    form: CoreForm,
    card: CorePart,
    /// Its heading.
    title: &'static str,
    /// One line on what belongs here and what does not.
    lead: &'static str,
    /// A count beside the heading.
    #[prop(into, optional)]
    count: Option<Signal<String>>,
    children: Children,
) -> impl IntoView {
    let id = card_id(card);
    let heading = format!("{id}-heading");
    let class = format!("card core-card core-card-{}", card as usize);
    view! {
        <section class=class id=id aria-labelledby=heading.clone() tabindex="-1">
            <header class="card-head">
                <h2 id=heading.clone()>{title}</h2>
                {count.map(|count| view! { <span class="count">{count}</span> })}
                <SaveState state=form.saving(card) />
            </header>
            <p class="card-lead">{lead}</p>
            <div class="core-card-body"><MovedNote form card /> {children()} <Unsaved form card /></div>
        </section>
    }
}

/// The button that saves now, and why the last attempt failed. A field that is too long says so itself.
#[component]
pub(super) fn Unsaved(form: CoreForm, card: CorePart) -> impl IntoView {
    let saving = form.saving(card);
    let refused = move || form.problem(card).is_some();
    let said_at_field = move |error: &AppError| matches!(error.kind, ErrorKind::Invalid { .. }) && refused();
    let drawn = move |()| {
        let patch = form.seen.with_untracked(|seen| {
            form.now.with_untracked(|now| AgentCorePatch::between(seen, &card.moved(now, seen)))
        });
        Sketch::PatchCore(Box::new(patch))
    };
    let error = move || saving.with(Saving::error).filter(|error| !said_at_field(error));
    let words = move || match saving.get() {
        Saving::Failed(_) if refused() => "Save".to_owned(),
        // The rest of the card is saved, so only this is sent again.
        Saving::Failed(error) if error.code.as_deref() == Some(PARTLY_SAVED) => {
            let unsaved = form.seen.with(|seen| form.now.with(|now| core_changes(seen, now)));
            let mine = unsaved.iter().filter(|change| change.part == card).map(|change| change.field);
            format!("Retry {} only", mine.collect::<Vec<_>>().join(" and ").to_lowercase())
        }
        Saving::Failed(_) => "Retry".to_owned(),
        _ => "Save".to_owned(),
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
                <Curl what=drawn />
            </div>
        </Show>
    }
}

/// Why one field cannot be saved, next to it.
#[component]
pub(super) fn FieldProblem(
    form: CoreForm,
    card: CorePart,
    /// The field's label.
    label: &'static str,
    /// What the field's `aria-describedby` names.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let reason =
        move || form.problem(card).filter(|problem| problem.field == label).map(|problem| problem.message);
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
