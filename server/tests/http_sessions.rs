//! First run, sessions and the streams that hang on them, as a browser without JavaScript meets them.

mod common;

use std::time::Duration;

use common::{ADMIN, EDITOR, PASSWORD, Server, Setup, cookie, location};
use futures::StreamExt;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::timeout;

#[tokio::test]
async fn p3_the_first_run_makes_one_admin_with_the_key_from_the_log() {
    let server = Server::start(Setup { first_run: true, ..Setup::default() }).await;
    for path in ["/", "/login", "/queue"] {
        assert_eq!(location(&server.page(path, "").await), "/welcome", "{path}");
    }
    let page = server.page("/welcome", "").await;
    assert_eq!(page.status(), StatusCode::OK);
    let html = page.text().await.unwrap();
    assert!(
        html.contains("<form") && html.contains(common::server_fn("create_first_admin").0),
        "a form without script"
    );

    let log = server.log();
    let line = log.lines().find(|line| line.starts_with("first run: open ")).unwrap();
    assert!(line.contains(&format!("{}/welcome", server.url)), "{line}");
    let key = line.rsplit(' ').next().unwrap().to_owned();
    let sign_up = async |key: &str, email: &str| {
        let fields = [("setup_key", key), ("name", "Rosa"), ("email", email), ("password", PASSWORD)];
        server.submit("create_first_admin", &fields, "/welcome", "").await
    };
    let wrong = sign_up("wrong-key", ADMIN).await;
    assert!(
        location(&wrong).starts_with("/welcome?") && location(&wrong).contains("__err="),
        "{}",
        location(&wrong)
    );
    let told = server.page(location(&wrong), "").await.text().await.unwrap();
    assert!(told.contains("The setup key is wrong"), "the form says why: {told}");

    let made = sign_up(&key, ADMIN).await;
    assert_eq!(location(&made), "/settings/keys");
    let signed_in = cookie(&made);
    assert_eq!(server.page("/settings/keys", &signed_in).await.status(), StatusCode::OK);

    let again = sign_up(&key, "eve@kiln.example").await;
    assert!(
        !location(&again).starts_with("/settings") && again.headers().get("set-cookie").is_none(),
        "{}",
        location(&again)
    );
    assert_eq!(location(&server.page("/welcome", "").await), "/login", "the first run is over");
}

#[tokio::test]
async fn s1_the_database_alone_opens_no_session() {
    let server = Server::start(Setup::default()).await;
    let signed_in = server.sign_in(ADMIN).await;
    let token = signed_in.split_once('=').unwrap().1;
    assert!(token.len() >= 43, "256 bits: {}", token.len());
    let data = server.data_bytes();
    assert!(
        !data.windows(token.len()).any(|window| window == token.as_bytes()),
        "the token itself is not stored"
    );
    for forged in ["__Host-sid=", "__Host-sid=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "sid=x"] {
        assert_eq!(
            server.call("who_am_i", &json!({}), forged).await.status(),
            StatusCode::UNAUTHORIZED,
            "{forged}"
        );
    }
}

#[tokio::test]
async fn s2_the_cookie_is_exactly_this() {
    let server = Server::start(Setup::default()).await;
    let fields = [("email", ADMIN), ("password", PASSWORD)];
    let response = server.submit("sign_in", &fields, "/login", "__Host-sid=planted").await;
    let set: Vec<_> = response.headers().get_all("set-cookie").iter().collect();
    let set = match set[..] {
        [one] => one.to_str().unwrap(),
        _ => panic!("one cookie: {set:?}"),
    };
    let rest = set.split_once(';').unwrap().1;
    assert!(set.starts_with("__Host-sid=") && !set.contains("planted"), "S3: {set}");
    assert_eq!(rest, " Secure; HttpOnly; SameSite=Lax; Path=/");
}

#[tokio::test]
async fn a_session_that_ended_leads_to_the_sign_in_page_and_back() {
    let server = Server::start(Setup::default()).await;
    let gone = server.page("/agents/7/ideas?idea=3", "__Host-sid=gone").await;
    assert_eq!(
        (gone.status(), location(&gone)),
        (StatusCode::SEE_OTHER, "/login?next=/agents/7/ideas%3Fidea%3D3")
    );
    let fields = [("email", ADMIN), ("password", PASSWORD), ("next", "/agents/7/ideas?idea=3")];
    let back = server.submit("sign_in", &fields, "/login?next=x", "").await;
    assert_eq!(location(&back), "/agents/7/ideas?idea=3");
    let error: Value = server.call("open_queue", &json!({}), "__Host-sid=gone").await.json().await.unwrap();
    assert_eq!(error["kind"]["is"], "signed_out");
}

#[tokio::test]
async fn p4_unknown_and_wrong_look_the_same() {
    let server = Server::start(Setup::default()).await;
    let attempt = async |email: &str| {
        let arguments = json!({"email": email, "password": "not the passphrase"});
        let response = server.call("sign_in", &arguments, "").await;
        (response.status(), response.text().await.unwrap())
    };
    let (unknown, wrong) = (attempt("nobody@kiln.example").await, attempt(ADMIN).await);
    assert_eq!(unknown, wrong);
    assert_eq!(unknown.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn s5_signing_out_ends_the_session_and_its_stream() {
    let server = Server::start(Setup { people: &[(EDITOR, "editor")], ..Setup::default() }).await;
    let (leaves, stays) = (server.sign_in(ADMIN).await, server.sign_in(ADMIN).await);
    let mut stream = server.get("/events", &leaves).await.bytes_stream();
    let mut other = server.get("/events", &stays).await.bytes_stream();
    assert!(stream.next().await.unwrap().is_ok() && other.next().await.unwrap().is_ok(), "both stand");
    let out = server.call("sign_out", &json!({}), &leaves).await;
    assert_eq!(out.status(), StatusCode::OK);
    assert!(out.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(server.call("who_am_i", &json!({}), &leaves).await.status(), StatusCode::UNAUTHORIZED);
    let to_the_end = async { while stream.next().await.is_some() {} };
    timeout(Duration::from_secs(6), to_the_end).await.expect("the stream of the ended session ends");
    assert_eq!(server.call("who_am_i", &json!({}), &stays).await.status(), StatusCode::OK);
}
