//! What the simulator says about those who call it, and the faults that change a real answer.

use serde_json::{Value, json};

use super::{AGENT, call, cell_at, get, post, send, spring_glazes, stepped};

#[tokio::test(flavor = "multi_thread")]
async fn the_report_counts_operations_deviations_and_second_purchases() {
    let sim = stepped().await;
    let cell = cell_at(&spring_glazes(&sim), 9, "SCRIPT")["id"].clone();
    let path = format!("/v1/vidsheet/4100/cells/{cell}/generate");
    let body = json!({"agent_id": AGENT, "generation_type": "text_generation", "data": {"prompt": "x"}});
    let (_, first) = post(&sim, &path, &body);
    assert_eq!(post(&sim, &path, &body).0, 201);
    get(&sim, &format!("/v1/generations/{}", first["generation_id"]));
    let report = get(&sim, "/_sim/report");
    assert_eq!((&report["reached"], &report["of"]), (&json!(3), &json!(106)));
    assert_eq!(report["reached_ids"], json!(["getSheet", "generateCellContent", "getGeneration"]));
    let missed: usize =
        report["missed"].as_object().unwrap().values().map(|ids| ids.as_array().unwrap().len()).sum();
    assert_eq!(missed, 103);
    let deviations = report["strict_would_refuse"].to_string();
    for what in ["the path /vidsheet", "agent_id in the body", "an internal name"] {
        assert!(deviations.contains(what), "{what}: {deviations}");
    }
    assert_eq!(report["paid_calls_repeated"].as_array().unwrap().len(), 1);
    assert_eq!(report["polls_per_generation"], json!({first["generation_id"].to_string(): 1}));
    post(&sim, "/_sim/reset", &Value::Null);
    let after = get(&sim, "/_sim/report");
    assert_eq!((&after["reached"], &after["operations"]), (&json!(3), &json!({})), "reached stays reached");
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_change_the_real_answer_of_one_operation() {
    let sim = stepped().await;
    let path = format!("/v1/autocontentengine/4100/rows?agent_id={AGENT}");
    let plain = get(&sim, &path);
    let with = |kind: &str, more: Value| {
        let mut rule = json!({"match": {"operation": "listRows"}, "times": 1, "kind": kind});
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        assert_eq!(post(&sim, "/_sim/fault", &rule).0, 200, "{kind}");
        get(&sim, "/v1/me");
        let headers = [("x-api-key", gen_sim::DEMO_KEY)];
        send(&sim, "GET", &path, &headers, "").unwrap()
    };
    let texts = with("text_ids", json!({})).json();
    assert_eq!(texts[0]["id"], json!(plain[0]["id"].to_string()));
    let cell = |rows: &Value| rows[0]["spreadsheet_cells"][2].clone();
    assert_eq!(cell(&with("unknown_enum", json!({})).json())["default_user_job"]["status"], "brand_new");
    let bare = with("missing_optional", json!({})).json();
    assert!(cell(&bare).get("video_layers").is_none() && cell(&bare)["id"] == cell(&plain)["id"]);
    assert_eq!(with("mixed", json!({})).status, 207);
    let limited = with("status", json!({"status": 429, "retry_after": 3}));
    assert!(limited.status == 429 && limited.head.to_lowercase().contains("retry-after: 3"));
    assert!(with("slow_body", json!({"ms": 50})).head.contains("200"));
    assert_eq!(get(&sim, &path), plain);
}

#[tokio::test(flavor = "multi_thread")]
async fn strict_mode_refuses_what_the_report_only_notes() {
    let strict = gen_sim::Options { strict: true, ..Default::default() };
    let sim = super::start(strict).await;
    let rows = format!("/v1/autocontentengine/4100/rows?agent_id={AGENT}");
    assert_eq!(call(&sim, "GET", &rows, &Value::Null).0, 200);
    assert_eq!(call(&sim, "GET", &rows.replace("autocontentengine", "vidsheet"), &Value::Null).0, 404);
    assert_eq!(call(&sim, "GET", "/v1/agent/ideas", &json!({"agent_id": AGENT})).0, 422);
    assert_eq!(post(&sim, "/v1/persisted_tokens", &json!({"expires_in": "30d"})).0, 422);
    assert_eq!(post(&sim, &format!("/v1/asset_folders?agent_id={AGENT}"), &json!({"name": "Bare"})).0, 422);
}
