//! Answers that are no answer.

use gen_client::{Error, ErrorCode};
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::rude::{Rude, Rudeness};
use crate::setup::{client, server};

#[tokio::test]
async fn f18_f22_what_cannot_be_read_is_refused() {
    let deep = "[".repeat(100_000);
    for body in [
        "<!doctype html><title>Log in</title>",
        "",
        "   ",
        "{\"id\":",
        "\u{feff}{\"id\":1}",
        "{\"id\":NaN}",
        "{\"id\":1}{\"id\":2}",
        "null",
        "[]",
        "7",
        "\"ok\"",
        "{}",
        &deep,
    ] {
        let server = server(ResponseTemplate::new(200).set_body_string(body)).await;
        let error = client(&server.uri()).me().await.unwrap_err();
        assert!(matches!(error, Error::Decode { operation: "me", .. }), "{body:.40}: {error:?}");
    }
}

#[tokio::test]
async fn f22_an_error_dressed_as_a_success_is_an_error() {
    let body = json!({ "error": "GEN credits are required to use the API.", "error_code": "usable_gen_credit_required" });
    let server = server(ResponseTemplate::new(200).set_body_json(body)).await;
    let client = client(&server.uri());
    for error in
        [client.me().await.unwrap_err(), client.stop_generation(&"1".parse().unwrap()).await.unwrap_err()]
    {
        assert!(error.needs_credits() && error.to_string().contains("credits are required"), "{error:?}");
    }
}

#[tokio::test]
async fn f23_an_answer_without_end_is_cut_off() {
    let server = Rude::start(Rudeness::Endless).await;
    let error = client(&server.url).list_agents(None).await.unwrap_err();
    assert_eq!(error, Error::Decode { operation: "list_agents", reason: "it is too large".into() });
}

#[tokio::test]
async fn f17_an_answer_that_breaks_off_is_not_read() {
    let server = Rude::start(Rudeness::Truncate).await;
    let error = client(&server.url).open_generation(&"1".parse().unwrap()).await.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error:?}");
}

#[tokio::test]
async fn f6_f7_gens_words_arrive_as_text() {
    let is = async |answer: ResponseTemplate, code: &str, message: &str| {
        let server = server(answer).await;
        let error = client(&server.uri()).open_agent(&"a1".parse().unwrap()).await.unwrap_err();
        let expected = (ErrorCode(code.into()), message.to_owned());
        match error {
            Error::Api { code, message, .. } => assert_eq!((code, message), expected),
            other => panic!("{other:?}"),
        }
    };
    let coded = json!({ "error": "<b>Agent</b> not found", "error_code": "agent_not_found" });
    is(ResponseTemplate::new(422).set_body_json(coded), "agent_not_found", "<b>Agent</b> not found").await;
    is(ResponseTemplate::new(422).set_body_json(json!({ "detail": "Nope" })), ErrorCode::UNKNOWN, "Nope")
        .await;
    is(ResponseTemplate::new(422).set_body_string("nope"), ErrorCode::NOT_JSON, "nope").await;
    is(ResponseTemplate::new(403).set_body_string("<html>WAF</html>"), ErrorCode::NOT_JSON, "HTTP 403").await;
    is(ResponseTemplate::new(422).set_body_bytes([0xff, 0xfe]), ErrorCode::NOT_JSON, "\u{fffd}\u{fffd}")
        .await;
}

#[tokio::test]
async fn f21_a_mixed_result_names_what_failed() {
    let sections =
        json!({ "brand": { "status": "ok", "data": {} }, "voice": { "status": "error", "error": "down" } });
    let mixed = server(ResponseTemplate::new(207).set_body_json(sections)).await;
    let saved = client(&mixed.uri()).patch_core(&"a1".parse().unwrap(), &Default::default()).await.unwrap();
    assert_eq!(saved.failed().collect::<Vec<_>>(), [("voice", "down")]);
    let vague =
        server(ResponseTemplate::new(207).set_body_json(json!({ "brand": { "status": "ok" } }))).await;
    let patch = gen_client::model::AgentCorePatch { goal: Some("growth".into()), ..Default::default() };
    let error = client(&vague.uri()).patch_core(&"a1".parse().unwrap(), &patch).await.unwrap_err();
    assert!(matches!(error, Error::Decode { .. }), "{error:?}");
    let silent = server(ResponseTemplate::new(200)).await;
    let saved = client(&silent.uri()).patch_core(&"a1".parse().unwrap(), &Default::default()).await.unwrap();
    assert_eq!(saved.failed().count(), 0);
}

#[tokio::test]
async fn an_answer_that_does_not_bring_the_thing_back_is_fine_where_it_may() {
    for body in ["", "{}", "{\"success\":true}"] {
        let server = server(ResponseTemplate::new(200).set_body_string(body)).await;
        let client = client(&server.uri());
        let status = gen_client::model::IdeaStatus::Posted;
        assert_eq!(
            client.set_idea_status(&"a1".parse().unwrap(), &"1".parse().unwrap(), &status).await.unwrap(),
            None
        );
        let cells =
            client.mass_update_cells(&"a1".parse().unwrap(), &"1".parse().unwrap(), &[]).await.unwrap();
        assert_eq!(cells, []);
        client.stop_generation(&"1".parse().unwrap()).await.unwrap();
    }
}
