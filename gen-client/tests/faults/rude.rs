//! A server that does to connections what a well-behaved one never does.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What happens once a request has arrived.
#[derive(Clone, Copy)]
pub enum Rudeness {
    /// The connection closes without an answer.
    Close,
    /// Nothing, ever.
    Hang,
    /// An answer that breaks off in its body.
    Truncate,
    /// An answer that never ends.
    Endless,
    /// An answer that announces 10 GiB.
    ClaimTooMuch,
    /// GEN's answer, so late.
    Late(Duration),
}

/// Runs until dropped.
pub struct Rude {
    /// `http://127.0.0.1:port`.
    pub url: String,
    requests: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl Rude {
    /// Listens on a free port.
    pub async fn start(rudeness: Rudeness) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicUsize::new(0));
        let counter = requests.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, rudeness, counter.clone()));
            }
        });
        Self { url, requests, task }
    }

    /// How many requests arrived.
    pub fn arrived(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

impl Drop for Rude {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// An address where nobody listens.
pub async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

async fn answer(mut stream: TcpStream, rudeness: Rudeness, requests: Arc<AtomicUsize>) {
    let mut head = Vec::new();
    while !head.windows(4).any(|window| window == b"\r\n\r\n") {
        if !matches!(stream.read_buf(&mut head).await, Ok(1..)) {
            return;
        }
    }
    requests.fetch_add(1, Ordering::SeqCst);
    // A write fails once the client has gone, which ends the rudeness.
    let _gone = match rudeness {
        Rudeness::Close => Ok(()),
        Rudeness::Hang => std::future::pending().await,
        Rudeness::Truncate => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"generation_id\": 1,").await
        }
        Rudeness::Endless => endless(&mut stream).await,
        Rudeness::ClaimTooMuch => {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10737418240\r\n\r\n").await
        }
        Rudeness::Late(after) => {
            tokio::time::sleep(after).await;
            stream
                .write_all(
                    b"HTTP/1.1 200 OK\r\ncontent-length: 35\r\n\r\n{\"id\": 1, \"email\": \"a@example.com\"}",
                )
                .await
        }
    };
}

async fn endless(stream: &mut TcpStream) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n[").await?;
    let blanks = vec![b' '; 64 * 1024];
    loop {
        stream.write_all(&blanks).await?;
    }
}
