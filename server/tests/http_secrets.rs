//! Where keys, passwords and tokens must not be.

mod common;

use common::{ADMIN, PASSWORD, Server, Setup, media_id};
use gen_sim::GenSim;
use reqwest::StatusCode;
use serde_json::{Value, json};

const AGENT: &str = "ag_kiln_tide_7f3k";

#[tokio::test]
async fn k8_a_redirect_takes_the_key_nowhere() {
    let server = Server::start(Setup::default()).await;
    let cookie = server.sign_in(ADMIN).await;
    let elsewhere = GenSim::start(gen_sim::Options::default()).await.unwrap();
    let calls = [
        ("test_key", json!({ "id": 1 })),
        ("start_run", json!({ "agent": AGENT, "message": "an idea", "conversation": null, "request": "1" })),
        ("create_vidsheet", json!({ "agent": AGENT, "title": "A new one" })),
        ("adopt_vidsheet", json!({ "agent": AGENT, "vidsheet": "4100" })),
        ("add_key", json!({ "key": { "key": "gen_pat_nobody", "label": "x", "shared": false } })),
    ];
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/v1/me", elsewhere.base_url());
        let headers =
            json!({ "kind": "redirect", "status": status, "location": location, "times": calls.len() });
        server.fault(headers).await;
        for (name, arguments) in &calls {
            let response = server.call(name, arguments, &cookie).await;
            assert!(!response.status().is_redirection(), "{name} {status}");
        }
        server.clear_faults().await;
    }
    let url = format!("{}/_sim/requests", elsewhere.base_url());
    let seen: Value = server.http.get(url).send().await.unwrap().json().await.unwrap();
    assert_eq!(seen, json!([]), "the other host heard nothing");
}

#[tokio::test]
async fn k8_media_is_fetched_without_key_and_cookie() {
    let server = Server::start(Setup { recorded: true, ..Setup::default() }).await;
    let cookie = server.sign_in(ADMIN).await;
    let sheet = json!({ "agent": AGENT, "vidsheet": "4100" });
    assert_eq!(server.call("adopt_vidsheet", &sheet, &cookie).await.status(), StatusCode::OK);
    let opened = server.call("open_vidsheet", &sheet, &cookie).await.text().await.unwrap();
    let media = server.get(&format!("/media/{}", media_id(&opened)), &cookie).await;
    assert_eq!(media.status(), StatusCode::OK);
    assert!(!media.bytes().await.unwrap().is_empty());
    let heads = server.recorder.as_ref().unwrap().request_heads();
    let (calls, files): (Vec<_>, Vec<_>) = heads.iter().partition(|head| head.contains(" /v1/"));
    assert!(!calls.is_empty() && calls.iter().all(|head| head.contains("x-api-key:")), "{calls:?}");
    assert!(!files.is_empty(), "{heads:?}");
    for head in &heads {
        assert!(!head.contains("cookie:") && !head.contains("referer:"), "{head}");
    }
    for head in files {
        assert!(!head.contains("x-api-key") && !head.contains("authorization"), "{head}");
    }
}

/// Everything is logged, everything goes wrong once, and then log and data are searched.
#[tokio::test]
async fn l1_no_secret_is_in_the_log_or_in_the_data() {
    const WRONG_PASSWORD: &str = "canary-of-a-wrong-password";
    const NEW_KEY: &str = "gen_pat_canary_of_a_new_key_77";
    const REFUSED_KEY: &str = "gen_pat_canary_refused_key_55";
    let variables = vec![("REELSHEET_LOG", "trace".to_owned())];
    let mut server = Server::start(Setup { variables, ..Setup::default() }).await;
    let cookie = server.sign_in(ADMIN).await;
    let token = cookie.split_once('=').unwrap().1.to_owned();
    let wrong = [("email", ADMIN), ("password", WRONG_PASSWORD)];
    server.submit("sign_in", &wrong, "/login?next=/canary-of-a-query", "").await;
    let key = |key: &str| json!({ "key": { "key": key, "label": "mine", "shared": false } });
    // GEN says yes to anything once, and repeats the key it refuses another time.
    let me = json!({ "id": 1, "name": "Rosa", "email": "rosa@kiln.example" });
    server.fault(json!({ "kind": "status", "status": 200, "body": me, "times": 1, "match": { "path_contains": "/me" } })).await;
    server.fault(json!({ "kind": "status", "status": 200, "body": [], "times": 1, "match": { "path_contains": "/agents" } })).await;
    let added = server.call("add_key", &key(NEW_KEY), &cookie).await;
    assert_eq!(added.status(), StatusCode::OK, "{}", added.text().await.unwrap());
    let echo = json!({ "error": format!("no such key: {REFUSED_KEY}"), "error_code": "unauthorized" });
    server.fault(json!({ "kind": "status", "status": 401, "body": echo, "times": 1, "match": { "path_contains": "/me" } })).await;
    let refused = server.call("add_key", &key(REFUSED_KEY), &cookie).await;
    assert_eq!(refused.status(), StatusCode::BAD_GATEWAY);
    assert!(!refused.text().await.unwrap().contains(REFUSED_KEY));
    for kind in ["html", "garbage", "truncate", "close", "redirect"] {
        server.fault(json!({ "kind": kind, "times": 1 })).await;
        server.call("test_key", &json!({ "id": 1 }), &cookie).await;
        server.clear_faults().await;
    }
    for page in [
        "/",
        "/settings/keys",
        "/queue",
        &format!("/agents/{AGENT}/setup"),
        &format!("/agents/{AGENT}/ideas"),
    ] {
        let html = server.page(page, &cookie).await.text().await.unwrap();
        for secret in [gen_sim::DEMO_KEY, NEW_KEY, REFUSED_KEY, PASSWORD, &token] {
            assert!(!html.contains(secret), "K6: {page} shows a secret");
        }
    }
    let keys = server.call("list_keys", &json!({}), &cookie).await.text().await.unwrap();
    assert!(
        keys.contains(&NEW_KEY[NEW_KEY.len() - 4..]) && !keys.contains(&NEW_KEY[NEW_KEY.len() - 5..]),
        "K6: {keys}"
    );
    let running = server.data_bytes();
    server.stop().await;
    let stopped = server.data_bytes();
    let log = server.log();
    assert!(log.contains("TRACE") && log.contains("test_key"), "the log was on");
    let secrets = [gen_sim::DEMO_KEY, NEW_KEY, REFUSED_KEY, PASSWORD, WRONG_PASSWORD, &token];
    for secret in secrets {
        let place = log.lines().find(|line| line.contains(secret));
        assert_eq!(place, None, "in the log");
        for data in [&running, &stopped] {
            assert!(
                !data.windows(secret.len()).any(|window| window == secret.as_bytes()),
                "{secret} in the data"
            );
        }
    }
    assert!(!log.contains("canary-of-a-query"), "L3: no query is logged");
}
