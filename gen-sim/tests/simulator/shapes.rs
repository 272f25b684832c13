//! Every answer has what the documented payload of its operation has.

use gen_sim::{SEEDED_VIDSHEET, VIEWER_KEY};
use serde_json::{Value, json};

use super::{AGENT, call, call_as, cell_at, get, post, send, spring_glazes, stepped};

/// A payload from GEN's documentation, kept beside the client: both readings answer to the same examples.
fn documented(name: &str) -> Value {
    let path = format!("{}/../gen-client/tests/fixtures/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Every documented field is there and of its kind. Of lists, the first items are compared.
fn assert_shape(name: &str, ours: &Value) {
    let mut faults = Vec::new();
    compare(&documented(name), ours, name, &mut faults);
    assert!(faults.is_empty(), "{faults:#?}");
}

fn compare(theirs: &Value, ours: &Value, at: &str, faults: &mut Vec<String>) {
    // Ids are numbers in some places and text in others; the documents themselves mix them.
    let is_id = at.rsplit('.').next().is_some_and(|key| key == "id" || key.ends_with("_id"));
    match (theirs, ours) {
        (Value::Null, _) | (_, Value::Null) => {}
        (Value::Object(theirs), Value::Object(ours)) => {
            for (key, documented) in theirs {
                match ours.get(key) {
                    Some(given) => compare(documented, given, &format!("{at}.{key}"), faults),
                    None => faults.push(format!("{at}.{key} is missing")),
                }
            }
        }
        (Value::Array(theirs), Value::Array(ours)) => {
            if let (Some(first), Some(own)) = (theirs.first(), ours.first()) {
                compare(first, own, &format!("{at}[0]"), faults);
            }
        }
        (Value::String(_), Value::String(_))
        | (Value::Number(_), Value::Number(_))
        | (Value::Bool(_), Value::Bool(_)) => {}
        (Value::String(_) | Value::Number(_), Value::String(_) | Value::Number(_)) if is_id => {}
        (theirs, ours) => faults.push(format!("{at} should be like {theirs} but is {ours}")),
    }
}

#[test]
fn the_comparison_notices_what_is_wrong() {
    let mut faults = Vec::new();
    compare(
        &json!({"a": [{"b": 1}], "c": "x", "id": 1}),
        &json!({"a": [{}], "c": 2, "id": "1"}),
        "it",
        &mut faults,
    );
    assert_eq!(faults, ["it.a[0].b is missing", "it.c should be like \"x\" but is 2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_and_agents() {
    let sim = stepped().await;
    assert_shape("user", &get(&sim, "/v1/me"));
    assert_shape("organization", &get(&sim, "/v1/organizations/10"));
    assert_shape("agent", &get(&sim, &format!("/v1/agents/{AGENT}")));
    assert_shape("avatars", &get(&sim, &format!("/v1/agents/{AGENT}/avatars")));
    assert_shape("voices", &get(&sim, &format!("/v1/agents/{AGENT}/voice/library")));
    assert_shape("core", &get(&sim, &format!("/v1/agents/{AGENT}/core")));
    let changes = json!({"brand_name": "Santiago", "personality": "Grew up here.", "default_user_voice": {"voice_id": "fail"}});
    let (status, sections) = call(&sim, "PATCH", &format!("/v1/agents/{AGENT}/core"), &changes);
    assert_eq!(status, 207);
    assert_shape("core_saved", &sections);
}

#[tokio::test(flavor = "multi_thread")]
async fn ideas_and_runs() {
    let sim = stepped().await;
    assert_shape("conversations", &get(&sim, &format!("/v1/agent/conversations?agent_id={AGENT}")));
    assert_shape("idea", &get(&sim, &format!("/v1/agent/ideas?agent_id={AGENT}"))[0]);
    let (_, started) = post(&sim, "/v1/agent/run", &json!({"agent_id": AGENT, "message": "Generate 1 idea"}));
    assert_shape("run_started", &started);
    post(&sim, "/_sim/drain", &Value::Null);
    let run = get(&sim, &format!("/v1/agent/runs/{}", started["run_id"].as_str().unwrap()));
    assert_eq!(run["status"], "completed");
    let said = run["messages"].as_array().unwrap().last().unwrap();
    let documented = documented("run_completed");
    let mut faults = Vec::new();
    compare(&documented["messages"][0], said, "message", &mut faults);
    // The four groups are inside `data` in the reference and beside the title on another page.
    let example = &documented["messages"][1]["data"]["ideas"][0];
    let mut own = said["data"]["ideas"][0].clone();
    for (key, value) in own["data"].as_object().unwrap().clone() {
        own[key] = value;
    }
    compare(example, &own, "idea", &mut faults);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn vidsheets_and_what_is_in_them() {
    let sim = stepped().await;
    let sheet = spring_glazes(&sim);
    assert_shape("vidsheet", &sheet);
    assert_shape("column", &sheet["spreadsheet_columns"][0]);
    assert_shape("row", &sheet["spreadsheet_rows"][0]);
    let cell = cell_at(&sheet, 0, "VIDEO");
    assert_shape("cell", &cell);
    let sound = cell["video_layers"].as_array().unwrap().iter().find(|layer| layer["name"] == "Room tone");
    let voice = &cell["video_layers"][1];
    let mut theirs = documented("layer");
    // Which attributes a layer has depends on its type and on who made it.
    theirs["additional_attributes"].as_object_mut().unwrap().remove("startFromSound");
    let mut faults = Vec::new();
    compare(&theirs, sound.unwrap_or(voice), "layer", &mut faults);
    assert!(faults.is_empty(), "{faults:#?}");
    assert_shape("templates", &get(&sim, "/v1/templates/projects"));
    let (_, cloned) =
        post(&sim, "/v1/templates/spreadsheets/tiktok-talking-avatar/clone", &json!({"agent_id": AGENT}));
    assert_shape("template_cloned", &cloned);
}

#[tokio::test(flavor = "multi_thread")]
async fn generations_and_their_files() {
    let sim = stepped().await;
    let sheet = spring_glazes(&sim);
    let cells = format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells");
    let text = json!({"generation_type": "text", "data": {"prompt": "a script"}});
    let (_, started) = post(
        &sim,
        &format!("{cells}/{}/generate?agent_id={AGENT}", cell_at(&sheet, 9, "SCRIPT")["id"]),
        &text,
    );
    assert_shape("generation_started", &started);
    let (_, render) = post(
        &sim,
        &format!("{cells}/{}/render?agent_id={AGENT}", cell_at(&sheet, 0, "FINAL VIDEO")["id"]),
        &Value::Null,
    );
    post(&sim, "/_sim/drain", &Value::Null);
    assert_shape("generation_text", &get(&sim, &format!("/v1/generations/{}", started["generation_id"])));
    let rendered = get(&sim, &format!("/v1/generations/{}", render["generation_id"]));
    assert_shape("render_completed", &rendered);
    assert_shape("generation", &rendered);
    assert_shape("content_resources", &get(&sim, &format!("/v1/content_resources?agent_id={AGENT}")));
    let file = &rendered["output_resources"][0]["id"];
    assert_shape("content_resource", &get(&sim, &format!("/v1/content_resources/{file}?agent_id={AGENT}")));
}

#[tokio::test(flavor = "multi_thread")]
async fn errors() {
    let sim = stepped().await;
    assert_eq!(send(&sim, "GET", "/v1/me", &[], "").unwrap().json(), documented("error_unauthorized"));
    assert_eq!(call(&sim, "GET", "/v1/unknown", &Value::Null).1, documented("error_not_found"));
    post(&sim, "/_sim/credits", &json!({"organization_id": 10, "generic": 0.0}));
    let sheet = format!("/v1/autocontentengine/{SEEDED_VIDSHEET}?agent_id={AGENT}");
    assert_eq!(call_as(&sim, VIEWER_KEY, "GET", &sheet, &Value::Null).1, documented("error_credits"));
}
