//! Agents, avatars, organizations, keys, profile: made, changed, deleted.

use gen_sim::{BLANK_AGENT, VIEWER_KEY};
use serde_json::{Value, json};

use super::{AGENT, call, call_as, form, get, post, stepped};

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_is_made_changed_and_deleted() {
    let sim = stepped().await;
    let body = json!({"organization_id": 10, "agent": {"name": "Reviewer", "description": "Reviews", "time_zone": "America/Los_Angeles"}});
    let (status, made) = post(&sim, "/v1/agents", &body);
    assert_eq!((status, &made["agent"]["role"]), (201, &json!("owner")));
    let own = format!("/v1/agents/{}", made["agent"]["id"].as_str().unwrap());
    let change = json!({"agent": {"name": "Second", "default_user_voice_attributes": {"source": "eleven_labs", "voice_id": "21m00Tcm4TlvDq8ikWAM"}}});
    let (status, changed) = call(&sim, "PATCH", &own, &change);
    assert_eq!((status, &changed["agent"]["name"]), (200, &json!("Second")));
    assert_eq!(changed["agent"]["default_user_voice"]["name"], "Rachel");
    assert_eq!(get(&sim, &format!("{own}/core"))["default_user_voice"]["voice_id"], "21m00Tcm4TlvDq8ikWAM");
    assert_eq!(call(&sim, "DELETE", &own, &Value::Null), (200, Value::Null));
    assert_eq!(call(&sim, "GET", &own, &Value::Null).1["error_code"], "agent_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn avatars_are_uploaded_chosen_and_deleted_several_at_once() {
    let sim = stepped().await;
    let own = format!("/v1/agents/{BLANK_AGENT}/avatars");
    let picture = b"\x89PNG not really".as_slice();
    let file = ("agent_avatars_attributes[][file]", "a.png", "image/png", picture);
    assert_eq!(form(&sim, &own, &[], Some(file)), (200, Value::Null));
    let degod = json!({"agent_avatars_attributes": [{"degod_avatar_id": "7"}]});
    assert_eq!(post(&sim, &own, &degod).0, 200);
    let list = get(&sim, &own);
    assert_eq!((&list[0]["is_primary"], &list[1]["degod_avatar_id"]), (&json!(true), &json!(7)));
    let url = list[0]["url"].as_str().unwrap().strip_prefix(&sim.base_url()).unwrap();
    assert_eq!(super::send(&sim, "GET", url, &[], "").unwrap().bytes, picture);
    let second = &list[1]["id"];
    assert_eq!(call(&sim, "PATCH", &format!("{own}/{second}"), &Value::Null).0, 200);
    assert_eq!(get(&sim, &own)[0]["id"], *second);
    let both = format!("{own}/{}_{second}", list[0]["id"]);
    assert_eq!(call(&sim, "DELETE", &both, &Value::Null).0, 200);
    assert_eq!(get(&sim, &own), json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn avatars_page_by_a_cursor() {
    let sim = stepped().await;
    let own = format!("/v1/agents/{BLANK_AGENT}/avatars");
    let many: Vec<Value> = (0..25).map(|n| json!({"degod_avatar_id": n})).collect();
    assert_eq!(post(&sim, &own, &json!({"agent_avatars_attributes": many})).0, 200);
    let first = get(&sim, &own);
    let last = first.as_array().unwrap().iter().filter_map(|avatar| avatar["id"].as_u64()).max().unwrap();
    let second = get(&sim, &format!("{own}?cursor={last}"));
    assert_eq!((first.as_array().unwrap().len(), second.as_array().unwrap().len()), (20, 5));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organization_comes_with_an_owner_and_an_agent() {
    let sim = stepped().await;
    let (status, made) = post(&sim, "/v1/organizations", &json!({"organization": {"name": "Dune"}}));
    assert_eq!(status, 201);
    let id = &made["organization_id"];
    let own = format!("/v1/organizations/{id}");
    assert_eq!(get(&sim, &own)["user_role"], "owner");
    assert_eq!(get(&sim, &format!("/v1/agents?workspace_id={id}")).as_array().unwrap().len(), 1);
    let (status, changed) = call(&sim, "PATCH", &own, &json!({"organization": {"name": "Dunes"}}));
    assert_eq!((status, &changed["organization_id"]), (200, id));
    assert_eq!(get(&sim, &own)["name"], "Dunes");
    assert_eq!(call(&sim, "DELETE", &own, &Value::Null), (200, Value::Null));
    assert_eq!(call(&sim, "GET", &own, &Value::Null).1["error_code"], "organization_not_found");
    // A viewer may read the studio's organization and change nothing of it.
    let (status, problem) = call_as(
        &sim,
        VIEWER_KEY,
        "PATCH",
        "/v1/organizations/10",
        &json!({"organization": {"name": "Mine"}}),
    );
    assert_eq!((status, &problem["error_code"]), (403, &json!("forbidden")));
    assert_eq!(call_as(&sim, VIEWER_KEY, "DELETE", "/v1/organizations/10", &Value::Null).0, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_opens_the_studio_until_it_is_revoked() {
    let sim = stepped().await;
    let (status, made) = post(&sim, "/v1/persisted_tokens", &json!({"name": "n8n", "expires_in": 3600}));
    assert_eq!((status, &made["status"]), (201, &json!("active")));
    let secret = made["token"].as_str().unwrap();
    assert_eq!(call_as(&sim, secret, "GET", "/v1/me", &Value::Null).1["name"], "Rosa Lindqvist");
    let listed = get(&sim, "/v1/persisted_tokens");
    assert!(listed[0]["last_used_at"].is_string() && listed[0].get("token").is_none());
    let own = format!("/v1/persisted_tokens/{}", made["id"]);
    let (status, renamed) = call(&sim, "PATCH", &own, &json!({"persisted_token": {"name": "zapier"}}));
    assert_eq!((status, &renamed["name"]), (200, &json!("zapier")));
    assert_eq!(call(&sim, "DELETE", &format!("{own}/revoke"), &Value::Null).0, 204);
    assert_eq!(call_as(&sim, secret, "GET", "/v1/me", &Value::Null).0, 401);
    assert_eq!(get(&sim, "/v1/persisted_tokens")[0]["status"], "revoked");
    assert_eq!(call(&sim, "DELETE", "/v1/persisted_tokens/revoke_all", &Value::Null).0, 204);
    assert_eq!(call(&sim, "GET", "/v1/me", &Value::Null).0, 401, "this key went too");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_profile_is_another_view_of_the_core() {
    let sim = stepped().await;
    let own = format!("/v1/agent/profile?agent_id={AGENT}");
    assert_eq!(get(&sim, &own)["brand"]["brand_name"], "Kiln & Tide");
    let change = json!({"brand": {"keywords": ["clay"]}, "identity": {"use_character": true}});
    let (status, changed) = call(&sim, "PUT", &own, &change);
    assert_eq!((status, &changed["brand"]["keywords"]), (200, &json!(["clay"])));
    assert_eq!(changed["identity"]["use_character"], true);
    assert_eq!(get(&sim, &format!("/v1/agents/{AGENT}/core"))["keywords"], json!(["clay"]));
    assert_eq!(call(&sim, "DELETE", &own, &Value::Null).0, 200);
    let left = get(&sim, &own);
    assert!(left["brand"].is_null() && left["identity"]["persona"].is_string());
    let blank = format!("/v1/agent/profile?agent_id={BLANK_AGENT}");
    let (status, made) = post(&sim, &blank, &json!({"brand": {"brand_name": "Wood"}}));
    assert_eq!((status, &made["brand"]["brand_name"]), (201, &json!("Wood")));
}
