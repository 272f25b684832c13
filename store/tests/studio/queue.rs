//! The queue: many at once, in order, within caps, and never more than a person said yes to.

use model::{Basis, CapScope, Progress, Role, Work};
use serde_json::json;
use store::{Credentials, Error};

use crate::bench::{Bench, cells, dispatch, start, text_card};

fn ids(works: &[Work]) -> Vec<String> {
    works.iter().map(|work| work.id.clone()).collect()
}

#[tokio::test]
async fn a_batch_is_quoted_written_down_and_sent_once_each() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 12).await;
    let quote = bench
        .store
        .quote_batch(&bench.actor, &bench.agent, &sheet.id, cells.clone(), Some(text_card("a hook")))
        .await
        .unwrap();
    assert_eq!((quote.cells.len(), quote.fits, quote.already), (12, 12, 0));
    assert_eq!((quote.lines.len(), quote.lines[0].count), (1, 12));
    assert!(quote.credits > 0.0 && quote.funds.balance.is_some());
    let batch = start(&bench, &sheet, &cells, "one click").await.unwrap();
    assert_eq!((batch.size, batch.waiting), (12, 12));
    let again = start(&bench, &sheet, &cells, "one click").await.unwrap();
    assert_eq!(again.id, batch.id, "the same click is the same batch");
    dispatch(&bench).await;
    assert_eq!(bench.calls("POST", "/generate").await.len(), 10, "ten of a key run at once");
    let queue = bench.store.open_queue(&bench.actor).await.unwrap();
    assert_eq!((queue.running.len(), queue.waiting.len(), queue.running_at_once), (10, 2, (10, 10)));
    bench.drain().await;
    dispatch(&bench).await;
    bench.drain().await;
    assert_eq!(bench.calls("POST", "/generate").await.len(), 12);
    let queue = bench.store.open_queue(&bench.actor).await.unwrap();
    assert!(queue.waiting.is_empty() && queue.running.is_empty() && queue.batches.is_empty());
    assert!(queue.ended.iter().all(|work| work.progress == Progress::Completed));
    let quote = bench.store.quote_batch(&bench.actor, &bench.agent, &sheet.id, cells, None).await.unwrap();
    assert_eq!(quote.already, 12, "the same settings were used for all of them");
}

#[tokio::test]
async fn m3_over_a_cap_is_held_until_an_admin_lets_it_go() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 4).await;
    let store = &bench.store;
    let price = store
        .quote(&bench.actor, &bench.agent, &sheet.id, &cells[0], Some(text_card("a hook")))
        .await
        .unwrap();
    assert_eq!(price.basis, Basis::Published);
    store.set_cap(&bench.actor, CapScope::Each, Some(price.credits * 2.5)).await.unwrap();
    start(&bench, &sheet, &cells, "1").await.unwrap();
    dispatch(&bench).await;
    assert_eq!(bench.calls("POST", "/generate").await.len(), 2);
    let queue = store.open_queue(&bench.actor).await.unwrap();
    assert_eq!(queue.waiting.iter().filter(|work| work.progress == Progress::Held).count(), 2);
    assert!(queue.waiting[0].reason.as_ref().unwrap().contains("your cap of"));
    store.release_work(&bench.actor, &ids(&queue.waiting[..1])).await.unwrap();
    dispatch(&bench).await;
    assert_eq!(bench.calls("POST", "/generate").await.len(), 3);
    store.stop_work(&bench.actor, &ids(&queue.waiting[1..])).await.unwrap();
    let queue = store.open_queue(&bench.actor).await.unwrap();
    assert!(queue.waiting.is_empty());
    assert_eq!(queue.ended[0].progress, Progress::NotSent);
}

#[tokio::test]
async fn what_waits_can_be_paused_and_put_in_front() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 3).await;
    let store = &bench.store;
    store.pause_queue(&bench.actor, true).await.unwrap();
    start(&bench, &sheet, &cells, "1").await.unwrap();
    dispatch(&bench).await;
    assert_eq!(bench.calls("POST", "/generate").await.len(), 0);
    let waiting = store.open_queue(&bench.actor).await.unwrap().waiting;
    let (first, last) = (waiting[0].id.clone(), waiting[2].id.clone());
    store.move_to_front(&bench.actor, std::slice::from_ref(&last)).await.unwrap();
    let order = |waiting: Vec<Work>| ids(&waiting);
    assert_eq!(order(store.open_queue(&bench.actor).await.unwrap().waiting)[0], last);
    store.move_before(&bench.actor, &last, None).await.unwrap();
    store.move_before(&bench.actor, &last, Some(&first)).await.unwrap();
    assert_eq!(order(store.open_queue(&bench.actor).await.unwrap().waiting)[..2], [last, first]);
    store.pause_queue(&bench.actor, false).await.unwrap();
    dispatch(&bench).await;
    let sent = bench.calls("POST", "/generate").await;
    assert!(sent[0]["path"].as_str().unwrap().contains(cells[2].as_str()));
}

#[tokio::test]
async fn two_people_share_what_may_run() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 16).await;
    start(&bench, &sheet, &cells[..15], "1").await.unwrap();
    dispatch(&bench).await;
    let store = &bench.store;
    let email = "edith@example.org";
    let edith =
        Credentials { email: email.into(), name: "Edith".into(), password: "a long enough one".into() };
    store.create_person(edith, Role::Editor).await.unwrap();
    let (edith, _) = store.sign_in(email, "a long enough one").await.unwrap();
    let work = store
        .start_generation(&edith, &bench.agent, &sheet.id, &cells[15], text_card("a hook"))
        .await
        .unwrap();
    assert_eq!(work.progress, Progress::Queued, "the key is busy");
    let running = store.open_queue(&bench.actor).await.unwrap().running;
    let generation = running[0].generation_id.clone().unwrap();
    store.stop_generation(&bench.actor, &bench.agent, &generation).await.unwrap();
    let before = bench.calls("POST", "/generate").await.len();
    dispatch(&bench).await;
    let sent = bench.calls("POST", "/generate").await;
    assert_eq!(sent.len(), before + 1);
    assert!(
        sent[before]["path"].as_str().unwrap().contains(cells[15].as_str()),
        "hers is next, not the batch"
    );
}

#[tokio::test]
async fn a_restart_goes_on_with_what_waited() {
    let mut bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 3).await;
    start(&bench, &sheet, &cells, "1").await.unwrap();
    bench.restart().await;
    bench.store.recover().await.unwrap();
    dispatch(&bench).await;
    assert_eq!(bench.calls("POST", "/generate").await.len(), 3);
}

#[tokio::test]
async fn what_failed_is_done_again_as_new_work() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let failing = text_card("please fail");
    store.start_generation(actor, agent, &sheet.id, &sheet.text, failing).await.unwrap();
    bench.drain().await;
    let failed = store.open_queue(actor).await.unwrap().ended;
    assert_eq!(failed[0].progress, Progress::Failed);
    assert_eq!(failed[0].refund, Some(model::Refund::Verified));
    let again = store.retry_work(actor, &ids(&failed)).await.unwrap();
    assert!(again.len() == 1 && again[0].id != failed[0].id);
    assert!(store.retry_work(actor, &ids(&failed)).await.unwrap().is_empty(), "the second tab finds it done");
    dispatch(&bench).await;
    assert_eq!(bench.calls("POST", "/generate").await.len(), 2);
    let running = ids(&again);
    assert!(matches!(store.retry_work(actor, &running).await, Err(Error::Invalid { .. })));
}

#[tokio::test]
async fn an_unclear_call_is_found_or_sent_again_with_its_own_key() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let lost = json!({"match": {"method": "POST", "path_contains": "/generate"}, "times": 1, "kind": "close", "after": true});
    bench.fault(lost).await;
    let work =
        store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a hook")).await.unwrap();
    assert_eq!(work.progress, Progress::Unknown);
    let known = store.open_unclear(actor, &work.id).await.unwrap();
    assert!(known.candidates.is_empty() && known.balance_before.is_some());
    // It had arrived: the look before the sending finds it.
    let found = store.send_again(actor, &work.id).await.unwrap();
    assert_eq!((found.id.as_str(), found.progress), (work.id.as_str(), Progress::Pending));
    assert_eq!(bench.calls("POST", "/generate").await.len(), 1);
    bench.drain().await;

    // This one had not.
    bench
        .fault(
            json!({"match": {"method": "POST", "path_contains": "/generate"}, "times": 1, "kind": "close"}),
        )
        .await;
    let work =
        store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("another")).await.unwrap();
    assert_eq!(work.progress, Progress::Unknown);
    let refusal = json!({"error": "Not now", "error_code": "validation_error"});
    bench.fault(json!({"match": {"method": "POST", "path_contains": "/generate"}, "times": 1, "kind": "status", "status": 422, "body": refusal})).await;
    assert!(matches!(store.send_again(actor, &work.id).await, Err(Error::Gen(_))));
    let still = bench.cell(&sheet, &sheet.text).await.work.unwrap();
    assert_eq!(still.progress, Progress::Unknown, "the first sending may have been charged all the same");
    let sent = store.send_again(actor, &work.id).await.unwrap();
    assert_eq!((sent.id.as_str(), sent.progress), (work.id.as_str(), Progress::Pending));
    let calls = bench.calls("POST", "/generate").await[1..].to_vec();
    assert_eq!(calls.len(), 3);
    assert_eq!(calls[1]["idempotency_key"], calls[2]["idempotency_key"]);
    assert_eq!(calls[0]["idempotency_key"], calls[1]["idempotency_key"]);
    bench.drain().await;
    let cell = bench.cell(&sheet, &sheet.text).await;
    assert_eq!((cell.cell.generations.len(), cell.work.unwrap().progress), (2, Progress::Completed));
}

#[tokio::test]
async fn after_a_day_the_same_key_protects_nobody_any_more() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    bench
        .fault(
            json!({"match": {"method": "POST", "path_contains": "/generate"}, "times": 1, "kind": "close"}),
        )
        .await;
    let work =
        store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a hook")).await.unwrap();
    bench.clock.advance(25 * 60 * crate::bench::MINUTE);
    assert!(matches!(store.send_again(actor, &work.id).await, Err(Error::Invalid { .. })));
    assert_eq!(bench.calls("POST", "/generate").await.len(), 1);
    let checked = store.check_again(actor, &work.id).await.unwrap();
    assert_eq!(checked.work.progress, Progress::Unknown);
}

#[tokio::test]
async fn whoever_lost_the_right_to_spend_spends_no_more() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 2).await;
    let store = &bench.store;
    let email = "edith@example.org";
    let edith =
        Credentials { email: email.into(), name: "Edith".into(), password: "a long enough one".into() };
    store.create_person(edith, Role::Editor).await.unwrap();
    let (edith, _) = store.sign_in(email, "a long enough one").await.unwrap();
    let card = Some(text_card("a hook"));
    store.start_batch(&edith, &bench.agent, &sheet.id, cells, card, "1".into()).await.unwrap();
    store.set_role(email, Role::Viewer).await.unwrap();
    dispatch(&bench).await;
    assert_eq!(bench.calls("POST", "/generate").await.len(), 0);
    let ended = store.open_queue(&bench.actor).await.unwrap().ended;
    assert!(ended.iter().all(|work| work.progress == Progress::NotSent));
    assert!(ended[0].reason.as_ref().unwrap().contains("may not spend"));
}
