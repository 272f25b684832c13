//! The listener: every connection served by the one router, and dropped without a word when a fault says so.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tower::ServiceExt;

use crate::gate::Dropped;
use crate::state::Sim;
use crate::{Options, routes, webhooks};

/// A running simulator. It stops when shut down or dropped.
pub struct GenSim {
    addr: SocketAddr,
    sim: Sim,
    serving: JoinHandle<()>,
    ticking: JoinHandle<()>,
}

impl GenSim {
    /// Loads or seeds the world and starts to listen.
    ///
    /// # Errors
    /// When the address cannot be bound or the saved world cannot be read.
    pub async fn start(options: Options) -> std::io::Result<GenSim> {
        let listener = TcpListener::bind(options.addr).await?;
        let addr = listener.local_addr()?;
        let sim = Sim::open(options, &format!("http://{addr}"))?;
        // Saved at once: ids that somebody remembers must mean the same after a restart.
        sim.save().await?;
        let router = routes::router(sim.clone());
        let serving = tokio::spawn(accept(listener, router));
        let ticking = tokio::spawn(tick(sim.clone()));
        Ok(GenSim { addr, sim, serving, ticking })
    }

    /// Scheme, host and port, without a path.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// What stands for GEN's API host.
    pub fn api_url(&self) -> String {
        format!("{}/v1", self.base_url())
    }

    /// What stands for GEN's agent host; one listener serves both.
    pub fn agent_url(&self) -> String {
        self.api_url()
    }

    /// Saves the world, then closes the listener and every connection.
    pub async fn shutdown(self) {
        if let Err(error) = self.sim.save().await {
            tracing::warn!(%error, "the simulator's world could not be saved");
        }
        self.serving.abort();
    }
}

impl Drop for GenSim {
    fn drop(&mut self) {
        self.serving.abort();
        self.ticking.abort();
    }
}

/// Webhooks are for those who do not ask, so work must be found finished without a call as well.
async fn tick(sim: Sim) {
    let mut beat = tokio::time::interval(Duration::from_millis(500));
    loop {
        beat.tick().await;
        sim.settle();
        webhooks::send_waiting(&sim);
    }
}

async fn accept(listener: TcpListener, router: Router) {
    // Dropping the set, when this task is aborted, closes what is still open.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => { connections.spawn(serve_one(stream, router.clone())); }
                Err(error) => tracing::warn!(%error, "the simulator could not accept a connection"),
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn serve_one(stream: TcpStream, router: Router) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        async move {
            let answered: Result<_, Infallible> = router.oneshot(request.map(Body::new)).await;
            match answered {
                // An error from the service makes hyper close the connection without an answer.
                Ok(response) if response.extensions().get::<Dropped>().is_some() => {
                    Err(std::io::Error::other("dropped on purpose"))
                }
                Ok(response) => Ok(response),
                Err(never) => match never {},
            }
        }
    });
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "connection ended");
    }
}
