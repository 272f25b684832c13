use model::{Progress, Role};
use serde_json::json;
use store::{Credentials, Error};

use crate::bench::{Bench, text_card};

#[tokio::test]
async fn a_lost_call_that_gen_never_had_frees_its_cell_after_the_last_look() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    bench
        .fault(
            json!({"match": {"method": "POST", "path_contains": "/generate"}, "times": 1, "kind": "close"}),
        )
        .await;
    store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a hook")).await.unwrap();
    for _ in 0..2 {
        bench.follow().await;
        let again = store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a hook")).await;
        assert!(matches!(again, Err(Error::AlreadyRunning)), "{again:?}");
    }
    bench.follow().await;
    let lost = bench.cell(&sheet, &sheet.text).await.work.unwrap();
    assert_eq!(lost.progress, Progress::Unknown);
    assert!(lost.reason.unwrap().ends_with("GEN shows nothing new on this cell since."));
    let again =
        store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a hook")).await.unwrap();
    assert_eq!(again.progress, Progress::Pending);
}

#[tokio::test]
async fn two_starts_at_once_are_one_call() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let start = || store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a hook"));
    let (one, two) = tokio::join!(start(), start());
    let refused =
        [&one, &two].into_iter().filter(|start| matches!(start, Err(Error::AlreadyRunning))).count();
    assert_eq!(refused, 1, "{one:?} {two:?}");
    assert_eq!(bench.calls("POST", "/generate").await.len(), 1);
    // Another cell is free.
    store.start_render(actor, agent, &sheet.id, &sheet.final_video).await.unwrap();
    assert_eq!(store.running_count(actor).await.unwrap(), (2, 2));
}

#[tokio::test]
async fn who_asked_may_go_away_and_the_call_is_settled_all_the_same() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    bench.fault(json!({"match": {"method": "POST", "path_contains": "/generate"}, "times": 1, "kind": "delay", "ms": 300})).await;
    let mut wake = store.changes().wake();
    {
        let start = store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a hook"));
        tokio::pin!(start);
        // Dropped as soon as the intent is written down, as a closed connection drops a request.
        tokio::select! {
            biased;
            _ = wake.changed() => {}
            started = &mut start => panic!("too early: {started:?}"),
        }
    }
    loop {
        let work = bench.cell(&sheet, &sheet.text).await.work.unwrap();
        if work.progress == Progress::Pending {
            break;
        }
        assert!(matches!(work.progress, Progress::Queued | Progress::Sending));
        wake.changed().await.unwrap();
    }
}

#[tokio::test]
async fn a_restart_in_mid_call_leaves_it_unknown_and_finds_it_again() {
    let mut bench = Bench::open().await;
    let sheet = bench.sheet().await;
    bench.fault(json!({"match": {"method": "POST", "path_contains": "/generate"}, "times": 1, "kind": "delay", "ms": 60_000})).await;
    let (store, actor, agent) = (bench.store.clone(), bench.actor.clone(), bench.agent.clone());
    let (id, cell) = (sheet.id.clone(), sheet.text.clone());
    let waiting = tokio::spawn(async move {
        let started = store.start_generation(&actor, &agent, &id, &cell, text_card("a hook")).await;
        drop(started);
    });
    // The call has left once the simulator has seen it.
    while bench.calls("POST", "/generate").await.is_empty() {
        tokio::task::yield_now().await;
    }
    waiting.abort();
    bench.restart().await;
    let left = bench.cell(&sheet, &sheet.text).await.work.unwrap();
    assert_eq!(left.progress, Progress::Unknown, "written down before the process ended");
    bench.store.recover().await.unwrap();
    let work = bench.cell(&sheet, &sheet.text).await.work.unwrap();
    assert_eq!(work.progress, Progress::Unknown);
    assert!(work.reason.unwrap().contains("may have been charged"));
    assert!(bench.store.next_due().await.unwrap().is_some());
    assert_eq!(bench.calls("POST", "/generate").await.len(), 1);
}

#[tokio::test]
async fn a_gen_that_is_down_is_noticed_before_anything_is_sent() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    bench.down(true).await;
    let started = store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a hook")).await;
    assert!(matches!(started, Err(Error::Gen(_))), "{started:?}");
    assert_eq!(bench.cell(&sheet, &sheet.text).await.work.unwrap().progress, Progress::NotSent);
    bench.down(false).await;
    assert_eq!(bench.calls("POST", "/generate").await.len(), 0);
    store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a hook")).await.unwrap();
}

#[tokio::test]
async fn failed_work_keeps_its_reason_and_does_not_block() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("please fail")).await.unwrap();
    bench.drain().await;
    let work = bench.cell(&sheet, &sheet.text).await.work.unwrap();
    assert_eq!(work.progress, Progress::Failed);
    assert!(work.reason.unwrap().contains("refused this prompt"));
    let opened = bench.vidsheet(&sheet.id).await;
    assert_eq!(opened.work.len(), 1, "the grid shows why");
    let no_credits =
        store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("no credits")).await;
    assert!(matches!(no_credits, Err(Error::Gen(error)) if error.needs_credits()));
    let empty = store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card(" ")).await;
    assert!(matches!(empty, Err(Error::Invalid { field: "Prompt", .. })));
}

#[tokio::test]
async fn a4_viewers_spend_and_change_nothing() {
    let bench = Bench::open().await;
    let (store, agent) = (&bench.store, &bench.agent);
    let sheet = bench.sheet().await;
    let vera = Credentials {
        email: "vera@example.org".into(),
        name: "Vera".into(),
        password: "a long enough one".into(),
    };
    store.create_person(vera, Role::Viewer).await.unwrap();
    let (vera, _) = store.sign_in("vera@example.org", "a long enough one").await.unwrap();
    let before = bench.control("GET", "requests", json!(null)).await.as_array().unwrap().len();
    let card = text_card("a hook");
    let forbidden = [
        store.start_generation(&vera, agent, &sheet.id, &sheet.text, card).await.err(),
        store.start_render(&vera, agent, &sheet.id, &sheet.final_video).await.err(),
        store.set_cell_value(&vera, agent, &sheet.id, &sheet.text, "x".into(), None).await.err(),
        store.start_run(&vera, agent, bench.asks("ideas"), "1".into()).await.err(),
        store.clone_template(&vera, agent, "tiktok-skit", None, 0).await.err(),
        store.add_row(&vera, agent, &sheet.id).await.err(),
    ];
    for error in forbidden {
        assert!(matches!(error, Some(Error::Forbidden(_))), "{error:?}");
    }
    store.open_vidsheet(&vera, agent, &sheet.id).await.unwrap();
    let after = bench.control("GET", "requests", json!(null)).await.as_array().unwrap().len();
    assert_eq!(after, before);
}
