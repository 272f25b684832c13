//! Keys, roles, and what a user may not see.

use gen_sim::{BLANK_AGENT, OTHER_AGENT, OTHER_KEY, SEEDED_VIDSHEET, VIEWER_KEY};
use serde_json::{Value, json};

use super::{AGENT, call, call_as, get, post, send, stepped};

#[tokio::test(flavor = "multi_thread")]
async fn without_a_right_key_everything_is_401_first() {
    let sim = stepped().await;
    for (method, path) in [
        ("GET", "/v1/me"),
        ("POST", "/v1/agent/run"),
        ("PATCH", "/v1/agents/nobody/core"),
        ("GET", "/v1/no/such/thing"),
        ("PUT", "/v1/me"),
    ] {
        for headers in [vec![], vec![("x-api-key", "wrong")], vec![("authorization", "Bearer wrong")]] {
            let heard = send(&sim, method, path, &headers, "not json").unwrap();
            assert_eq!(heard.status, 401, "{method} {path}");
            assert_eq!(heard.json(), json!({"error": "Unauthorized", "error_code": "unauthorized"}));
        }
    }
    let bearer = format!("Bearer {}", gen_sim::DEMO_KEY);
    assert_eq!(send(&sim, "GET", "/v1/me", &[("authorization", &bearer)], "").unwrap().status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_reads_and_changes_nothing() {
    let sim = stepped().await;
    let core = format!("/v1/agents/{AGENT}/core");
    assert_eq!(call_as(&sim, VIEWER_KEY, "GET", &core, &Value::Null).0, 200);
    let (status, refused) = call_as(&sim, VIEWER_KEY, "PATCH", &core, &json!({"brand_name": "Mine"}));
    assert_eq!((status, &refused["error_code"]), (403, &json!("forbidden")));
    let row = format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/rows?agent_id={AGENT}");
    assert_eq!(call_as(&sim, VIEWER_KEY, "POST", &row, &Value::Null).0, 403);
    let run = json!({"agent_id": AGENT, "message": "Generate 2 content ideas"});
    assert_eq!(call_as(&sim, VIEWER_KEY, "POST", "/v1/agent/run", &run).0, 403);
    assert_eq!(get(&sim, &core)["brand_name"], "Kiln & Tide");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_users_key_does_not_open_anothers_agents() {
    let sim = stepped().await;
    let (_, agents) = call_as(&sim, OTHER_KEY, "GET", "/v1/agents", &Value::Null);
    let ids: Vec<&str> = agents.as_array().unwrap().iter().filter_map(|agent| agent["id"].as_str()).collect();
    assert_eq!(ids, [OTHER_AGENT]);
    let (status, refused) = call_as(&sim, OTHER_KEY, "GET", &format!("/v1/agents/{AGENT}"), &Value::Null);
    assert_eq!((status, &refused["error_code"]), (403, &json!("permission_denied")));
    let sheet = format!("/v1/vidsheet/{SEEDED_VIDSHEET}?agent_id=");
    assert_eq!(call_as(&sim, OTHER_KEY, "GET", &format!("{sheet}{AGENT}"), &Value::Null).0, 403);
    assert_eq!(call_as(&sim, OTHER_KEY, "GET", &format!("{sheet}{OTHER_AGENT}"), &Value::Null).0, 404);
    let ideas = get(&sim, &format!("/v1/agent/ideas?agent_id={AGENT}"));
    let set = format!("/v1/agent/ideas/{}/status/rejected", ideas[0]["id"]);
    assert_eq!(call_as(&sim, OTHER_KEY, "PUT", &set, &Value::Null).0, 404);
    let (status, refused) = call_as(&sim, OTHER_KEY, "GET", "/v1/organizations/10", &Value::Null);
    assert_eq!((status, &refused["error_code"]), (422, &json!("organization_not_found")));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_sees_what_the_reference_shows() {
    let sim = stepped().await;
    assert_eq!(get(&sim, "/v1/me")["name"], "Rosa Lindqvist");
    assert_eq!(
        get(&sim, "/v1/workspaces"),
        json!([{"id": 10, "name": "Tidewater Studio"}, {"id": 20, "name": "Harbour Lane Media"}])
    );
    assert_eq!(get(&sim, "/v1/agents").as_array().unwrap().len(), 3);
    assert_eq!(get(&sim, "/v1/agents?workspace_id=20").as_array().unwrap().len(), 1);
    let organization = get(&sim, "/v1/organizations/10");
    assert_eq!(organization["available_credit"], json!({"generic": "8412.0", "aura": "50.0"}));
    assert_eq!(organization["user_role"], "owner");
    let agent = get(&sim, &format!("/v1/agents/{AGENT}?with_organization_uuid=true"));
    assert_eq!(agent["organization_uuid"], organization["uuid"]);
    assert_eq!(agent["default_user_voice"]["name"], "Maren");
    assert_eq!(get(&sim, &format!("/v1/agents/{AGENT}/avatars"))[0]["is_primary"], true);
    assert_eq!(get(&sim, &format!("/v1/agents/{BLANK_AGENT}/core"))["monitored"], json!([]));
    let voices = get(&sim, &format!("/v1/agents/{AGENT}/voice/library?source=public"));
    assert_eq!(voices["total"], 4);
    assert_eq!(post(&sim, "/v1/me", &Value::Null).0, 404);
    let (status, refused) = call(&sim, "GET", "/v1/agents/ag_nobody", &Value::Null);
    assert_eq!((status, &refused["error_code"]), (422, &json!("agent_not_found")));
}
