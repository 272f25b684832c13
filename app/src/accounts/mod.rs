//! Who may come in: the first run, and signing in. Both forms work without JavaScript.

mod card;
mod field;
pub mod server_fns;
#[cfg(feature = "ssr")]
pub mod session_cookie;

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::error::AppError;
use crate::ui::{ErrorNote, provide_now};
use card::AccountCard;
use field::{FormField, is_about};
use server_fns::{CreateFirstAdmin, SignIn};

/// The first run: whoever can read the server's log makes the first account.
#[component]
pub fn WelcomePage() -> impl IntoView {
    provide_now();
    let create = ServerAction::<CreateFirstAdmin>::new();
    let error = Signal::derive(move || create.value().get().and_then(Result::err));
    const FIELDS: [&str; 4] = ["Setup key", "Name", "Email", "Password"];
    view! {
        <Title text="Welcome · Reelsheet" />
        <AccountCard title="Welcome" lead="Make the first account. It belongs to you, the admin of this installation.">
            <ActionForm action=create attr:class="alone-form">
                <OtherError error fields=&FIELDS />
                <FormField
                    label="Setup key"
                    name="setup_key"
                    kind="text"
                    autocomplete="off"
                    hint="The server printed it in its log when it started. It works once, for an hour."
                    autofocus=true
                    error
                />
                <FormField label="Name" name="name" kind="text" autocomplete="name" error />
                <FormField label="Email" name="email" kind="email" autocomplete="username" error />
                <FormField
                    label="Password"
                    name="password"
                    kind="password"
                    autocomplete="new-password"
                    hint="12 to 128 characters. Any characters; a sentence is easiest to remember."
                    minlength="12"
                    error
                />
                <button type="submit" class="button primary large" disabled=create.pending()>
                    "Create account"
                </button>
            </ActionForm>
        </AccountCard>
    }
}

/// Signing in; leads back to where the person was.
#[component]
pub fn LoginPage() -> impl IntoView {
    provide_now();
    let sign_in = ServerAction::<SignIn>::new();
    let error = Signal::derive(move || sign_in.value().get().and_then(Result::err));
    let next =
        StoredValue::new(use_query_map().with_untracked(|query| query.get("next").unwrap_or_default()));
    const FIELDS: [&str; 2] = ["Email", "Password"];
    view! {
        <Title text="Sign in · Reelsheet" />
        <AccountCard title="Sign in" lead="Your video ideas, sheets and renders are waiting.">
            <ActionForm action=sign_in attr:class="alone-form">
                <OtherError error fields=&FIELDS />
                <input type="hidden" name="next" value=next.get_value() />
                <FormField label="Email" name="email" kind="email" autocomplete="username" autofocus=true error />
                <FormField label="Password" name="password" kind="password" autocomplete="current-password" error />
                <button type="submit" class="button primary large" disabled=sign_in.pending()>
                    "Sign in"
                </button>
            </ActionForm>
        </AccountCard>
    }
}

/// An error that is about none of the form's fields.
#[component]
fn OtherError(error: Signal<Option<AppError>>, fields: &'static [&'static str]) -> impl IntoView {
    move || {
        error
            .get()
            .filter(|error| !fields.iter().any(|field| is_about(error, field)))
            .map(|error| view! { <ErrorNote error /> })
    }
}
