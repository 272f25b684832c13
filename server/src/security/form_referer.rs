//! A form posted without JavaScript comes back to the page it was on (requirement C4). The framework takes that page
//! from `Referer`, which anybody can write; here it becomes a page of ours before, and a bare path after.

use app::paths::{HOME, LOGIN, WELCOME, safe_next};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::header::{LOCATION, REFERER};
use http::request::Parts;
use http::{HeaderValue, Method};
use url::Url;

use super::{RequestOrigin, public, refusal};

/// Rewrites `Referer` on the way in and `Location` on the way out.
pub(crate) async fn form_referer(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let origin = parts.extensions.get::<RequestOrigin>().map(|origin| origin.text.clone());
    let (Some(origin), true) = (origin, parts.method == Method::POST && refusal::wants_page(&parts.headers))
    else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    let page = page_of(&parts).unwrap_or_else(|| usual_page(parts.uri.path()).to_owned());
    // The framework adds what went wrong to it, for which it must be a whole URL.
    match HeaderValue::from_str(&format!("{origin}{page}")) {
        Ok(referer) => parts.headers.insert(REFERER, referer),
        Err(_) => parts.headers.remove(REFERER),
    };
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(location) = response.headers().get(LOCATION) {
        let path = location
            .to_str()
            .ok()
            .map(|text| text.strip_prefix(&origin).unwrap_or(text))
            .and_then(safe_location);
        let path =
            path.and_then(|path| HeaderValue::from_str(path).ok()).unwrap_or(HeaderValue::from_static(HOME));
        response.headers_mut().insert(LOCATION, path);
    }
    response
}

/// The path and query of the page a form was on, if it was one of ours.
pub(super) fn page_of(parts: &Parts) -> Option<String> {
    let origin = parts.extensions.get::<RequestOrigin>()?;
    let referer = Url::parse(parts.headers.get(REFERER)?.to_str().ok()?).ok()?;
    if referer.origin().ascii_serialization() != origin.text {
        return None;
    }
    // What went wrong the time before is no part of the page; kept, it would be shown again instead of the new error.
    let stale = |part: &&str| part.starts_with("__path=") || part.starts_with("__err=");
    let query: Vec<&str> =
        referer.query().unwrap_or_default().split('&').filter(|part| !stale(part)).collect();
    let page = match query.join("&") {
        query if query.is_empty() => referer.path().to_owned(),
        query => format!("{}?{query}", referer.path()),
    };
    safe_location(&page).map(str::to_owned)
}

/// Where the form of a server function stands, for browsers that do not say.
fn usual_page(server_fn: &str) -> &'static str {
    let [sign_in, create_first_admin, ..] = public::public_server_fns();
    match server_fn {
        path if path == sign_in => LOGIN,
        path if path == create_first_admin => WELCOME,
        _ => HOME,
    }
}

/// The sign-in page is no page to go on to, but a fine one to come back to.
fn safe_location(path: &str) -> Option<&str> {
    if path == LOGIN { Some(path) } else { safe_next(path) }
}
