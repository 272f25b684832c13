//! What every server function begins with: the store, and who is asking.

use leptos::prelude::*;
use store::{Actor, Store};

use crate::error::{AppError, ErrorKind};

/// The store of this process.
pub fn store() -> Result<Store, AppError> {
    use_context::<Store>().ok_or_else(|| AppError {
        kind: ErrorKind::Internal,
        message: "Reelsheet's server is not ready.".to_owned(),
        advice: "Reload the page in a moment.".to_owned(),
        code: Some("internal".to_owned()),
    })
}

/// The store and the person whose session came with the request.
pub fn acting() -> Result<(Store, Actor), AppError> {
    let actor =
        use_context::<http::request::Parts>().and_then(|parts| parts.extensions.get::<Actor>().cloned());
    let actor = actor.ok_or_else(|| AppError {
        kind: ErrorKind::SignedOut,
        message: "You are signed out.".to_owned(),
        advice: "Sign in again; what you typed is kept.".to_owned(),
        code: Some("signed_out".to_owned()),
    })?;
    Ok((store()?, actor))
}
