//! What those who do not get in are told, in the form they asked in.

use app::error::{AppError, ErrorKind};
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode, header};

use super::RequestOrigin;

/// Whether a browser asks for a page, as opposed to a script for data.
pub(super) fn wants_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// Nobody is signed in: pages go to the sign-in page and back, data gets the error the page knows.
pub(super) fn signed_out(headers: &HeaderMap, next: &str) -> Response {
    if wants_page(headers) {
        return Redirect::to(&app::paths::login(next)).into_response();
    }
    let error = AppError {
        kind: ErrorKind::SignedOut,
        message: "You are signed out.".to_owned(),
        advice: "Sign in again; what you typed is kept.".to_owned(),
        code: Some("signed_out".to_owned()),
    };
    (StatusCode::UNAUTHORIZED, axum::Json(error)).into_response()
}

/// The request came from another site's page.
pub(super) fn cross_site() -> Response {
    let words = "This request did not come from a page of this dashboard, so nothing was done.\n";
    (StatusCode::FORBIDDEN, words).into_response()
}

/// The browser reached us in the clear from another machine.
pub(super) fn insecure(headers: &HeaderMap, origin: &RequestOrigin) -> Response {
    const WORDS: &str = "This page was opened over plain http from another machine. Whoever listens on the way could \
        read your password and your session, so nobody can sign in like this. Open the dashboard over https, or on the \
        machine it runs on. Its operator can allow plain http with REELSHEET_ALLOW_INSECURE_HTTP=1.";
    tracing::debug!(client = %origin.client, "refused plain http from another machine");
    if !wants_page(headers) {
        return (StatusCode::FORBIDDEN, format!("{WORDS}\n")).into_response();
    }
    (StatusCode::FORBIDDEN, Html(page("Not over plain http", WORDS))).into_response()
}

/// Something broke; the log says what, under the same number.
pub(crate) fn broken(headers: &HeaderMap, request_id: &str) -> Response {
    let words = format!(
        "Something went wrong on our side. What was saved before is kept. The server's log says more under {request_id}."
    );
    if !wants_page(headers) {
        return (StatusCode::INTERNAL_SERVER_ERROR, format!("{words}\n")).into_response();
    }
    (StatusCode::INTERNAL_SERVER_ERROR, Html(page("Something went wrong", &words))).into_response()
}

/// A page without script or style, of words that are ours.
fn page(title: &str, words: &str) -> String {
    let home = app::paths::HOME;
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{title} · Reelsheet</title></head><body><main>\
         <h1>{title}</h1><p>{words}</p><p><a href='{home}'>Home</a></p></main></body></html>"
    )
}
