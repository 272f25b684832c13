//! What goes wrong when it is asked to.

use gen_sim::{DEMO_KEY, GenSim, SEEDED_VIDSHEET};
use serde_json::{Value, json};

use super::{AGENT, balance, call, cell_at, post, send, spring_glazes, stepped};

const KEY: (&str, &str) = ("x-api-key", DEMO_KEY);

fn fault(sim: &GenSim, rule: &Value) {
    assert_eq!(post(sim, "/_sim/fault", rule).0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn sentinel_words_are_answered_at_once() {
    let sim = stepped().await;
    let before = balance(&sim);
    let cell = cell_at(&spring_glazes(&sim), 9, "SCRIPT");
    let path =
        format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{}/generate?agent_id={AGENT}", cell["id"]);
    for (words, status, body) in [
        ("no credits", 422, "insufficient_credits_for_job"),
        ("reject 422", 422, "validation_error"),
        ("detail 422", 422, "\"detail\""),
        ("explode 500", 500, "internal_error"),
        ("plain 500", 500, "upstream"),
        ("rate limit 429", 429, "rate_limited"),
    ] {
        let asked = json!({"generation_type": "text", "data": {"prompt": words}}).to_string();
        let heard = send(&sim, "POST", &path, &[KEY], &asked).unwrap();
        assert_eq!(heard.status, status, "{words}");
        assert!(String::from_utf8_lossy(&heard.bytes).contains(body), "{words}");
    }
    assert_eq!(balance(&sim), before);
    let core = format!("/v1/agents/{AGENT}/core");
    assert_eq!(call(&sim, "PATCH", &core, &json!({"brand_name": "explode 500"})).0, 500);
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_strike_and_are_cleared() {
    let sim = stepped().await;
    fault(
        &sim,
        &json!({"match": {"path_contains": "/me"}, "times": 1, "kind": "status", "status": 503, "body": {"error": "later"}}),
    );
    let heard = send(&sim, "GET", "/v1/me", &[KEY], "").unwrap();
    assert_eq!((heard.status, heard.json()), (503, json!({"error": "later"})));
    assert_eq!(send(&sim, "GET", "/v1/me", &[KEY], "").unwrap().status, 200);
    fault(&sim, &json!({"kind": "redirect", "location": "http://127.0.0.1:1/steal"}));
    let heard = send(&sim, "GET", "/v1/me", &[KEY], "").unwrap();
    assert!(heard.status == 302 && heard.head.contains("http://127.0.0.1:1/steal"));
    send(&sim, "DELETE", "/_sim/fault", &[], "").unwrap();
    for (kind, status) in [("garbage", 200), ("html", 502), ("delay", 200)] {
        fault(&sim, &json!({"kind": kind, "times": 1, "ms": 1}));
        assert_eq!(send(&sim, "GET", "/v1/me", &[KEY], "").unwrap().status, status, "{kind}");
    }
    assert_eq!(send(&sim, "POST", "/_sim/fault", &[], "{\"kind\":\"unheard of\"}").unwrap().status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_dropped_and_answers_cut() {
    let sim = stepped().await;
    fault(&sim, &json!({"kind": "close", "times": 1}));
    assert!(send(&sim, "GET", "/v1/me", &[KEY], "").is_err());
    fault(&sim, &json!({"kind": "truncate", "times": 1}));
    let cut = send(&sim, "GET", "/v1/me", &[KEY], "").unwrap();
    assert!(cut.head.contains("content-length: 4096") && cut.bytes.len() < 100);
    post(&sim, "/_sim/down", &json!({"down": true}));
    assert!(send(&sim, "GET", "/v1/me", &[KEY], "").is_err());
    post(&sim, "/_sim/down", &json!({"down": false}));
    assert_eq!(send(&sim, "GET", "/v1/me", &[KEY], "").unwrap().status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hanging_call_gets_no_answer_and_hinders_no_other() {
    use std::io::{Read, Write};
    let sim = stepped().await;
    fault(&sim, &json!({"kind": "hang", "times": 1}));
    let base = sim.base_url();
    let mut hanging = std::net::TcpStream::connect(base.trim_start_matches("http://")).unwrap();
    hanging.set_read_timeout(Some(std::time::Duration::from_millis(300))).unwrap();
    hanging
        .write_all(format!("GET /v1/me HTTP/1.1\r\nhost: x\r\nx-api-key: {DEMO_KEY}\r\n\r\n").as_bytes())
        .unwrap();
    let read = hanging.read(&mut [0; 64]);
    assert!(
        matches!(read, Err(error) if matches!(error.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut))
    );
    assert_eq!(send(&sim, "GET", "/v1/me", &[KEY], "").unwrap().status, 200);
    drop(sim);
    // The simulator's end closes even what hangs.
    hanging.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
    match hanging.read(&mut [0; 64]) {
        Ok(read) => assert_eq!(read, 0, "no answer may come"),
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_has_been_paid() {
    let sim = stepped().await;
    let before = balance(&sim);
    let cell = cell_at(&spring_glazes(&sim), 9, "SCRIPT");
    let path =
        format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{}/generate?agent_id={AGENT}", cell["id"]);
    fault(
        &sim,
        &json!({"match": {"method": "POST", "path_contains": "/generate"}, "times": 1, "kind": "close", "after": true}),
    );
    let body = json!({"generation_type": "text", "data": {"prompt": "a script"}}).to_string();
    assert!(send(&sim, "POST", &path, &[KEY], &body).is_err());
    assert_eq!(balance(&sim), before - 2.0);
    assert_eq!(cell_at(&spring_glazes(&sim), 9, "SCRIPT")["user_jobs"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_and_broken_bodies() {
    let sim = stepped().await;
    let json = ("content-type", "application/json");
    assert_eq!(send(&sim, "GET", "/v1/me", &[KEY, json], "").unwrap().status, 200);
    let broken = send(&sim, "POST", "/v1/agent/run", &[KEY, json], "{\"message\":").unwrap();
    assert_eq!((broken.status, broken.json()["error_code"].clone()), (400, Value::from("bad_request")));
}
