//! A store with a person, a key and a simulator whose jobs move when told; time stands still.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use gen_client::model::{Cell, CreationCard, TextCard, TextModel, Vidsheet};
use gen_client::{AgentId, CellId, Config, GenerationId, RowId, Timeouts, Upstream, VidsheetId};
use gen_sim::{DEMO_KEY, GenSim, SimMode};
use model::{Ask, CellEdit, NewKey, Role, RunOrder, SavedCell, SavedVidsheet, Work};
use serde_json::{Value, json};
use store::{Actor, Clock, Credentials, Error, ManualClock, MasterKeys, Options, SessionToken, Store};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use rude::Rude;

pub mod rude;

pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;

pub struct Bench {
    pub store: Store,
    pub clock: Arc<ManualClock>,
    pub actor: Actor,
    pub token: SessionToken,
    pub agent: AgentId,
    pub folder: TempDir,
    /// Stands between the store and the simulator, where a test wants it.
    rude: Option<Rude>,
    timeouts: Timeouts,
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
        Self::on(TempDir::new().unwrap()).await
    }

    /// With somebody rude between us and GEN.
    pub async fn rude() -> Self {
        Self::with(Timeouts::default(), true, TempDir::new().unwrap()).await
    }

    /// The same, and we wait for GEN no longer than this.
    pub async fn hasty(patience: Duration) -> Self {
        let timeouts = Timeouts { read: patience, paid: patience, ..Timeouts::default() };
        Self::with(timeouts, true, TempDir::new().unwrap()).await
    }

    /// With the database in a folder of the test's choice.
    pub async fn on(folder: TempDir) -> Self {
        Self::with(Timeouts::default(), false, folder).await
    }

    async fn with(timeouts: Timeouts, with_rude: bool, folder: TempDir) -> Self {
        let options = gen_sim::Options { mode: SimMode::Explicit, ..gen_sim::Options::default() };
        let sim = GenSim::start(options).await.unwrap();
        let rude = if with_rude { Some(Rude::before(&sim.base_url()).await) } else { None };
        let clock = Arc::new(ManualClock::at(1_790_000_000_000));
        let url = rude.as_ref().map_or_else(|| sim.base_url(), |rude| rude.url.clone());
        let store = open(&folder, &url, timeouts, clock.clone()).await;
        let (actor, token) = store.sign_in_as_demo().await.unwrap();
        let key = NewKey { key: DEMO_KEY.into(), label: "studio".into(), shared: true };
        store.add_key(&actor, key).await.unwrap();
        let agents = store.list_agents(&actor).await.unwrap().value;
        let agent = agents.into_iter().find(|agent| agent.name == "Kiln & Tide").unwrap().id;
        Self { store, clock, actor, token, agent, folder, rude, timeouts, sim }
    }

    /// Where the database lies.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("reelsheet.db")
    }

    /// The time by the store's clock.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Whom a test put between us and GEN.
    pub fn between(&self) -> &Rude {
        self.rude.as_ref().unwrap()
    }

    /// From here on nobody listens where the store looks for GEN.
    pub async fn hang_up(&mut self) {
        self.rude.take().unwrap().hang_up().await;
    }

    fn url(&self) -> String {
        self.rude.as_ref().map_or_else(|| self.sim.base_url(), |rude| rude.url.clone())
    }

    /// Another installation that looks at the same GEN with the same key.
    pub async fn elsewhere(&self) -> (Store, Actor, TempDir) {
        let folder = TempDir::new().unwrap();
        let store = open(&folder, &self.url(), self.timeouts, self.clock.clone()).await;
        let (actor, _) = store.sign_in_as_demo().await.unwrap();
        let key = NewKey { key: DEMO_KEY.into(), label: "studio".into(), shared: true };
        store.add_key(&actor, key).await.unwrap();
        (store, actor, folder)
    }

    /// The store as after a restart of the process.
    pub async fn restart(&mut self) {
        self.store.close().await.unwrap();
        self.store = open(&self.folder, &self.url(), self.timeouts, self.clock.clone()).await;
    }

    /// The store as after a restart on another copy of its database.
    pub async fn replace_database(&mut self, copy: &Path) {
        self.store.close().await.unwrap();
        std::fs::copy(copy, self.database()).unwrap();
        self.store = open(&self.folder, &self.url(), self.timeouts, self.clock.clone()).await;
    }

    /// Somebody else who may edit.
    pub async fn colleague(&self, name: &str) -> Actor {
        let email = format!("{}@example.org", name.to_lowercase());
        let password = "a long enough one";
        let credentials = Credentials { email: email.clone(), name: name.into(), password: password.into() };
        self.store.create_person(credentials, Role::Editor).await.unwrap();
        self.store.sign_in(&email, password).await.unwrap().0
    }

    /// The rows of a vidsheet as GEN has them: their ids in order, and what each cell of people's that holds something holds.
    pub async fn rows_at_gen(&self, id: &VidsheetId) -> (Vec<String>, BTreeMap<String, String>) {
        let sheet = self.at_gen(&format!("/autocontentengine/{id}?agent_id={}", self.agent)).await;
        let rows = sheet["spreadsheet_rows"].as_array().unwrap();
        let own: Vec<&Value> = sheet["spreadsheet_columns"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|column| column["role"] == "ingredient")
            .map(|column| &column["id"])
            .collect();
        let cells = rows.iter().flat_map(|row| row["spreadsheet_cells"].as_array().unwrap());
        let cells = cells.filter(|cell| own.contains(&&cell["column_id"]));
        let value = |cell: &Value| {
            let value = cell["value"].as_str().filter(|value| !value.is_empty())?;
            Some((cell["id"].to_string(), value.to_owned()))
        };
        (rows.iter().map(|row| row["id"].to_string()).collect(), cells.filter_map(value).collect())
    }

    /// The same as we show them, without what is put away.
    pub async fn rows_here(&self, id: &VidsheetId) -> (Vec<String>, BTreeMap<String, String>) {
        let Vidsheet { columns, rows, .. } = self.vidsheet(id).await.vidsheet;
        let own: Vec<_> =
            columns.iter().filter(|column| !column.role.is_system()).map(|column| &column.id).collect();
        let cells = rows.iter().flat_map(|row| &row.cells);
        let cells = cells.filter(|cell| cell.column_id.as_ref().is_some_and(|column| own.contains(&column)));
        let value = |cell: &Cell| {
            let value = cell.value.clone().filter(|value| !value.is_empty())?;
            Some((cell.id.to_string(), value))
        };
        (rows.iter().map(|row| row.id.to_string()).collect(), cells.filter_map(value).collect())
    }

    /// A copy of a template, opened.
    pub async fn sheet(&self) -> Sheet {
        let id = self
            .store
            .clone_template(&self.actor, &self.agent, "tiktok-talking-avatar", None, 0)
            .await
            .unwrap();
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

    /// Asks for a text on the sheet's cell and has it sent; what the person is told.
    pub async fn spend(&self, sheet: &Sheet, prompt: &str) -> Result<Work, Error> {
        let (store, card) = (&self.store, text_card(prompt));
        store.start_generation(&self.actor, &self.agent, &sheet.id, &sheet.text, card).await
    }

    /// The newest work on the sheet's cell for text, as the page reads it.
    pub async fn work(&self, sheet: &Sheet) -> Work {
        self.cell(sheet, &sheet.text).await.work.unwrap()
    }

    /// How often GEN was asked about a generation.
    pub async fn looks(&self, generation: &GenerationId) -> usize {
        let report = self.control("GET", "report", json!(null)).await;
        usize::try_from(report["polls_per_generation"][generation.as_str()].as_u64().unwrap_or(0)).unwrap()
    }

    /// How many calls that cost something arrived at GEN. Each must bear a name of its own, for a name that comes
    /// twice is a call that was sent twice.
    pub async fn posts(&self) -> usize {
        let report = self.control("GET", "report", json!(null)).await;
        let names = report["paid_calls_per_key"].as_object().unwrap();
        assert!(names.iter().all(|(name, calls)| !name.is_empty() && *calls == 1), "{names:?}");
        names.len()
    }

    /// What GEN charged and gave back since it began: entries of this kind, `charge` or `refund`.
    pub async fn entries(&self, kind: &str) -> usize {
        let report = self.control("GET", "report", json!(null)).await;
        report["ledger"].as_array().unwrap().iter().filter(|entry| entry["kind"] == kind).count()
    }

    /// An order for ideas in a new thread.
    pub fn asks(&self, message: &str) -> RunOrder {
        RunOrder {
            ask: Ask::Ideas,
            message: message.into(),
            conversation: None,
            vidsheet: None,
            attachments: Vec::new(),
        }
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

    /// Sets what the studio has to spend at GEN.
    pub async fn credits(&self, credits: f64) {
        self.control("POST", "credits", json!({"organization_id": 10, "generic": credits})).await;
    }

    /// Whether these bytes are anywhere in the data folder.
    pub fn on_disk(&self, needle: &str) -> bool {
        std::fs::read_dir(self.folder.path()).unwrap().any(|entry| {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
        })
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
        self.http(method, &format!("/_sim/{path}"), body).await
    }

    /// What GEN itself says at a path.
    pub async fn at_gen(&self, path: &str) -> Value {
        self.http("GET", &format!("/v1{path}"), json!(null)).await
    }

    async fn http(&self, method: &str, path: &str, body: Value) -> Value {
        let base = self.sim.base_url();
        let host = base.trim_start_matches("http://");
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\nx-api-key: {DEMO_KEY}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
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

/// Sends what may be sent, until nothing more may.
pub async fn dispatch(bench: &Bench) {
    loop {
        let begun = bench.store.dispatch_due().await.unwrap();
        if begun.is_empty() {
            return;
        }
        for sending in begun {
            sending.await.unwrap();
        }
    }
}

/// The text cells of a sheet that was given more rows.
pub async fn cells(bench: &Bench, sheet: &Sheet, rows: usize) -> Vec<CellId> {
    for _ in 1..rows {
        bench.store.add_row(&bench.actor, &bench.agent, &sheet.id).await.unwrap();
    }
    let vidsheet = bench.vidsheet(&sheet.id).await.vidsheet;
    let column = vidsheet.columns.iter().find(|column| column.title == "TEXT 1").unwrap();
    vidsheet.rows.iter().map(|row| row.cell(&column.id).unwrap().id.clone()).collect()
}

/// Starts the same text on all of these cells.
pub async fn start(
    bench: &Bench,
    sheet: &Sheet,
    cells: &[CellId],
    request: &str,
) -> store::Result<model::Batch> {
    let card = Some(text_card("a hook"));
    bench
        .store
        .start_batch(&bench.actor, &bench.agent, &sheet.id, cells.to_vec(), card, request.to_owned())
        .await
}

/// A text for a cell in which this was seen.
pub fn edit(cell: &CellId, value: &str, seen: &str) -> CellEdit {
    CellEdit { cell: cell.clone(), value: value.into(), seen: Some(seen.into()) }
}

pub fn text_card(prompt: &str) -> CreationCard {
    CreationCard::Text(TextCard::new(prompt, TextModel::Gemini20Flash))
}

async fn open(folder: &TempDir, gen_url: &str, timeouts: Timeouts, clock: Arc<ManualClock>) -> Store {
    let url = format!("{gen_url}/v1");
    let config =
        Config { api_url: url.parse().unwrap(), agent_url: url.parse().unwrap(), ..Config::default() };
    let ring = "one/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    Store::open(Options {
        database: folder.path().join("reelsheet.db"),
        master_keys: MasterKeys::parse(ring).unwrap(),
        upstream: Upstream::with_timeouts(config, timeouts).unwrap(),
        clock,
        poll_ms: 1_000,
    })
    .await
    .unwrap()
}
