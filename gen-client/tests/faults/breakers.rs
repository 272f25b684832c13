//! A GEN that fails is left alone, and so is a key that GEN refuses. The breaker of a simulator on this machine rests
//! a tenth of a second, so these tests wait for what happens, never for time.

use gen_client::{Error, Idempotency};
use serde_json::json;
use wiremock::matchers::{any, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::setup::{KEY, arrived, client, server, status, upstream};

#[tokio::test]
async fn a_failing_host_is_left_alone_and_nothing_is_spent_on_it() {
    let server = server(ResponseTemplate::new(500).set_body_json(json!({ "error": "down" }))).await;
    let client = client(&server.uri());
    let spend = async || client.continue_generation(&"1".parse().unwrap(), &decision()).await.unwrap_err();
    for _ in 0..5 {
        assert_eq!(status(&spend().await), Some(500));
    }
    let before = arrived(&server).await;
    let error = spend().await;
    assert!(matches!(error, Error::Unreachable { sent: false, .. }), "{error:?}");
    assert!(!error.may_have_been_sent() && error.to_string().contains("asked again"), "{error}");
    assert_eq!(arrived(&server).await, before);
}

#[tokio::test]
async fn once_me_answers_the_host_is_used_again() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(502)).up_to_n_times(5).mount(&server).await;
    let me = ResponseTemplate::new(200).set_body_json(json!({ "id": 1 }));
    Mock::given(path("/v1/me")).respond_with(me).mount(&server).await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let client = client(&server.uri());
    let go_on = async || client.continue_generation(&"1".parse().unwrap(), &decision()).await;
    for _ in 0..5 {
        assert_eq!(status(&go_on().await.unwrap_err()), Some(502));
    }
    while let Err(error) = go_on().await {
        assert!(matches!(error, Error::Unreachable { sent: false, .. }), "{error:?}");
        tokio::task::yield_now().await;
    }
    let asked: Vec<String> = server
        .received_requests()
        .await
        .unwrap()
        .iter()
        .map(|request| request.url.path().to_owned())
        .collect();
    let calls = |count| vec!["/v1/generations/1/continue".to_owned(); count];
    assert_eq!(asked, [calls(5), vec!["/v1/me".to_owned()], calls(1)].concat());
}

#[tokio::test]
async fn a_probe_that_fails_is_no_call() {
    let server = server(ResponseTemplate::new(503)).await;
    let client = client(&server.uri());
    let mut last = None;
    while arrived(&server).await < 6 {
        last = Some(client.continue_generation(&"1".parse().unwrap(), &decision()).await.unwrap_err());
        tokio::task::yield_now().await;
    }
    assert!(matches!(last, Some(Error::Unreachable { sent: false, .. })), "{last:?}");
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[5].url.path(), "/v1/me");
}

#[tokio::test]
async fn a_refused_key_is_not_shown_again_until_a_person_tests_it() {
    let server = MockServer::start().await;
    let refusal = json!({ "error": "This token was revoked.", "error_code": "unauthorized" });
    let refused = ResponseTemplate::new(401).set_body_json(&refusal);
    Mock::given(any()).respond_with(refused).up_to_n_times(1).mount(&server).await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "id": 1 })))
        .mount(&server)
        .await;
    let upstream = upstream(&server.uri());
    let key = |text: &str| gen_client::ApiKey::new(text.into()).unwrap();
    let (client, other) = (upstream.client(key(KEY)), upstream.client(key("gen_pat_another")));
    let stop = async |client: &gen_client::GenClient| client.stop_generation(&"1".parse().unwrap()).await;
    for _ in 0..3 {
        let error = stop(&client).await.unwrap_err();
        assert!(error.refuses_key() && error.to_string().contains("revoked"), "{error}");
    }
    assert_eq!(arrived(&server).await, 1);
    stop(&other).await.unwrap();
    client.me().await.unwrap();
    stop(&client).await.unwrap();
    assert_eq!(arrived(&server).await, 4);
}

fn decision() -> Idempotency {
    Idempotency("decision-1".into())
}
