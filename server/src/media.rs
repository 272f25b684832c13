//! `/media/{id}`: GEN's pictures, clips and voices through our own origin. The path holds our id, never a URL, and
//! what GEN sends is passed on only if it is media (requirement F5).

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gen_client::MediaStream;
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, IF_RANGE, RANGE,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use store::{Actor, MediaSource};

use crate::state::AppState;

/// What may be passed on. No SVG: it can hold scripts.
const KINDS: [&str; 7] =
    ["image/png", "image/jpeg", "image/webp", "image/gif", "video/mp4", "video/webm", "video/quicktime"];

/// Shows a piece of media, whole or in part.
pub(crate) async fn show(
    State(state): State<AppState>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    answer(&state, &actor, &id, &headers).await.map_or_else(|refusal| refusal, |(response, _)| response)
}

/// The same, to be kept as a file.
pub(crate) async fn download(
    State(state): State<AppState>,
    Extension(actor): Extension<Actor>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let (mut response, source) = match answer(&state, &actor, &id, &headers).await {
        Ok(answered) => answered,
        Err(refusal) => return refusal,
    };
    insert(&mut response, CONTENT_DISPOSITION, &disposition(&source.file_name));
    response
}

async fn answer(
    state: &AppState,
    actor: &Actor,
    id: &str,
    headers: &HeaderMap,
) -> Result<(Response, MediaSource), Response> {
    let source = state.store.media_source(actor, id).await.map_err(|error| match error {
        store::Error::NotFound(_) => words(StatusCode::NOT_FOUND, "There is no such media."),
        error => {
            tracing::error!(%error, "media could not be looked up");
            words(StatusCode::INTERNAL_SERVER_ERROR, "Reelsheet could not read its own data.")
        }
    })?;
    let etag = format!("\"{id}\"");
    let is_ours = |name: HeaderName| {
        headers.get(name).and_then(|value| value.to_str().ok()).map(|text| text.contains(&etag))
    };
    if is_ours(IF_NONE_MATCH) == Some(true) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        keep(&mut response, &etag);
        return Ok((response, source));
    }
    let range =
        headers.get(RANGE).and_then(|range| range.to_str().ok()).filter(|_| is_ours(IF_RANGE) != Some(false));
    let media = state.store.upstream().media(&source.url, range).await.map_err(|error| {
        // The error names neither the address nor anything of its content.
        tracing::warn!(%error, "media could not be fetched");
        words(StatusCode::BAD_GATEWAY, "GEN did not give this file at the moment. Try again later.")
    })?;
    let kind = allowed(media.content_type.as_deref()).ok_or_else(|| {
        tracing::warn!("GEN sent something that is no picture, clip or voice");
        words(
            StatusCode::BAD_GATEWAY,
            "GEN sent something that is no picture, clip or voice, so it is not passed on.",
        )
    })?;
    Ok((pass_on(media, &kind, &etag), source))
}

fn pass_on(media: MediaStream, kind: &str, etag: &str) -> Response {
    let mut response = Response::new(Body::from_stream(media.body));
    *response.status_mut() = StatusCode::from_u16(media.status).unwrap_or(StatusCode::BAD_GATEWAY);
    insert(&mut response, CONTENT_TYPE, kind);
    insert(&mut response, ACCEPT_RANGES, "bytes");
    insert(&mut response, CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
    if let Some(length) = media.content_length {
        insert(&mut response, CONTENT_LENGTH, &length.to_string());
    }
    if let Some(range) = media.content_range {
        insert(&mut response, CONTENT_RANGE, &range);
    }
    if response.status().is_success() {
        keep(&mut response, etag);
    }
    response
}

/// An id stands for one file for ever, so a browser may keep it; a shared cache may not, for it knows no sessions.
fn keep(response: &mut Response, etag: &str) {
    insert(response, CACHE_CONTROL, "private, max-age=31536000, immutable");
    insert(response, ETAG, etag);
}

fn allowed(content_type: Option<&str>) -> Option<String> {
    let kind = content_type?.split(';').next()?.trim().to_ascii_lowercase();
    let plain = |subtype: &str| {
        !subtype.is_empty()
            && subtype.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte))
    };
    let audio = kind.strip_prefix("audio/").is_some_and(plain);
    (audio || KINDS.contains(&kind.as_str())).then_some(kind)
}

/// RFC 6266: a name that every browser reads, and the true one.
pub(crate) fn disposition(name: &str) -> String {
    let plain: String = name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    let whole: String =
        name.bytes()
            .map(|byte| {
                if is_plain(char::from(byte)) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            })
            .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

fn is_plain(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_')
}

fn words(status: StatusCode, words: &'static str) -> Response {
    (status, format!("{words}\n")).into_response()
}

fn insert(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f5_only_media_is_passed_on() {
        assert_eq!(allowed(Some("Video/MP4; codecs=avc1")), Some("video/mp4".to_owned()));
        assert_eq!(allowed(Some("audio/mpeg")), Some("audio/mpeg".to_owned()));
        for other in
            ["text/html", "image/svg+xml", "application/octet-stream", "audio/", "audio/x\r\ny", "", "image"]
        {
            assert_eq!(allowed(Some(other)), None, "{other}");
        }
        assert_eq!(allowed(None), None);
    }

    #[test]
    fn a_file_name_cannot_leave_its_header() {
        assert_eq!(
            disposition("Tasse “blau”\r\n\";.mp4"),
            "attachment; filename=\"Tasse__blau_____.mp4\"; filename*=UTF-8''Tasse%20%E2%80%9Cblau%E2%80%9D%0D%0A%22%3B.mp4"
        );
    }
}
