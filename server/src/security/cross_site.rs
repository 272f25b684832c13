//! One guard before every request that may change something: it must come from our own page (requirement C1).

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, Method, header};

use super::public::is_hook;
use super::{RequestOrigin, refusal};
use crate::state::AppState;

/// Lets reads through, and of the rest what our own pages sent.
pub(crate) async fn cross_site_guard(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let ours = request
        .extensions()
        .get::<RequestOrigin>()
        .is_some_and(|origin| is_ours(request.headers(), &origin.text));
    // A webhook has no session that a foreign page could ride on.
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD) || is_hook(request.uri().path());
    if harmless || ours {
        return next.run(request).await;
    }
    state.metrics.cross_site_refused();
    refusal::cross_site()
}

/// The browser's own word first; `Origin` only where it says nothing, as over plain http.
fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    let mut sites = headers.get_all("sec-fetch-site").iter();
    match (sites.next(), sites.next()) {
        (Some(site), None) => site == "same-origin",
        (Some(_), Some(_)) => false,
        (None, _) => {
            let mut origins = headers.get_all(header::ORIGIN).iter();
            origins.next().is_some_and(|one| one == origin) && origins.next().is_none()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c1_only_our_own_pages_may_change_something() {
        let ours = "http://127.0.0.1:3000";
        let says = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.append(*name, value.parse().unwrap());
            }
            is_ours(&headers, ours)
        };
        assert!(says(&[("sec-fetch-site", "same-origin")]));
        assert!(says(&[("origin", ours)]));
        for foreign in [
            &[][..],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("sec-fetch-site", "cross-site"), ("origin", ours)],
            &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")],
            &[("origin", "null")],
            &[("origin", "https://evil.test")],
            &[("origin", "http://127.0.0.1:3001")],
            &[("origin", "https://127.0.0.1:3000")],
            &[("origin", ours), ("origin", "https://evil.test")],
        ] {
            assert!(!says(foreign), "{foreign:?}");
        }
    }
}
