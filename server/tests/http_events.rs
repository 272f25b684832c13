//! News for open pages: streams, and the answers for pages that have none.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that called it")]

mod common;

use common::events::Events;
use common::studio::{AGENT, SHEET};
use common::{ADMIN, EDITOR, Server, Setup};
use reqwest::StatusCode;
use serde_json::{Value, json};

#[tokio::test]
async fn news_reach_every_page_and_are_told_again_from_where_it_was() {
    let server = Server::start(Setup::default()).await;
    let signed_in = server.sign_in(ADMIN).await;
    let before = newest(&server, &signed_in).await;
    let mut one = Events::open(&server, "/events", None, &signed_in).await;
    let mut two = Events::open(&server, "/events", None, &signed_in).await;
    let greeting = one.read_until("\n\n").await;
    assert!(
        greeting.contains("event: hello\n") && greeting.contains(&format!("id: {before}\n")),
        "{greeting}"
    );
    let retry = greeting.lines().find_map(|line| line.strip_prefix("retry: ")).unwrap();
    assert!((2_000..=3_000).contains(&retry.parse::<u32>().unwrap()), "{retry}");
    two.read_until("\n\n").await;
    server.open_sheet(&signed_in).await;
    for events in [&mut one, &mut two] {
        let news = events.read_until("vidsheets\"").await;
        assert!(news.contains("event: change\n") && news.contains("id: "), "{news}");
    }
    // A page that was away hears the same again, whether it says so in the address or in the header.
    let mut away = Events::open(&server, &format!("/events?since={before}"), None, &signed_in).await;
    assert!(away.read_until("vidsheets\"").await.contains("event: change"));
    let mut away = Events::open(&server, "/events?since=0", Some(&before.to_string()), &signed_in).await;
    assert!(away.read_until("vidsheets\"").await.contains("event: change"));
}

#[tokio::test]
async fn a_page_without_a_stream_asks_and_is_told_the_same() {
    let server = Server::start(Setup::default()).await;
    let signed_in = server.sign_in(ADMIN).await;
    let before = newest(&server, &signed_in).await;
    let ask = async |since: Value| -> Value {
        server.call("list_changes", &json!({ "since": since }), &signed_in).await.json().await.unwrap()
    };
    assert_eq!(ask(json!(before)).await, json!({ "changes": [], "reached": before, "lost": false }));
    server.open_sheet(&signed_in).await;
    let news = ask(json!(before)).await;
    let kinds: Vec<&str> = news["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|change| change["topic"]["kind"].as_str().unwrap())
        .collect();
    assert!(kinds.contains(&"vidsheets"), "{news}");
    assert_eq!(ask(news["reached"].clone()).await["changes"], json!([]));
    assert_eq!(ask(json!(999_999)).await["lost"], json!(true));
}

#[tokio::test]
async fn who_comes_into_a_vidsheet_is_told_at_once_and_kept_nowhere() {
    let server = Server::start(Setup { people: &[(EDITOR, "editor")], ..Setup::default() }).await;
    let (admin, editor) = (server.sign_in(ADMIN).await, server.sign_in(EDITOR).await);
    server.open_sheet(&admin).await;
    let before = newest(&server, &admin).await;
    let mut events = Events::open(&server, "/events", None, &admin).await;
    events.read_until("hello").await;
    let here = json!({ "agent": AGENT, "vidsheet": SHEET, "cell": null, "editing": false });
    let everybody: Value = server.call("be_present", &here, &editor).await.json().await.unwrap();
    assert_eq!(everybody.as_array().unwrap().len(), 1);
    let told = events.read_until("\"presence\"").await;
    assert!(told.contains("event: presence\n") && !told.contains("event: change"), "{told}");
    assert_eq!(newest(&server, &admin).await, before);
}

/// T3: ten streams a person; an eleventh page asks instead. A browser needs one.
#[tokio::test]
async fn t3_a_person_has_ten_streams_and_a_closed_one_makes_room() {
    let server = Server::start(Setup { people: &[(EDITOR, "editor")], ..Setup::default() }).await;
    let (admin, editor) = (server.sign_in(ADMIN).await, server.sign_in(EDITOR).await);
    let mut streams = Vec::new();
    for _ in 0..10 {
        streams.push(Events::open(&server, "/events", None, &admin).await);
    }
    let refused = server.get("/events", &admin).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers().contains_key("retry-after"));
    Events::open(&server, "/events", None, &editor).await.read_until("hello").await;
    streams.pop();
    server.until("a place is free", async |server| server.get("/events", &admin).await.status() == 200).await;
}

async fn newest(server: &Server, cookie: &str) -> i64 {
    let news: Value = server.call("list_changes", &json!({}), cookie).await.json().await.unwrap();
    assert_eq!(
        (&news["lost"], &news["changes"]),
        (&json!(true), &json!([])),
        "who was nowhere has all to read"
    );
    news["reached"].as_i64().unwrap()
}
