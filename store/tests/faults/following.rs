//! Work that GEN took, and what GEN says of it later.

use gen_client::model::{CreationCard, ImageCard};
use model::Progress;
use serde_json::{Value, json};

use crate::bench::{Bench, HOUR, MINUTE, SECOND, Sheet};

/// Moves the clock to where something is due next and looks; false when nothing is.
async fn look(bench: &Bench) -> bool {
    let Some(due) = bench.store.next_due().await.unwrap() else {
        return false;
    };
    bench.clock.advance((due - bench.now()).max(0));
    bench.store.follow_due().await.unwrap();
    true
}

fn on_generations(times: Option<u32>, status: u16, body: Value) -> Value {
    json!({"match": {"path_contains": "/generations/"}, "times": times, "kind": "status", "status": status, "body": body})
}

#[tokio::test]
async fn f04_a_generation_that_gen_forgot_is_gone_after_ten_minutes_and_stays_in_the_history() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let generation = bench.spend(&sheet, "a hook").await.unwrap().generation_id.unwrap();
    let gone = json!({"error": "Generation not found", "error_code": "not_found"});
    // Twice it seems to be gone; then GEN finds it again.
    bench.fault(on_generations(Some(2), 404, gone.clone())).await;
    for _ in 0..3 {
        look(&bench).await;
        assert!(bench.work(&sheet).await.progress.is_running());
    }
    bench.fault(on_generations(None, 404, gone)).await;
    let before = bench.looks(&generation).await;
    look(&bench).await;
    let since = bench.now();
    while look(&bench).await {}
    assert_eq!(bench.looks(&generation).await, before + 3, "no endless polling");
    assert!(bench.now() - since >= 10 * MINUTE, "{} ms", bench.now() - since);
    let work = bench.work(&sheet).await;
    assert_eq!((work.progress, work.generation_id), (Progress::Unknown, Some(generation)));
    assert!(work.reason.unwrap().contains("no longer at GEN"));
    let takes = bench.store.list_takes(&bench.actor, &bench.agent, &sheet.id, &sheet.text).await.unwrap();
    assert_eq!((takes.len(), takes[0].work.is_some()), (1, true), "nothing is deleted here");
    assert_eq!(bench.calls("POST", "/generate").await.len(), 1);
}

#[tokio::test]
async fn f18_malformed_looks_end_nothing() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    bench.spend(&sheet, "a hook").await.unwrap();
    for kind in ["garbage", "truncate"] {
        bench.fault(json!({"match": {"path_contains": "/generations/"}, "kind": kind})).await;
        for _ in 0..5 {
            assert!(look(&bench).await, "{kind}: it is still followed");
        }
        assert_eq!(bench.work(&sheet).await.progress, Progress::Pending, "{kind}");
        bench.control("DELETE", "fault", json!(null)).await;
    }
    bench.drain().await;
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
}

#[tokio::test]
async fn f19_a_word_nobody_knows_is_shown_as_it_is_and_followed_slowly() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let generation = bench.spend(&sheet, "a hook").await.unwrap().generation_id.unwrap();
    bench.fault(json!({"match": {"path_contains": "/generations/"}, "kind": "unknown_enum"})).await;
    look(&bench).await;
    let begun = bench.now();
    while bench.now() - begun < HOUR {
        assert!(look(&bench).await, "it is still followed");
    }
    let looks = bench.looks(&generation).await;
    assert!(looks <= 1 + 3600 / 9, "{looks} looks an hour");
    let work = bench.work(&sheet).await;
    assert!(work.progress.is_running());
    assert_eq!(work.generation.unwrap().status.as_str(), "brand_new");
    bench.control("DELETE", "fault", json!(null)).await;
    bench.drain().await;
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
    // A sheet in which every word is new keeps its rows, columns and cells.
    bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await.unwrap();
    let before = bench.vidsheet(&sheet.id).await.vidsheet;
    bench
        .fault(json!({"match": {"path_contains": sheet.id.as_str()}, "times": 1, "kind": "unknown_enum"}))
        .await;
    bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await.unwrap();
    let shown = bench.vidsheet(&sheet.id).await.vidsheet;
    assert_eq!(shown.rows.len(), before.rows.len());
    assert_eq!(shown.columns.len(), before.columns.len());
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
    bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await.unwrap();
    assert_eq!(bench.vidsheet(&sheet.id).await.vidsheet, before);
}

#[tokio::test]
async fn f28_what_gen_never_ends_is_looked_at_rarely_and_never_run_again() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let work =
        bench.store.start_render(&bench.actor, &bench.agent, &sheet.id, &sheet.final_video).await.unwrap();
    let generation = work.generation_id.unwrap();
    let rendering = async || bench.cell(&sheet, &sheet.final_video).await.work.unwrap();
    bench.control("POST", "step", json!(null)).await;
    for (hours, least, most) in [
        (1, SECOND, MINUTE),
        (23, SECOND, MINUTE),
        (25, 12 * MINUTE, 18 * MINUTE),
        (160, 12 * MINUTE, 18 * MINUTE),
    ] {
        bench.clock.advance(work.sent_at.unwrap() + hours * HOUR - bench.now());
        // Four looks, after which the interval has grown to what it will be.
        for _ in 0..8 {
            look(&bench).await;
        }
        let wait = bench.store.next_due().await.unwrap().unwrap() - bench.now();
        assert!((least..=most).contains(&wait), "after {hours} hours: {wait} ms");
        assert_eq!(rendering().await.progress, Progress::Processing);
    }
    bench.clock.advance(8 * HOUR);
    look(&bench).await;
    assert!(!look(&bench).await, "after a week it is not looked at any more by itself");
    let left = rendering().await;
    assert_eq!((left.progress, left.generation_id.as_ref()), (Progress::Processing, Some(&generation)));
    assert!(left.is_left_alone(bench.now()), "the page offers to look now");
    let posts = [bench.calls("POST", "/render").await.len(), bench.calls("POST", "/stop").await.len()];
    assert_eq!((posts, bench.entries("charge").await), ([1, 0], 1));
    // A person checks, and it has ended meanwhile.
    bench.control("POST", "drain", json!(null)).await;
    bench.clock.advance(MINUTE);
    bench.store.check_work(&bench.actor, &left.id).await.unwrap();
    assert_eq!(rendering().await.progress, Progress::Completed);
}

#[tokio::test]
async fn f29_what_has_ended_stays_ended_whatever_a_stale_replica_says() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let generation = bench.spend(&sheet, "a hook").await.unwrap().generation_id.unwrap();
    let mut answers = Vec::new();
    for status in ["pending", "processing"] {
        answers.push((status, stale(&bench, &sheet).await));
        bench.control("POST", "step", json!(null)).await;
    }
    // Out of order while it runs.
    for status in ["processing", "pending", "processing"] {
        bench.fault(on_generations(Some(1), 200, json!({"id": generation, "status": status}))).await;
        look(&bench).await;
        assert!(bench.work(&sheet).await.progress.is_running());
    }
    bench.drain().await;
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
    for (status, answer) in &answers {
        assert!(answer.to_string().contains(status));
        said_again(&bench, &sheet, answer).await;
        let work = bench.work(&sheet).await;
        assert_eq!(
            (work.progress, work.generation.unwrap().status.as_str()),
            (Progress::Completed, "completed")
        );
    }
    assert_eq!(bench.store.next_due().await.unwrap(), None);

    // Stopped is an end as well, until a person here goes on with it.
    let sheet = bench.sheet().await;
    let generation = bench.spend(&sheet, "a hook").await.unwrap().generation_id.unwrap();
    bench.control("POST", "step", json!(null)).await;
    let running = stale(&bench, &sheet).await;
    bench.store.stop_generation(&bench.actor, &bench.agent, &generation).await.unwrap();
    said_again(&bench, &sheet, &running).await;
    assert_eq!(bench.work(&sheet).await.progress, Progress::Stopped);
    bench.store.continue_generation(&bench.actor, &bench.agent, &generation).await.unwrap();
    assert!(bench.work(&sheet).await.progress.is_running());
    bench.drain().await;
    assert_eq!(bench.work(&sheet).await.progress, Progress::Completed);
    assert_eq!(bench.calls("POST", "/continue").await.len(), 1);
}

/// What GEN says of the sheet now, to be said again later.
async fn stale(bench: &Bench, sheet: &Sheet) -> Value {
    bench.at_gen(&format!("/autocontentengine/{}?agent_id={}", sheet.id, bench.agent)).await
}

async fn said_again(bench: &Bench, sheet: &Sheet, answer: &Value) {
    bench.fault(json!({"match": {"path_contains": sheet.id.as_str()}, "times": 1, "kind": "status", "status": 200, "body": answer})).await;
    bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await.unwrap();
}

#[tokio::test]
async fn f30_a_result_without_a_file_is_read_again_until_the_file_is_there() {
    let bench = Bench::open().await;
    for lacking in [3, 99] {
        let sheet = bench.sheet().await;
        let card = CreationCard::ImageFromText(ImageCard::new("a mug", "gemini_image".into(), "9:16".into()));
        let work = bench
            .store
            .start_generation(&bench.actor, &bench.agent, &sheet.id, &sheet.text, card)
            .await
            .unwrap();
        let generation = work.generation_id.unwrap();
        bench.control("POST", "drain", json!(null)).await;
        let empty = json!({"id": generation, "status": "completed", "output_resources": [], "user_job_type": "image_generation"});
        bench.fault(on_generations(Some(lacking), 200, empty.clone())).await;
        // The cell says the same of it.
        let mut cell = bench
            .at_gen(&format!("/autocontentengine/{}/cells/{}?agent_id={}", sheet.id, sheet.text, bench.agent))
            .await;
        cell["user_jobs"] = json!([empty.clone()]);
        cell["default_user_job"] = empty;
        bench.fault(json!({"match": {"path_contains": format!("/cells/{}", sheet.text)}, "times": lacking, "kind": "status", "status": 200, "body": cell})).await;
        look(&bench).await;
        let work = bench.work(&sheet).await;
        assert_eq!(
            (work.progress, work.generation.unwrap().outputs.len()),
            (Progress::Completed, 0),
            "no file yet"
        );
        while look(&bench).await {}
        let outputs = bench.work(&sheet).await.generation.unwrap().outputs;
        let looks = bench.looks(&generation).await;
        if lacking == 3 {
            assert_eq!((looks, outputs.len()), (4, 1), "the result is not lost");
            assert!(outputs[0].url.is_some());
        } else {
            assert_eq!((looks, outputs.len()), (6, 0), "read again five times, not for ever");
        }
        bench.control("DELETE", "fault", json!(null)).await;
        bench.clock.advance(SECOND);
    }
}
