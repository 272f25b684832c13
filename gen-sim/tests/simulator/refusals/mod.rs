//! Invalid requests, each refused with the status and the code that GEN's documentation gives.

mod core;
mod files;
mod ideas;
mod people;
mod vidsheets;

use gen_sim::{SEEDED_VIDSHEET, VIEWER_KEY};
use serde_json::{Value, json};

use super::{AGENT, call, call_as, cell_at, get, send, spring_glazes, stepped};

/// Method, path, bodies, status and code: every body is refused alike.
type Refused = (&'static str, String, Vec<Value>, u16, &'static str);

const VALIDATION: &str = "validation_error";

#[tokio::test(flavor = "multi_thread")]
async fn invalid_requests_are_refused_with_the_documented_code() {
    let sim = stepped().await;
    let groups = [
        people::people(),
        core::core(),
        core::voices(),
        ideas::ideas(),
        ideas::jobs(),
        vidsheets::vidsheets(&sim),
        files::cards(&sim),
        files::files(&sim),
    ];
    let mut tried = 0;
    let mut wrong = Vec::new();
    for (method, path, bodies, status, code) in groups.into_iter().flatten() {
        for body in bodies {
            tried += 1;
            let (heard, problem) = call(&sim, method, &path, &body);
            let told = problem["error"].as_str().is_some_and(|message| !message.is_empty());
            if heard != status || problem["error_code"] != code || !told {
                wrong.push(format!("{method} {path} {body}: {heard} {problem}, not {status} {code}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    println!("{tried} invalid requests, each refused with the documented code");
    assert!(tried >= 200, "only {tried} invalid requests");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_asks_for_the_key_first() {
    let sim = stepped().await;
    for line in OPERATIONS.lines().filter(|line| !line.is_empty()) {
        let (method, path) = line.split_once(' ').unwrap();
        let path = path.replace(['{', '}'], "");
        for headers in [&[][..], &[("x-api-key", "gen_pat_nobody")], &[("authorization", "Bearer nobody")]] {
            let heard = send(&sim, method, &path, headers, "{broken").unwrap();
            assert_eq!((heard.status, &heard.json()["error_code"]), (401, &json!("unauthorized")), "{line}");
        }
    }
    assert_eq!(OPERATIONS.lines().filter(|line| !line.is_empty()).count(), 106);
    let missed = &get(&sim, "/_sim/report")["missed"];
    assert_eq!(missed, &json!({}), "no operation is without a route");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_viewer_is_refused_every_change() {
    let sim = stepped().await;
    let sheet = spring_glazes(&sim);
    let cell = cell_at(&sheet, 9, "SCRIPT")["id"].clone();
    let scope = format!("agent_id={AGENT}");
    let own = format!("/v1/autocontentengine/{SEEDED_VIDSHEET}");
    for (method, path, body) in [
        ("POST", format!("{own}/rows?{scope}"), Value::Null),
        (
            "POST",
            format!("{own}/columns?{scope}"),
            json!({"spreadsheet_column": {"title": "A", "type": "text"}}),
        ),
        ("PATCH", format!("{own}/cells/{cell}?{scope}"), json!({"spreadsheet_cell": {"value": "x"}})),
        ("PATCH", format!("/v1/agents/{AGENT}/core"), json!({"goal": "sales"})),
        ("DELETE", format!("/v1/agents/{AGENT}"), Value::Null),
        ("POST", format!("/v1/asset_folders?{scope}"), json!({"asset_folder": {"name": "A"}})),
        ("POST", "/v1/research".to_owned(), json!({"topic": "x", "agent_id": AGENT})),
        ("PUT", format!("/v1/agent/profile?{scope}"), json!({"brand": {}})),
    ] {
        let (status, problem) = call_as(&sim, VIEWER_KEY, method, &path, &body);
        assert_eq!((status, &problem["error_code"]), (403, &json!("forbidden")), "{method} {path}");
    }
    for (method, path, body) in [
        ("PATCH", format!("/v1/agents/{AGENT}"), json!({"agent": {"name": "Mine"}})),
        ("POST", format!("/v1/user_jobs?{scope}"), json!({})),
        ("POST", format!("/v1/agents/{AGENT}/voice/clone"), json!({})),
    ] {
        let (status, problem) = call_as(&sim, VIEWER_KEY, method, &path, &body);
        assert_eq!((status, &problem["error_code"]), (403, &json!("permission_denied")), "{method} {path}");
    }
}

/// Method and path of every operation, as the documentation lists them.
const OPERATIONS: &str = "
GET /v1/me
GET /v1/workspaces
GET /v1/agents
POST /v1/agents
GET /v1/agents/{id}
PATCH /v1/agents/{id}
DELETE /v1/agents/{id}
GET /v1/agents/{agent_id}/avatars
POST /v1/agents/{agent_id}/avatars
PATCH /v1/agents/{agent_id}/avatars/{id}
DELETE /v1/agents/{agent_id}/avatars/{id}
GET /v1/agents/{agent_id}/core
PATCH /v1/agents/{agent_id}/core
GET /v1/agents/{agent_id}/voice/library
GET /v1/agents/{agent_id}/voice/integrations/elevenlabs
POST /v1/agents/{agent_id}/voice/integrations/elevenlabs
POST /v1/agents/{agent_id}/voice/integrations/elevenlabs/test
DELETE /v1/agents/{agent_id}/voice/integrations/elevenlabs
POST /v1/agents/{agent_id}/voice/design/generate-script
POST /v1/agents/{agent_id}/voice/design/generate-description
POST /v1/agents/{agent_id}/voice/design/generate-samples
POST /v1/agents/{agent_id}/voice/design
POST /v1/agents/{agent_id}/voice/clone
DELETE /v1/agents/{agent_id}/voice/{voice_id}
POST /v1/agents/{agent_id}/voice/{voice_id}/preview
GET /v1/agents/{agent_id}/voice/preview/{job_id}
GET /v1/organizations
POST /v1/organizations
GET /v1/organizations/{organization_id}
PATCH /v1/organizations/{organization_id}
DELETE /v1/organizations/{organization_id}
POST /v1/persisted_tokens
GET /v1/persisted_tokens
PATCH /v1/persisted_tokens/{id}
DELETE /v1/persisted_tokens/{id}/revoke
DELETE /v1/persisted_tokens/revoke_all
POST /v1/agent/run
GET /v1/agent/runs/{run_id}
POST /v1/agent/runs/{run_id}/approve
GET /v1/agent/conversations
GET /v1/agent/conversations/{id}
GET /v1/agent/conversations/{id}/messages
GET /v1/agent/conversations/{id}/runs
PATCH /v1/agent/conversations/{id}
DELETE /v1/agent/conversations/{id}
GET /v1/agent/ideas
POST /v1/agent/ideas/{id}/status
PUT /v1/agent/ideas/{id}/status/{status}
POST /v1/research
POST /v1/user_jobs
PUT /v1/user_jobs/{id}
GET /v1/user_jobs/{id}
GET /v1/templates/projects
GET /v1/templates/projects/{slug}
POST /v1/templates/spreadsheets/{slug}/clone
POST /v1/autocontentengine
GET /v1/autocontentengine/{id}
POST /v1/autocontentengine/{id}/clone
GET /v1/autocontentengine/{id}/rows
POST /v1/autocontentengine/{id}/rows
GET /v1/autocontentengine/{id}/rows/{row_id}
POST /v1/autocontentengine/{id}/rows/{row_id}/duplicate
PUT /v1/autocontentengine/{id}/rows/update_positions
PUT /v1/autocontentengine/{id}/rows/mass_update
GET /v1/autocontentengine/{id}/columns
POST /v1/autocontentengine/{id}/columns
POST /v1/autocontentengine/{id}/columns/{col_id}/duplicate
PATCH /v1/autocontentengine/{id}/columns/update_positions
PUT /v1/autocontentengine/{id}/columns/mass_update
GET /v1/autocontentengine/{id}/cells/{cell_id}
PATCH /v1/autocontentengine/{id}/cells/{cell_id}
PUT /v1/autocontentengine/{id}/cells/mass_update
PATCH /v1/autocontentengine/{id}/cells/{cell_id}/set_default_user_job
POST /v1/autocontentengine/{id}/cells/{cell_id}/layers
GET /v1/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}
PATCH /v1/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}
DELETE /v1/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}
POST /v1/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}/duplicate
PUT /v1/autocontentengine/{id}/cells/{cell_id}/layers/update_positions
POST /v1/autocontentengine/{id}/cells/{cell_id}/generate
POST /v1/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}/generate
GET /v1/generations/{id}
POST /v1/generations/{id}/stop
POST /v1/generations/{id}/continue
GET /v1/autocontentengine/{id}/global_variables
POST /v1/autocontentengine/{id}/import_global_variables
GET /v1/autocontentengine/global_variables_template
GET /v1/content_resources
POST /v1/content_resources
GET /v1/content_resources/{id}
PATCH /v1/content_resources/{id}
DELETE /v1/content_resources/{id}
GET /v1/asset_libraries
POST /v1/asset_folders
PATCH /v1/asset_folders/{id}
DELETE /v1/asset_folders/{id}
POST /v1/direct_upload
GET /v1/agents/{agent_id}/automation_config
PATCH /v1/agents/{agent_id}/automation_config
POST /v1/agents/{agent_id}/automation_config/test_webhook
POST /v1/agents/{agent_id}/automation_config/test_callback
POST /v1/autocontentengine/{id}/cells/{cell_id}/render
GET /v1/agent/profile
POST /v1/agent/profile
PUT /v1/agent/profile
DELETE /v1/agent/profile
";
