//! Whoever goes away finds on return what they asked for.

mod common;

use common::studio::Target;
use common::{ADMIN, Server, Setup};
use serde_json::{Value, json};
use tokio::time::{Duration, timeout};

#[tokio::test]
async fn f41_a_click_counts_although_the_browser_is_gone_a_millisecond_later() {
    let server = Server::start(Setup::default()).await;
    let cookie = server.sign_in(ADMIN).await;
    let targets = server.targets(&["SCRIPT"], &cookie).await;
    let [gone_at_once, gone_while_gen_thinks, ..] = targets.as_slice() else { panic!("{targets:?}") };
    server.fault(json!({ "kind": "delay", "ms": 300, "match": { "path_contains": "/generate" } })).await;

    // The connection is cut while the call is on its way to GEN.
    let mut click = Box::pin(server.generate(gone_while_gen_thinks, &cookie));
    tokio::select! {
        answer = &mut click => panic!("GEN thinks yet: {answer:?}"),
        () = server.until("GEN has the call", async |server| server.calls_to("POST", "/generate").await == 1) => {}
    }
    drop(click);
    // And here before anybody can know whether the click arrived: either all of it happens or nothing.
    let cut = timeout(Duration::from_millis(1), server.generate(gone_at_once, &cookie)).await;
    assert!(cut.is_err(), "it was cut");

    server.clear_faults().await;
    let ours = async |server: &Server| {
        let running = server.work("running", &cookie).await.into_iter();
        let is_ours = |work: &Value| is_for(work, gone_while_gen_thinks) || is_for(work, gone_at_once);
        running.filter(is_ours).collect::<Vec<_>>()
    };
    server
        .until("GEN has answered all that it got", async |server| {
            let ours = ours(server).await;
            !ours.is_empty() && ours.iter().all(|work| work["progress"] == "pending")
        })
        .await;
    assert_eq!(
        server.calls_to("POST", "/generate").await,
        ours(&server).await.len(),
        "what GEN got is shown"
    );
    server.move_jobs("drain").await;
    server.until("all has ended", async |server| ours(server).await.is_empty()).await;
    let ended = server.work("ended", &cookie).await;
    let first = ended.iter().find(|work| is_for(work, gone_while_gen_thinks));
    assert_eq!(first.unwrap()["progress"], "completed");
}

fn is_for(work: &Value, target: &Target) -> bool {
    work["cell"]["cell_id"].as_u64() == target.cell.parse().ok()
}
