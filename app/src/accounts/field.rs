use leptos::prelude::*;

use crate::error::{AppError, ErrorKind};
use crate::ui::ErrorNote;

/// A labelled line of a form, with the error that is about it.
#[component]
pub(super) fn FormField(
    /// Its words.
    label: &'static str,
    /// What the server function calls it.
    name: &'static str,
    /// The browser's kind of input.
    kind: &'static str,
    /// What a password manager makes of it.
    autocomplete: &'static str,
    /// One line on what is wanted.
    #[prop(optional)]
    hint: &'static str,
    /// How the last attempt ended.
    #[prop(into)]
    error: Signal<Option<AppError>>,
    /// Whether the page begins here.
    #[prop(optional)]
    autofocus: bool,
    /// Fewest characters, checked by the browser first.
    #[prop(optional)]
    minlength: Option<&'static str>,
) -> impl IntoView {
    let id = format!("field-{name}");
    let about_this = move || error.get().filter(|error| is_about(error, label));
    view! {
        <div class="field">
            <label class="label" for=id.clone()>
                {label}
            </label>
            <input
                class="input"
                id=id
                name=name
                type=kind
                autocomplete=autocomplete
                autofocus=autofocus
                minlength=minlength
                required=true
                aria-invalid=move || about_this().map(|_| "true")
            />
            {(!hint.is_empty()).then(|| view! { <p class="field-hint">{hint}</p> })}
            {move || about_this().map(|error| view! { <ErrorNote error /> })}
        </div>
    }
}

/// Whether an error names this field.
pub(super) fn is_about(error: &AppError, label: &str) -> bool {
    matches!(&error.kind, ErrorKind::Invalid { field } if field.eq_ignore_ascii_case(label))
}
