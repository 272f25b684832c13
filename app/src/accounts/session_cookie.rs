//! The one cookie: `__Host-sid`, which only travels on trustworthy origins. A person who allowed plain http
//! from other machines gets `sid` instead, because a browser refuses the prefix there.

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use store::SessionToken;

/// How this process hands out its cookie; decided once from its configuration and the request's origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieStyle {
    /// Whether the browser sees a trustworthy origin (https or loopback).
    pub secure: bool,
}

impl CookieStyle {
    /// The cookie's name.
    pub fn name(self) -> &'static str {
        if self.secure { "__Host-sid" } else { "sid" }
    }

    /// The whole header that hands out `value`.
    pub fn header(self, value: &str) -> String {
        let (name, secure) = (self.name(), if self.secure { "; Secure" } else { "" });
        format!("{name}={value}{secure}; HttpOnly; SameSite=Lax; Path=/")
    }

    /// The whole header that takes the cookie back.
    pub fn expired_header(self) -> String {
        format!("{}; Max-Age=0", self.header(""))
    }

    /// What the request's cookie holds.
    pub fn read(self, headers: &HeaderMap) -> Option<SessionToken> {
        let wanted = self.name();
        headers
            .get_all(http::header::COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == wanted)
            .map(|(_, value)| SessionToken::new(value))
    }
}

/// Hands out a session's secret with the answer.
pub(super) fn set(token: &SessionToken) {
    send(style().header(token.expose()));
}

/// Takes the cookie back.
pub(super) fn clear() {
    send(style().expired_header());
}

fn style() -> CookieStyle {
    use_context::<http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<CookieStyle>().copied())
        .unwrap_or(CookieStyle { secure: true })
}

fn send(header: String) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&header)) {
        response.append_header(SET_COOKIE, value);
    }
}
