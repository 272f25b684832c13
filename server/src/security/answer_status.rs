use app::error::{AppError, ErrorKind};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::CONTENT_TYPE;

/// The framework answers every error of a server function with 500. Logs, proxies and tests deserve the truth.
pub struct AnswerStatus;

/// An error of ours is far shorter.
const ERROR_MAX: usize = 256 * 1024;

impl AnswerStatus {
    /// Gives an error of a server function the status that fits its kind.
    pub(crate) async fn of_server_functions(request: Request, next: Next) -> Response {
        let response = next.run(request).await;
        let is_json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
        if response.status() != StatusCode::INTERNAL_SERVER_ERROR || !is_json {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let Ok(bytes) = to_bytes(body, ERROR_MAX).await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        if let Ok(error) = serde_json::from_slice::<AppError>(&bytes) {
            parts.status = Self::of(&error.kind);
        }
        Response::from_parts(parts, Body::from(bytes))
    }

    /// The status of a kind of error.
    pub fn of(kind: &ErrorKind) -> StatusCode {
        match kind {
            ErrorKind::SignedOut => StatusCode::UNAUTHORIZED,
            ErrorKind::Forbidden => StatusCode::FORBIDDEN,
            ErrorKind::NotFound => StatusCode::NOT_FOUND,
            ErrorKind::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorKind::Conflict { .. } | ErrorKind::NoKey => StatusCode::CONFLICT,
            // What GEN answered us is not what we answer the browser: its 401 is about the key, not the session.
            ErrorKind::Gen { .. } | ErrorKind::Unreachable | ErrorKind::Offline => StatusCode::BAD_GATEWAY,
            ErrorKind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}
