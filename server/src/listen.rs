//! The accept loop. axum's own has no time limit for headers and waits for ever for open streams
//! (requirement H6).

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;
use tower_http::timeout::TimeoutBody;

use crate::places::Places;
use crate::security::Access;

/// Header lines together, in bytes. Their number is at most a hundred, which is hyper's own limit.
const HEADERS_MAX: usize = 64 * 1024;
const CONNECTIONS_MAX: usize = 2_000;
/// After the machine ran out of sockets, for example.
const PAUSE_AFTER_ERROR: Duration = Duration::from_millis(100);

/// How long somebody who says nothing is waited for.
#[derive(Clone, Copy)]
struct Patience {
    /// For the end of a request's headers, and for the next request.
    header: Duration,
    /// For the next piece of a request's body.
    body: Duration,
}

const PATIENCE: Patience = Patience { header: Duration::from_secs(10), body: Duration::from_secs(30) };

/// Where people come in.
pub(crate) struct Door {
    pub(crate) listener: TcpListener,
    pub(crate) router: Router,
    pub(crate) access: Arc<Access>,
    /// The connections of each address.
    pub(crate) places: Arc<Places<IpAddr>>,
    /// The connections that stand.
    pub(crate) connections: TaskTracker,
    /// When it is cancelled, every connection ends with the answer it is at. Who comes then gets one answer.
    pub(crate) stopping: CancellationToken,
    /// When it is cancelled, nobody comes in any more and what still stands is dropped.
    pub(crate) closing: CancellationToken,
}

impl Door {
    /// Lets people in until it closes.
    pub(crate) async fn serve(self) {
        let all = Arc::new(Semaphore::new(CONNECTIONS_MAX));
        while let Some(place) = self.closing.run_until_cancelled(all.clone().acquire_owned()).await {
            let accepted = match self.closing.run_until_cancelled(self.listener.accept()).await {
                None => break,
                Some(accepted) => accepted,
            };
            let (stream, peer) = match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE_AFTER_ERROR).await;
                    continue;
                }
            };
            let Some(its_place) = self.place_of(peer.ip()) else {
                tracing::debug!(%peer, "this address holds too many connections");
                continue;
            };
            // Without it every page waits 44 ms for an acknowledgement.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "no TCP_NODELAY");
            }
            let served = serve_one(stream, peer, self.router.clone(), PATIENCE, self.stopping.clone());
            let closing = self.closing.clone();
            self.connections.spawn(async move {
                closing.run_until_cancelled(served).await;
                drop((place, its_place));
            });
        }
    }

    /// A place for one more of this address's connections; a proxy of ours, which many people share, always gets one.
    fn place_of(&self, peer: IpAddr) -> Option<Option<crate::places::Place<IpAddr>>> {
        let peer = peer.to_canonical();
        if self.access.trusted_proxies.iter().any(|proxy| proxy.contains(peer)) {
            return Some(None);
        }
        self.places.take(peer).map(Some)
    }
}

/// One connection, to its end.
async fn serve_one(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    peer: SocketAddr,
    router: Router,
    patience: Patience,
    stopping: CancellationToken,
) {
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(|body| Body::new(TimeoutBody::new(patience.body, body)));
        request.extensions_mut().insert(ConnectInfo(peer));
        let router = router.clone();
        async move { Ok::<_, Infallible>(router.oneshot(request).await.unwrap_or_else(|never| match never {})) }
    });
    let late = stopping.is_cancelled();
    // No HTTP/2 in the clear: no browser speaks it.
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.header)
        .max_header_size(HEADERS_MAX)
        .keep_alive(!late)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let served = tokio::select! {
        served = connection.as_mut() => served,
        () = stopping.cancelled(), if !late => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = served {
        tracing::debug!(error = &error as &dyn std::error::Error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::{get, post};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// What comes back for these bytes, if nothing follows them for a long while.
    async fn answer_to(bytes: &str) -> String {
        let (mut browser, server) = tokio::io::duplex(64 * 1024);
        let router = Router::new()
            .route("/", get(async || "served"))
            .route("/", post(async |body: String| body.len().to_string()));
        let patience = Patience { header: Duration::from_millis(50), body: Duration::from_millis(50) };
        let peer = ([127, 0, 0, 1], 1).into();
        tokio::spawn(serve_one(server, peer, router, patience, CancellationToken::new()));
        browser.write_all(bytes.as_bytes()).await.unwrap();
        let mut answer = String::new();
        browser.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn h6_who_says_nothing_more_is_not_waited_for() {
        let served = answer_to("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
        assert!(served.starts_with("HTTP/1.1 200") && served.ends_with("served"), "{served}");
        for half in ["", "GET / HT", "GET / HTTP/1.1\r\nhost: x\r\nx-slow: "] {
            let cut = answer_to(half).await;
            assert!(!cut.contains("200"), "{half}: {cut}");
        }
        let whole = answer_to("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\nclay").await;
        assert!(whole.ends_with("\r\n\r\n4"), "{whole}");
        let half = answer_to("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nclay").await;
        assert!(half.starts_with("HTTP/1.1 4"), "{half}");
    }
}
