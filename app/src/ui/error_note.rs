use leptos::prelude::*;

use super::{Icon, IconName, sign_in_again};
use crate::error::{AppError, ErrorKind};
use crate::paths;

/// An error in words, next to what it is about: what happened, GEN's or our code for it, what to do. Somebody
/// whose session ended is led to the sign-in page and back; see [`super::draft`].
#[component]
pub fn ErrorNote(
    /// What went wrong.
    error: AppError,
) -> impl IntoView {
    let signed_out = error.kind == ErrorKind::SignedOut;
    Effect::new(move || {
        if signed_out {
            sign_in_again();
        }
    });
    let no_key = error.kind == ErrorKind::NoKey;
    view! {
        <div class="note note-error" role="alert">
            <Icon name=IconName::CrossCircle />
            <div>
                <p class="note-message">
                    {error.message} {error.code.map(|code| view! { " " <code>{code}</code> })}
                </p>
                <p>
                    {error.advice}
                    {no_key.then(|| view! { " " <a href=paths::SETTINGS_KEYS>"Add a key"</a> })}
                </p>
            </div>
        </div>
    }
}
