//! The real program, killed at every place where it matters and in between, during bulk runs (F35). The simulator
//! outlives it and is the judge: nothing is lost, nothing is sent twice, nothing that has ended changes, and what GEN
//! charged is what the ledger holds.
//!
//! `KILLS`: how often, a hundred times unless it says otherwise.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use common::studio::{AGENT, SHEET, Target};
use common::{ADMIN, Server, Setup};
use serde_json::{Value, json};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tokio::time::timeout;

/// Every place on the way of paid work.
const POINTS: [&str; 14] = [
    "intent/written",
    "intent/committed",
    "mark/written",
    "mark/committed",
    "call/answered",
    "settle/written",
    "settle/committed",
    "look/taken",
    "look/answered",
    "look/written",
    "look/committed",
    "continue/marked",
    "continue/answered",
    "continue/settled",
];
/// Generations in all, at least.
const GENERATIONS: usize = 500;
/// A place that is not reached in this time is not on the way; the program is killed wherever it is then.
const UNREACHED: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread")]
async fn f35_killed_anywhere_nothing_is_lost_sent_twice_or_undone() {
    let kills = std::env::var("KILLS").map_or(100, |kills| kills.parse().unwrap());
    let poll = ("REELSHEET_POLL_MS", "50".to_owned());
    let mut server = Server::start(Setup { variables: vec![poll], ..Setup::default() }).await;
    server.give_credits(1e7).await;
    let cookie = server.sign_in(ADMIN).await;
    let targets = server.targets(&["HOOK", "SCRIPT", "HERO", "VOICE", "B-ROLL"], &cookie).await;
    let mut bulk = Bulk { targets, requests: 0, acknowledged: BTreeMap::new() };
    let (mut ended, mut at_points, begun) = (BTreeMap::new(), BTreeSet::new(), Instant::now());
    server.kill().await;
    for n in 0..kills {
        // Every place in turn, then twice no place but a moment.
        let point = POINTS.get(n % (POINTS.len() + 2));
        let patience = if let Some(point) = point {
            // The place is passed some times first, another number each time round.
            let passes = (n / POINTS.len() * 3) % 11;
            if !server.start_again_to_die_at(point, passes).await {
                at_points.insert(*point);
                check_kept(&server, &mut ended).await;
                continue;
            }
            UNREACHED
        } else {
            server.start_again().await;
            UNREACHED.mul_f64(rand::random())
        };
        if timeout(patience, bulk.push_on(&mut server, &cookie)).await.is_ok() {
            at_points.extend(point.copied());
        } else {
            server.kill().await;
        }
        check_kept(&server, &mut ended).await;
    }

    // Left alone, it settles everything.
    server.start_again().await;
    while bulk.asked_for(&server).await < GENERATIONS {
        bulk.begin(&server, &cookie).await;
        bulk.settle(&server, &cookie).await;
    }
    bulk.settle(&server, &cookie).await;
    assert!(server.stop().await.success(), "{}", server.log());
    check_kept(&server, &mut ended).await;
    judge(&server, &bulk, kills, &at_points, begun.elapsed()).await;
}

/// Bulk runs over the same cells, one after the other.
struct Bulk {
    targets: Vec<Target>,
    requests: usize,
    /// Batches that the page was told of, with their size.
    acknowledged: BTreeMap<String, u64>,
}

impl Bulk {
    /// Does what people do until the program is gone.
    async fn push_on(&mut self, server: &mut Server, cookie: &str) {
        while !server.has_ended() {
            self.begin(server, cookie).await;
            self.stop_and_continue(server, cookie).await;
            let url = server.simulator("drain");
            let _moved = server.http.post(url).send().await;
        }
    }

    /// Begins a run over all cells if none is under way. A run that was asked for and not heard of is asked for again
    /// under its own name.
    async fn begin(&mut self, server: &Server, cookie: &str) {
        let Some(queue) = ask(server, "open_queue", json!({}), cookie).await else { return };
        if queue["batches"].as_array().is_some_and(|batches| !batches.is_empty()) {
            return;
        }
        let cells: Vec<&String> = self.targets.iter().map(|target| &target.cell).collect();
        let card = json!({ "type": "text", "prompt": "A line about clay.", "model": "gemini_2_0_flash" });
        let request = format!("request {}", self.requests);
        let run =
            json!({ "agent": AGENT, "vidsheet": SHEET, "cells": cells, "card": card, "request": request });
        if let Some(batch) = ask(server, "start_batch", run, cookie).await
            && let Some(id) = batch["id"].as_str()
        {
            self.acknowledged.insert(id.to_owned(), batch["size"].as_u64().unwrap());
            self.requests += 1;
        }
    }

    /// Stops one that runs, and goes on with one that was stopped.
    async fn stop_and_continue(&self, server: &Server, cookie: &str) {
        let Some(queue) = ask(server, "open_queue", json!({}), cookie).await else { return };
        let first = |part: &str, state: &str| {
            let works = queue[part].as_array().cloned().unwrap_or_default();
            works.into_iter().find(|work| work["progress"] == state && !work["generation_id"].is_null())
        };
        if let Some(work) = first("running", "pending") {
            ask(server, "stop_work", json!({ "works": [work["id"]] }), cookie).await;
        }
        if let Some(work) = first("ended", "stopped") {
            let asked = json!({ "agent": AGENT, "generation": work["generation_id"] });
            ask(server, "continue_generation", asked, cookie).await;
        }
    }

    /// Waits until nothing waits or runs any more.
    async fn settle(&self, server: &Server, cookie: &str) {
        server
            .until("everything is settled", async |server| {
                server.move_jobs("drain").await;
                let queue = ask(server, "open_queue", json!({}), cookie).await.unwrap();
                let none = |part: &str| queue[part].as_array().unwrap().is_empty();
                none("waiting") && none("running")
            })
            .await;
    }

    async fn asked_for(&self, server: &Server) -> usize {
        rows(server, "SELECT count(*) FROM work WHERE person_id IS NOT NULL", "").await
    }
}

/// What a server function says, if the program lives to say it.
async fn ask(server: &Server, name: &str, arguments: Value, cookie: &str) -> Option<Value> {
    let asked = server.calling(name, &arguments, cookie).header("sec-fetch-site", "same-origin").send().await;
    asked.ok()?.json().await.ok()
}

/// What had ended before the kill stands as it stood.
async fn check_kept(server: &Server, known: &mut BTreeMap<String, String>) {
    let mut connection = database(server).await;
    let now: Vec<(String, String)> = sqlx::query_as(
        "SELECT id, state FROM work WHERE state IN ('completed', 'failed', 'refused', 'not_sent')",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    let now: BTreeMap<_, _> = now.into_iter().collect();
    for (id, state) in known.iter() {
        assert_eq!(now.get(id), Some(state), "{id} had ended");
    }
    *known = now;
}

/// The simulator's word against the ledger's.
async fn judge(server: &Server, bulk: &Bulk, kills: usize, at_points: &BTreeSet<&str>, took: Duration) {
    let report = server.ask_simulator("report").await;
    let sent = report["paid_calls_per_key"].as_object().unwrap();
    let twice = sent.values().filter(|calls| **calls != 1).count();
    let charges = report["ledger"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "charge");
    let (continued, begun): (Vec<_>, Vec<_>) =
        charges.partition(|entry| entry["what"].as_str().is_some_and(|what| what.ends_with("continued")));
    let mut connection = database(server).await;
    let accepted = "SELECT count(*) FROM work WHERE person_id IS NOT NULL AND upstream_id IS NOT NULL";
    let accepted = rows(server, accepted, "").await;
    let mut lost = 0;
    for (batch, size) in &bulk.acknowledged {
        let kept = rows(server, "SELECT count(*) FROM work WHERE batch_id = ?", batch).await;
        lost += usize::try_from(*size).unwrap() - kept;
    }
    let open =
        "SELECT count(*) FROM work WHERE state IN ('held', 'queued', 'sending', 'pending', 'processing')";
    let open = rows(server, open, "").await;
    let unclear = rows(server, "SELECT count(*) FROM work WHERE state = 'unknown'", "").await;
    let whole: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
    println!(
        "{kills} kills, {} of {} places among them, in {took:.1?}: {} intents in {} batches, {} calls at GEN, {twice} sent \
         twice, {lost} lost, {} charged for {accepted} accepted, {} continued, {unclear} left unclear, the database is {whole}",
        at_points.len(),
        POINTS.len(),
        bulk.asked_for(server).await,
        bulk.acknowledged.len(),
        sent.len(),
        begun.len(),
        continued.len(),
    );
    assert_eq!((twice, lost, open, whole.as_str()), (0, 0, 0, "ok"));
    assert_eq!(begun.len(), accepted, "what GEN charged is what it accepted from us");
    if kills >= 3 * POINTS.len() {
        assert_eq!(at_points.len(), POINTS.len(), "every place was one to die at: {at_points:?}");
    }
}

/// What a query counts; `?` in it is the batch.
async fn rows(server: &Server, query: &'static str, batch: &str) -> usize {
    let mut connection = database(server).await;
    let count: i64 = sqlx::query_scalar(query).bind(batch).fetch_one(&mut connection).await.unwrap();
    usize::try_from(count).unwrap()
}

async fn database(server: &Server) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(server.data.path().join("reelsheet.db"));
    SqliteConnection::connect_with(&options).await.unwrap()
}
