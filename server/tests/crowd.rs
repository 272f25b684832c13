//! A thousand people before the same two hundred generations: GEN is asked as often as for one.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that called it")]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use common::studio::{AGENT, SHEET};
use common::{ADMIN, Server, Setup};
use futures::StreamExt;
use gen_client::model::{CreationCard, TextCard, TextModel};
use gen_client::{AgentId, ApiKey, CellId, Config, GenClient, Idempotency, Upstream, VidsheetId};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::task::JoinSet;

const GENERATIONS: usize = 200;
const VIEWERS: usize = 1_000;
/// The first look comes after about so long; GEN has finished everything by then, so each is looked at once.
const FIRST_LOOK_MS: u64 = 5_000;

#[tokio::test(flavor = "multi_thread")]
async fn gen_is_asked_for_the_work_and_not_for_the_viewers() {
    let variables = vec![
        ("REELSHEET_STREAMS_PER_PERSON", (VIEWERS + 10).to_string()),
        ("REELSHEET_CONNECTIONS_PER_ADDRESS", (2 * VIEWERS).to_string()),
        ("REELSHEET_POLL_MS", FIRST_LOOK_MS.to_string()),
    ];
    let server = Server::start(Setup { variables, ..Setup::default() }).await;
    server.give_credits(1e6).await;
    let cookie = server.sign_in(ADMIN).await;
    let alone = watch(&server, &cookie, 1).await;
    let crowd = watch(&server, &cookie, VIEWERS).await;
    for round in [&alone, &crowd] {
        println!(
            "{} viewers of {GENERATIONS} generations: {} looks at GEN, {} requests to GEN in all, the last viewer knew \
             {:.1?} after the last look, {} MiB of memory",
            round.viewers, round.looks, round.requests, round.behind, round.memory
        );
    }
    assert_eq!((alone.looks, crowd.looks), (GENERATIONS, GENERATIONS));
    assert_eq!(alone.requests, crowd.requests);
}

struct Round {
    viewers: usize,
    /// How often GEN was asked about a generation.
    looks: usize,
    /// How often GEN was asked anything between the first and the last of it.
    requests: usize,
    /// From the last look until the last viewer knew.
    behind: Duration,
    /// The server's, in MiB.
    memory: u64,
}

/// So many viewers see two hundred generations of a new vidsheet come to their end.
async fn watch(server: &Server, cookie: &str, viewers: usize) -> Round {
    let (mut watching, mut told) = (JoinSet::new(), Vec::new());
    for _ in 0..viewers {
        let reached = Arc::new(AtomicI64::new(0));
        told.push(reached.clone());
        watching.spawn(view(server.request(Method::GET, "/events", cookie), reached));
    }
    let open = viewers as i64;
    server
        .until("everybody listens", async |server| server.metric("reelsheet_sse_clients").await == open)
        .await;
    let vidsheet = start_elsewhere(server).await;
    let (before, others) = (asked(server).await, running(server, cookie).await);
    let adopted = json!({ "agent": AGENT, "vidsheet": vidsheet.as_str() });
    assert_eq!(server.call("adopt_vidsheet", &adopted, cookie).await.status(), 200);
    assert_eq!(running(server, cookie).await, others + GENERATIONS as u64);
    server.move_jobs("drain").await;
    server.until("all have ended", async |server| running(server, cookie).await == others).await;
    let begun = Instant::now();
    let news: Value = server.call("list_changes", &json!({ "since": 0 }), cookie).await.json().await.unwrap();
    let last = news["reached"].as_i64().unwrap();
    let knows = |reached: &Arc<AtomicI64>| reached.load(Ordering::Relaxed) >= last;
    server.until("every viewer knows", async |_| told.iter().all(knows)).await;
    let behind = begun.elapsed();
    let (looks, requests) = asked(server).await;
    let (looks, requests) = (looks - before.0, requests - before.1);
    Round { viewers, looks, requests, behind, memory: server.resident_mib() }
}

/// Listens as a browser does: a stream that ends, because the viewer was too slow for example, is opened again where it
/// was.
async fn view(request: RequestBuilder, reached: Arc<AtomicI64>) {
    loop {
        let last = reached.load(Ordering::Relaxed);
        let request = request.try_clone().unwrap().header("last-event-id", last);
        let mut chunks = request.send().await.unwrap().bytes_stream();
        while let Some(Ok(chunk)) = chunks.next().await {
            let said = String::from_utf8_lossy(&chunk);
            let ids = said.lines().filter_map(|line| line.strip_prefix("id: ")?.parse().ok());
            reached.fetch_max(ids.max().unwrap_or(0), Ordering::Relaxed);
        }
    }
}

/// Starts them past Reelsheet, as GEN's own site would: two hundred at once are more than one key may send from here.
async fn start_elsewhere(server: &Server) -> VidsheetId {
    let gen_url = server.at_gen("");
    let config = Config {
        api_url: gen_url.parse().unwrap(),
        agent_url: gen_url.parse().unwrap(),
        ..Config::default()
    };
    let key = ApiKey::new(gen_sim::DEMO_KEY.to_owned()).unwrap();
    let client = Upstream::new(config).unwrap().client(key);
    let (agent, sheet): (AgentId, VidsheetId) = (AGENT.parse().unwrap(), SHEET.parse().unwrap());
    let vidsheet = client.clone_vidsheet(&agent, &sheet, None).await.unwrap().id;
    let card = CreationCard::Text(TextCard::new("A line about clay.", TextModel::Gemini20Flash));
    for (n, cell) in free_cells(&client, &agent, &vidsheet).await.iter().enumerate() {
        let name = Idempotency(format!("{vidsheet}-{n}"));
        client.generate(&agent, &vidsheet, cell, &card, &name).await.unwrap();
    }
    vidsheet
}

async fn free_cells(client: &GenClient, agent: &AgentId, vidsheet: &VidsheetId) -> Vec<CellId> {
    loop {
        let sheet = client.open_vidsheet(agent, vidsheet).await.unwrap();
        let columns: Vec<_> = sheet.columns.iter().filter(|column| !column.role.is_system()).collect();
        let cells = sheet.rows.iter().flat_map(|row| {
            columns.iter().filter_map(|column| row.cell(&column.id).map(|cell| cell.id.clone()))
        });
        let cells: Vec<CellId> = cells.take(GENERATIONS).collect();
        if cells.len() == GENERATIONS {
            return cells;
        }
        client.create_row(agent, vidsheet, None).await.unwrap();
    }
}

/// How many generations go on, as the pill in the top bar counts them.
async fn running(server: &Server, cookie: &str) -> u64 {
    let counts: Value = server.call("running_count", &json!({}), cookie).await.json().await.unwrap();
    counts[1].as_u64().unwrap()
}

/// How often GEN was asked about a generation, and anything at all.
async fn asked(server: &Server) -> (usize, usize) {
    let report = server.ask_simulator("report").await;
    let counts = report["operations"].as_object().unwrap();
    let number = |count: &Value| usize::try_from(count.as_u64().unwrap()).unwrap();
    (counts.get("GET /v1/generations/{id}").map_or(0, number), counts.values().map(number).sum())
}
