//! Reads are tried again where that helps.

use gen_client::Error;
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

#[tokio::test]
async fn nobody_there_is_said_without_the_address() {
    let server = nobody().await;
    let error = client(&server).me().await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { sent: false, .. }), "{error:?}");
    assert!(!error.to_string().contains("http://"), "{error}");
}
