//! What machines ask about the process. None of it needs a session, none of it tells anything about the data.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, State};
use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::state::AppState;

/// The process runs.
pub(crate) async fn livez() -> &'static str {
    "ok\n"
}

/// The database can be written. GEN being down does not make us unready.
pub(crate) async fn readyz(State(state): State<AppState>) -> Response {
    if state.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    match state.store.ready().await {
        Ok(()) => "ok\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database cannot be written\n").into_response()
        }
    }
}

/// Counters, for a collector on this machine. Behind a proxy everybody comes from this machine, so a forwarded
/// request is refused (requirement O1).
pub(crate) async fn metrics(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    let forwarded = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    if !peer.ip().to_canonical().is_loopback() || forwarded {
        return StatusCode::NOT_FOUND.into_response();
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], state.metrics.text()).into_response()
}
