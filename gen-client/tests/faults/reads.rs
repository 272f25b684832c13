//! Reads are tried again where that helps.

use std::time::Duration;

use gen_client::{Error, Idempotency};
use serde_json::json;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::rude::{Rude, Rudeness, nobody};
use crate::setup::{arrived, client, hasty_client, server, status};

#[tokio::test]
async fn f11_a_read_survives_two_failures() {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(503)).up_to_n_times(2).mount(&server).await;
    let user = ResponseTemplate::new(200).set_body_json(json!({ "id": 1, "email": "a@example.com" }));
    Mock::given(any()).respond_with(user).mount(&server).await;
    assert_eq!(client(&server.uri()).me().await.unwrap().email, "a@example.com");
    assert_eq!(arrived(&server).await, 3);
}

#[tokio::test]
async fn f8_a_long_wait_is_told_and_not_slept_through() {
    let answer = ResponseTemplate::new(429)
        .insert_header("retry-after", "40")
        .set_body_json(json!({ "error": "slow" }));
    let server = server(answer).await;
    let error = client(&server.uri()).me().await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 429, retry_after: Some(40), .. }), "{error:?}");
    assert_eq!(arrived(&server).await, 1);
}

#[tokio::test]
async fn a_refusal_is_not_asked_for_again() {
    for code in [400, 401, 403, 404, 408, 409, 422] {
        let server = server(ResponseTemplate::new(code).set_body_json(json!({ "error": "No" }))).await;
        let error = client(&server.uri()).me().await.unwrap_err();
        assert_eq!(
            (status(&error), error.refuses_key(), error.is_not_found()),
            (Some(code), code == 401, code == 404)
        );
        assert_eq!(arrived(&server).await, 1, "{code}");
    }
}

#[tokio::test]
async fn f14_a_silent_gen_is_given_up_in_time() {
    let server = Rude::start(Rudeness::Hang).await;
    let error = hasty_client(&server.url).me().await.unwrap_err();
    assert_eq!(error, Error::Unreachable { reason: "no answer in time".into(), sent: true });
    assert_eq!(server.arrived(), 1);
}

/// The clock stands still and jumps to whatever is waited for next, so these are the real figures.
#[tokio::test(start_paused = true)]
async fn f13_what_is_slow_is_waited_for_as_long_as_promised() {
    let late = |seconds| Rude::start(Rudeness::Late(Duration::from_secs(seconds)));
    let server = late(29).await;
    assert_eq!(client(&server.url).me().await.unwrap().email, "a@example.com");
    let server = late(31).await;
    let error = client(&server.url).me().await.unwrap_err();
    assert_eq!(error, Error::Unreachable { reason: "no answer in time".into(), sent: true });
    assert_eq!(server.arrived(), 1, "an answer that may yet come is not asked for twice");
    for (seconds, answered) in [(119, true), (121, false)] {
        let server = late(seconds).await;
        let name = Idempotency("decision-1".into());
        let outcome = client(&server.url).continue_generation(&"1".parse().unwrap(), &name).await;
        assert_eq!(outcome.is_ok(), answered, "{seconds} s: {outcome:?}");
        assert!(outcome.err().is_none_or(|error| error.may_have_been_sent()));
        assert_eq!(server.arrived(), 1);
    }
}

#[tokio::test]
async fn nobody_there_is_said_without_the_address() {
    let server = nobody().await;
    let error = client(&server).me().await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { sent: false, .. }), "{error:?}");
    assert!(!error.to_string().contains("http://"), "{error}");
}
