//! A store in a folder of its own, with a clock that stands still and, where a test wants it, a simulator.

use std::path::PathBuf;
use std::sync::Arc;

use gen_client::{Config, Upstream};
use gen_sim::{GenSim, SimMode};
use model::{NewKey, Role};
use serde_json::Value;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::accounts::PersonRow;
use crate::sessions::open_session;
use crate::{Actor, ManualClock, MasterKeys, Options, Result, Store, passwords};

/// When every test begins.
pub(crate) const START: i64 = 1_790_000_000_000;
pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const RING: &str = "one/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

pub(crate) struct Bench {
    pub(crate) store: Store,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) folder: TempDir,
    sim: Option<GenSim>,
}

impl Bench {
    /// Without a GEN: every call to it finds nobody at home.
    pub(crate) async fn alone() -> Self {
        Self::with(None).await
    }

    /// With the seeded studio behind it.
    pub(crate) async fn with_sim() -> Self {
        let options = gen_sim::Options { mode: SimMode::Explicit, ..gen_sim::Options::default() };
        Self::with(Some(GenSim::start(options).await.unwrap())).await
    }

    async fn with(sim: Option<GenSim>) -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(ManualClock::at(START));
        let url = sim.as_ref().map_or("http://127.0.0.1:1/v1".into(), GenSim::api_url);
        let store = open(folder.path().join("reelsheet.db"), clock.clone(), &url, ring()).await.unwrap();
        Self { store, clock, folder, sim }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("reelsheet.db")
    }

    /// The store as after a restart of the process.
    pub(crate) async fn reopen(&self, master_keys: MasterKeys) -> Result<Store> {
        self.store.close().await.unwrap();
        let url = self.sim.as_ref().map_or("http://127.0.0.1:1/v1".into(), GenSim::api_url);
        open(self.database(), self.clock.clone(), &url, master_keys).await
    }

    /// Somebody signed in.
    pub(crate) async fn person(&self, name: &str, role: Role) -> Actor {
        let mut tx = self.store.write_tx().await.unwrap();
        let email = format!("{name}@example.org");
        let id = PersonRow::insert(&mut tx, &email, name, role, &passwords::unmatchable()).await.unwrap();
        let person = PersonRow::lookup(&mut tx, id).await.unwrap().unwrap().into_person().unwrap();
        let (actor, _) = open_session(&mut tx, person).await.unwrap();
        tx.commit().await.unwrap();
        actor
    }

    /// How many calls the simulator has seen.
    pub(crate) async fn asked(&self) -> usize {
        self.control("GET", "requests", "").await.as_array().unwrap().len()
    }

    /// Steers the simulator through its control routes.
    pub(crate) async fn control(&self, method: &str, path: &str, body: &str) -> Value {
        let base = self.sim.as_ref().unwrap().base_url();
        let host = base.trim_start_matches("http://");
        let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
        let length = body.len();
        let request = format!(
            "{method} /_sim/{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
        serde_json::from_str(body).unwrap()
    }
}

/// A ring of one fixed key.
pub(crate) fn ring() -> MasterKeys {
    MasterKeys::parse(RING).unwrap()
}

pub(crate) fn new_key(key: &str, shared: bool) -> NewKey {
    NewKey { key: key.into(), label: "studio".into(), shared }
}

async fn open(
    database: PathBuf,
    clock: Arc<ManualClock>,
    url: &str,
    master_keys: MasterKeys,
) -> Result<Store> {
    let config =
        Config { api_url: url.parse().unwrap(), agent_url: url.parse().unwrap(), ..Config::default() };
    let upstream = Upstream::new(config).unwrap();
    Store::open(Options { database, master_keys, upstream, clock, poll_ms: 1_000 }).await
}
