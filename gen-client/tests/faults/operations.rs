//! The calls themselves: GEN documents each, and each is sent as documented.

use std::collections::BTreeSet;
use std::path::Path;

use gen_client::Upstream;
use gen_client::operation::{ALL, Host, Operation};
use wiremock::{MockServer, Request, ResponseTemplate};

use crate::every_call::every_call;
use crate::setup::{config, key, server};

/// What every call sends, as method, path, parameters and body. GEN's reference is what to compare it with.
const SENT: &str = r##"
DELETE /v1/agent/conversations/conv_1
DELETE /v1/agent/profile?agent_id=a1
DELETE /v1/agents/a1
DELETE /v1/agents/a1/avatars/7_8
DELETE /v1/agents/a1/voice/huv-1
DELETE /v1/agents/a1/voice/integrations/elevenlabs
DELETE /v1/asset_folders/16?agent_id=a1
DELETE /v1/autocontentengine/100/cells/3000/layers/4000?agent_id=a1
DELETE /v1/content_resources/5012?agent_id=a1
DELETE /v1/organizations/10
DELETE /v1/persisted_tokens/6/revoke
DELETE /v1/persisted_tokens/revoke_all
GET /v1/agent/conversations/conv_1
GET /v1/agent/conversations/conv_1/messages?page=1&per_page=50
GET /v1/agent/conversations/conv_1/runs
GET /v1/agent/conversations?agent_id=a1
GET /v1/agent/ideas?agent_id=a1&status=generated
GET /v1/agent/profile?agent_id=a1
GET /v1/agent/runs/run_1
GET /v1/agents/a1/automation_config
GET /v1/agents/a1/avatars?cursor=101
GET /v1/agents/a1/core
GET /v1/agents/a1/voice/integrations/elevenlabs
GET /v1/agents/a1/voice/library?source=public
GET /v1/agents/a1/voice/preview/138860
GET /v1/agents/a1?with_organization_uuid=true
GET /v1/agents?workspace_id=10
GET /v1/asset_libraries?agent_id=a1&folder_id=15&asset_type=image%2Cfolder&search=hero&order=recent&page=2&page_size=50
GET /v1/autocontentengine/100/cells/3000/layers/4000?agent_id=a1
GET /v1/autocontentengine/100/cells/3000?agent_id=a1
GET /v1/autocontentengine/100/columns?agent_id=a1
GET /v1/autocontentengine/100/global_variables?agent_id=a1
GET /v1/autocontentengine/100/rows/500?agent_id=a1
GET /v1/autocontentengine/100/rows?agent_id=a1
GET /v1/autocontentengine/100?agent_id=a1&with_execution_cost=true
GET /v1/autocontentengine/global_variables_template
GET /v1/content_resources/5012?agent_id=a1
GET /v1/content_resources?agent_id=a1&type=video&project_id=100&ids%5B%5D=5012&ids%5B%5D=5013&page=0
GET /v1/generations/9000
GET /v1/me
GET /v1/organizations
GET /v1/organizations/10
GET /v1/persisted_tokens
GET /v1/templates/projects/tiktok-video
GET /v1/templates/projects?page=2
GET /v1/user_jobs/12345?agent_id=a1
GET /v1/workspaces
PATCH /v1/agent/conversations/conv_1 {"pinned":true,"title":"Glazes"}
PATCH /v1/agents/a1 {"agent":{"agent_avatars_attributes":[{"degod_avatar_id":7,"is_primary":true}],"default_user_voice_attributes":{"source":"eleven_labs","voice_id":"21m00"},"name":"Kiln"}}
PATCH /v1/agents/a1 {"agent":{"eleven_lab_api_key":"el_s3cr3t_9876543210","hume_ai_api_key":"el_s3cr3t_9876543210"}}
PATCH /v1/agents/a1/automation_config {"automation_config":{"webhook_url":null}}
PATCH /v1/agents/a1/avatars/101
PATCH /v1/agents/a1/core {"goal":"growth"}
PATCH /v1/asset_folders/16?agent_id=a1 {"asset_folder":{"name":"Brands"}}
PATCH /v1/autocontentengine/100/cells/3000/layers/4000?agent_id=a1 {"video_layer":{"additional_attributes":{"label":"hero"}}}
PATCH /v1/autocontentengine/100/cells/3000/set_default_user_job?agent_id=a1 {"user_job_id":9000}
PATCH /v1/autocontentengine/100/cells/3000?agent_id=a1 {"spreadsheet_cell":{"additional_attributes":{"label":"hero"}}}
PATCH /v1/autocontentengine/100/cells/3000?agent_id=a1 {"spreadsheet_cell":{"value":"Hello"}}
PATCH /v1/autocontentengine/100/columns/update_positions?agent_id=a1 {"columns":[{"id":201,"position":0},{"id":200,"position":1}],"id_to_position":{"200":1,"201":0}}
PATCH /v1/content_resources/5012?agent_id=a1 {"content_resource":{"filename":"hero.png"}}
PATCH /v1/organizations/10 [name="organization[avatar]"; filename="kiln.png" image/png: picture] [name="organization[name]": Kiln and Co]
PATCH /v1/persisted_tokens/6 {"persisted_token":{"name":"n8n"}}
POST /v1/agent/ideas/123/status
POST /v1/agent/profile?agent_id=a1 {"identity":{"name":"Kiln"}}
POST /v1/agent/run {"agent_id":"a1","attachments":["https://cdn.example/a.png",{"content_type":"image/png","filename":"a.png","signed_id":"signed","url":"https://cdn.gen.pro/a.png"}],"context":{"vidsheet_id":100},"conversation_id":"conv_1","debug":true,"message":"Three ideas, please"}
POST /v1/agent/runs/run_1/approve {"approved":true}
POST /v1/agents {"agent":{"agent_avatars_attributes":[{"degod_avatar_id":7,"is_primary":true}],"eleven_lab_api_key":"el_s3cr3t_9876543210","hume_ai_api_key":"el_s3cr3t_9876543210","name":"Kiln"}}
POST /v1/agents {"agent":{"name":"Kiln"},"organization_id":10}
POST /v1/agents/a1/automation_config/test_callback
POST /v1/agents/a1/automation_config/test_webhook
POST /v1/agents/a1/avatars [name="agent_avatars_attributes[][file]"; filename="kiln.png" image/png: picture]
POST /v1/agents/a1/avatars {"agent_avatars_attributes":[{"degod_avatar_id":7}]}
POST /v1/agents/a1/voice/clone {"audio_url":"https://cdn.example/a.mp3","gender":"female","name":"Mara"}
POST /v1/agents/a1/voice/design {"gender":"female","generation_id":"g2","name":"Mara"}
POST /v1/agents/a1/voice/design/generate-description {"gender":"female","voice_description":"calm"}
POST /v1/agents/a1/voice/design/generate-samples {"description":"warm","text":"Good morning."}
POST /v1/agents/a1/voice/design/generate-script {"language":"en"}
POST /v1/agents/a1/voice/huv-1/preview {"text":"Good evening."}
POST /v1/agents/a1/voice/integrations/elevenlabs {"api_key":"el_s3cr3t_9876543210"}
POST /v1/agents/a1/voice/integrations/elevenlabs/test {"api_key":"el_s3cr3t_9876543210"}
POST /v1/asset_folders?agent_id=a1 {"asset_folder":{"name":"Brand","parent_id":15}}
POST /v1/autocontentengine/100/cells/3000/generate?agent_id=a1 {"data":{"model":"gpt_4o_mini","prompt":"Write a hook","variables":{}},"generation_type":"text"}
POST /v1/autocontentengine/100/cells/3000/layers/4000/duplicate?agent_id=a1
POST /v1/autocontentengine/100/cells/3000/layers/4000/generate?agent_id=a1 {"data":{"model":"gpt_4o_mini","prompt":"Write a hook","variables":{}},"generation_type":"text"}
POST /v1/autocontentengine/100/cells/3000/layers?agent_id=a1 {"video_layer":{"name":"Music","position":2,"type":"sound"}}
POST /v1/autocontentengine/100/cells/3000/render?agent_id=a1
POST /v1/autocontentengine/100/clone?agent_id=a1 {"target_agent_id":"a2"}
POST /v1/autocontentengine/100/columns/200/duplicate?agent_id=a1
POST /v1/autocontentengine/100/columns?agent_id=a1 {"spreadsheet_column":{"position":1,"title":"HOOK","type":"text"}}
POST /v1/autocontentengine/100/import_global_variables?agent_id=a1 [name="file"; filename="variables.xlsx" application/vnd.openxmlformats-officedocument.spreadsheetml.sheet: PK]
POST /v1/autocontentengine/100/rows/500/duplicate?agent_id=a1
POST /v1/autocontentengine/100/rows?agent_id=a1 {"spreadsheet_row":{"position":3}}
POST /v1/autocontentengine?agent_id=a1 {"spreadsheet":{"is_default":true,"title":"Spring"}}
POST /v1/content_resources?agent_id=a1 [name="content_resource[file]": signed] [name="asset_folder[id]": 15]
POST /v1/direct_upload {"blob":{"byte_size":11,"checksum":"XrY7u+Ae7tCTyyK7j1rNww==","content_type":"video/mp4","filename":"hero.mp4","metadata":{"label":"hero"}}}
POST /v1/generations/9000/continue
POST /v1/generations/9000/stop
POST /v1/organizations {"organization":{"name":"Kiln"}}
POST /v1/persisted_tokens {"expires_in":3600,"name":"intent-1"}
POST /v1/research {"agent_id":"a1","depth":"quick","topic":"ash glaze"}
POST /v1/templates/spreadsheets/tiktok-video/clone {"agent_id":"a1"}
POST /v1/user_jobs?agent_id=a1 [name="user_job[user_job_type]": train_social] [name="user_job[data]": {"comment_monitoring":false,"country":"us","days":7,"max_results":5,"monitoring":true,"platform":"tiktok","type":"hashtag","value":"#glaze"}]
POST /v1/user_jobs?agent_id=a1 {"data":"{\"description\":\"New #glaze\",\"media_type\":\"VIDEO\",\"media_url\":\"https://cdn.gen.pro/a.mp4\",\"platform\":\"tiktok\",\"schedule_type\":\"scheduled\",\"scheduled_time\":\"2027-01-01T10:00:00Z\",\"timezone_offset\":60}","user_job_type":"publish_content"}
PUT /v1/agent/ideas/123/status/rejected
PUT /v1/agent/profile?agent_id=a1 {"identity":{"name":"Kiln"}}
PUT /v1/autocontentengine/100/cells/3000/layers/update_positions?agent_id=a1 {"id_to_position":{"4000":1,"4001":0},"layers":[{"id":4001,"position":0},{"id":4000,"position":1}]}
PUT /v1/autocontentengine/100/cells/mass_update?agent_id=a1 {"cells":[{"id":3000,"value":"Hello"}],"spreadsheet_cells":[{"id":3000,"value":"Hello"}]}
PUT /v1/autocontentengine/100/columns/mass_update?agent_id=a1 {"columns":[{"id":200,"title":"OPENING"}],"spreadsheet_columns":[{"id":200,"title":"OPENING"}]}
PUT /v1/autocontentengine/100/rows/mass_update?agent_id=a1 {"rows":[{"additional_attributes":{"label":"hero"},"id":500}],"spreadsheet_rows":[{"additional_attributes":{"label":"hero"},"id":500}]}
PUT /v1/autocontentengine/100/rows/update_positions?agent_id=a1 {"id_to_position":{"500":1,"501":0},"rows":[{"id":501,"position":0},{"id":500,"position":1}]}
PUT /v1/user_jobs/12345?agent_id=a1 [name="comment_monitoring": false] [name="country": us] [name="days": 7] [name="max_results": 5] [name="monitoring": true] [name="platform": tiktok] [name="type": hashtag] [name="value": #glaze]
"##;

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
async fn every_call_goes_where_the_table_says() {
    let (api, agent) = called().await;
    for (requests, host) in [(requests(&api).await, Host::Api), (requests(&agent).await, Host::Agent)] {
        for request in requests {
            let path = request.url.path().strip_prefix("/v1").unwrap();
            assert_eq!(operation_of(request.method.as_str(), path).host, host, "{}", line(&request));
        }
    }
}

/// Operations where the table and GEN's OpenAPI file differ, and why.
const EXCEPTIONS: &[(&str, &str)] = &[];

#[test]
fn every_operation_is_in_gens_own_openapi_file_and_the_other_way_round() {
    let documented = documented();
    assert_eq!(documented.len(), 106, "the file could not be read");
    let ours: BTreeSet<String> = ALL.iter().map(|operation| described(operation)).collect();
    assert_eq!(ours.len(), 106);
    let differing: Vec<&String> = ours
        .symmetric_difference(&documented)
        .filter(|line| !EXCEPTIONS.iter().any(|(id, _)| line.starts_with(&format!("{id} "))))
        .collect();
    assert!(differing.is_empty(), "{differing:#?}");
    for (id, why) in EXCEPTIONS {
        let differs = ours.symmetric_difference(&documented).any(|line| line.starts_with(&format!("{id} ")));
        assert!(differs && !why.is_empty(), "{id} is no exception any more");
    }
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
    let named: BTreeSet<String> = ALL.iter().map(|operation| operation.name.to_owned()).collect();
    assert_eq!(methods, named);
}

/// The operation that a path belongs to; a literal segment counts more than an id.
pub fn operation_of(method: &str, path: &str) -> &'static Operation {
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |operation: &&&Operation| {
        let pattern: Vec<&str> = operation.path.split('/').collect();
        operation.method == method
            && pattern.len() == parts.len()
            && pattern.iter().zip(&parts).all(|(wanted, part)| wanted.starts_with('{') || wanted == part)
    };
    ALL.iter()
        .filter(fits)
        .min_by_key(|operation| operation.path.matches('{').count())
        .unwrap_or_else(|| panic!("{method} {path} is no operation"))
}

fn described(operation: &Operation) -> String {
    format!("{} {} {}", operation.id, operation.method, nameless(operation.path))
}

/// A path without what its ids are called, which GEN's sources do not agree on.
fn nameless(path: &str) -> String {
    let segment = |segment| if str::starts_with(segment, '{') { "{}" } else { segment };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// Two hosts that have seen every call.
async fn called() -> (MockServer, MockServer) {
    // In GEN's own words, or the client would look whether it was done.
    let refusal = serde_json::json!({ "error": "No", "error_code": "validation_error" });
    let answer = || ResponseTemplate::new(422).set_body_json(&refusal);
    let (api, agent) = (server(answer()).await, server(answer()).await);
    let client = Upstream::new(config(&api.uri(), &agent.uri())).unwrap().client(key());
    for (name, call) in every_call(&client) {
        assert!(call.await.is_err(), "{name}");
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
    let form = request.headers.get("content-type").and_then(|kind| {
        let boundary = kind.to_str().unwrap().strip_prefix("multipart/form-data; boundary=")?;
        Some(fields(&body, boundary))
    });
    let body = form.unwrap_or(body);
    format!("{} {}{query} {body}", request.method, url.path()).trim_end().to_owned()
}

/// A form's fields on one line, for its boundary is made up anew each time.
fn fields(body: &str, boundary: &str) -> String {
    let field = |part: &str| {
        let (head, value) = part.trim_end_matches("\r\n").split_once("\r\n\r\n").unwrap();
        let head =
            head.trim().replace("Content-Disposition: form-data; ", "").replace("\r\nContent-Type: ", " ");
        format!("[{head}: {value}]")
    };
    let boundary = format!("--{boundary}");
    let parts = body.split(&boundary).filter(|part| part.trim().len() > 2);
    parts.map(field).collect::<Vec<_>>().join(" ")
}

/// Name, method and path of every operation of the pinned file, read by its indentation.
fn documented() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let (mut path, mut verb) = (String::new(), String::new());
    for line in include_str!("../../openapi.yaml").lines() {
        if let Some(id) = line.strip_prefix("      operationId: ") {
            found.insert(format!("{} {verb} {}", id.trim(), nameless(&path)));
        } else if let Some(word) = line.strip_prefix("  ").and_then(|rest| rest.strip_suffix(':')) {
            if word.starts_with('/') {
                path = word.to_owned();
            } else if let Some(method @ ("get" | "post" | "put" | "patch" | "delete")) =
                word.strip_prefix("  ")
            {
                verb = method.to_uppercase();
            }
        }
    }
    found
}
