//! A store with a person, a key and a simulator whose jobs move when told; time stands still.

use std::sync::Arc;

use gen_client::model::{CreationCard, Vidsheet};
use gen_client::{AgentId, CellId, Config, RowId, Upstream, VidsheetId};
use gen_sim::{DEMO_KEY, GenSim, SimMode};
use model::{NewKey, SavedCell, SavedVidsheet};
use serde_json::{Value, json};
use store::{Actor, ManualClock, MasterKeys, Options, Store};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

pub const MINUTE: i64 = 60_000;

pub struct Bench {
    pub store: Store,
    pub clock: Arc<ManualClock>,
    pub actor: Actor,
    pub agent: AgentId,
    folder: TempDir,
    sim: GenSim,
}

/// A vidsheet made of a template, and the cells of its first row.
pub struct Sheet {
    pub id: VidsheetId,
    pub row: RowId,
    /// An ingredient for text.
    pub text: CellId,
    /// The system's cell for renders.
    pub final_video: CellId,
}

impl Bench {
    pub async fn open() -> Self {
        let options = gen_sim::Options { mode: SimMode::Explicit, ..gen_sim::Options::default() };
        let sim = GenSim::start(options).await.unwrap();
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(ManualClock::at(1_790_000_000_000));
        let store = open(&folder, &sim, clock.clone()).await;
        let (actor, _) = store.sign_in_as_demo().await.unwrap();
        let key = NewKey { key: DEMO_KEY.into(), label: "studio".into(), shared: true };
        store.add_key(&actor, key).await.unwrap();
        let agents = store.list_agents(&actor).await.unwrap().value;
        let agent = agents.into_iter().find(|agent| agent.name == "Kiln & Tide").unwrap().id;
        Self { store, clock, actor, agent, folder, sim }
    }

    /// Another installation that looks at the same GEN with the same key.
    pub async fn elsewhere(&self) -> (Store, Actor, TempDir) {
        let folder = TempDir::new().unwrap();
        let store = open(&folder, &self.sim, self.clock.clone()).await;
        let (actor, _) = store.sign_in_as_demo().await.unwrap();
        let key = NewKey { key: DEMO_KEY.into(), label: "studio".into(), shared: true };
        store.add_key(&actor, key).await.unwrap();
        (store, actor, folder)
    }

    /// The store as after a restart of the process.
    pub async fn restart(&mut self) {
        self.store.close().await.unwrap();
        self.store = open(&self.folder, &self.sim, self.clock.clone()).await;
    }

    /// A copy of a template, opened.
    pub async fn sheet(&self) -> Sheet {
        let id = self.store.clone_template(&self.actor, &self.agent, "tiktok-talking-avatar").await.unwrap();
        let vidsheet = self.vidsheet(&id).await.vidsheet;
        let row = &vidsheet.rows[0];
        let cell = |title: &str| cell_under(&vidsheet, title);
        Sheet { row: row.id.clone(), text: cell("TEXT 1"), final_video: cell("FINAL VIDEO"), id }
    }

    pub async fn vidsheet(&self, id: &VidsheetId) -> SavedVidsheet {
        self.store.open_vidsheet(&self.actor, &self.agent, id).await.unwrap().value
    }

    pub async fn cell(&self, sheet: &Sheet, cell: &CellId) -> SavedCell {
        self.store.open_cell(&self.actor, &self.agent, &sheet.id, cell).await.unwrap()
    }

    /// Lets everything that is due be looked at, as often as it takes to reach what is far away.
    pub async fn follow(&self) {
        self.clock.advance(5 * MINUTE);
        self.store.follow_due().await.unwrap();
    }

    /// Runs every job at GEN to its end and learns of it.
    pub async fn drain(&self) {
        self.control("POST", "drain", json!(null)).await;
        self.follow().await;
    }

    /// Makes calls go wrong.
    pub async fn fault(&self, rule: Value) {
        self.control("POST", "fault", rule).await;
    }

    /// Takes GEN away, or brings it back.
    pub async fn down(&self, down: bool) {
        self.control("POST", "down", json!({ "down": down })).await;
    }

    /// The calls whose path ends so, with this method.
    pub async fn calls(&self, method: &str, ending: &str) -> Vec<Value> {
        let all = self.control("GET", "requests", json!(null)).await;
        let wanted = |call: &&Value| {
            call["method"] == method && call["path"].as_str().is_some_and(|path| path.ends_with(ending))
        };
        all.as_array().unwrap().iter().filter(wanted).cloned().collect()
    }

    /// Steers the simulator through its control routes.
    pub async fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let base = self.sim.base_url();
        let host = base.trim_start_matches("http://");
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
        let length = body.len();
        let request = format!(
            "{method} /_sim/{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{head} {body}");
        serde_json::from_str(body).unwrap()
    }
}

pub fn cell_under(vidsheet: &Vidsheet, title: &str) -> CellId {
    let column = vidsheet.columns.iter().find(|column| column.title == title).unwrap();
    vidsheet.rows[0].cell(&column.id).unwrap().id.clone()
}

pub fn text_card(prompt: &str) -> CreationCard {
    CreationCard::Text {
        prompt: prompt.into(),
        model: "gemini_2_0_flash".into(),
        variables: Default::default(),
    }
}

async fn open(folder: &TempDir, sim: &GenSim, clock: Arc<ManualClock>) -> Store {
    let config = Config {
        api_url: sim.api_url().parse().unwrap(),
        agent_url: sim.agent_url().parse().unwrap(),
        ..Config::default()
    };
    let ring = "one/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    Store::open(Options {
        database: folder.path().join("reelsheet.db"),
        master_keys: MasterKeys::parse(ring).unwrap(),
        upstream: Upstream::new(config).unwrap(),
        clock,
        poll_ms: 1_000,
    })
    .await
    .unwrap()
}
