use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::Installation;
use crate::error::AppError;

/// What a page must know about the process that serves it; the server puts it among the request's extensions.
#[server(input = GetUrl)]
pub async fn describe_installation() -> Result<Installation, AppError> {
    let parts = use_context::<http::request::Parts>();
    Ok(parts.and_then(|parts| parts.extensions.get::<Installation>().copied()).unwrap_or_default())
}
