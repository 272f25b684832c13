//! By which origin the browser reached us, and whether nobody can listen on the way (requirements S8, T2).

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, StatusCode, header};
use url::{Host, Url};

use super::{Access, refusal};
use crate::state::AppState;

/// How this request reached us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestOrigin {
    /// Scheme, host and port as the browser's `Origin` header writes them.
    pub(crate) text: String,
    /// Whether the browser takes the origin for trustworthy: https, or this machine itself.
    pub(crate) trustworthy: bool,
    /// Whether the browser addressed this machine by a loopback name.
    pub(crate) loopback: bool,
    /// Whose request it is, as far as it can be known.
    pub(crate) client: IpAddr,
}

/// Works out the origin for everything after it, and refuses people who would send a password in the clear.
pub(crate) async fn origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(origin) = RequestOrigin::of(&parts, &state.access) else {
        return (StatusCode::BAD_REQUEST, "This request names no host.\n").into_response();
    };
    let harmless = super::public::is_probe(parts.uri.path()) || state.site.serves(parts.uri.path());
    if !origin.trustworthy && !state.access.allow_insecure_http && !harmless {
        return refusal::insecure(&parts.headers, &origin);
    }
    parts.extensions.insert(origin);
    next.run(Request::from_parts(parts, body)).await
}

impl RequestOrigin {
    /// `None` when the request has no host, or one that is none.
    pub(crate) fn of(parts: &Parts, access: &Access) -> Option<Self> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|ConnectInfo(peer)| peer.ip().to_canonical())?;
        let believed = access.trusted_proxies.iter().any(|proxy| proxy.contains(peer));
        let forwarded = |name: &str| parts.headers.get(name).filter(|_| believed)?.to_str().ok();
        let scheme = if forwarded("x-forwarded-proto") == Some("https") { "https" } else { "http" };
        let host = forwarded("x-forwarded-host").or_else(|| host_of(&parts.headers))?;
        let asked = Url::parse(&format!("{scheme}://{host}"))
            .ok()
            .filter(|url| url.path() == "/" && url.username().is_empty())?;
        let loopback = is_loopback(&asked);
        let seen = access.public_url.as_ref().unwrap_or(&asked);
        Some(Self {
            text: seen.origin().ascii_serialization(),
            trustworthy: seen.scheme() == "https" || loopback || is_loopback(seen),
            loopback: loopback && peer.is_loopback(),
            client: client(peer, &parts.headers, access),
        })
    }
}

/// The right-most hop that is none of our proxies.
fn client(peer: IpAddr, headers: &HeaderMap, access: &Access) -> IpAddr {
    let ours = |address: IpAddr| access.trusted_proxies.iter().any(|proxy| proxy.contains(address));
    let hops = headers.get_all("x-forwarded-for").iter().filter_map(|header| header.to_str().ok());
    let mut hops: Vec<&str> = hops.flat_map(|header| header.split(',')).map(str::trim).collect();
    let mut client = peer;
    while ours(client) {
        let Some(hop) = hops.pop().and_then(|hop| hop.parse::<IpAddr>().ok()) else { break };
        client = hop.to_canonical();
    }
    client
}

fn host_of(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::HOST)?.to_str().ok()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::access::Demo;
    use super::*;

    fn seen(peer: &str, headers: &[(&str, &str)], access: &Access) -> Option<RequestOrigin> {
        let mut request = http::Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        parts.extensions.insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 5000)));
        RequestOrigin::of(&parts, access)
    }

    fn access(proxies: &[&str]) -> Access {
        Access {
            public_url: None,
            trusted_proxies: proxies.iter().map(|proxy| proxy.parse().unwrap()).collect(),
            allow_insecure_http: false,
            demo: Demo::Off,
        }
    }

    #[test]
    fn s8_plain_http_is_trustworthy_on_this_machine_only() {
        for host in ["127.0.0.1:3000", "localhost:3000", "[::1]:3000", "reel.localhost"] {
            assert!(seen("127.0.0.1", &[("host", host)], &access(&[])).unwrap().trustworthy, "{host}");
        }
        for host in
            ["192.168.1.5:3000", "reels.internal", "localhost.evil.test", "127.0.0.1.evil.test", "0.0.0.0"]
        {
            assert!(!seen("127.0.0.1", &[("host", host)], &access(&[])).unwrap().trustworthy, "{host}");
        }
        assert_eq!(seen("127.0.0.1", &[], &access(&[])), None);
        assert_eq!(seen("127.0.0.1", &[("host", "a/b")], &access(&[])), None);
    }

    #[test]
    fn t2_forwarded_headers_are_believed_from_a_listed_peer_only() {
        let headers = [
            ("host", "10.0.0.2:3000"),
            ("x-forwarded-proto", "https"),
            ("x-forwarded-host", "reels.example"),
            ("x-forwarded-for", "6.6.6.6, 203.0.113.9, 10.0.0.3"),
        ];
        let believed = seen("10.0.0.1", &headers, &access(&["10.0.0.0/8"])).unwrap();
        assert_eq!((believed.text.as_str(), believed.trustworthy), ("https://reels.example", true));
        assert_eq!(believed.client, "203.0.113.9".parse::<IpAddr>().unwrap());
        let ignored = seen("127.0.0.1", &headers, &access(&["10.0.0.0/8"])).unwrap();
        assert_eq!((ignored.text.as_str(), ignored.trustworthy), ("http://10.0.0.2:3000", false));
        assert_eq!(ignored.client, "127.0.0.1".parse::<IpAddr>().unwrap());
    }
}
