use futures::StreamExt;
use futures::stream::BoxStream;
use tokio::time::timeout;

use super::{PATIENCE, Server};

/// A stream of events, read as text.
pub struct Events {
    chunks: BoxStream<'static, reqwest::Result<Vec<u8>>>,
    read: String,
}

impl Events {
    pub async fn open(server: &Server, path: &str, last: Option<&str>, cookie: &str) -> Self {
        let mut request =
            server.request(reqwest::Method::GET, path, cookie).header("accept", "text/event-stream");
        request = request.header("accept-encoding", "br, gzip");
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        assert!(response.headers().get("content-encoding").is_none(), "a compressed stream would wait");
        Self {
            chunks: response.bytes_stream().map(|chunk| chunk.map(|bytes| bytes.to_vec())).boxed(),
            read: String::new(),
        }
    }

    /// What was said until these words were.
    pub async fn read_until(&mut self, words: &str) -> String {
        let reading = async {
            while !self.read.contains(words) {
                let chunk = self.chunks.next().await.expect("the stream stands").unwrap();
                self.read.push_str(&String::from_utf8(chunk).unwrap());
            }
        };
        timeout(PATIENCE, reading).await.unwrap_or_else(|_| panic!("{words} never came"));
        std::mem::take(&mut self.read)
    }

    /// What was said until the server ended the stream.
    pub async fn read_to_the_end(&mut self) -> String {
        let reading = async {
            while let Some(Ok(chunk)) = self.chunks.next().await {
                self.read.push_str(&String::from_utf8(chunk).unwrap());
            }
        };
        timeout(PATIENCE, reading).await.expect("the stream ends");
        std::mem::take(&mut self.read)
    }
}
