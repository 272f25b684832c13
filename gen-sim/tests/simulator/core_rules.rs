//! Agent Core: the merge rules and limits of the reference.

use serde_json::{Value, json};

use super::{AGENT, call, get, stepped};

fn path() -> String {
    format!("/v1/agents/{AGENT}/core")
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_sent_changes() {
    let sim = stepped().await;
    let before = get(&sim, &path());
    let (status, sections) = call(&sim, "PATCH", &path(), &json!({"description": "Two people, one kiln."}));
    assert_eq!(status, 200);
    assert_eq!(
        sections,
        json!({"brand": {"status": "ok", "data": {"description": "Two people, one kiln."}}})
    );
    let mut expected = before;
    expected["description"] = json!("Two people, one kiln.");
    assert_eq!(get(&sim, &path()), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn keywords_alone_overwrite_monitored() {
    let sim = stepped().await;
    call(&sim, "PATCH", &path(), &json!({"keywords": ["ash", "salt"]}));
    let core = get(&sim, &path());
    assert_eq!(
        core["monitored"],
        json!([{"handle": "ash", "item_type": "keyword"}, {"handle": "salt", "item_type": "keyword"}])
    );
    let monitored = json!([{"handle": "@claylab", "item_type": "account"}]);
    call(&sim, "PATCH", &path(), &json!({"keywords": ["iron"], "monitored": monitored}));
    assert_eq!(get(&sim, &path())["monitored"], monitored);
}

#[tokio::test(flavor = "multi_thread")]
async fn linked_accounts_keep_add_and_drop_by_id() {
    let sim = stepped().await;
    let accounts =
        json!([{"id": 42, "url": "https://tiktok.com/@kiln"}, {"url": "https://youtube.com/@kiln"}]);
    assert_eq!(call(&sim, "PATCH", &path(), &json!({"linked_accounts": accounts})).0, 200);
    let saved = get(&sim, &path())["linked_accounts"].clone();
    assert_eq!(saved.as_array().unwrap().len(), 2);
    assert_eq!(
        saved[0],
        json!({"id": 42, "url": "https://tiktok.com/@kiln", "platform": "tiktok", "display_name": "Kiln & Tide"})
    );
    assert!(saved[1]["id"].as_u64().is_some_and(|id| id > 43));
    let (status, _) =
        call(&sim, "PATCH", &path(), &json!({"linked_accounts": [{"id": 777, "url": "https://x.com/kiln"}]}));
    assert_eq!(status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_unknown_fields_are_refused_whole() {
    let sim = stepped().await;
    let before = get(&sim, &path());
    let refused = [
        json!({"brand_name": "New", "description": "x".repeat(501)}),
        json!({"brand_name": "New", "personality": "x".repeat(20_001)}),
        json!({"brand_name": "New", "identity_type": "robot"}),
        json!({"brand_name": "New", "research_topics": vec![json!({"topic": "one"}); 21]}),
        json!({"brand_name": "New", "research_topics": [{"topic": "x".repeat(501)}]}),
        json!({"brand_name": "New", "monitored": [{"handle": "a", "item_type": "planet"}]}),
        json!({"brand_name": "New", "monitored": [{"handle": "a", "item_type": "account", "note": "?"}]}),
        json!({"brand_name": "New", "linked_accounts": [{"platform": "tiktok"}]}),
        json!({"brand_name": "New", "agent_id": AGENT}),
        json!({"brand_name": "New", "favourite_colour": "blue"}),
        json!({"brand_name": 12}),
        json!(["brand_name"]),
    ];
    for body in refused {
        let (status, problem) = call(&sim, "PATCH", &path(), &body);
        assert_eq!((status, &problem["error_code"]), (422, &json!("validation_error")), "{body}");
    }
    assert_eq!(get(&sim, &path()), before);
    // Exactly at the limits, counted in characters and not in bytes.
    let most = json!({"description": "ü".repeat(500), "personality": "é".repeat(20_000)});
    assert_eq!(call(&sim, "PATCH", &path(), &most).0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_voice_is_a_mixed_result() {
    let sim = stepped().await;
    let before = get(&sim, &path())["default_user_voice"].clone();
    let (status, sections) = call(
        &sim,
        "PATCH",
        &path(),
        &json!({"brand_name": "Kiln", "default_user_voice": {"voice_id": "fail"}}),
    );
    assert_eq!(status, 207);
    assert_eq!(sections["brand"]["status"], "ok");
    assert_eq!(sections["voice"], json!({"status": "error", "error": "voice service unavailable"}));
    let after = get(&sim, &path());
    assert_eq!((&after["brand_name"], &after["default_user_voice"]), (&json!("Kiln"), &before));
    assert_eq!(call(&sim, "PATCH", &path(), &json!({"default_user_voice": Value::Null})).0, 200);
}
