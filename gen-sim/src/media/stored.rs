//! Uploaded files, streamed from the disk: one may be a gigabyte.

use std::io::SeekFrom;

use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::serve::range;
use crate::state::Sim;

/// The file, or the range of it that was asked for.
pub async fn send(sim: &Sim, headers: &HeaderMap, key: &str, content_type: &str) -> Response {
    match open(sim, headers, key, content_type).await {
        Ok(response) => response,
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn open(sim: &Sim, headers: &HeaderMap, key: &str, content_type: &str) -> std::io::Result<Response> {
    let path = sim.files().path(key).ok_or_else(|| std::io::Error::other("no key of ours"))?;
    let mut file = tokio::fs::File::open(path).await?;
    let total = usize::try_from(file.metadata().await?.len()).map_err(std::io::Error::other)?;
    let asked = headers.get(header::RANGE).and_then(|value| value.to_str().ok()?.strip_prefix("bytes="));
    let (first, last, status) = match asked.map(|asked| range(asked, total)) {
        None => (0, total.saturating_sub(1), StatusCode::OK),
        Some(Some((first, last))) => (first, last, StatusCode::PARTIAL_CONTENT),
        Some(None) => return Ok(StatusCode::RANGE_NOT_SATISFIABLE.into_response()),
    };
    let length = if total == 0 { 0 } else { last - first + 1 };
    file.seek(SeekFrom::Start(first as u64)).await?;
    let body = Body::from_stream(ReaderStream::new(file.take(length as u64)));
    let mut response = (status, body).into_response();
    let values = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_LENGTH, length.to_string()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CONTENT_RANGE, format!("bytes {first}-{last}/{total}")),
    ];
    for (name, value) in values {
        // The range is only told when one was asked for.
        if name != header::CONTENT_RANGE || status == StatusCode::PARTIAL_CONTENT {
            response.headers_mut().insert(name, value.parse().map_err(std::io::Error::other)?);
        }
    }
    Ok(response)
}
