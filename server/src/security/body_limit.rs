//! How much a request may carry (requirement U2): a page's words are short, and a few server functions carry a
//! picture, a recording or a table.

use app::agents::CloneVoice;
use app::agents::server_fns::AddAvatar;
use app::settings::workspace::server_fns::{CreateOrganization, UpdateOrganization};
use app::vidsheets::import::server_fns::{ImportRows, PlanImport};
use app::vidsheets::server_fns::{EditCells, PasteCells};
use app::vidsheets::variables::server_fns::ReadVariables;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use http_body_util::Limited;
use server_fn::ServerFn;

/// The longest request body, in bytes.
const BODY_MAX: usize = 2 * 1024 * 1024;
/// The same where a file of at most 8 MiB comes along in base64, or thousands of cells.
const LARGE_BODY_MAX: usize = 12 * 1024 * 1024;

/// The server functions that carry that much.
const LARGE: [&str; 9] = [
    AddAvatar::PATH,
    CloneVoice::PATH,
    CreateOrganization::PATH,
    UpdateOrganization::PATH,
    EditCells::PATH,
    PasteCells::PATH,
    ReadVariables::PATH,
    PlanImport::PATH,
    ImportRows::PATH,
];

/// Refuses what is too long before it is read, and ends reading where the length was not said.
pub(crate) async fn body_limit(request: Request, next: Next) -> Response {
    let max = if LARGE.contains(&request.uri().path()) { LARGE_BODY_MAX } else { BODY_MAX };
    let declared = request.headers().get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > max) {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    next.run(request.map(|body| Body::new(Limited::new(body, max)))).await
}
