//! The only file that names the simulator: the demo runs it in this process, `gen-sim` runs it alone.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use gen_client::{AgentId, ApiKey, Config, VidsheetId};
use gen_sim::{GenSim, Options, SimMode};
use url::Url;

use crate::Failure;

/// How the simulator runs alone.
#[derive(Args, Clone, Debug)]
pub struct SimulatorArgs {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:4010")]
    pub addr: SocketAddr,
    /// How many times faster than life jobs move.
    #[arg(long, default_value = "10")]
    pub speed: f64,
    /// Varies generated texts and durations.
    #[arg(long, default_value = "1")]
    pub seed: u64,
    /// Enforces the reference to the letter.
    #[arg(long)]
    pub strict: bool,
    /// Keeps the world in this folder.
    #[arg(long)]
    pub data_dir: Option<PathBuf>,
    /// Moves jobs only when told to, by `POST /_sim/step`.
    #[arg(long)]
    pub step: bool,
}

/// The simulator as this process runs it.
pub struct Simulator(GenSim);

/// Starts the simulator alone and says where it listens.
pub async fn start_alone(args: SimulatorArgs) -> Result<Simulator, Failure> {
    let mode = if args.step { SimMode::Explicit } else { SimMode::Auto { speed: args.speed } };
    let options = Options {
        addr: args.addr,
        mode,
        seed: args.seed,
        strict: args.strict,
        data_dir: args.data_dir,
        media_host: None,
    };
    let simulator = begin(options).await?;
    println!("listening on {}", simulator.0.base_url());
    Ok(simulator)
}

/// Starts the simulator for the demo; its world lies beside the demo's data. It keeps its port from start to start,
/// because the address of every picture and clip that was saved holds it.
pub(crate) async fn start_beside(data_dir: &Path, speed: f64) -> Result<Simulator, Failure> {
    let folder = data_dir.join("gen-sim");
    let note = folder.join("port");
    let options = |port| Options {
        addr: SocketAddr::from(([127, 0, 0, 1], port)),
        mode: SimMode::Auto { speed },
        data_dir: Some(folder.clone()),
        ..Options::default()
    };
    // Without a note, or with one that is none, any port will do.
    let port = std::fs::read_to_string(&note).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    let simulator = match begin(options(port)).await {
        Err(failure) if port != 0 => {
            tracing::warn!(%failure, "another port is taken; pictures and clips of earlier demos will not show");
            begin(options(0)).await?
        }
        started => started?,
    };
    let port = simulator.port()?.to_string();
    let kept = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&note, port));
    kept.map_err(|error| Failure(format!("{}: {error}", note.display())))?;
    Ok(simulator)
}

impl Simulator {
    /// Where our client finds it.
    pub(crate) fn client_config(&self) -> Result<Config, Failure> {
        let url = |text: String| {
            Url::parse(&text).map_err(|error| Failure(format!("the simulator's address: {error}")))
        };
        Ok(Config {
            api_url: url(self.0.api_url())?,
            agent_url: url(self.0.agent_url())?,
            progress_url: Some(url(self.0.base_url())?),
            ..Config::default()
        })
    }

    fn port(&self) -> Result<u16, Failure> {
        let config = self.client_config()?;
        config.api_url.port().ok_or_else(|| Failure("the simulator has no port".to_owned()))
    }

    /// The key of its studio's owner.
    pub(crate) fn key() -> Result<ApiKey, Failure> {
        Ok(ApiKey::new(gen_sim::DEMO_KEY.to_owned())?)
    }

    /// The vidsheet that its studio has made already, with its agent.
    pub(crate) fn vidsheet() -> Result<(AgentId, VidsheetId), Failure> {
        let unreadable = |error: gen_client::InvalidId| Failure(format!("the simulator's vidsheet: {error}"));
        let vidsheet = gen_sim::SEEDED_VIDSHEET.to_string();
        Ok((gen_sim::SEEDED_AGENT.parse().map_err(unreadable)?, vidsheet.parse().map_err(unreadable)?))
    }

    /// Saves its world and ends it.
    pub async fn shutdown(self) {
        self.0.shutdown().await;
    }
}

async fn begin(options: Options) -> Result<Simulator, Failure> {
    let addr = options.addr;
    let started = GenSim::start(options).await;
    started.map(Simulator).map_err(|error| Failure(format!("the simulator cannot start on {addr}: {error}")))
}
