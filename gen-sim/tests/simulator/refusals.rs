//! Invalid requests, each refused with the status and the code that GEN's documentation gives.

use gen_sim::{GenSim, OTHER_AGENT, SEEDED_VIDSHEET, VIEWER_KEY};
use serde_json::{Value, json};

use super::{AGENT, call, call_as, cell_at, get, send, spring_glazes, stepped};

/// Method, path, bodies, status and code: every body is refused alike.
type Refused = (&'static str, String, Vec<Value>, u16, &'static str);

const VALIDATION: &str = "validation_error";

#[tokio::test(flavor = "multi_thread")]
async fn invalid_requests_are_refused_with_the_documented_code() {
    let sim = stepped().await;
    let groups = [people(), core(), voices(), ideas(), jobs(), vidsheets(&sim), cards(&sim), files(&sim)];
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

fn people() -> Vec<Refused> {
    let agent = |fields: Value| json!({"organization_id": 10, "agent": fields});
    let own = format!("/v1/agents/{AGENT}");
    vec![
        (
            "POST",
            "/v1/agents".into(),
            vec![
                agent(json!({})),
                agent(json!({"name": ""})),
                agent(json!({"name": "   "})),
                agent(json!({"name": 7})),
                agent(json!({"name": "Kiln & Tide"})),
                agent(json!({"name": "x".repeat(256)})),
                agent(json!({"name": "A", "time_zone": "Nowhere"})),
                agent(json!({"name": "A", "description": 5})),
                agent(json!({"name": "A", "agent_avatars_attributes": [{}]})),
                agent(json!({"name": "A", "agent_avatars_attributes": [{"degod_avatar_id": "x"}]})),
            ],
            422,
            "agent_creation_failed",
        ),
        (
            "POST",
            "/v1/agents".into(),
            vec![
                json!({"organization_id": 999, "agent": {"name": "A"}}),
                json!({"organization_id": "none", "agent": {"name": "A"}}),
            ],
            422,
            "organization_not_found",
        ),
        (
            "POST",
            "/v1/agents".into(),
            vec![
                agent(json!({"name": "A", "eleven_lab_api_key": "invalid-key"})),
                agent(json!({"name": "A", "hume_ai_api_key": "short"})),
            ],
            422,
            "invalid_api_key",
        ),
        ("POST", "/v1/agents".into(), vec![Value::Null, json!({"agent": []})], 422, VALIDATION),
        ("GET", "/v1/agents/nobody".into(), vec![Value::Null], 422, "agent_not_found"),
        (
            "PATCH",
            own.clone(),
            vec![
                json!({"agent": {"name": ""}}),
                json!({"agent": {"name": "Wood Firing Diary"}}),
                json!({"agent": {"time_zone": 5}}),
                json!({"agent": {"default_user_voice_attributes": {"source": "elsewhere", "voice_id": "x"}}}),
                json!({"agent": "no"}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PATCH",
            own.clone(),
            vec![
                json!({"agent": {"default_user_voice_attributes": {"source": "eleven_labs"}}}),
                json!({"agent": {"default_user_voice_attributes": {"source": "hume_ai", "voice_id": ""}}}),
            ],
            422,
            "voice_id_required",
        ),
        (
            "PATCH",
            own.clone(),
            vec![
                json!({"agent": {"default_user_voice_attributes": {"source": "user_voice_resource", "voice_id": "none"}}}),
            ],
            404,
            "user_voice_resource_not_found",
        ),
        ("PATCH", own.clone(), vec![json!({"agent": {"eleven_lab_api_key": "bad"}})], 422, "invalid_api_key"),
        (
            "PATCH",
            own.clone(),
            vec![json!({"agent": {"agent_avatars_attributes": [{}]}})],
            422,
            "agent_update_failed",
        ),
        (
            "POST",
            format!("{own}/avatars"),
            vec![
                Value::Null,
                json!({"agent_avatars_attributes": []}),
                json!({"agent_avatars_attributes": [{"degod_avatar_id": null}]}),
                json!({"agent_avatars_attributes": [{"degod_avatar_id": "seven"}]}),
            ],
            422,
            "avatar_creation_failed",
        ),
        ("PATCH", format!("{own}/avatars/1"), vec![Value::Null], 422, "avatar_update_failed"),
        ("PATCH", format!("{own}/avatars/none"), vec![Value::Null], 422, "avatar_update_failed"),
        ("DELETE", format!("{own}/avatars/1_2"), vec![Value::Null], 404, "not_found"),
        ("GET", "/v1/agents/nobody/avatars".into(), vec![Value::Null], 404, "agent_not_found"),
        (
            "POST",
            "/v1/organizations".into(),
            vec![
                Value::Null,
                json!({"organization": {}}),
                json!({"organization": {"name": " "}}),
                json!({"organization": {"name": 5}}),
                json!({"organization": []}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PATCH",
            "/v1/organizations/10".into(),
            vec![json!({"organization": {"name": ""}}), Value::Null],
            422,
            VALIDATION,
        ),
        ("GET", "/v1/organizations/999".into(), vec![Value::Null], 422, "organization_not_found"),
        (
            "PATCH",
            "/v1/organizations/999".into(),
            vec![json!({"organization": {"name": "A"}})],
            422,
            "organization_not_found",
        ),
        ("DELETE", "/v1/organizations/999".into(), vec![Value::Null], 422, "organization_not_found"),
        // Rosa manages this one, and only its owner may delete it.
        ("DELETE", "/v1/organizations/20".into(), vec![Value::Null], 403, "forbidden"),
        (
            "POST",
            "/v1/persisted_tokens".into(),
            vec![
                json!({"expires_in": 0}),
                json!({"expires_in": -5}),
                json!({"expires_in": 1.5}),
                json!({"expires_in": "soon"}),
                json!({"expires_in": "d"}),
                json!({"expires_in": true}),
                json!({"name": 5}),
                json!({"name": "x".repeat(256)}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PATCH",
            "/v1/persisted_tokens/11".into(),
            vec![json!({"persisted_token": {"name": ""}}), Value::Null],
            422,
            VALIDATION,
        ),
        (
            "PATCH",
            "/v1/persisted_tokens/1".into(),
            vec![json!({"persisted_token": {"name": "A"}})],
            404,
            "not_found",
        ),
        ("DELETE", "/v1/persisted_tokens/1/revoke".into(), vec![Value::Null], 404, "not_found"),
        (
            "PUT",
            format!("/v1/agent/profile?agent_id={AGENT}"),
            vec![
                Value::Null,
                json!([]),
                json!({"looks": {}}),
                json!({"brand": 5}),
                json!({"brand": {"unknown": 1}}),
                json!({"brand": {"keywords": "one"}}),
                json!({"identity": {"name": ""}}),
                json!({"identity": {"use_character": "yes"}}),
                json!({"voice": {"unknown": 1}}),
                json!({"voice": {"default_voice": {}}}),
            ],
            422,
            VALIDATION,
        ),
        ("GET", "/v1/agent/profile".into(), vec![Value::Null], 422, VALIDATION),
        ("GET", "/v1/agent/profile?agent_id=nobody".into(), vec![Value::Null], 422, "agent_not_found"),
    ]
}

fn core() -> Vec<Refused> {
    let long = |count: usize| Value::String("x".repeat(count));
    let many = |count: usize, item: Value| Value::Array(vec![item; count]);
    let fields = vec![
        Value::Null,
        json!([]),
        json!({"agent_id": AGENT}),
        json!({"overview": {}}),
        json!({"brand_name": long(201)}),
        json!({"brand_name": 5}),
        json!({"description": long(501)}),
        json!({"goal": long(101)}),
        json!({"onboarding_status": long(51)}),
        json!({"personality": long(20_001)}),
        json!({"identity_type": "company"}),
        json!({"identity_type": 1}),
        json!({"shortform": "yes"}),
        json!({"longform": 1}),
        json!({"keywords": "clay"}),
        json!({"keywords": [5]}),
        json!({"keywords": many(21, json!("k"))}),
        json!({"target_platforms": many(11, json!("tiktok"))}),
        json!({"target_platforms": null}),
        json!({"monitored": [{"handle": "a"}]}),
        json!({"monitored": [{"item_type": "account"}]}),
        json!({"monitored": [{"handle": "", "item_type": "account"}]}),
        json!({"monitored": [{"handle": "a", "item_type": "person"}]}),
        json!({"monitored": [{"handle": "a", "item_type": "account", "extra": 1}]}),
        json!({"monitored": [{"handle": long(301), "item_type": "account"}]}),
        json!({"monitored": many(51, json!({"handle": "a", "item_type": "account"}))}),
        json!({"research_topics": ["clay"]}),
        json!({"research_topics": [{}]}),
        json!({"research_topics": [{"topic": long(501)}]}),
        json!({"research_topics": many(21, json!({"topic": "t"}))}),
        json!({"linked_accounts": [{}]}),
        json!({"linked_accounts": [{"url": long(501)}]}),
        json!({"linked_accounts": [{"url": "https://a.example", "agent_id": AGENT}]}),
        json!({"linked_accounts": [{"url": "https://a.example", "platform": long(51)}]}),
        json!({"linked_accounts": [{"url": "https://a.example", "display_name": long(201)}]}),
        json!({"linked_accounts": [{"id": 999, "url": "https://a.example"}]}),
        json!({"linked_accounts": many(21, json!({"url": "https://a.example"}))}),
        json!({"default_user_voice": {}}),
        json!({"default_user_voice": {"voice_id": long(201)}}),
        json!({"default_user_voice": {"voice_id": "a", "source": "radio"}}),
        json!({"default_user_voice": {"voice_id": "a", "url": "x"}}),
    ];
    vec![
        ("PATCH", format!("/v1/agents/{AGENT}/core"), fields, 422, VALIDATION),
        ("GET", "/v1/agents/nobody/core".into(), vec![Value::Null], 404, "not_found"),
        ("PATCH", "/v1/agents/nobody/core".into(), vec![json!({"goal": "sales"})], 404, "not_found"),
    ]
}

fn voices() -> Vec<Refused> {
    let voice = |rest: &str| format!("/v1/agents/{AGENT}/voice/{rest}");
    vec![
        ("GET", voice("library?source=radio"), vec![Value::Null], 422, VALIDATION),
        (
            "POST",
            voice("integrations/elevenlabs"),
            vec![
                Value::Null,
                json!({}),
                json!({"api_key": ""}),
                json!({"api_key": "invalid-one"}),
                json!({"api_key": 5}),
            ],
            400,
            "invalid_key",
        ),
        (
            "POST",
            voice("integrations/elevenlabs/test"),
            vec![json!({}), json!({"api_key": ""})],
            400,
            "invalid_key",
        ),
        (
            "POST",
            voice("design/generate-description"),
            vec![
                Value::Null,
                json!({}),
                json!({"gender": "robot"}),
                json!({"gender": 5}),
                json!({"gender": "male", "script": 5}),
            ],
            400,
            VALIDATION,
        ),
        ("POST", voice("design/generate-script"), vec![json!({"language": 5})], 400, VALIDATION),
        (
            "POST",
            voice("design/generate-samples"),
            vec![Value::Null, json!({}), json!({"text": " "})],
            400,
            VALIDATION,
        ),
        (
            "POST",
            voice("design"),
            vec![
                json!({"name": "A"}),
                json!({"generation_id": "none", "name": "A"}),
                json!({"generation_id": 5, "name": "A"}),
            ],
            422,
            VALIDATION,
        ),
        (
            "POST",
            voice("clone"),
            vec![
                json!({"name": "A"}),
                json!({"audio_url": "https://a.example/a.mp3"}),
                json!({"name": "A", "audio_url": "https://a.example/a.mp3", "audio_base64": "UklG"}),
                json!({"name": "A", "audio_url": "a.mp3"}),
                json!({"name": "A", "audio_base64": "not base64!"}),
                json!({"name": "A", "audio_url": "https://a.example/a.mp3", "gender": "robot"}),
            ],
            400,
            VALIDATION,
        ),
        (
            "POST",
            voice("vc_maren/preview"),
            vec![Value::Null, json!({}), json!({"text": ""})],
            400,
            VALIDATION,
        ),
        ("POST", voice("nobody/preview"), vec![json!({"text": "Hi"})], 404, "not_found"),
        ("GET", voice("preview/1"), vec![Value::Null], 404, "not_found"),
        // A public voice is nobody's to delete.
        ("DELETE", voice("21m00Tcm4TlvDq8ikWAM"), vec![Value::Null], 404, "not_found"),
        (
            "PATCH",
            format!("/v1/agents/{AGENT}/automation_config"),
            vec![
                json!({"automation_config": {"webhook_url": "nowhere"}}),
                json!({"automation_config": {"webhook_url": "ftp://a.example"}}),
                json!({"automation_config": {"callback_url": 5}}),
                json!({"automation_config": {"polling_enabled": "yes"}}),
                Value::Null,
            ],
            422,
            VALIDATION,
        ),
        (
            "POST",
            format!("/v1/agents/{AGENT}/automation_config/test_webhook"),
            vec![Value::Null],
            422,
            VALIDATION,
        ),
        (
            "POST",
            format!("/v1/agents/{AGENT}/automation_config/test_callback"),
            vec![Value::Null],
            422,
            VALIDATION,
        ),
        ("GET", "/v1/agents/nobody/automation_config".into(), vec![Value::Null], 404, "agent_not_found"),
    ]
}

fn ideas() -> Vec<Refused> {
    vec![
        (
            "POST",
            "/v1/agent/run".into(),
            vec![
                Value::Null,
                json!({"agent_id": AGENT}),
                json!({"agent_id": AGENT, "message": ""}),
                json!({"agent_id": AGENT, "message": 5}),
                json!({"message": "Hi"}),
                json!({"agent_id": AGENT, "message": "Hi", "attachments": "a.png"}),
                json!({"agent_id": AGENT, "message": "Hi", "context": []}),
            ],
            422,
            VALIDATION,
        ),
        (
            "POST",
            "/v1/agent/run".into(),
            vec![json!({"agent_id": "nobody", "message": "Hi"})],
            422,
            "agent_not_found",
        ),
        (
            "POST",
            "/v1/agent/run".into(),
            vec![json!({"agent_id": AGENT, "message": "Hi", "conversation_id": "none"})],
            404,
            "not_found",
        ),
        ("GET", "/v1/agent/runs/none".into(), vec![Value::Null], 404, "not_found"),
        ("POST", "/v1/agent/runs/none/approve".into(), vec![json!({"approved": true})], 404, "not_found"),
        (
            "POST",
            "/v1/research".into(),
            vec![
                Value::Null,
                json!({"agent_id": AGENT}),
                json!({"agent_id": AGENT, "topic": " "}),
                json!({"agent_id": AGENT, "topic": "x", "depth": "bottomless"}),
                json!({"agent_id": AGENT, "topic": "x", "depth": 3}),
                json!({"topic": "x"}),
            ],
            422,
            VALIDATION,
        ),
        ("GET", "/v1/agent/conversations".into(), vec![Value::Null], 422, VALIDATION),
        ("GET", "/v1/agent/conversations/none".into(), vec![Value::Null], 404, "not_found"),
        ("GET", "/v1/agent/conversations/none/messages".into(), vec![Value::Null], 404, "not_found"),
        ("GET", "/v1/agent/conversations/none/runs".into(), vec![Value::Null], 404, "not_found"),
        ("DELETE", "/v1/agent/conversations/none".into(), vec![Value::Null], 404, "not_found"),
        (
            "PATCH",
            "/v1/agent/conversations/conv_market_day".into(),
            vec![json!({"pinned": "yes"}), json!({"title": 5}), json!({"title": "x".repeat(256)})],
            422,
            VALIDATION,
        ),
        (
            "GET",
            format!("/v1/agent/ideas?agent_id={AGENT}&status=approved"),
            vec![Value::Null],
            422,
            VALIDATION,
        ),
        ("GET", "/v1/agent/ideas".into(), vec![Value::Null], 422, VALIDATION),
        ("POST", "/v1/agent/ideas/1/status".into(), vec![Value::Null], 404, "not_found"),
        ("PUT", "/v1/agent/ideas/1/status/posted".into(), vec![Value::Null], 404, "not_found"),
        ("PUT", "/v1/agent/ideas/9001/status/approved".into(), vec![Value::Null], 422, VALIDATION),
    ]
}

fn jobs() -> Vec<Refused> {
    let jobs = format!("/v1/user_jobs?agent_id={AGENT}");
    let changed = |kind: &str, base: Value, field: &str, value: Value| {
        let mut data = base;
        data[field] = value;
        json!({"user_job_type": kind, "data": data})
    };
    let watch = |field: &str, value: Value| {
        let base = json!({"platform": "tiktok", "type": "username", "value": "@creator"});
        changed("train_social", base, field, value)
    };
    let publish = |field: &str, value: Value| {
        let base = json!({"platform": "tiktok", "media_url": "https://a.example/a.mp4", "description": "d", "schedule_type": "now"});
        changed("publish_content", base, field, value)
    };
    let refused = vec![
        Value::Null,
        json!({"user_job_type": "train_social"}),
        json!({"user_job_type": "dance", "data": {}}),
        json!({"user_job_type": "train_social", "data": "{broken"}),
        json!({"user_job_type": "train_social", "data": "[]"}),
        watch("platform", json!("myspace")),
        watch("platform", Value::Null),
        watch("type", json!("song")),
        watch("value", json!("creator")),
        watch("value", json!("@")),
        watch("value", json!("")),
        watch("days", json!(5)),
        watch("days", json!("week")),
        watch("country", json!("usa")),
        watch("country", json!("1a")),
        watch("max_results", json!(0)),
        watch("max_results", json!(51)),
        watch("monitoring", json!("maybe")),
        watch("comment_monitoring", json!(1)),
        json!({"user_job_type": "train_social", "data": {"platform": "tiktok", "type": "hashtag", "value": "clay"}}),
        json!({"user_job_type": "train_social", "data": {"platform": "instagram", "type": "keyword", "value": "clay"}}),
        publish("platform", json!("instagram")),
        publish("media_url", json!("a.mp4")),
        publish("media_url", Value::Null),
        publish("description", json!("")),
        publish("description", json!("x".repeat(2201))),
        publish("schedule_type", json!("later")),
        publish("schedule_type", json!("scheduled")),
        publish("media_type", json!("GIF")),
        publish("timezone_offset", json!("two")),
        json!({"user_job_type": "publish_content", "data": {"platform": "tiktok", "media_url": "https://a.example/a.mp4", "description": "d", "schedule_type": "scheduled", "scheduled_time": "2020-01-01T00:00:00Z"}}),
        json!({"user_job_type": "publish_content", "data": {"platform": "tiktok", "media_url": "https://a.example/a.mp4", "description": "d", "schedule_type": "scheduled", "scheduled_time": "tomorrow"}}),
    ];
    vec![
        ("POST", jobs, refused, 422, VALIDATION),
        ("POST", "/v1/user_jobs".into(), vec![watch("days", json!(7))], 422, VALIDATION),
        ("GET", format!("/v1/user_jobs/1?agent_id={AGENT}"), vec![Value::Null], 404, "user_job_not_found"),
        (
            "PUT",
            format!("/v1/user_jobs/1?agent_id={AGENT}"),
            vec![json!({"days": 7})],
            404,
            "user_job_not_found",
        ),
    ]
}

fn vidsheets(sim: &GenSim) -> Vec<Refused> {
    let scope = format!("agent_id={AGENT}");
    let at = |rest: &str| format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/{rest}?{scope}");
    let sheet = spring_glazes(sim);
    let hook = cell_at(&sheet, 0, "HOOK")["id"].clone();
    let video = cell_at(&sheet, 0, "VIDEO")["id"].clone();
    let layer = cell_at(&sheet, 0, "VIDEO")["video_layers"][0]["id"].clone();
    let row = sheet["spreadsheet_rows"][0]["id"].clone();
    let columns = &sheet["spreadsheet_columns"];
    let (column, system) = (columns[0]["id"].clone(), columns[5]["id"].clone());
    let sheet_missing = "spreadsheet_not_found";
    let positions = |key: &str, id: &Value| {
        vec![
            Value::Null,
            json!({}),
            json!({key: []}),
            json!({key: [{"id": id}]}),
            json!({key: [{"position": 1}]}),
            json!({key: [{"id": id, "position": -1}]}),
        ]
    };
    vec![
        ("GET", "/v1/templates/projects/none".into(), vec![Value::Null], 404, "template_not_found"),
        (
            "POST",
            "/v1/templates/spreadsheets/none/clone".into(),
            vec![json!({"agent_id": AGENT})],
            404,
            "template_not_found",
        ),
        (
            "POST",
            "/v1/templates/spreadsheets/tiktok-skit/clone".into(),
            vec![json!({"agent_id": "nobody"})],
            422,
            "agent_not_found",
        ),
        ("POST", "/v1/templates/spreadsheets/tiktok-skit/clone".into(), vec![Value::Null], 422, VALIDATION),
        (
            "POST",
            format!("/v1/autocontentengine?{scope}"),
            vec![
                Value::Null,
                json!({"spreadsheet": {}}),
                json!({"spreadsheet": {"title": " "}}),
                json!({"spreadsheet": []}),
            ],
            422,
            VALIDATION,
        ),
        ("GET", format!("/v1/autocontentengine/{SEEDED_VIDSHEET}"), vec![Value::Null], 422, VALIDATION),
        ("GET", format!("/v1/autocontentengine/1?{scope}"), vec![Value::Null], 404, sheet_missing),
        (
            "GET",
            format!("/v1/autocontentengine/{SEEDED_VIDSHEET}?agent_id={OTHER_AGENT}"),
            vec![Value::Null],
            404,
            sheet_missing,
        ),
        (
            "GET",
            format!("/v1/autocontentengine/{SEEDED_VIDSHEET}?agent_id=nobody"),
            vec![Value::Null],
            422,
            "agent_not_found",
        ),
        ("POST", format!("/v1/autocontentengine/1/clone?{scope}"), vec![Value::Null], 404, sheet_missing),
        ("POST", at("clone"), vec![json!({"target_agent_id": "nobody"})], 422, "agent_not_found"),
        ("GET", format!("/v1/autocontentengine/1/rows?{scope}"), vec![Value::Null], 404, sheet_missing),
        (
            "POST",
            at("rows"),
            vec![
                json!({"spreadsheet_row": {"position": -1}}),
                json!({"spreadsheet_row": {"position": "top"}}),
                json!({"spreadsheet_row": 5}),
            ],
            422,
            VALIDATION,
        ),
        ("GET", at("rows/1"), vec![Value::Null], 404, "not_found"),
        ("POST", at("rows/1/duplicate"), vec![Value::Null], 404, "not_found"),
        ("PUT", at("rows/update_positions"), positions("rows", &row), 422, VALIDATION),
        (
            "PUT",
            at("rows/update_positions"),
            vec![json!({"rows": [{"id": 1, "position": 0}]})],
            404,
            "not_found",
        ),
        (
            "PUT",
            at("rows/mass_update"),
            vec![
                Value::Null,
                json!({}),
                json!({"rows": [{}]}),
                json!({"rows": [5]}),
                json!({"rows": [{"id": row, "additional_attributes": 5}]}),
            ],
            422,
            VALIDATION,
        ),
        ("PUT", at("rows/mass_update"), vec![json!({"rows": [{"id": 1}]})], 404, "not_found"),
        (
            "POST",
            at("columns"),
            vec![
                Value::Null,
                json!({"spreadsheet_column": {"type": "text"}}),
                json!({"spreadsheet_column": {"title": "A"}}),
                json!({"spreadsheet_column": {"title": "A", "type": "stats"}}),
                json!({"spreadsheet_column": {"title": "A", "type": "dance"}}),
                json!({"spreadsheet_column": {"title": "HOOK", "type": "text"}}),
            ],
            422,
            VALIDATION,
        ),
        ("POST", at("columns/1/duplicate"), vec![Value::Null], 404, "not_found"),
        ("POST", at(&format!("columns/{system}/duplicate")), vec![Value::Null], 422, VALIDATION),
        ("PATCH", at("columns/update_positions"), positions("columns", &column), 422, VALIDATION),
        (
            "PATCH",
            at("columns/update_positions"),
            vec![json!({"columns": [{"id": 1, "position": 0}]})],
            404,
            "not_found",
        ),
        (
            "PUT",
            at("columns/mass_update"),
            vec![
                json!({"columns": [{"id": column, "title": ""}]}),
                json!({"columns": [{"id": column, "title": "SCRIPT"}]}),
                json!({"columns": [{"id": column, "description": 5}]}),
                json!({"columns": [{"id": system, "title": "Mine"}]}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PUT",
            at("columns/mass_update"),
            vec![json!({"columns": [{"id": 1, "title": "A"}]})],
            404,
            "not_found",
        ),
        ("GET", at("cells/1"), vec![Value::Null], 404, "not_found"),
        ("PATCH", at("cells/1"), vec![json!({"spreadsheet_cell": {"value": "x"}})], 404, "not_found"),
        (
            "PATCH",
            at(&format!("cells/{hook}")),
            vec![
                Value::Null,
                json!({"spreadsheet_cell": {"value": []}}),
                json!({"spreadsheet_cell": {"value": {}}}),
                json!({"spreadsheet_cell": {"additional_attributes": "a"}}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PUT",
            at("cells/mass_update"),
            vec![
                Value::Null,
                json!({"cells": [{"value": "x"}]}),
                json!({"cells": [{"id": hook, "value": []}]}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PUT",
            at("cells/mass_update"),
            vec![json!({"cells": [{"id": hook, "value": "x"}, {"id": 1, "value": "y"}]})],
            404,
            "not_found",
        ),
        (
            "PATCH",
            at(&format!("cells/{hook}/set_default_user_job")),
            vec![Value::Null, json!({"user_job_id": 1}), json!({"user_job_id": "none"})],
            422,
            VALIDATION,
        ),
        (
            "POST",
            at(&format!("cells/{video}/layers")),
            vec![
                Value::Null,
                json!({"video_layer": {"type": "text"}}),
                json!({"video_layer": {"name": "A"}}),
                json!({"video_layer": {"name": "A", "type": "smell"}}),
                json!({"video_layer": {"name": "A", "type": "text", "position": -1}}),
                json!({"video_layer": {"name": "A", "type": "text", "additional_attributes": []}}),
            ],
            422,
            VALIDATION,
        ),
        // Layers belong to video cells.
        (
            "POST",
            at(&format!("cells/{hook}/layers")),
            vec![json!({"video_layer": {"name": "A", "type": "text"}})],
            422,
            VALIDATION,
        ),
        (
            "POST",
            at("cells/1/layers"),
            vec![json!({"video_layer": {"name": "A", "type": "text"}})],
            404,
            "not_found",
        ),
        ("GET", at(&format!("cells/{video}/layers/1")), vec![Value::Null], 404, "not_found"),
        ("DELETE", at(&format!("cells/{video}/layers/1")), vec![Value::Null], 404, "not_found"),
        ("POST", at(&format!("cells/{video}/layers/1/duplicate")), vec![Value::Null], 404, "not_found"),
        ("POST", at(&format!("cells/{video}/layers/1/generate")), vec![Value::Null], 404, "not_found"),
        (
            "PATCH",
            at(&format!("cells/{video}/layers/{layer}")),
            vec![
                Value::Null,
                json!({"video_layer": {"name": ""}}),
                json!({"video_layer": {"type": "smell"}}),
                json!({"video_layer": {"additional_attributes": 5}}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PUT",
            at(&format!("cells/{video}/layers/update_positions")),
            positions("layers", &layer),
            422,
            VALIDATION,
        ),
        (
            "PUT",
            at(&format!("cells/{video}/layers/update_positions")),
            vec![json!({"layers": [{"id": 1, "position": 0}]})],
            404,
            "not_found",
        ),
        (
            "GET",
            format!("/v1/autocontentengine/1/global_variables?{scope}"),
            vec![Value::Null],
            404,
            sheet_missing,
        ),
        ("POST", at("import_global_variables"), vec![Value::Null, json!({"file": "x"})], 422, VALIDATION),
    ]
}

fn cards(sim: &GenSim) -> Vec<Refused> {
    let sheet = spring_glazes(sim);
    let cell = cell_at(&sheet, 9, "HERO")["id"].clone();
    let done = cell_at(&sheet, 0, "HERO")["default_user_job"]["id"].clone();
    let at =
        |rest: &str| format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{cell}/{rest}?agent_id={AGENT}");
    let card = |kind: &str, data: Value| json!({"generation_type": kind, "data": data});
    let refused = vec![
        Value::Null,
        json!({"generation_type": "text"}),
        json!({"data": {"prompt": "x"}}),
        card("dance", json!({"prompt": "x"})),
        card("text", json!({})),
        card("text", json!({"prompt": ""})),
        card("text", json!({"prompt": 5})),
        card("text", json!({"prompt": "x", "model": "abacus"})),
        card("text", json!([])),
        card("image_from_text", json!({})),
        card("image_from_text", json!({"prompt": "x", "model": "veo_3"})),
        card("image_from_text", json!({"prompt": "x", "aspect_ratio": "2:1"})),
        card("video_from_text", json!({})),
        card("video_from_text", json!({"prompt": "x", "duration": 0})),
        card("video_from_text", json!({"prompt": "x", "duration": "long"})),
        card("video_from_text", json!({"prompt": "x", "model": "pika"})),
        card("video_from_image", json!({})),
        card("video_from_image", json!({"image_resource_id": 1})),
        card("video_from_ingredients", json!({"prompt": "x"})),
        card("video_from_ingredients", json!({"prompt": "x", "asset_resource_ids": []})),
        card("video_from_ingredients", json!({"prompt": "x", "asset_resource_ids": [1]})),
        card("speech_from_text", json!({"script": "x"})),
        card("speech_from_text", json!({"script": "x", "voice_method": "my_voices"})),
        card("speech_from_text", json!({"voice_method": "my_voices", "voice_id": "vc_maren"})),
        card("speech_from_text", json!({"script": "x", "voice_method": "design_voice", "language": "en"})),
        card("speech_from_text", json!({"script": "x", "voice_method": "clone_voice"})),
        card("speech_from_text", json!({"script": "x", "voice_method": "whistle"})),
        card("lipsync", json!({"video_resource_id": 1, "audio_resource_id": 1})),
        card("lipsync", json!({"model": "gen", "video_resource_id": 1, "audio_resource_id": 1})),
        card("captions", json!({})),
        card("captions", json!({"source_resource_id": 1})),
        card("media", json!({})),
        card("media", json!({"content_resource_id": "none"})),
    ];
    vec![
        ("POST", at("generate"), refused, 422, VALIDATION),
        ("POST", at("render"), vec![Value::Null], 422, VALIDATION),
        (
            "POST",
            at("generate").replace(&cell.to_string(), "1"),
            vec![card("text", json!({"prompt": "x"}))],
            404,
            "not_found",
        ),
        ("GET", "/v1/generations/1".into(), vec![Value::Null], 404, "not_found"),
        ("POST", "/v1/generations/1/stop".into(), vec![Value::Null], 404, "not_found"),
        ("POST", format!("/v1/generations/{done}/stop"), vec![Value::Null], 422, "job_cannot_be_stopped"),
        ("POST", format!("/v1/generations/{done}/continue"), vec![Value::Null], 422, VALIDATION),
    ]
}

fn files(sim: &GenSim) -> Vec<Refused> {
    let scope = format!("agent_id={AGENT}");
    let checksum = "x8F1TrG7p+mAWjK7Yv3QZA==";
    let blob = |field: &str, value: Value| {
        let mut blob =
            json!({"filename": "a.mp4", "byte_size": 10, "checksum": checksum, "content_type": "video/mp4"});
        blob[field] = value;
        json!({"blob": blob})
    };
    let first = get(sim, &format!("/v1/content_resources?{scope}"))[0]["id"].clone();
    let folder = get(sim, &format!("/v1/asset_libraries?{scope}"))[0]["id"].clone();
    vec![
        (
            "POST",
            "/v1/direct_upload".into(),
            vec![
                Value::Null,
                blob("filename", json!("")),
                blob("byte_size", json!(0)),
                blob("byte_size", json!("ten")),
                blob("checksum", json!("")),
                blob("checksum", json!("short")),
                blob("checksum", json!("AAAA")),
                blob("content_type", Value::Null),
            ],
            422,
            "direct_upload_failed",
        ),
        (
            "POST",
            "/v1/direct_upload".into(),
            vec![blob("content_type", json!("text/html")), blob("content_type", json!("image/svg+xml"))],
            422,
            "invalid_content_type",
        ),
        (
            "POST",
            "/v1/direct_upload".into(),
            vec![blob("byte_size", json!(1_073_741_825_u64))],
            422,
            "file_size_exceeded",
        ),
        (
            "POST",
            format!("/v1/content_resources?{scope}"),
            vec![
                Value::Null,
                json!({}),
                json!({"content_resource": {"file": "nothing"}}),
                json!({"content_resource": {"file": "nothing"}, "asset_folder": {"id": 1}}),
            ],
            422,
            "content_resource_creation_failed",
        ),
        ("GET", format!("/v1/content_resources?{scope}&type=song"), vec![Value::Null], 422, VALIDATION),
        (
            "GET",
            format!("/v1/content_resources/1?{scope}"),
            vec![Value::Null],
            404,
            "content_resource_not_found",
        ),
        (
            "DELETE",
            format!("/v1/content_resources/1?{scope}"),
            vec![Value::Null],
            404,
            "content_resource_not_found",
        ),
        (
            "PATCH",
            format!("/v1/content_resources/1?{scope}"),
            vec![json!({"content_resource": {"filename": "a"}})],
            404,
            "content_resource_not_found",
        ),
        (
            "PATCH",
            format!("/v1/content_resources/{first}?{scope}"),
            vec![
                Value::Null,
                json!({"content_resource": {}}),
                json!({"content_resource": {"filename": "x".repeat(256)}}),
            ],
            422,
            VALIDATION,
        ),
        ("GET", format!("/v1/asset_libraries?{scope}&asset_type=song"), vec![Value::Null], 422, VALIDATION),
        ("GET", format!("/v1/asset_libraries?{scope}&order=oldest"), vec![Value::Null], 422, VALIDATION),
        ("GET", format!("/v1/asset_libraries?{scope}&folder_id=1"), vec![Value::Null], 404, "not_found"),
        (
            "POST",
            format!("/v1/asset_folders?{scope}"),
            vec![
                Value::Null,
                json!({"asset_folder": {}}),
                json!({"asset_folder": {"name": " "}}),
                json!({"asset_folder": {"name": "A", "parent_id": 1}}),
                json!({"asset_folder": {"name": "A", "parent_id": "none"}}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PATCH",
            format!("/v1/asset_folders/1?{scope}"),
            vec![json!({"asset_folder": {"name": "A"}})],
            404,
            "not_found",
        ),
        (
            "PATCH",
            format!("/v1/asset_folders/{folder}?{scope}"),
            vec![json!({"asset_folder": {"name": ""}})],
            422,
            VALIDATION,
        ),
        ("DELETE", format!("/v1/asset_folders/1?{scope}"), vec![Value::Null], 404, "not_found"),
    ]
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
