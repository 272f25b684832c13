//! `/media/…`: no key needed, like a CDN; byte ranges, because browsers ask for them to play and seek.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;

use super::picture::{Ratio, draw_picture};
use super::{clips, content_type, stored};
use crate::state::Sim;
use crate::world::Make;

/// Pixels along the shorter side: of full pictures, of covers, of thumbnails.
const FULL: u32 = 640;
const MIDDLE: u32 = 432;
const SMALL: u32 = 216;
const KEPT: usize = 160;

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/files/{id}/{name}", get(file))
        .route("/art/{name}", get(art))
        .route("/clip/{name}", get(clip))
        .route("/voice/{name}", get(voice))
        .route("/stored/{key}", get(stored_picture))
}

async fn file(State(sim): State<Sim>, Path((id, _)): Path<(u64, String)>, headers: HeaderMap) -> Response {
    let found = sim.world().resources.get(&id).map(|resource| resource.make.clone());
    let Some(make) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if let Make::Stored { key, content_type } = &make {
        return stored::send(&sim, &headers, key, content_type).await;
    }
    let kind = content_type(&make).to_owned();
    let key = format!("{make:?}");
    // A player asks for several ranges at once; one film is enough.
    static FILMING: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _turn = if matches!(make, Make::Film(_)) { Some(FILMING.lock().await) } else { None };
    send(&headers, &kind, made(key, move || bytes_of(&make)).await)
}

/// Uploaded pictures of avatars and organizations; their key says what they are.
async fn stored_picture(State(sim): State<Sim>, Path(key): Path<String>, headers: HeaderMap) -> Response {
    let kind = match key.rsplit('.').next() {
        Some("png") => "image/png",
        Some("jpg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("gif") => "image/gif",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    stored::send(&sim, &headers, &key, kind).await
}

/// `3-9x16-s.png`: a scene, its ratio and its size.
async fn art(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let parts: Vec<&str> = name.trim_end_matches(".png").split('-').collect();
    let [scene, ratio, size] = parts[..] else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Ok(scene) = scene.parse::<usize>() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (ratio, shorter) = (Ratio::read(ratio), if size == "s" { SMALL } else { MIDDLE });
    let bytes =
        made(format!("art {scene} {ratio:?} {shorter}"), move || png(scene, ratio, shorter, "")).await;
    send(&headers, "image/png", bytes)
}

/// `3-9x16.mp4`: a clip of a scene in a ratio.
async fn clip(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let found = name.trim_end_matches(".mp4").split_once('-');
    let Some((Ok(scene), ratio)) = found.map(|(scene, ratio)| (scene.parse(), ratio)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let bytes = Bytes::from_static(clips::clip(scene, Ratio::read(ratio)));
    send(&headers, "video/mp4", Some(bytes))
}

async fn voice(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let voice = name.trim_end_matches(".wav").to_owned();
    let says = "Hello. This is how I sound when I read a script to you.";
    let bytes = made(format!("voice {voice}"), move || wav(says, &voice)).await;
    send(&headers, "audio/wav", bytes)
}

fn bytes_of(make: &Make) -> Option<Bytes> {
    match make {
        Make::Picture { scene, ratio, caption } => png(*scene, Ratio::read(ratio), FULL, caption),
        Make::Speech { script, voice } => wav(script, voice),
        Make::Film(film) => film.mp4().map(Bytes::from),
        Make::Stored { .. } => None,
        Make::Clip { scene, ratio } => Some(Bytes::from_static(clips::clip(*scene, Ratio::read(ratio)))),
    }
}

fn png(scene: usize, ratio: Ratio, shorter: u32, caption: &str) -> Option<Bytes> {
    let drawn = draw_picture(scene, ratio, shorter, caption).png();
    drawn.inspect_err(|error| tracing::warn!(%error, "a picture could not be written")).ok().map(Bytes::from)
}

fn wav(script: &str, voice: &str) -> Option<Bytes> {
    super::speech(script, voice).map(Bytes::from)
}

/// Makes the bytes off the async threads, or takes them from the last ones made.
async fn made(key: String, make: impl FnOnce() -> Option<Bytes> + Send + 'static) -> Option<Bytes> {
    static MADE: Mutex<VecDeque<(String, Bytes)>> = Mutex::new(VecDeque::new());
    let kept = |key: &str| {
        let kept = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(name, _)| name == key).map(|(_, bytes)| bytes.clone())
    };
    if let Some(bytes) = kept(&key) {
        return Some(bytes);
    }
    let bytes = tokio::task::spawn_blocking(make).await.ok().flatten()?;
    let mut kept = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() == KEPT {
        kept.pop_front();
    }
    kept.push_back((key, bytes.clone()));
    Some(bytes)
}

/// The whole file, or the one range that was asked for.
fn send(headers: &HeaderMap, kind: &str, bytes: Option<Bytes>) -> Response {
    let Some(bytes) = bytes else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let common = [
        (header::CONTENT_TYPE, kind),
        (header::ACCEPT_RANGES, "bytes"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    let asked = headers
        .get(header::RANGE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("bytes="));
    let Some(asked) = asked else {
        return (common, bytes).into_response();
    };
    let total = bytes.len();
    match range(asked, total) {
        Some((first, last)) => {
            let content_range = [(header::CONTENT_RANGE, format!("bytes {first}-{last}/{total}"))];
            (StatusCode::PARTIAL_CONTENT, common, content_range, bytes.slice(first..=last)).into_response()
        }
        None => (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{total}"))])
            .into_response(),
    }
}

/// First and last byte of `a-b`, `a-` or `-n`; several ranges are not answered.
pub fn range(asked: &str, total: usize) -> Option<(usize, usize)> {
    let (first, last) = asked.split_once('-')?;
    let end = total.checked_sub(1)?;
    let (first, last) = match (first.trim(), last.trim()) {
        ("", count) => (total.saturating_sub(count.parse().ok().filter(|count| *count > 0)?), end),
        (first, "") => (first.parse().ok()?, end),
        (first, last) => (first.parse().ok()?, last.parse::<usize>().ok()?.min(end)),
    };
    (first <= last && first < total).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn ranges_are_read_as_http_says() {
        assert_eq!(range("0-99", 1000), Some((0, 99)));
        assert_eq!(range("900-", 1000), Some((900, 999)));
        assert_eq!(range("-100", 1000), Some((900, 999)));
        assert_eq!(range("0-99999", 1000), Some((0, 999)));
        assert_eq!(range("1000-", 1000), None);
        assert_eq!(range("5-2", 1000), None);
        assert_eq!(range("-0", 1000), None);
        assert_eq!(range("0-1", 0), None);
    }
}
