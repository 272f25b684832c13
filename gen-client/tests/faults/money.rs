//! A call that changes something is sent once, whatever happens to it; and we know whether it may have cost.

use std::collections::BTreeMap;

use futures::future::join_all;
use gen_client::operation::{ALL, Patience, Repeat};
use gen_client::{Error, GenClient, Idempotency};
use serde_json::json;
use wiremock::matchers::{any, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::every_call::every_call;
use crate::operations::operation_of;
use crate::rude::{Rude, Rudeness, nobody};
use crate::setup::{arrived, client, hasty_client, server, status};

#[tokio::test]
async fn f12_a_failing_gen_is_asked_again_as_often_as_the_operations_rule_says() {
    for code in [429, 500, 502, 503, 504] {
        let server = server(ResponseTemplate::new(code).set_body_json(json!({ "error": "busy" }))).await;
        let client = client(&server.uri());
        join_all(every_call(&client).into_iter().map(|(_, call)| call)).await;
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for request in server.received_requests().await.unwrap() {
            *counts.entry(format!("{} {}", request.method, request.url.path())).or_default() += 1;
        }
        let mut met = 0;
        for (call, count) in counts {
            let (method, path) = call.split_once(' ').unwrap();
            let operation = operation_of(method, path.strip_prefix("/v1").unwrap());
            // Two methods may send the same operation, so a path may be met by both.
            let methods = ALL.iter().filter(|other| other.id == operation.id);
            let expected: usize = methods.clone().map(|method| sends(method.repeat, code)).sum();
            // What was perhaps done is read again, which adds to the reads.
            let right = if operation.repeat == Repeat::Auto { count >= expected } else { count == expected };
            assert!(right, "{code}: {call} {count} times, not {expected}");
            met += methods.count();
        }
        assert_eq!(met, ALL.len());
    }
}

#[test]
fn what_spends_or_acts_in_public_is_never_repeated_by_the_machine() {
    for operation in ALL.iter().filter(|operation| operation.charges) {
        assert_eq!(operation.repeat, Repeat::Never, "{}", operation.id);
        assert_ne!(operation.patience, Patience::Read, "{}", operation.id);
    }
    for operation in ALL {
        let reads = operation.method == "GET";
        // An upload's address that is not used costs nothing.
        let harmless = reads || operation.id == "createDirectUpload";
        assert_eq!(operation.repeat == Repeat::Auto, harmless, "{}", operation.id);
    }
}

/// How often a call leaves when GEN answers so in its own words. Only by putting it off (429) GEN says that it did
/// nothing.
fn sends(repeat: Repeat, code: u16) -> usize {
    match repeat {
        Repeat::Auto => 3,
        Repeat::Once | Repeat::Gone => 2,
        Repeat::Reread => 1 + usize::from(code == 429),
        Repeat::Never => 1,
    }
}

#[tokio::test]
async fn what_shall_be_gone_and_is_not_there_any_more_was_removed() {
    for (first, second, is_well) in [(503, 404, true), (503, 204, true), (503, 503, false), (404, 204, false)]
    {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(ResponseTemplate::new(first)).up_to_n_times(1).mount(&server).await;
        Mock::given(any()).respond_with(ResponseTemplate::new(second)).mount(&server).await;
        let outcome = client(&server.uri()).delete_conversation(&"conv_1".parse().unwrap()).await;
        assert_eq!(outcome.is_ok(), is_well, "{first}, then {second}: {outcome:?}");
        assert_eq!(arrived(&server).await, if first == 404 { 1 } else { 2 });
    }
}

#[tokio::test]
async fn what_was_perhaps_done_is_looked_for_and_never_sent_over_another_state() {
    let cell = |value: &str| ResponseTemplate::new(200).set_body_json(json!({ "id": 3000, "value": value }));
    for (there, is_well) in
        [(cell("Mine"), true), (cell("Theirs"), false), (ResponseTemplate::new(404), false)]
    {
        let server = MockServer::start().await;
        Mock::given(method("PATCH")).respond_with(ResponseTemplate::new(502)).expect(1).mount(&server).await;
        Mock::given(method("GET")).respond_with(there).expect(1).mount(&server).await;
        let (agent, vidsheet, cell) =
            ("a1".parse().unwrap(), "100".parse().unwrap(), "3000".parse().unwrap());
        let outcome = client(&server.uri()).update_cell(&agent, &vidsheet, &cell, "Mine").await;
        // What is told is what happened to the call, not to the reading.
        let told = outcome.as_ref().map_err(status).map(|cell| cell.value.clone());
        let expected = if is_well { Ok(Some("Mine".to_owned())) } else { Err(Some(502)) };
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn f12_an_answer_that_leaves_us_not_knowing_is_not_followed_by_a_second_call() {
    for answer in [
        ResponseTemplate::new(500).set_body_json(json!({ "error": "x", "error_code": "y" })),
        ResponseTemplate::new(503),
        ResponseTemplate::new(408).set_body_json(json!({ "error": "x" })),
        ResponseTemplate::new(429).set_body_string("slow down"),
        ResponseTemplate::new(200).set_body_string("<html>please log in</html>"),
        ResponseTemplate::new(200).set_body_json(json!({ "error": "x" })),
        ResponseTemplate::new(201).set_body_string("{\"generation_id\":"),
        ResponseTemplate::new(201).set_body_json(json!({ "status": "pending" })),
        ResponseTemplate::new(204),
    ] {
        let server = server(answer).await;
        let error = spend(&client(&server.uri())).await.unwrap_err();
        assert!(error.may_have_been_sent(), "{error:?}");
        assert_eq!(arrived(&server).await, 1, "{error:?}");
    }
}

#[tokio::test]
async fn a_refusal_by_gen_cost_nothing() {
    for (code, error_code) in [
        (401, "unauthorized"),
        (403, "forbidden"),
        (404, "not_found"),
        (422, "validation_error"),
        (422, "insufficient_credits_for_job"),
        (429, "rate_limited"),
    ] {
        let server = server(
            ResponseTemplate::new(code).set_body_json(json!({ "error": "No", "error_code": error_code })),
        )
        .await;
        let error = spend(&client(&server.uri())).await.unwrap_err();
        assert!(!error.may_have_been_sent(), "{error:?}");
        assert_eq!(error.needs_credits(), error_code == "insufficient_credits_for_job");
        assert_eq!(arrived(&server).await, 1);
    }
}

#[tokio::test]
async fn f14_f16_f17_a_broken_connection_leaves_us_not_knowing() {
    for rudeness in [Rudeness::Close, Rudeness::Hang, Rudeness::Truncate] {
        let server = Rude::start(rudeness).await;
        let error = spend(&hasty_client(&server.url)).await.unwrap_err();
        assert!(error.may_have_been_sent(), "{error:?}");
        assert_eq!(server.arrived(), 1, "{error:?}");
    }
}

#[tokio::test]
async fn what_never_left_cost_nothing() {
    let error = spend(&client(&nobody().await)).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { sent: false, .. }), "{error:?}");
    assert!(!error.may_have_been_sent());
}

#[tokio::test]
async fn spending_carries_the_name_of_the_decision() {
    let server = server(ResponseTemplate::new(404)).await;
    let client = client(&server.uri());
    for (name, call) in every_call(&client) {
        call.await.expect_err(name);
    }
    for request in server.received_requests().await.unwrap() {
        let operation =
            operation_of(request.method.as_str(), request.url.path().strip_prefix("/v1").unwrap());
        let named = request.headers.get("idempotency-key").is_some_and(|name| name == "decision-1");
        assert_eq!(named, operation.charges, "{}", operation.id);
    }
}

#[tokio::test]
async fn a_decision_that_cannot_be_named_is_not_sent() {
    let server = server(ResponseTemplate::new(201)).await;
    let name = Idempotency("two\nlines".into());
    let error = client(&server.uri()).continue_generation(&"1".parse().unwrap(), &name).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)) && !error.may_have_been_sent());
    assert_eq!(arrived(&server).await, 0);
}

async fn spend(client: &GenClient) -> Result<(), Error> {
    let (agent, vidsheet, cell) = ("a1".parse().unwrap(), "100".parse().unwrap(), "3000".parse().unwrap());
    client.render(&agent, &vidsheet, &cell, &Idempotency("decision-1".into())).await.map(drop)
}
