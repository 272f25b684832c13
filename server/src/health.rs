//! What machines ask about the process. None of it needs a session, none of it tells anything about the data.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderMap, StatusCode};

use crate::security;
use crate::state::AppState;

/// Nothing new begins once the process is to end; what is under way then is answered. Who asks for its health is
/// answered to the last.
pub(crate) async fn not_while_stopping(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    if !state.stopping.is_cancelled() || security::is_probe(request.uri().path()) {
        return next.run(request).await;
    }
    let words = "Reelsheet is being stopped. Nothing was done.\n";
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "2"), (CONNECTION, "close")], words).into_response()
}

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
