//! Automation, monitoring, publishing, research: what goes on without anyone asking.

use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::{Value, json};

use super::{AGENT, balance, call, cell_at, form, get, post, spring_glazes, stepped};

/// Answers one POST with 204 and gives its body.
fn one_post(listener: &TcpListener) -> Value {
    let (mut stream, _) = listener.accept().unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    let (mut heard, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let count = stream.read(&mut buffer).unwrap();
        heard.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&heard);
        if let Some((_, body)) = text.split_once("\r\n\r\n")
            && let Ok(body) = serde_json::from_str(body)
        {
            assert!(text.starts_with("POST /hook"));
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
            return body;
        }
        assert!(count > 0, "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_are_tested_and_told_of_finished_work() {
    let sim = stepped().await;
    let own = format!("/v1/agents/{AGENT}/automation_config");
    let test = format!("{own}/test_webhook");
    assert_eq!(post(&sim, &test, &Value::Null).1["error_code"], "validation_error");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let (status, config) = call(&sim, "PATCH", &own, &json!({"automation_config": {"webhook_url": url}}));
    assert_eq!((status, &config["webhook_url"]), (200, &json!(url)));
    let hearing = std::thread::spawn(move || [one_post(&listener), one_post(&listener)]);
    assert_eq!(post(&sim, &test, &Value::Null), (200, json!({"success": true})));
    let cell = cell_at(&spring_glazes(&sim), 9, "SCRIPT");
    let path = format!("/v1/autocontentengine/4100/cells/{}/generate?agent_id={AGENT}", cell["id"]);
    let (_, started) = post(&sim, &path, &json!({"generation_type": "text", "data": {"prompt": "x"}}));
    post(&sim, "/_sim/drain", &Value::Null);
    let [tested, told] = hearing.join().unwrap();
    assert_eq!(tested["event"], "test");
    assert_eq!(
        (&told["event"], &told["generation_id"]),
        (&json!("generation.completed"), &started["generation_id"])
    );
    let elsewhere =
        json!({"automation_config": {"webhook_url": "http://192.0.2.1/hook", "callback_url": url}});
    call(&sim, "PATCH", &own, &elsewhere);
    assert_eq!(post(&sim, &test, &Value::Null).1["success"], false, "no other machine is posted to");
    // Nobody listens there any more.
    let (status, refused) = post(&sim, &format!("{own}/test_callback"), &Value::Null);
    assert_eq!((status, refused), (200, json!({"success": false, "error": "Connection refused"})));
    let off = json!({"automation_config": {"webhook_url": null}});
    assert_eq!(call(&sim, "PATCH", &own, &off).1["webhook_url"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn monitoring_goes_on_and_can_be_changed_until_it_is_switched_off() {
    let sim = stepped().await;
    let jobs = format!("/v1/user_jobs?agent_id={AGENT}");
    let data = json!({"platform": "tiktok", "type": "keyword", "value": "ai tools", "days": 7, "country": "us", "monitoring": true});
    let fields = [("user_job[user_job_type]", "train_social"), ("user_job[data]", &data.to_string())];
    let (status, made) = form(&sim, &jobs, &fields, None);
    assert_eq!(status, 201, "{made}");
    let own = format!("/v1/user_jobs/{}?agent_id={AGENT}", made["user_job_id"]);
    post(&sim, "/_sim/drain", &Value::Null);
    assert_eq!(get(&sim, &own)["status"], "processing", "monitoring does not end by itself");
    let headers = [("x-api-key", gen_sim::DEMO_KEY), ("content-type", "application/x-www-form-urlencoded")];
    let heard = super::send(&sim, "PUT", &own, &headers, "monitoring=false&days=30").unwrap();
    assert_eq!((heard.status, heard.json()["user_job_id"].clone()), (200, made["user_job_id"].clone()));
    post(&sim, "/_sim/drain", &Value::Null);
    assert_eq!(get(&sim, &own)["status"], "completed");
    assert_eq!(call(&sim, "PUT", &own, &json!({"days": 1})).1["error_code"], "job_status_invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_is_free_and_gives_a_post() {
    let sim = stepped().await;
    let before = balance(&sim);
    let data = json!({"platform": "tiktok", "media_url": "https://cdn.example.com/a.mp4", "description": "caption #clay", "schedule_type": "now", "media_type": "VIDEO"});
    let body = json!({"user_job_type": "publish_content", "data": data.to_string()});
    let (status, made) = post(&sim, &format!("/v1/user_jobs?agent_id={AGENT}"), &body);
    assert_eq!((status, balance(&sim)), (201, before));
    post(&sim, "/_sim/drain", &Value::Null);
    let done = get(&sim, &format!("/v1/user_jobs/{}?agent_id={AGENT}", made["user_job_id"]));
    assert_eq!((&done["user_job_type"], &done["status"]), (&json!("publish_content"), &json!("completed")));
    assert_eq!(done["result"]["post_id"].as_str().unwrap().len(), 19);
}

#[tokio::test(flavor = "multi_thread")]
async fn research_reports_in_its_run_and_threads_are_kept_and_deleted() {
    let sim = stepped().await;
    let body = json!({"topic": "celadon", "depth": "quick", "agent_id": AGENT});
    let (status, started) = post(&sim, "/v1/research", &body);
    assert_eq!((status, &started["status"]), (202, &json!("running")));
    post(&sim, "/_sim/drain", &Value::Null);
    let run = get(&sim, &format!("/v1/agent/runs/{}", started["run_id"].as_str().unwrap()));
    let report = run["messages"].as_array().unwrap().last().unwrap();
    assert_eq!((&report["data"]["topic"], &report["data"]["depth"]), (&json!("celadon"), &json!("quick")));
    let own = format!("/v1/agent/conversations/{}", started["conversation_id"].as_str().unwrap());
    assert_eq!(get(&sim, &format!("{own}/runs"))[0]["run_id"], started["run_id"]);
    let (status, changed) = call(&sim, "PATCH", &own, &json!({"title": "Celadon", "pinned": true}));
    assert_eq!((status, &changed["title"], &changed["pinned"]), (200, &json!("Celadon"), &json!(true)));
    assert_eq!(call(&sim, "DELETE", &own, &Value::Null), (200, Value::Null));
    for gone in [
        own.clone(),
        format!("{own}/messages"),
        format!("/v1/agent/runs/{}", started["run_id"].as_str().unwrap()),
    ] {
        assert_eq!(call(&sim, "GET", &gone, &Value::Null).0, 404, "{gone}");
    }
}
