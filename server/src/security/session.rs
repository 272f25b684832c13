//! Who is asking: the cookie's session becomes the request's `Actor`; without one only the public list goes on.

use app::accounts::session_cookie::CookieStyle;
use app::paths::{HOME, LOGIN, WELCOME};
use app::shell::Installation;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{CACHE_CONTROL, SET_COOKIE};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use store::{Actor, SessionToken};

use super::access::Demo;
use super::{RequestOrigin, public, refusal};
use crate::state::AppState;

/// Puts `Actor` and `CookieStyle` into the request, or refuses it.
pub(crate) async fn sessions(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path();
    if state.site.serves(path) || public::is_probe(path) || public::is_hook(path) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let Some(origin) = parts.extensions.get::<RequestOrigin>().cloned() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let style = CookieStyle { secure: origin.trustworthy };
    parts.extensions.insert(style);
    parts
        .extensions
        .insert(Installation { demo: state.access.demo != Demo::Off, insecure: !origin.trustworthy });
    let visit = match visit(&state, &parts, style, &origin).await {
        Ok(visit) => visit,
        Err(error) => {
            tracing::error!(%error, "a session could not be looked up");
            return (StatusCode::SERVICE_UNAVAILABLE, "Reelsheet cannot read its own data at the moment.\n")
                .into_response();
        }
    };
    let mut response = match visit {
        Visit::Elsewhere(path) => return Redirect::to(path).into_response(),
        Visit::Stranger if !public::is_public(parts.uri.path(), &state.site) => {
            return refusal::signed_out(&parts.headers, &page_of(&parts));
        }
        Visit::Stranger => next.run(Request::from_parts(parts, body)).await,
        Visit::Known(actor, token) => {
            parts.extensions.insert(actor);
            let mut response = next.run(Request::from_parts(parts, body)).await;
            if let Some(token) = token
                && let Ok(cookie) = HeaderValue::from_str(&style.header(token.expose()))
            {
                response.headers_mut().append(SET_COOKIE, cookie);
            }
            response
        }
    };
    // Whatever a session may see is for nobody's cache, unless its handler says more.
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

enum Visit {
    /// Signed in; a token when the session was opened just now.
    Known(Actor, Option<SessionToken>),
    /// Not signed in.
    Stranger,
    /// This page is not for now: first run comes first, once.
    Elsewhere(&'static str),
}

async fn visit(
    state: &AppState,
    parts: &Parts,
    style: CookieStyle,
    origin: &RequestOrigin,
) -> store::Result<Visit> {
    let token = style.read(&parts.headers);
    if let Some(token) = token
        && let Some(actor) = state.store.session(&token).await?
    {
        let again = parts.uri.path() == WELCOME;
        return Ok(if again { Visit::Elsewhere(HOME) } else { Visit::Known(actor, None) });
    }
    let welcome = match state.access.demo {
        Demo::Off => false,
        Demo::Loopback => origin.loopback,
        Demo::Public => true,
    };
    if welcome {
        let (actor, token) = state.store.sign_in_as_demo().await?;
        return Ok(Visit::Known(actor, Some(token)));
    }
    if !matches!(parts.method, Method::GET | Method::HEAD) || !refusal::wants_page(&parts.headers) {
        return Ok(Visit::Stranger);
    }
    let first_run = state.store.is_first_run().await?;
    Ok(match parts.uri.path() {
        WELCOME if !first_run => Visit::Elsewhere(LOGIN),
        path if first_run && path != WELCOME => Visit::Elsewhere(WELCOME),
        _ => Visit::Stranger,
    })
}

/// The page to come back to after signing in: this one, or the one whose form this is.
fn page_of(parts: &Parts) -> String {
    if parts.method == Method::GET {
        return parts.uri.path_and_query().map_or(HOME, |page| page.as_str()).to_owned();
    }
    super::form_referer::page_of(parts).unwrap_or_else(|| HOME.to_owned())
}
