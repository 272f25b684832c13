//! The key reaches GEN's two hosts, and nothing and nobody else.

use std::io;
use std::sync::{Arc, Mutex};

use gen_client::Upstream;
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;
use wiremock::ResponseTemplate;

use crate::every_call::{OTHER_KEY, every_call};
use crate::setup::{KEY, client, config, key, server, upstream};

#[tokio::test]
async fn k_the_key_is_on_every_call_and_never_in_an_address() {
    let (api, agent) = (server(ResponseTemplate::new(404)).await, server(ResponseTemplate::new(404)).await);
    let client = Upstream::new(config(&api.uri(), &agent.uri())).unwrap().client(key());
    for (name, call) in every_call(&client) {
        call.await.expect_err(name);
    }
    for server in [api, agent] {
        let requests = server.received_requests().await.unwrap();
        assert!(!requests.is_empty());
        for request in requests {
            let keys: Vec<_> = request.headers.get_all("x-api-key").iter().collect();
            assert_eq!(keys, [KEY], "{}", request.url);
            assert!(
                !request.url.as_str().contains(KEY) && !String::from_utf8_lossy(&request.body).contains(KEY)
            );
            assert!(
                !request.headers.contains_key("authorization") && !request.headers.contains_key("referer")
            );
        }
    }
}

#[tokio::test]
async fn k_the_key_is_not_on_media() {
    let server = server(ResponseTemplate::new(200).set_body_bytes(vec![1, 2, 3])).await;
    upstream(&server.uri()).media(&format!("{}/media/a.png", server.uri()), None).await.unwrap();
    for request in server.received_requests().await.unwrap() {
        assert!(!format!("{request:?}").contains(KEY));
        assert!(!request.headers.contains_key("x-api-key") && !request.headers.contains_key("authorization"));
    }
}

#[tokio::test]
async fn k_no_error_and_no_debug_text_holds_the_key() {
    let echo = json!({ "error": format!("The key {KEY} is wrong"), "error_code": format!("bad_{KEY}") });
    for answer in [
        ResponseTemplate::new(401).set_body_json(&echo),
        ResponseTemplate::new(500).set_body_string(format!("panicked at {KEY}")),
        ResponseTemplate::new(200).set_body_json(&echo),
        ResponseTemplate::new(200).set_body_string(format!("\"{KEY}\"")),
        ResponseTemplate::new(200).set_body_json(json!({ "id": { "x": KEY } })),
    ] {
        let server = server(answer).await;
        let client = client(&server.uri());
        let error =
            client.render(&id(), &id2(), &id3(), &gen_client::Idempotency("d".into())).await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains(KEY), "{error:?}");
        assert!(!format!("{client:?} {:#?}", upstream(&server.uri())).contains(KEY));
    }
}

#[tokio::test]
async fn k_nothing_that_is_logged_holds_the_key_the_query_or_the_body() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    // For all threads: tracing would otherwise ask another test's thread whether an event is of interest.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let echo = json!({ "error": format!("The key {KEY} is wrong") });
    for status in [200, 401] {
        let server = server(ResponseTemplate::new(status).set_body_json(&echo)).await;
        let client = client(&server.uri());
        for (name, call) in every_call(&client) {
            call.await.expect_err(name);
        }
    }
    let log = log.text();
    for said in ["called GEN", "operation=\"start_run\"", "status=401"] {
        assert!(log.contains(said), "{said} is not in the log");
    }
    for secret in [KEY, OTHER_KEY, "Three ideas, please", "Write a hook", "with_execution_cost"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

fn id() -> gen_client::AgentId {
    "a1".parse().unwrap()
}

fn id2() -> gen_client::VidsheetId {
    "100".parse().unwrap()
}

fn id3() -> gen_client::CellId {
    "3000".parse().unwrap()
}

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
