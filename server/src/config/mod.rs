//! Every option of the program: a flag and an environment variable each. Secrets have no flag, because a flag
//! shows in the list of processes; each has a `_FILE` twin instead.

mod secrets;
mod variables;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand};
use url::Url;

pub use secrets::Secrets;
pub(crate) use secrets::{master_key_variable, master_keys};
pub use variables::{parse, refuse_unknown};

use crate::accounts::UserCommand;
use crate::demo::SimulatorArgs;
use crate::logging::LogFormat;
use crate::security::Proxy;

/// Reelsheet: a dashboard over GEN.
#[derive(Parser)]
#[command(name = "reelsheet", about, disable_version_flag = true)]
pub struct Cli {
    /// Prints version and commit.
    #[arg(short = 'V', long)]
    pub version: bool,
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program can do.
#[derive(Subcommand)]
pub enum Command {
    /// The server.
    Serve(Box<ServeArgs>),
    /// The simulator of GEN alone.
    GenSim(SimulatorArgs),
    /// Accounts, from a shell. The server must not be running on the same data.
    User {
        /// Where the data is.
        #[command(flatten)]
        data: DataArgs,
        /// What to do.
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Ends with 0 when the server on this machine is ready.
    Healthcheck {
        /// Where the server listens.
        #[arg(long, env = "REELSHEET_ADDR", default_value = "127.0.0.1:3000")]
        addr: SocketAddr,
    },
}

/// How the server runs.
#[derive(Args, Clone, Debug)]
pub struct ServeArgs {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, env = "REELSHEET_ADDR", default_value = "127.0.0.1:3000")]
    pub addr: SocketAddr,
    /// Where the data is.
    #[command(flatten)]
    pub data: DataArgs,
    /// GEN's api surface [default: GEN's own].
    #[arg(long, env = "REELSHEET_GEN_API_URL")]
    pub gen_api_url: Option<Url>,
    /// GEN's agent surface [default: GEN's own].
    #[arg(long, env = "REELSHEET_GEN_AGENT_URL")]
    pub gen_agent_url: Option<Url>,
    /// Where the steps of the agent's runs can be read while they go, such as GEN's Firebase database
    /// [default: nowhere; runs are followed without them].
    #[arg(long, env = "REELSHEET_GEN_PROGRESS_URL")]
    pub gen_progress_url: Option<Url>,
    /// What GEN calls vidsheets in its paths [default: the documented word].
    #[arg(long, env = "REELSHEET_GEN_ENGINE_PATH")]
    pub gen_engine_path: Option<String>,
    /// Lets people sign in over plain http from other machines; who listens on the way reads their passwords.
    #[arg(long, env = "REELSHEET_ALLOW_INSECURE_HTTP", value_parser = FalseyValueParser::new())]
    pub allow_insecure_http: bool,
    /// Whose `X-Forwarded-*` headers are believed: addresses or networks, with commas between.
    #[arg(long, env = "REELSHEET_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<Proxy>,
    /// How browsers reach this server [default: taken from each request].
    #[arg(long, env = "REELSHEET_PUBLIC_URL", value_parser = variables::public_url)]
    pub public_url: Option<Url>,
    /// Makes the first admin without the browser; needs a password too.
    #[arg(long, env = "REELSHEET_ADMIN_EMAIL")]
    pub admin_email: Option<String>,
    /// A file with the first admin's password; or the variable without `_FILE`, with the password itself.
    #[arg(long, env = "REELSHEET_ADMIN_PASSWORD_FILE")]
    pub admin_password_file: Option<PathBuf>,
    /// A file with the team's shared GEN key; or the variable without `_FILE`, with the key itself.
    #[arg(long, env = "REELSHEET_GEN_API_KEY_FILE")]
    pub gen_api_key_file: Option<PathBuf>,
    /// Shortest interval between two looks at a generation, in milliseconds. Texts are looked at so often; pictures,
    /// speech and clips wait several times as long, and everything waits longer the longer it takes.
    #[arg(long, env = "REELSHEET_POLL_MS", default_value = "1000", value_parser = clap::value_parser!(u64).range(50..=600_000))]
    pub poll_ms: u64,
    /// How many streams of live updates one person may hold open; a browser needs one, however many tabs it has.
    #[arg(long, env = "REELSHEET_STREAMS_PER_PERSON", default_value = "10", value_parser = clap::value_parser!(u32).range(1..))]
    pub streams_per_person: u32,
    /// How many connections one address may hold open. A proxy of yours, named as a trusted one, may hold more.
    #[arg(long, env = "REELSHEET_CONNECTIONS_PER_ADDRESS", default_value = "100", value_parser = clap::value_parser!(u32).range(1..))]
    pub connections_per_address: u32,
    /// What is logged: error, warn, info, debug, trace, or a filter per module.
    #[arg(long, env = "REELSHEET_LOG", default_value = "info", value_parser = crate::logging::check_filter)]
    pub log: String,
    /// How it is logged.
    #[arg(long, env = "REELSHEET_LOG_FORMAT", default_value = "text")]
    pub log_format: LogFormat,
    /// Runs against the built-in simulator and signs every visitor in.
    #[arg(long, env = "REELSHEET_DEMO", value_parser = FalseyValueParser::new())]
    pub demo: bool,
    /// Lets other machines visit the demo too.
    #[arg(long, requires = "demo")]
    pub demo_public: bool,
    /// How many times faster than life the simulator works.
    #[arg(long, env = "REELSHEET_DEMO_SPEED", default_value = "10", value_parser = variables::speed)]
    pub demo_speed: f64,
}

/// Where the data is, and what opens it.
#[derive(Args, Clone, Debug)]
pub struct DataArgs {
    /// Folder of database and master key.
    #[arg(long, env = "REELSHEET_DATA_DIR", default_value = "./data")]
    pub data_dir: PathBuf,
    /// Another SQLite file, as a path or `sqlite:path` [default: reelsheet.db in the data folder].
    #[arg(long, env = "REELSHEET_DATABASE_URL", value_parser = variables::sqlite_file)]
    pub database_url: Option<PathBuf>,
    /// Key ring that encrypts stored GEN keys, lines `id/base64 of 32 bytes`; or `REELSHEET_MASTER_KEY` with the
    /// ring itself [default: master.keys in the data folder, made when missing].
    #[arg(long, env = "REELSHEET_MASTER_KEYS_FILE")]
    pub master_keys_file: Option<PathBuf>,
}

impl DataArgs {
    /// The SQLite file.
    pub fn database(&self) -> PathBuf {
        self.database_url.clone().unwrap_or_else(|| self.data_dir.join("reelsheet.db"))
    }
}

/// All that the server is started with.
#[derive(Clone, Debug)]
pub struct Config {
    /// What flags and variables said.
    pub args: ServeArgs,
    /// What only variables and files say.
    pub secrets: Secrets,
}

#[cfg(test)]
mod tests;
