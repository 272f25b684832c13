//! What GEN watches: begun here, added by its number, changed, followed.

use gen_client::model::{Monitoring, MonitoringKind, MonitoringPlatform};
use model::Progress;
use serde_json::json;
use store::Error;

use crate::bench::Bench;

fn spec(keep_up: bool) -> Monitoring {
    Monitoring {
        platform: MonitoringPlatform::Tiktok,
        kind: MonitoringKind::Username,
        value: "claylab".into(),
        days: 30,
        country: Some("de".into()),
        max_results: Some(25),
        keep_up,
        comments: false,
    }
}

#[tokio::test]
async fn a_look_is_begun_followed_and_ends() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let begun = store.start_watch(actor, agent, spec(false), "one".into()).await.unwrap();
    store.start_watch(actor, agent, spec(false), "one".into()).await.unwrap();
    let sent = bench.calls("POST", "/user_jobs").await;
    assert_eq!(sent.len(), 1, "the same click is the same look");
    assert!(sent[0]["idempotency_key"].is_string());
    let watch = &begun.watches[0];
    assert_eq!((watch.spec.as_ref(), begun.unsent.len()), (Some(&spec(false)), 0));
    bench.drain().await;
    let ended = store.list_watches(actor, agent).await.unwrap().watches.remove(0);
    assert!(ended.job.unwrap().status.is_final());
    let refused = store.update_watch(actor, agent, &watch.job_id, spec(true)).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "Monitoring", .. })));
}

#[tokio::test]
async fn what_is_kept_up_goes_on_and_can_be_changed() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let job =
        store.start_watch(actor, agent, spec(true), "one".into()).await.unwrap().watches.remove(0).job_id;
    bench.drain().await;
    let watch = store.check_watch(actor, agent, &job).await.unwrap();
    assert!(!watch.job.unwrap().status.is_final(), "GEN goes on looking");
    assert_eq!(store.running_count(actor).await.unwrap(), (0, 0), "and nothing waits for it here");
    let queue = store.open_queue(actor).await.unwrap();
    assert_eq!(queue.ended[0].progress, Progress::Completed);

    let changed = Monitoring { days: 7, max_results: Some(50), ..spec(false) };
    let watch = store.update_watch(actor, agent, &job, changed.clone()).await.unwrap();
    assert_eq!(watch.spec, Some(changed));
    assert_eq!(bench.calls("PUT", &format!("/user_jobs/{job}")).await.len(), 1);
}

#[tokio::test]
async fn one_begun_elsewhere_is_added_by_its_number() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let (elsewhere, other, _folder) = bench.elsewhere().await;
    let job = elsewhere
        .start_watch(&other, agent, spec(true), "one".into())
        .await
        .unwrap()
        .watches
        .remove(0)
        .job_id;
    let watch = store.adopt_watch(actor, agent, &job).await.unwrap();
    assert_eq!((watch.spec, watch.person.as_deref()), (None, Some(actor.person.name.as_str())));
    let absent = store.adopt_watch(actor, agent, &"424242".parse().unwrap()).await;
    assert!(matches!(absent, Err(Error::Gen(error)) if error.is_not_found()));
    assert_eq!(store.list_watches(actor, agent).await.unwrap().watches.len(), 1);
}

#[tokio::test]
async fn what_gen_would_refuse_is_not_sent_and_what_it_refuses_is_kept_with_its_reason() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    for bad in [
        Monitoring { max_results: Some(51), ..spec(false) },
        Monitoring { max_results: Some(0), ..spec(false) },
        Monitoring { days: 31, ..spec(false) },
        Monitoring { country: Some("deu".into()), ..spec(false) },
        Monitoring { value: " @ ".into(), ..spec(false) },
        Monitoring { platform: MonitoringPlatform::Instagram, kind: MonitoringKind::Keyword, ..spec(false) },
    ] {
        let refused = store.start_watch(actor, agent, bad, "one".into()).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "Monitoring", .. })));
    }
    assert_eq!(bench.calls("POST", "/user_jobs").await.len(), 0);
    let body = json!({ "error": "No.", "error_code": "permission_denied" });
    bench.fault(json!({ "match": { "operation": "createUserJob" }, "kind": "status", "status": 403, "body": body, "times": 1 })).await;
    assert!(store.start_watch(actor, agent, spec(false), "two".into()).await.is_err());
    let listed = store.list_watches(actor, agent).await.unwrap();
    assert_eq!((listed.watches.len(), listed.unsent.len()), (0, 1));
    assert_eq!(listed.unsent[0].progress, Progress::Refused);
    assert_eq!(listed.unsent[0].error_code.as_deref(), Some("permission_denied"));
}
