//! The calls themselves: GEN documents each, and each is sent as documented.

use std::collections::BTreeSet;
use std::path::Path;

use gen_client::Upstream;
use wiremock::{MockServer, Request, ResponseTemplate};

use crate::every_call::every_call;
use crate::setup::{config, key, server};

/// What every call sends, as method, path, parameters and body. GEN's reference is what to compare it with.
const SENT: &str = r#"
GET /v1/agent/conversations/conv_1/messages
GET /v1/agent/conversations?agent_id=a1
GET /v1/agent/ideas?agent_id=a1&status=generated
GET /v1/agent/runs/run_1
GET /v1/agents/a1
GET /v1/agents/a1/avatars?cursor=101
GET /v1/agents/a1/core
GET /v1/agents/a1/voice/library?source=public
GET /v1/agents?workspace_id=10
GET /v1/autocontentengine/100/cells/3000?agent_id=a1
GET /v1/autocontentengine/100/columns?agent_id=a1
GET /v1/autocontentengine/100/rows/500?agent_id=a1
GET /v1/autocontentengine/100/rows?agent_id=a1
GET /v1/autocontentengine/100?agent_id=a1&with_execution_cost=true
GET /v1/content_resources?agent_id=a1&type=video&page=0
GET /v1/generations/9000
GET /v1/me
GET /v1/organizations
GET /v1/organizations/10
GET /v1/templates/projects/tiktok-video
GET /v1/templates/projects?page=2
GET /v1/workspaces
PATCH /v1/agents/a1/core {"goal":"growth"}
PATCH /v1/autocontentengine/100/cells/3000/set_default_user_job?agent_id=a1 {"user_job_id":9000}
PATCH /v1/autocontentengine/100/cells/3000?agent_id=a1 {"spreadsheet_cell":{"value":"Hello"}}
POST /v1/agent/run {"agent_id":"a1","context":{"vidsheet_id":100},"conversation_id":"conv_1","message":"Three ideas, please"}
POST /v1/agent/runs/run_1/approve {"approved":true}
POST /v1/autocontentengine/100/cells/3000/generate?agent_id=a1 {"data":{"model":"gpt_4o_mini","prompt":"Write a hook","variables":{}},"generation_type":"text"}
POST /v1/autocontentengine/100/cells/3000/render?agent_id=a1
POST /v1/autocontentengine/100/clone?agent_id=a1 {"target_agent_id":"a2"}
POST /v1/autocontentengine/100/rows/500/duplicate?agent_id=a1
POST /v1/autocontentengine/100/rows?agent_id=a1 {"spreadsheet_row":{"position":3}}
POST /v1/autocontentengine?agent_id=a1 {"spreadsheet":{"title":"Spring"}}
POST /v1/generations/9000/continue
POST /v1/generations/9000/stop
POST /v1/templates/spreadsheets/tiktok-video/clone {"agent_id":"a1"}
PUT /v1/agent/ideas/123/status/rejected
PUT /v1/autocontentengine/100/cells/mass_update?agent_id=a1 {"cells":[{"id":3000,"value":"Hello"}],"spreadsheet_cells":[{"id":3000,"value":"Hello"}]}
"#;

#[tokio::test]
async fn every_call_is_sent_as_documented() {
    let (api, agent) = called().await;
    let mut sent: Vec<String> = requests(&api).await.iter().map(line).collect();
    sent.extend(requests(&agent).await.iter().map(line));
    sent.sort_unstable();
    let sent = sent.join("\n");
    assert_eq!(sent, SENT.trim(), "\nsent:\n{sent}");
}

#[tokio::test]
async fn every_call_is_in_gens_own_openapi_file() {
    let documented = documented();
    assert!(documented.len() > 100, "the file could not be read");
    let (api, agent) = called().await;
    for request in requests(&api).await.iter().chain(&requests(&agent).await) {
        let path = request.url.path().strip_prefix("/v1").unwrap();
        let is_meant = |(method, template): &&(String, String)| {
            *method == request.method.as_str() && fits(path, template)
        };
        assert_eq!(documented.iter().filter(is_meant).count(), 1, "{}", line(request));
    }
}

#[tokio::test]
async fn ideas_runs_and_conversations_live_on_the_agent_host() {
    let (api, agent) = called().await;
    let on_agent_host = |request: &Request| request.url.path().starts_with("/v1/agent/");
    assert!(requests(&agent).await.iter().all(on_agent_host));
    assert!(!requests(&api).await.iter().any(on_agent_host));
}

#[test]
fn no_method_is_left_out_of_these_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/endpoints");
    let sources =
        std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
    let methods: BTreeSet<String> = sources
        .flat_map(|source| {
            let names =
                source.split("pub async fn ").skip(1).map(|rest| rest.split('(').next().unwrap().to_owned());
            names.collect::<Vec<_>>()
        })
        .collect();
    let client = Upstream::new(config("http://127.0.0.1:1", "http://127.0.0.1:1")).unwrap().client(key());
    let called: BTreeSet<String> = every_call(&client).iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(methods, called);
}

/// Two hosts that have seen every call.
async fn called() -> (MockServer, MockServer) {
    let answer = || ResponseTemplate::new(200).set_body_string("[]");
    let (api, agent) = (server(answer()).await, server(answer()).await);
    let client = Upstream::new(config(&api.uri(), &agent.uri())).unwrap().client(key());
    for (_, call) in every_call(&client) {
        // Most refuse the empty list for an answer, which is not the matter here.
        let _refused = call.await;
    }
    (api, agent)
}

async fn requests(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

fn line(request: &Request) -> String {
    let url = &request.url;
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let body = String::from_utf8(request.body.clone()).unwrap();
    format!("{} {}{query} {body}", request.method, url.path()).trim_end().to_owned()
}

/// Method and path of every operation of the pinned file, read by its indentation.
fn documented() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut path = String::new();
    for line in include_str!("../../openapi.yaml").lines() {
        if let Some(word) = line.strip_prefix("  ").and_then(|rest| rest.strip_suffix(':')) {
            if word.starts_with('/') {
                path = word.to_owned();
            } else if let Some(method @ ("get" | "post" | "put" | "patch" | "delete")) =
                word.strip_prefix("  ")
            {
                found.push((method.to_uppercase(), path.clone()));
            }
        }
    }
    found
}

fn fits(path: &str, template: &str) -> bool {
    let (parts, pattern): (Vec<_>, Vec<_>) = (path.split('/').collect(), template.split('/').collect());
    // A literal segment is preferred where GEN has both, as in `cells/mass_update` and `cells/{cell_id}`.
    parts.len() == pattern.len()
        && parts.iter().zip(&pattern).all(|(part, wanted)| {
            if wanted.starts_with('{') { *part != "mass_update" } else { part == wanted }
        })
}
