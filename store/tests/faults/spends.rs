//! A paid call that GEN took, or may have taken.

use model::Progress;
use serde_json::json;

use crate::bench::rude::{Rudeness, answer};
use crate::bench::{Bench, cells, dispatch, start, text_card};

#[tokio::test]
async fn f12_a_gen_that_fails_in_mid_call_is_not_asked_a_second_time() {
    let bench = Bench::rude().await;
    for (n, status) in
        ["500 Oops", "502 Bad Gateway", "503 Busy", "504 Late", "500 Oops"].into_iter().enumerate()
    {
        let sheet = bench.sheet().await;
        let body = if n == 4 { "plain" } else { r#"{"error":"x","error_code":"internal_error"}"# };
        bench.between().strike("POST", "/generate", 1, Rudeness::Say(answer(status, &[], body.as_bytes())));
        let work = bench.spend(&sheet, "a hook").await.unwrap();
        assert_eq!(work.progress, Progress::Unknown, "{status}");
        let reason = work.reason.unwrap();
        assert!(reason.contains("may have been charged") && reason.contains(&status[..3]), "{reason}");
        for _ in 0..5 {
            bench.follow().await;
        }
        assert_eq!(bench.between().arrived("POST", "/generate"), n + 1, "{status}");
        assert_eq!(bench.work(&sheet).await.progress, Progress::Unknown, "{status}");
    }
    assert_eq!(bench.entries("charge").await, 0);
}

#[tokio::test]
async fn f05_without_credits_the_rest_of_a_batch_stays_here() {
    let bench = Bench::open().await;
    for (n, code) in ["usable_gen_credit_required", "insufficient_credits_for_job"].into_iter().enumerate() {
        let sheet = bench.sheet().await;
        let cells = cells(&bench, &sheet, 5).await;
        let refusal = json!({"error": "No credits <b>left</b>", "error_code": code});
        bench
            .fault(json!({"match": {"method": "POST"}, "kind": "status", "status": 422, "body": refusal}))
            .await;
        start(&bench, &sheet, &cells, code).await.unwrap();
        for _ in 0..3 {
            dispatch(&bench).await;
            bench.follow().await;
        }
        assert_eq!(
            bench.calls("POST", "/generate").await.len(),
            n + 1,
            "{code}: nothing after the first refusal"
        );
        let queue = bench.store.open_queue(&bench.actor).await.unwrap();
        assert_eq!((queue.waiting.len(), queue.running.len()), (4 * (n + 1), 0), "{code}");
        let batch =
            queue.batches.iter().find(|batch| batch.waiting == 4 && batch.ended_otherwise == 1).unwrap();
        assert_eq!((batch.paused, batch.reason.as_deref()), (true, Some("No credits <b>left</b>")));
        let refused = &queue.ended[0];
        assert_eq!((refused.progress, refused.error_code.as_deref()), (Progress::Refused, Some(code)));
        bench.control("DELETE", "fault", json!(null)).await;
    }
    assert_eq!(bench.entries("charge").await, 0);
}

#[tokio::test]
async fn f27_credits_that_run_out_at_item_37_leave_63_here_and_going_on_repeats_none() {
    // A text costs two credits. With one left GEN refuses the call; with none it refuses even to show the cell.
    for (credits, calls) in [(73.0, 37), (72.0, 36)] {
        let bench = Bench::open().await;
        let sheet = bench.sheet().await;
        let cells = cells(&bench, &sheet, 100).await;
        bench.credits(credits).await;
        let batch = start(&bench, &sheet, &cells, "1").await.unwrap();
        while !bench.store.open_queue(&bench.actor).await.unwrap().batches[0].paused {
            dispatch(&bench).await;
            bench.drain().await;
        }
        dispatch(&bench).await;
        let queue = bench.store.open_queue(&bench.actor).await.unwrap();
        let left = &queue.batches[0];
        assert_eq!((left.completed, left.ended_otherwise, left.waiting), (36, 1, 63));
        let refused = queue.ended.iter().filter(|work| work.progress == Progress::Refused);
        assert_eq!(refused.count(), 1);
        assert_eq!((bench.posts().await, bench.entries("charge").await), (calls, 36));
        bench.credits(1000.0).await;
        bench.store.pause_batch(&bench.actor, &batch.id, false).await.unwrap();
        while !bench.store.open_queue(&bench.actor).await.unwrap().batches.is_empty() {
            dispatch(&bench).await;
            bench.drain().await;
        }
        assert_eq!((bench.posts().await, bench.entries("charge").await), (calls + 63, 99));
    }
}

#[tokio::test]
async fn f26_a_generation_that_failed_says_why_and_is_not_run_again() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    bench.spend(&sheet, "please fail").await.unwrap();
    bench.drain().await;
    let work = bench.work(&sheet).await;
    assert_eq!(work.progress, Progress::Failed);
    assert!(work.reason.unwrap().contains("refused this prompt"));
    for _ in 0..10 {
        bench.drain().await;
    }
    assert_eq!(bench.store.next_due().await.unwrap(), None);
    assert_eq!(bench.calls("POST", "/generate").await.len(), 1);
    assert_eq!((bench.entries("charge").await, bench.entries("refund").await), (1, 1));
    // The person may.
    let again =
        bench.store.start_generation(&bench.actor, &bench.agent, &sheet.id, &sheet.text, text_card("a hook"));
    again.await.unwrap();
    bench.drain().await;
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
    assert_eq!((bench.entries("charge").await, bench.entries("refund").await), (2, 1));
    assert_eq!(bench.posts().await, 2);
}
