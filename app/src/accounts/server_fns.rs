use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::Person;

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{acting, store};

/// Who is signed in.
#[server(input = GetUrl)]
pub async fn who_am_i() -> Result<Person, AppError> {
    Ok(acting()?.1.person)
}

/// Whether nobody has an account yet.
#[server(input = GetUrl)]
pub async fn is_first_run() -> Result<bool, AppError> {
    Ok(store()?.is_first_run().await?)
}

/// Opens a session and goes on to where the person was.
#[server]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), AppError> {
    let (_, token) = store()?.sign_in(&email, &password).await?;
    super::session_cookie::set(&token);
    leptos_axum::redirect(next.as_deref().and_then(crate::paths::safe_next).unwrap_or(crate::paths::HOME));
    Ok(())
}

/// Ends the session.
#[server]
pub async fn sign_out() -> Result<(), AppError> {
    let (store, actor) = acting()?;
    store.sign_out(&actor).await?;
    super::session_cookie::clear();
    leptos_axum::redirect(crate::paths::LOGIN);
    Ok(())
}

/// Makes the first admin, once, and signs them in.
#[server]
pub async fn create_first_admin(
    setup_key: String,
    name: String,
    email: String,
    password: String,
) -> Result<(), AppError> {
    let credentials = store::Credentials { email, name, password };
    let (_, token) = store()?.create_first_admin(setup_key.trim(), credentials).await?;
    super::session_cookie::set(&token);
    leptos_axum::redirect(crate::paths::SETTINGS_KEYS);
    Ok(())
}
