use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Stands between the server and the simulator and writes down what passes on the way there.
pub struct Recorder {
    addr: SocketAddr,
    target: Arc<OnceLock<SocketAddr>>,
    seen: Arc<Mutex<Vec<u8>>>,
}

impl Recorder {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let recorder =
            Self { addr: listener.local_addr().unwrap(), target: Arc::default(), seen: Arc::default() };
        let (target, seen) = (recorder.target.clone(), recorder.seen.clone());
        tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                let there = TcpStream::connect(*target.get().unwrap()).await.unwrap();
                let ((from, back), (answers, to)) = (browser.into_split(), there.into_split());
                tokio::spawn(copy(from, to, Some(seen.clone())));
                tokio::spawn(copy(answers, back, None));
            }
        });
        recorder
    }

    pub fn base_url(&self) -> String {
        format!("http://{}", self.addr)
    }

    pub fn forward_to(&self, base_url: &str) {
        self.target.set(base_url.trim_start_matches("http://").parse().unwrap()).unwrap();
    }

    /// The heads of all requests so far, in small letters.
    pub fn request_heads(&self) -> Vec<String> {
        let text = String::from_utf8_lossy(&self.seen.lock().unwrap()).to_lowercase();
        let blocks = text.split("\r\n\r\n").map(str::trim_start);
        // A body may stand before the next request's first line.
        let head = |block: &str| {
            let at = ["get /", "post /", "patch /", "put /", "delete /"]
                .iter()
                .filter_map(|verb| block.find(verb))
                .min();
            at.map(|at| block[at..].to_owned())
        };
        blocks.filter_map(head).collect()
    }
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    seen: Option<Arc<Mutex<Vec<u8>>>>,
) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if let Some(seen) = &seen {
            seen.lock().unwrap().extend_from_slice(&buffer[..length]);
        }
        if to.write_all(&buffer[..length]).await.is_err() {
            break;
        }
    }
    // Whoever reads there learns that nothing more comes; it may have gone before.
    let _gone = to.shutdown().await;
}
