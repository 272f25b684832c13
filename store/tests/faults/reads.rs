//! GEN cannot be read for a while: pages keep what they have, and GEN is left in peace.

use gen_client::VidsheetId;
use gen_sim::OTHER_KEY;
use model::{Cached, NewKey, Progress, SavedVidsheet};
use serde_json::json;

use crate::bench::rude::{Rudeness, answer};
use crate::bench::{Bench, MINUTE, SECOND, cell_under, text_card};

/// Reads the vidsheet until the page shows what is wanted.
async fn until(
    bench: &Bench,
    id: &VidsheetId,
    wanted: impl Fn(&Cached<SavedVidsheet>) -> bool,
) -> Cached<SavedVidsheet> {
    let mut wake = bench.store.changes().wake();
    loop {
        let opened = bench.store.open_vidsheet(&bench.actor, &bench.agent, id).await.unwrap();
        if wanted(&opened) {
            return opened;
        }
        wake.changed().await.unwrap();
    }
}

#[tokio::test]
async fn f01_a_refused_key_is_said_so_and_left_alone() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let generation = bench.spend(&sheet, "a hook").await.unwrap().generation_id.unwrap();
    let refusal = json!({"error": "Invalid API key", "error_code": "unauthorized"});
    bench.fault(json!({"match": {"path_contains": "/generations/"}, "kind": "status", "status": 401, "body": refusal})).await;
    for _ in 0..20 {
        bench.follow().await;
    }
    assert_eq!(bench.looks(&generation).await, 1, "the key is not shown again and again");
    let key = bench.store.list_keys(&bench.actor).await.unwrap().remove(0);
    assert!(key.refused);
    assert!(bench.work(&sheet).await.progress.is_running());
    assert!(
        bench.store.session(&bench.token).await.unwrap().is_some(),
        "our own session has nothing to do with it"
    );
    // A person tests the key, and what waited goes on.
    bench.control("DELETE", "fault", json!(null)).await;
    bench.store.test_key(&bench.actor, key.id).await.unwrap();
    assert!(!bench.store.list_keys(&bench.actor).await.unwrap()[0].refused);
    bench.drain().await;
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
}

#[tokio::test]
async fn f08_gen_is_not_asked_again_earlier_than_it_said() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let slow = bench.spend(&sheet, "a hook").await.unwrap().generation_id.unwrap();
    // Another person's key, for another agent, with work of its own.
    let other = NewKey { key: OTHER_KEY.into(), label: "harbour".into(), shared: false };
    store.add_key(actor, other).await.unwrap();
    let agents = store.list_agents(actor).await.unwrap().value;
    let harbour = agents.into_iter().find(|agent| agent.name == "Harbour Lane").unwrap().id;
    let there = store.clone_template(actor, &harbour, "tiktok-talking-avatar", None, 0).await.unwrap();
    let opened = store.open_vidsheet(actor, &harbour, &there).await.unwrap().value.vidsheet;
    let cell = cell_under(&opened, "TEXT 1");
    let work = store.start_generation(actor, &harbour, &there, &cell, text_card("a hook")).await.unwrap();
    let unhurt = work.generation_id.unwrap();

    let wait = json!({"error": "Too many requests", "error_code": "rate_limited"});
    bench.fault(json!({"match": {"path_contains": format!("/generations/{slow}")}, "times": 1, "kind": "status", "status": 429, "body": wait, "retry_after": 40})).await;
    bench.clock.advance(10 * SECOND);
    store.follow_due().await.unwrap();
    assert_eq!((bench.looks(&slow).await, bench.looks(&unhurt).await), (1, 1));
    for _ in 0..39 {
        bench.clock.advance(SECOND);
        store.follow_due().await.unwrap();
    }
    assert_eq!(bench.looks(&slow).await, 1, "not within the forty seconds");
    assert!(bench.looks(&unhurt).await >= 3, "the other key is not slowed");
    bench.clock.advance(3 * SECOND);
    store.follow_due().await.unwrap();
    assert_eq!(bench.looks(&slow).await, 2);
    assert!(bench.work(&sheet).await.progress.is_running());

    // A page that is renewed waits as well, and says why it is old.
    bench.fault(json!({"match": {"path_contains": sheet.id.as_str()}, "times": 1, "kind": "status", "status": 429, "body": wait, "retry_after": 40})).await;
    let before = bench.calls("GET", sheet.id.as_str()).await.len();
    bench.clock.advance(2 * MINUTE);
    let opened = until(&bench, &sheet.id, |opened| opened.trouble.is_some()).await;
    assert_eq!(opened.trouble.unwrap().code.as_deref(), Some("rate_limited"));
    for _ in 0..39 {
        bench.clock.advance(SECOND);
        store.open_vidsheet(actor, agent, &sheet.id).await.unwrap();
    }
    assert_eq!(bench.calls("GET", sheet.id.as_str()).await.len(), before + 1);
    bench.clock.advance(3 * SECOND);
    until(&bench, &sheet.id, |opened| opened.trouble.is_none()).await;
}

#[tokio::test]
async fn f09_no_wait_is_shorter_than_a_second_or_longer_than_a_quarter_of_an_hour() {
    let bench = Bench::rude().await;
    let sheet = bench.sheet().await;
    let generation = bench.spend(&sheet, "a hook").await.unwrap().generation_id.unwrap();
    let date = "date: Sun, 06 Nov 1994 08:49:37 GMT";
    let mut looks = 0;
    for (header, least, most) in [
        ("retry-after: 40", 40, 60),
        ("retry-after: Sun, 06 Nov 1994 08:50:37 GMT", 60, 90),
        ("retry-after: Sun, 06 Nov 1994 07:00:00 GMT", 1, 60),
        ("retry-after: -7", 1, 60),
        ("retry-after: 1000000000", 900, 1000),
        ("retry-after: 99999999999999999999999999", 900, 1000),
        ("retry-after: soon", 1, 60),
        ("retry-after: 40\r\nretry-after: 99", 40, 60),
    ] {
        let body = br#"{"error":"Too many requests","error_code":"rate_limited"}"#;
        let refusal = answer("429 Too Many Requests", &[date, header], body);
        bench.between().strike("GET", generation.as_str(), 1, Rudeness::Say(refusal));
        let due = bench.store.next_due().await.unwrap().unwrap();
        bench.clock.advance(due - bench.now());
        bench.store.follow_due().await.unwrap();
        // A short wait is slept through by the call itself; then GEN has answered by now.
        let wait = bench.store.next_due().await.unwrap().unwrap() - bench.now();
        assert!((least * SECOND..=most * SECOND).contains(&wait), "{header}: {wait}");
        let asked = bench.between().arrived("GET", generation.as_str());
        assert!((looks + 1..=looks + 2).contains(&asked), "{header}: {looks} to {asked}");
        looks = asked;
    }
    assert!(bench.work(&sheet).await.progress.is_running());
}

#[tokio::test]
async fn f11_a_failing_gen_leaves_the_page_with_its_age() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    for status in [500, 502, 503, 504] {
        bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await.unwrap();
        let fresh = until(&bench, &sheet.id, |opened| opened.trouble.is_none()).await;
        let rule = json!({"match": {"path_contains": sheet.id.as_str()}, "kind": "status", "status": status});
        bench.fault(rule).await;
        bench.clock.advance(2 * MINUTE);
        let stale = until(&bench, &sheet.id, |opened| opened.trouble.is_some()).await;
        assert_eq!((&stale.value, stale.as_of), (&fresh.value, fresh.as_of), "{status}");
        let trouble = stale.trouble.unwrap();
        assert!(trouble.since > stale.as_of && !trouble.message.is_empty(), "{status}: {trouble:?}");
        bench.control("DELETE", "fault", json!(null)).await;
    }
}
