//! Large files on their way to GEN's storage: measured, sent as a stream, then named to GEN. Memory stays flat.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures::{Stream, StreamExt};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, USER_AGENT};
use md5::{Digest, Md5};
use tokio::fs;
use tokio_util::io::ReaderStream;

use crate::client::user_agent;
use crate::model::{ContentResource, DirectUpload};
use crate::refusal::{redirect, refusal};
use crate::{AgentId, Error, FolderId, GenClient, ResourceSource, Upstream, response};

const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");
/// Read from disk at a time, in bytes.
const CHUNK: usize = 64 * 1024;

/// What GEN wants to know of a file before it says where to send it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Bytes.
    pub byte_size: u64,
    /// The MD5 in base64. It finds damage, not malice.
    pub checksum: String,
}

/// Measures a file while it passes by, as when a browser sends it.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    byte_size: u64,
    md5: Md5,
}

impl Measure {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.byte_size += bytes.len() as u64;
        self.md5.update(bytes);
    }

    /// What all bytes so far come to.
    pub fn finish(self) -> Measured {
        Measured { byte_size: self.byte_size, checksum: STANDARD.encode(self.md5.finalize()) }
    }

    /// Measures a whole file.
    pub async fn file(path: &Path) -> io::Result<Measured> {
        let mut measure = Self::default();
        let mut bytes = chunks(path).await?;
        while let Some(chunk) = bytes.next().await {
            measure.update(&chunk?);
        }
        Ok(measure.finish())
    }
}

impl Upstream {
    /// Sends a file where GEN said, as a stream, without a key. Only the type, the MD5 and the length go along,
    /// whatever other headers GEN names. It may be sent again until the address expires. [`Error::Invalid`] if
    /// the address is not on a host files may be sent to, or the file cannot be read.
    pub async fn store_file<S>(&self, upload: &DirectUpload, byte_size: u64, bytes: S) -> Result<(), Error>
    where
        S: Stream<Item = io::Result<Bytes>> + Send + 'static,
    {
        let url = self.config.storage_url(&upload.url)?;
        let sent = Arc::new(AtomicU64::new(0));
        let counter = sent.clone();
        let counted = bytes.inspect(move |chunk| {
            if let Ok(chunk) = chunk {
                counter.fetch_add(chunk.len() as u64, Ordering::Relaxed);
            }
        });
        let request = self
            .storage
            .put(url)
            .header(USER_AGENT, user_agent())
            .header(CONTENT_TYPE, &upload.content_type)
            .header(CONTENT_MD5, &upload.content_md5)
            .header(CONTENT_LENGTH, byte_size)
            .body(reqwest::Body::wrap_stream(counted));
        let response = tokio::select! {
            answered = request.send() => answered.map_err(|error| response::unreachable(&error))?,
            () = self.stand_still(&sent) => {
                let reason = "the upload stood still".into();
                return Err(Error::Unreachable { reason, sent: true });
            }
        };
        match response.status().as_u16() {
            200..=299 => Ok(()),
            status @ 300..=399 => Err(redirect(status)),
            // Storage answers in XML, which tells people nothing.
            status => Err(refusal(status, b"", None)),
        }
    }

    /// Ends once no byte has left for too long.
    async fn stand_still(&self, sent: &AtomicU64) {
        let mut before = sent.load(Ordering::Relaxed);
        loop {
            tokio::time::sleep(self.timeouts.idle).await;
            let now = sent.load(Ordering::Relaxed);
            if now == before {
                return;
            }
            before = now;
        }
    }
}

impl GenClient {
    /// Stores a file of up to 1 GB at GEN, in a folder or at the top: GEN is asked where to, the file is sent there,
    /// then GEN is told. Memory stays flat. [`Error::Invalid`] if the file cannot be read.
    pub async fn upload_file(
        &self,
        agent: &AgentId,
        path: &Path,
        name: &str,
        content_type: &str,
        folder: Option<&FolderId>,
    ) -> Result<ContentResource, Error> {
        let unreadable =
            |error: io::Error| Error::Invalid(format!("The file cannot be read: {}", error.kind()));
        let measured = Measure::file(path).await.map_err(unreadable)?;
        let upload = self.create_direct_upload(name, content_type, &measured, None).await?;
        let bytes = chunks(path).await.map_err(unreadable)?;
        self.upstream().store_file(&upload, measured.byte_size, bytes).await?;
        self.create_content_resource(agent, &ResourceSource::SignedId(upload.signed_id), folder).await
    }
}

async fn chunks(path: &Path) -> io::Result<ReaderStream<fs::File>> {
    Ok(ReaderStream::with_capacity(fs::File::open(path).await?, CHUNK))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_md5_is_that_of_the_whole_in_whatever_pieces() {
        let mut measure = Measure::default();
        for piece in [&b"hel"[..], b"", b"lo world"] {
            measure.update(piece);
        }
        let whole = measure.finish();
        assert_eq!((whole.byte_size, whole.checksum.as_str()), (11, "XrY7u+Ae7tCTyyK7j1rNww=="));
        assert_eq!(Measure::default().finish().checksum, "1B2M2Y8AsgTpgAmY7PhCfg==");
    }
}
