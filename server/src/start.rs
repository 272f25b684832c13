//! From a configuration to a running server, and back.

use std::sync::Arc;
use std::time::Duration;

use gen_client::Upstream;
use store::{Options, Store, SystemClock};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::{Config, master_keys};
use crate::demo::{self, Simulator};
use crate::listen::Door;
use crate::metrics::Metrics;
use crate::places::Places;
use crate::security::{Access, Demo};
use crate::site::Site;
use crate::state::AppState;
use crate::{Failure, allow_many_files, first_start, router, workers};

/// How long requests may take to end once the process is to end, as long as calls to GEN may.
const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// After this the process ends whatever is open.
const STOP_DEADLINE: Duration = Duration::from_secs(8);

/// A server that listens.
pub struct Running {
    url: String,
    store: Store,
    simulator: Option<Simulator>,
    stopping: CancellationToken,
    closing: CancellationToken,
    connections: TaskTracker,
    serving: JoinHandle<()>,
    workers: TaskTracker,
}

/// Opens the data, starts the workers and listens; what a person has to know is printed. Everything that can be
/// wrong is told before anything listens.
pub async fn start(config: Config) -> Result<Running, Failure> {
    let args = &config.args;
    if args.demo && !args.demo_public && !args.addr.ip().is_loopback() {
        return Err(Failure(format!(
            "the demo signs every visitor in, so it does not listen on {}; --demo-public allows it",
            args.addr
        )));
    }
    allow_many_files();
    let site = Arc::new(Site::find()?);
    let simulator = match args.demo {
        true => Some(demo::start_beside(&args.data.data_dir, args.demo_speed).await?),
        false => None,
    };
    let store = open(&config, simulator.as_ref()).await?;
    first_start::prepare(&store, &config).await?;
    let said = |error| Failure(format!("cannot listen on {}: {error}", args.addr));
    let listener = TcpListener::bind(args.addr).await.map_err(said)?;
    let url = format!("http://{}", listener.local_addr().map_err(said)?);
    let metrics = Arc::new(Metrics::default());
    let (stopping, closing) = (CancellationToken::new(), CancellationToken::new());
    let access = Arc::new(access(&config));
    let state = AppState {
        store: store.clone(),
        leptos: site.leptos_options(),
        access: access.clone(),
        site,
        metrics: metrics.clone(),
        streams: Places::new(args.streams_per_person),
        knocks: Arc::default(),
        stopping: stopping.clone(),
    };
    let workers = workers::start(&store, &metrics, &stopping);
    let door = Door {
        listener,
        router: router::router(state),
        access,
        places: Places::new(args.connections_per_address),
        connections: TaskTracker::new(),
        stopping: stopping.clone(),
        closing: closing.clone(),
    };
    let connections = door.connections.clone();
    let serving = tokio::spawn(door.serve());
    announce(&store, args.demo, &url).await?;
    Ok(Running { url, store, simulator, stopping, closing, connections, serving, workers })
}

impl Running {
    /// Scheme, address and port, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The data, for tests that look behind the pages.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Ends streams at once, gives requests and calls to GEN five seconds, then closes the data. An error says what
    /// could not be finished within eight seconds.
    pub async fn stop(self) -> Result<(), Failure> {
        self.stopping.cancel();
        self.connections.close();
        let begun = Instant::now();
        let end = async {
            let ended = async { tokio::join!(self.workers.wait(), self.connections.wait()) };
            if timeout(LAST_ANSWERS, ended).await.is_err() {
                tracing::warn!(open = self.connections.len(), "ending while requests are open");
            }
            // From here on nobody can start anything, so what is on its way is all there is.
            self.closing.cancel();
            if self.serving.await.is_err() {
                tracing::error!("the accept loop panicked");
            }
            self.store.drain(LAST_ANSWERS.saturating_sub(begun.elapsed())).await?;
            self.store.close().await?;
            if let Some(simulator) = self.simulator {
                simulator.shutdown().await;
            }
            Ok(())
        };
        timeout(STOP_DEADLINE, end).await.unwrap_or_else(|_| {
            Err(Failure("ended with work under way; it is looked up at GEN at the next start".to_owned()))
        })
    }
}

async fn open(config: &Config, simulator: Option<&Simulator>) -> Result<Store, Failure> {
    let (args, data) = (&config.args, &config.args.data);
    std::fs::create_dir_all(&data.data_dir).map_err(|error| {
        Failure(format!("the data folder {} cannot be used: {error}", data.data_dir.display()))
    })?;
    let gen_config = match simulator {
        Some(simulator) => simulator.client_config()?,
        None => {
            let mut config = gen_client::Config::default();
            config.api_url = args.gen_api_url.clone().unwrap_or(config.api_url);
            config.agent_url = args.gen_agent_url.clone().unwrap_or(config.agent_url);
            config.progress_url = args.gen_progress_url.clone();
            config.engine_path = args.gen_engine_path.clone().unwrap_or(config.engine_path);
            config
        }
    };
    let options = Options {
        database: data.database(),
        master_keys: master_keys(data, config.secrets.master_key.as_ref())?,
        upstream: Upstream::new(gen_config)?,
        clock: Arc::new(SystemClock),
        poll_ms: args.poll_ms,
    };
    Store::open(options).await.map_err(|error| match error {
        store::Error::InUse(_) => error.into(),
        error => Failure(format!("the data in {} cannot be opened: {error}", data.data_dir.display())),
    })
}

fn access(config: &Config) -> Access {
    let args = &config.args;
    Access {
        public_url: args.public_url.clone(),
        trusted_proxies: args.trusted_proxies.clone(),
        allow_insecure_http: args.allow_insecure_http,
        demo: match (args.demo, args.demo_public) {
            (false, _) => Demo::Off,
            (true, false) => Demo::Loopback,
            (true, true) => Demo::Public,
        },
    }
}

/// For people and for scripts, on standard output; the log goes to standard error.
async fn announce(store: &Store, demo: bool, url: &str) -> Result<(), Failure> {
    // Before the line that scripts wait for: who has read that one has read this one.
    if let Some(invitation) = first_start::invitation(store, url).await? {
        println!("{invitation}");
    }
    println!("listening on {url}");
    if demo {
        println!(
            "The demo is ready: open {url} in a browser. GEN is simulated; nothing leaves this machine and nothing costs anything."
        );
    }
    Ok(())
}
