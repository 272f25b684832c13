//! GEN says no to a call that would have cost something.

use gen_sim::VIEWER_KEY;
use model::{NewKey, Progress};
use serde_json::{Value, json};
use store::Error;

use crate::bench::rude::{Rudeness, answer};
use crate::bench::{Bench, text_card};

/// Every start is answered so.
fn answered(status: u16, body: Value) -> Value {
    json!({"match": {"method": "POST", "path_contains": "/generate"}, "kind": "status", "status": status, "body": body})
}

#[tokio::test]
async fn f02_a_key_refused_for_a_spend_fails_nothing_else() {
    let bench = Bench::open().await;
    let (running, sheet) = (bench.sheet().await, bench.sheet().await);
    bench.spend(&running, "a hook").await.unwrap();
    bench.fault(answered(401, json!({"error": "Invalid API key", "error_code": "unauthorized"}))).await;
    let told = bench.spend(&sheet, "a hook").await;
    assert!(matches!(&told, Err(Error::Gen(error)) if error.refuses_key()), "{told:?}");
    let work = bench.work(&sheet).await;
    assert_eq!((work.progress, work.error_code.as_deref()), (Progress::Refused, Some("unauthorized")));
    assert_eq!(work.reason.as_deref(), Some("Invalid API key"));
    assert!(bench.store.list_keys(&bench.actor).await.unwrap()[0].refused);
    assert!(bench.work(&running).await.progress.is_running());
    assert!(bench.store.session(&bench.token).await.unwrap().is_some());
    assert_eq!((bench.calls("POST", "/generate").await.len(), bench.entries("charge").await), (2, 1));
}

#[tokio::test]
async fn f02_a_key_refused_before_the_spend_leaves_the_page_and_sends_nothing() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let before = bench.vidsheet(&sheet.id).await;
    let refusal = json!({"error": "Invalid API key", "error_code": "unauthorized"});
    bench.fault(json!({"kind": "status", "status": 401, "body": refusal})).await;
    let told = bench.spend(&sheet, "a hook").await;
    assert!(matches!(&told, Err(Error::Gen(error)) if error.refuses_key()), "{told:?}");
    assert!(bench.store.list_keys(&bench.actor).await.unwrap()[0].refused);
    let after = bench.vidsheet(&sheet.id).await;
    assert_eq!((after.vidsheet, after.work[0].progress), (before.vidsheet, Progress::Refused));
    assert_eq!(bench.calls("POST", "/generate").await.len(), 0);
}

#[tokio::test]
async fn f03_a_right_that_lacks_is_said_and_no_other_key_is_tried() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    // The person's own key may look only; the team's key, which could, is there as well.
    let own = NewKey { key: VIEWER_KEY.into(), label: "mine".into(), shared: false };
    bench.store.add_key(&bench.actor, own).await.unwrap();
    let told = bench.spend(&sheet, "a hook").await;
    assert!(matches!(&told, Err(Error::Gen(gen_client::Error::Api { status: 403, .. }))), "{told:?}");
    let work = bench.work(&sheet).await;
    assert_eq!((work.progress, work.error_code.as_deref()), (Progress::Refused, Some("forbidden")));
    assert_eq!((&work.agent_id, work.reason.is_some()), (&bench.agent, true));
    for _ in 0..3 {
        bench.follow().await;
    }
    assert_eq!((bench.calls("POST", "/generate").await.len(), bench.entries("charge").await), (1, 0));
    let keys = bench.store.list_keys(&bench.actor).await.unwrap();
    assert!(keys.iter().all(|key| !key.refused), "a right that lacks is no bad key");
}

#[tokio::test]
async fn f06_every_refusal_keeps_gens_words_and_code() {
    let bench = Bench::open().await;
    for (n, code) in [
        "validation_error",
        "agent_not_found",
        "invalid_api_key",
        "voice_id_required",
        "organization_not_found",
        "job_already_running",
        "a_code_of_tomorrow",
    ]
    .into_iter()
    .enumerate()
    {
        let sheet = bench.sheet().await;
        let words = format!("No <b>{code}</b> today");
        bench.fault(answered(422, json!({"error": words, "error_code": code}))).await;
        let told = bench.spend(&sheet, "a hook").await;
        let Err(Error::Gen(gen_client::Error::Api { status: 422, message, .. })) = told else {
            panic!("{code}: {told:?}")
        };
        let work = bench.work(&sheet).await;
        assert_eq!((work.progress, work.error_code.as_deref()), (Progress::Refused, Some(code)));
        assert_eq!((work.reason.as_deref(), message), (Some(words.as_str()), words.clone()));
        bench.follow().await;
        assert_eq!(bench.calls("POST", "/generate").await.len(), n + 1, "{code}");
        bench.control("DELETE", "fault", json!(null)).await;
    }
    assert_eq!(bench.entries("charge").await, 0);
}

#[tokio::test]
async fn f07_a_refusal_that_is_no_json_shows_its_status_and_no_markup() {
    let bench = Bench::rude().await;
    let sheet = bench.sheet().await;
    let page = b"<!doctype html><script>alert(1)</script>".as_slice();
    for body in [page, b"\xff\xfe", b""] {
        let refusal = answer("422 Unprocessable Entity", &["content-type: text/html"], body);
        bench.between().strike("GET", "/core", 1, Rudeness::Say(refusal));
        let told = bench.store.open_core(&bench.actor, &bench.agent).await.unwrap_err().to_string();
        assert!(told.contains("422") && !told.contains('<'), "{told}");
    }
    // What is not GEN's own refusal may come from somebody on the way there, after GEN had the call.
    let refusal = answer("422 Unprocessable Entity", &["content-type: text/html"], page);
    bench.between().strike("POST", "/generate", 1, Rudeness::Say(refusal));
    let work = bench.spend(&sheet, "a hook").await.unwrap();
    assert_eq!(work.progress, Progress::Unknown);
    let reason = work.reason.unwrap();
    assert!(reason.contains("422") && !reason.contains('<'), "{reason}");
    assert_eq!(bench.between().arrived("POST", "/generate"), 1);
}

#[tokio::test]
async fn f10_a_request_for_patience_that_is_not_gens_own_leaves_it_unknown() {
    let bench = Bench::rude().await;
    let sheet = bench.sheet().await;
    let slow_down = answer("429 Too Many Requests", &["retry-after: 1"], b"slow down");
    bench.between().strike("POST", "/generate", 1, Rudeness::Say(slow_down));
    let work = bench.spend(&sheet, "a hook").await.unwrap();
    assert_eq!(work.progress, Progress::Unknown);
    assert!(work.reason.unwrap().contains("429"));
    for _ in 0..5 {
        bench.follow().await;
    }
    assert_eq!(bench.work(&sheet).await.progress, Progress::Unknown);
    assert_eq!(bench.between().arrived("POST", "/generate"), 1, "no blind requeue");
    assert!(bench.between().arrived("GET", sheet.text.as_str()) >= 2, "the cell is looked at instead");
    let again =
        bench.store.start_generation(&bench.actor, &bench.agent, &sheet.id, &sheet.text, text_card("a hook"));
    assert!(again.await.is_ok(), "a person may send it again");
}
