//! Clocks that are wrong.

use model::Progress;
use serde_json::json;

use crate::bench::rude::Rudeness;
use crate::bench::{Bench, HOUR, MINUTE, SECOND};

const DAY: i64 = 24 * HOUR;

#[tokio::test]
async fn f34_a_clock_that_jumps_back_takes_no_look_twice_and_stops_none() {
    let bench = Bench::rude().await;
    let sheet = bench.sheet().await;
    let generation = bench.spend(&sheet, "a hook").await.unwrap().generation_id.unwrap();
    bench.between().strike("GET", generation.as_str(), 1, Rudeness::Hang);
    bench.clock.advance(MINUTE);
    let store = bench.store.clone();
    let looking = tokio::spawn(async move { store.follow_due().await });
    while bench.between().arrived("GET", generation.as_str()) == 0 {
        tokio::task::yield_now().await;
    }
    // Somebody looks at GEN this moment; the clock jumps back by an hour.
    bench.clock.advance(-HOUR);
    for _ in 0..10 {
        bench.clock.advance(SECOND);
        bench.store.follow_due().await.unwrap();
    }
    assert_eq!(bench.between().arrived("GET", generation.as_str()), 1, "one look at a time");
    looking.abort();
    assert!(looking.await.unwrap_err().is_cancelled());
    // The wait that was set before the jump is not an hour longer for it.
    bench.control("POST", "drain", json!(null)).await;
    for _ in 0..30 {
        bench.clock.advance(10 * SECOND);
        bench.store.follow_due().await.unwrap();
    }
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
}

#[tokio::test]
async fn f34_a_clock_a_day_off_sends_nothing_twice_and_ends_nothing() {
    let mut bench = Bench::open().await;
    let sheet = bench.sheet().await;
    bench.spend(&sheet, "a hook").await.unwrap();
    for jump in [DAY, -2 * DAY, DAY] {
        bench.clock.advance(jump);
        bench.store.follow_due().await.unwrap();
        bench.restart().await;
        bench.store.recover().await.unwrap();
        bench.store.follow_due().await.unwrap();
        assert!(bench.work(&sheet).await.progress.is_running(), "{jump}");
    }
    bench.drain().await;
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
    assert_eq!((bench.calls("POST", "/generate").await.len(), bench.entries("charge").await), (1, 1));
}

#[tokio::test]
async fn f34_a_session_that_has_ended_is_not_revived_by_a_clock_that_goes_back() {
    let bench = Bench::open().await;
    bench.clock.advance(3 * HOUR);
    assert!(bench.store.session(&bench.token).await.unwrap().is_none());
    bench.clock.advance(-3 * HOUR);
    assert!(bench.store.session(&bench.token).await.unwrap().is_none());
}

#[tokio::test]
async fn f34_gens_dates_are_gens_and_none_of_ours_depends_on_them() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let generation = bench.spend(&sheet, "a hook").await.unwrap().generation_id.unwrap();
    bench.control("POST", "drain", json!(null)).await;
    let answer = json!({"id": generation, "status": "completed", "result": "Wet clay", "created_at": "2999-01-01T00:00:00Z",
        "updated_at": "not a date", "output_resources": [{"id": 9, "url": "https://cdn.gen.pro/a.png", "created_at": "2999-01-01T00:00:00Z"}]});
    bench.fault(json!({"match": {"path_contains": "/generations/"}, "times": 1, "kind": "status", "status": 200, "body": answer})).await;
    bench.follow().await;
    let work = bench.work(&sheet).await;
    assert_eq!(work.progress, Progress::Completed);
    assert_eq!(work.settled_at, Some(bench.now()), "when we learned of it, by our clock");
}
