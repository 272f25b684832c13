use std::io;

use bytes::Bytes;
use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt};
use http::header::{
    CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED, RANGE,
    USER_AGENT,
};

use crate::client::user_agent;
use crate::{Error, ErrorCode, Upstream, refusal, response};

/// The largest file passed on, in bytes.
const SIZE_MAX: u64 = 2 * 1024 * 1024 * 1024;
/// The longest `Range` passed on; a player's is far shorter.
const RANGE_MAX: usize = 200;

/// A file of GEN's on its way. The headers are GEN's words, not ours: check the type before passing it on.
pub struct MediaStream {
    /// 200, 206 for a part, 416 for a part that does not exist.
    pub status: u16,
    /// As GEN said.
    pub content_type: Option<String>,
    /// Bytes that follow.
    pub content_length: Option<u64>,
    /// Which part follows, with status 206.
    pub content_range: Option<String>,
    /// Names this version of the file.
    pub etag: Option<String>,
    /// HTTP date.
    pub last_modified: Option<String>,
    /// The bytes. It ends with an error if GEN stands still for a minute or sends more than 2 GiB.
    pub body: BoxStream<'static, io::Result<Bytes>>,
}

impl Upstream {
    /// Whether a file lies where media may come from.
    pub fn serves(&self, url: &str) -> bool {
        self.config.media_url(url).is_ok()
    }

    /// Fetches a file by the address GEN gave for it, or a part of it as a browser's `Range` header says. No key goes
    /// along and no redirect is followed. [`Error::Invalid`] if the address is not on a host media may come from.
    pub async fn media(&self, url: &str, range: Option<&str>) -> Result<MediaStream, Error> {
        let url = self.config.media_url(url)?;
        let mut request = self.media.get(url).header(USER_AGENT, user_agent());
        if let Some(range) = range.filter(|range| range.len() <= RANGE_MAX) {
            request = request.header(RANGE, range);
        }
        let response = request.send().await.map_err(|error| response::unreachable(&error))?;
        let status = response.status().as_u16();
        match status {
            200 | 206 | 416 => {}
            300..=399 => return Err(refusal::redirect(status)),
            _ => return Err(refused(status)),
        }
        let headers = response.headers();
        let content_length = text(headers, CONTENT_LENGTH).and_then(|length| length.parse().ok());
        if content_length.is_some_and(|length| length > SIZE_MAX) {
            return Err(Error::Decode { operation: "media", reason: "the file is too large".into() });
        }
        Ok(MediaStream {
            status,
            content_type: text(headers, CONTENT_TYPE),
            content_length,
            content_range: text(headers, CONTENT_RANGE),
            etag: text(headers, ETAG),
            last_modified: text(headers, LAST_MODIFIED),
            body: limited(response),
        })
    }
}

/// The body, until it is longer than it may be.
fn limited(response: reqwest::Response) -> BoxStream<'static, io::Result<Bytes>> {
    let mut left = SIZE_MAX;
    // The library's own error names the URL, which is signed for some files.
    let bytes = response.bytes_stream().map_err(|error| io::Error::other(response::cause(&error)));
    bytes
        .map(move |chunk| {
            let chunk = chunk?;
            left = left
                .checked_sub(chunk.len() as u64)
                .ok_or_else(|| io::Error::other("the file is too large"))?;
            Ok(chunk)
        })
        .boxed()
}

fn refused(status: u16) -> Error {
    let code = ErrorCode(ErrorCode::NOT_JSON.into());
    Error::Api { status, code, message: format!("HTTP {status}"), retry_after: None }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}
