use gen_client::AgentId;
use gen_client::model::{CreationCard, TextCard, TextModel};
use model::{Progress, Role};

use super::*;
use crate::Actor;
use crate::testing::{Bench, MINUTE, new_key};

const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A piece of work that GEN accepted, due at once.
async fn accepted(bench: &Bench, name: &str, key: i64) {
    sqlx::query(
        "INSERT INTO work (id, kind, agent_id, vidsheet_id, row_id, cell_id, key_id, generation_type, body_hash, state,
                           upstream_id, started_at, next_poll_at)
         VALUES (?1, 'generation', 'a', '1', '1', ?1, ?2, 'text', '', 'pending', ?1, ?3, ?3)",
    )
    .bind(name)
    .bind(key)
    .bind(bench.store.now())
    .execute(&bench.store.inner.write)
    .await
    .unwrap();
}

async fn key(bench: &Bench, key: i64) {
    sqlx::query(
        "INSERT INTO gen_key (id, label, last4, kid, sealed, created_at) VALUES (?, 'k', '', 'one', x'', 0)",
    )
    .bind(key)
    .execute(&bench.store.inner.write)
    .await
    .unwrap();
}

/// What one column of a piece of work holds.
async fn number(bench: &Bench, column: &str, work: &str) -> Option<i64> {
    let query = match column {
        "next_poll_at" => "SELECT next_poll_at FROM work WHERE id = ?",
        "misses" => "SELECT misses FROM work WHERE id = ?",
        other => panic!("{other}"),
    };
    sqlx::query_scalar(query).bind(work).fetch_one(bench.store.read()).await.unwrap()
}

/// An editor with the studio's key, and a text under way on a sheet of their own.
struct UnderWay {
    bench: Bench,
    actor: Actor,
    agent: AgentId,
    work: String,
}

impl UnderWay {
    async fn begin() -> Self {
        let bench = Bench::with_sim().await;
        let actor = bench.person("mara", Role::Admin).await;
        bench.store.add_key(&actor, new_key(gen_sim::DEMO_KEY, true)).await.unwrap();
        let agent: AgentId = gen_sim::SEEDED_AGENT.parse().unwrap();
        let sheet =
            bench.store.clone_template(&actor, &agent, "tiktok-talking-avatar", None, 0).await.unwrap();
        let opened = bench.store.open_vidsheet(&actor, &agent, &sheet).await.unwrap().value.vidsheet;
        let column = opened.columns.iter().find(|column| column.title == "TEXT 1").unwrap();
        let cell = opened.rows[0].cell(&column.id).unwrap().id.clone();
        let card = CreationCard::Text(TextCard::new("a hook", TextModel::Gemini20Flash));
        let work = bench.store.start_generation(&actor, &agent, &sheet, &cell, card).await.unwrap();
        bench.clock.advance(MINUTE);
        Self { work: work.id, bench, actor, agent }
    }

    async fn progress(&self) -> Progress {
        let mut conn = self.bench.store.read().acquire().await.unwrap();
        crate::history::work(&mut conn, &self.work).await.unwrap().progress
    }

    /// How often GEN was asked about a generation.
    async fn looks(&self) -> usize {
        let seen = self.bench.control("GET", "requests", "").await;
        let is_look =
            |call: &&serde_json::Value| call["pattern"] == "/v1/generations/{id}" && call["method"] == "GET";
        seen.as_array().unwrap().iter().filter(is_look).count()
    }
}

#[tokio::test]
async fn f34_a_look_that_was_overtaken_writes_nothing() {
    let going = UnderWay::begin().await;
    let store = &going.bench.store;
    let early = store.take_due(8).await.unwrap().remove(0);
    assert!(store.take_due(8).await.unwrap().is_empty(), "it is held");
    let late = store.take(&going.work).await.unwrap();
    going.bench.control("POST", "drain", "").await;
    store.follow(&early).await.unwrap();
    assert_eq!(going.progress().await, Progress::Pending, "GEN said completed, but a later look had begun");
    store.follow(&late).await.unwrap();
    assert_eq!(going.progress().await, Progress::Completed);
    assert_eq!(store.next_due().await.unwrap(), None);
}

#[tokio::test]
async fn f34_a_look_that_never_came_back_is_begun_again_and_a_clock_set_back_stops_nothing() {
    let going = UnderWay::begin().await;
    let store = &going.bench.store;
    assert_eq!(store.take_due(8).await.unwrap().len(), 1);
    going.bench.clock.advance(3 * MINUTE);
    assert_eq!(store.take_due(8).await.unwrap().len(), 1, "the lease is over");
    going.bench.clock.advance(-HOUR);
    assert_eq!(store.take_due(8).await.unwrap().len(), 1, "a lease of the future is none");
    let held = store.take_due(8).await.unwrap();
    assert!(held.is_empty(), "{held:?}");
}

#[tokio::test]
async fn at_most_four_looks_go_on_with_one_key_and_others_do_not_wait() {
    let bench = Bench::alone().await;
    for number in [1, 2] {
        key(&bench, number).await;
    }
    for number in 0..10 {
        accepted(&bench, &format!("a{number}"), 1).await;
    }
    for number in 0..3 {
        accepted(&bench, &format!("b{number}"), 2).await;
    }
    let of = |taken: &[Followed], key: i64| taken.iter().filter(|followed| followed.key == key).count();
    let taken = bench.store.take_due(32).await.unwrap();
    assert_eq!((of(&taken, 1), of(&taken, 2)), (4, 3));
    assert!(bench.store.take_due(32).await.unwrap().is_empty());
    let mut tx = bench.store.write_tx().await.unwrap();
    let ended = taken.iter().find(|followed| followed.key == 1).unwrap();
    assert!(ended.let_go(&mut tx).await.unwrap());
    bench.store.look_again(&mut tx, ended, 1_000).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(of(&bench.store.take_due(32).await.unwrap(), 1), 1, "one ended, one begins");
}

#[tokio::test]
async fn what_is_due_at_the_start_is_spread() {
    let bench = Bench::alone().await;
    key(&bench, 1).await;
    for number in 0..100 {
        accepted(&bench, &number.to_string(), 1).await;
    }
    bench.store.take_due(4).await.unwrap();
    let later = bench.store.now() + 30_000;
    sqlx::query("UPDATE work SET next_poll_at = ? WHERE id = '99'")
        .bind(later)
        .execute(&bench.store.inner.write)
        .await
        .unwrap();
    bench.store.recover().await.unwrap();
    let now = bench.store.now();
    let due: Vec<i64> =
        sqlx::query_scalar("SELECT next_poll_at - ? FROM work WHERE id <> '99' AND lease_until IS NULL")
            .bind(now)
            .fetch_all(bench.store.read())
            .await
            .unwrap();
    assert_eq!(due.len(), 99, "nobody holds anything any more");
    assert!(due.iter().all(|wait| (0..10_000).contains(wait)), "{due:?}");
    let early = due.iter().filter(|wait| **wait < 5_000).count();
    assert!((10..90).contains(&early), "spread, not all at once: {early}");
    assert_eq!(number(&bench, "next_poll_at", "99").await, Some(later), "what is due later stays so");
}

#[tokio::test]
async fn f01_a_refused_key_rests_and_is_tried_with_one_look() {
    let going = UnderWay::begin().await;
    let store = &going.bench.store;
    going
        .bench
        .control(
            "POST",
            "fault",
            r#"{"kind": "status", "status": 401, "match": {"path_contains": "/generations/"}}"#,
        )
        .await;
    let now = store.now();
    for number in 0..10 {
        accepted(&going.bench, &number.to_string(), 1).await;
    }
    assert!((1..=4).contains(&store.follow_due().await.unwrap()));
    assert!(store.list_keys(&going.actor).await.unwrap()[0].refused);
    assert_eq!(going.progress().await, Progress::Pending, "that says nothing of the work");
    assert_eq!(store.next_due().await.unwrap(), Some(now + 15 * MINUTE));
    assert_eq!(store.follow_due().await.unwrap(), 0);
    for _ in 0..2 {
        going.bench.clock.advance(15 * MINUTE);
        assert_eq!(store.follow_due().await.unwrap(), 1, "one look finds out");
    }
    // A person who tests the key, successfully, ends the rest.
    going.bench.control("DELETE", "fault", "").await;
    store.test_key(&going.actor, 1).await.unwrap();
    assert!(store.next_due().await.unwrap().unwrap() <= store.now());
    going.bench.control("POST", "drain", "").await;
    store.follow_due().await.unwrap();
    assert_eq!(going.progress().await, Progress::Completed);
}

#[tokio::test]
async fn f08_gen_is_not_asked_earlier_than_it_wishes_and_other_keys_are_not_slowed() {
    let going = UnderWay::begin().await;
    let store = &going.bench.store;
    let busy = r#"{"kind": "status", "status": 429, "retry_after": 40, "match": {"path_contains": "/generations/"}}"#;
    going.bench.control("POST", "fault", busy).await;
    key(&going.bench, 2).await;
    store.follow_due().await.unwrap();
    let due = store.next_due().await.unwrap().unwrap();
    assert!((40_000..=60_000).contains(&(due - store.now())), "{}", due - store.now());
    accepted(&going.bench, "same-key", 1).await;
    assert!(store.take_due(8).await.unwrap().is_empty(), "the key waits, not only what was asked for");
    accepted(&going.bench, "other-key", 2).await;
    assert_eq!(store.take_due(8).await.unwrap().len(), 1);
}

#[tokio::test]
async fn f04_three_denials_within_a_minute_are_not_enough() {
    let going = UnderWay::begin().await;
    let store = &going.bench.store;
    let gone = r#"{"kind": "status", "status": 404, "match": {"path_contains": "/generations/"}}"#;
    going.bench.control("POST", "fault", gone).await;
    for _ in 0..4 {
        let looked = store.check_work(&going.actor, &going.work).await;
        assert!(matches!(looked, Err(Error::Gen(gen_client::Error::Api { status: 404, .. }))), "{looked:?}");
        going.bench.clock.advance(15_000);
    }
    assert_eq!(going.progress().await, Progress::Pending);
    let before = going.looks().await;
    for _ in 0..4 {
        going.bench.clock.advance(5 * MINUTE);
        store.follow_due().await.unwrap();
    }
    assert_eq!(going.progress().await, Progress::Unknown);
    assert!(going.looks().await - before <= 2, "and then nobody asks any more");
}

#[tokio::test]
async fn f19_a_word_nobody_knows_is_followed_slowly() {
    let going = UnderWay::begin().await;
    let store = &going.bench.store;
    let strange = r#"{"kind": "unknown_enum", "match": {"path_contains": "/generations/"}}"#;
    going.bench.control("POST", "fault", strange).await;
    store.follow_due().await.unwrap();
    assert!(going.progress().await.is_running());
    let wait = store.next_due().await.unwrap().unwrap() - store.now();
    assert!((24_000..=36_000).contains(&wait), "as rarely as the slowest kind: {wait}");
    going.bench.control("DELETE", "fault", "").await;
    going.bench.control("POST", "drain", "").await;
    going.bench.clock.advance(MINUTE);
    store.follow_due().await.unwrap();
    assert_eq!(going.progress().await, Progress::Completed);
}

#[tokio::test]
async fn f28_what_is_not_done_is_looked_at_ever_more_rarely_and_never_begun_again() {
    let going = UnderWay::begin().await;
    let store = &going.bench.store;
    let mut waits = Vec::new();
    for _ in 0..6 {
        store.follow_due().await.unwrap();
        let wait = store.next_due().await.unwrap().unwrap() - store.now();
        waits.push(wait);
        going.bench.clock.advance(wait);
    }
    assert!(waits[0] < waits[3] && waits.iter().all(|wait| *wait <= 6_000), "{waits:?}");

    going.bench.clock.advance(DAY);
    store.follow_due().await.unwrap();
    let wait = store.next_due().await.unwrap().unwrap() - store.now();
    assert!((12 * MINUTE..=18 * MINUTE).contains(&wait), "{wait}");

    going.bench.clock.advance(7 * DAY);
    store.follow_due().await.unwrap();
    assert_eq!(store.next_due().await.unwrap(), None, "only a person asks now");
    assert_eq!(going.progress().await, Progress::Pending, "nobody says that it ended");
    store.recover().await.unwrap();
    assert_eq!(store.next_due().await.unwrap(), None, "not even after a restart");

    going.bench.control("POST", "drain", "").await;
    let before = going.looks().await;
    store.check_work(&going.actor, &going.work).await.unwrap();
    assert_eq!(going.looks().await, before, "it was looked at just now");
    going.bench.clock.advance(2_000);
    store.check_work(&going.actor, &going.work).await.unwrap();
    assert_eq!(going.progress().await, Progress::Completed);
    going.bench.clock.advance(2_000);
    store.check_work(&going.actor, &going.work).await.unwrap();
    assert_eq!(going.looks().await - before, 1, "what has ended is not asked about");
    let paid = going.bench.control("GET", "requests", "").await;
    let paid =
        paid.as_array().unwrap().iter().filter(|call| call["path"].as_str().unwrap().ends_with("/generate"));
    assert_eq!(paid.count(), 1, "and nothing was begun again");
}

#[tokio::test]
async fn a2_only_who_reaches_the_agent_may_have_its_work_looked_at() {
    let going = UnderWay::begin().await;
    let store = &going.bench.store;
    sqlx::query("UPDATE gen_key SET owner_id = ?")
        .bind(going.actor.person.id)
        .execute(&store.inner.write)
        .await
        .unwrap();
    let stranger = going.bench.person("ines", Role::Admin).await;
    let before = going.looks().await;
    for work in [going.work.as_str(), "no-such-work"] {
        let refused = store.check_work(&stranger, work).await;
        assert!(matches!(refused, Err(Error::NotFound("work") | Error::NoKey)), "{refused:?}");
    }
    assert_eq!(going.looks().await, before);
    store.must_reach(&going.actor, &going.agent).await.unwrap();
}
