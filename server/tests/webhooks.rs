//! What comes to the address for GEN's news (requirements W1 to W5, faults F31 to F33). It can make us look at GEN a
//! little earlier, and nothing else.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that called it")]

mod common;

use common::studio::AGENT;
use common::{ADMIN, Server, Setup};
use futures::future::join_all;
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

/// The longest interval there is: nobody looks at GEN for a while unless told to.
const RARELY: &str = "600000";

/// A text under way that GEN has finished already, and where its news lands.
struct Told {
    server: Server,
    cookie: String,
    path: String,
    generation: Value,
}

impl Told {
    async fn begin() -> Self {
        let variables = vec![("REELSHEET_POLL_MS", RARELY.to_owned())];
        let server = Server::start(Setup { variables, ..Setup::default() }).await;
        let cookie = server.sign_in(ADMIN).await;
        let path = path(&server, &cookie).await;
        let target = server.targets(&["SCRIPT"], &cookie).await.remove(0);
        let work: Value = server.generate(&target, &cookie).await.unwrap().json().await.unwrap();
        let generation = work["generation_id"].clone();
        assert!(generation.is_number(), "{work}");
        Self { server, cookie, path, generation }
    }

    async fn say(&self, message: &Value) -> StatusCode {
        post(&self.server, &self.path, message.to_string()).await.status()
    }

    /// How often GEN was asked about the generation.
    async fn looks(&self) -> usize {
        self.server.calls_to("GET", &format!("/generations/{}", self.generation)).await
    }

    /// How the page shows it once it has ended.
    async fn ended(&self) -> Value {
        let ended = async |server: &Server| {
            let ended = server.work("ended", &self.cookie).await;
            ended.into_iter().find(|work| work["generation_id"] == self.generation)
        };
        self.server.until("it has ended", async |server| ended(server).await.is_some()).await;
        ended(&self.server).await.unwrap()
    }
}

async fn path(server: &Server, cookie: &str) -> String {
    server.call("webhook_path", &json!({ "agent": AGENT }), cookie).await.json().await.unwrap()
}

/// As GEN's servers post: no cookie, and nothing of what a browser says.
async fn post(server: &Server, path: &str, message: impl Into<reqwest::Body>) -> Response {
    server.request(Method::POST, path, "").body(message.into()).send().await.unwrap()
}

#[tokio::test]
async fn gens_own_news_brings_the_result_long_before_anybody_would_have_looked() {
    let told = Told::begin().await;
    let url = format!("{}{}", told.server.url, told.path);
    let config = json!({ "automation_config": { "webhook_url": url } });
    let saved = told.server.http.patch(told.server.at_gen(&format!("/agents/{AGENT}/automation_config")));
    let saved = saved.header("X-API-Key", gen_sim::DEMO_KEY).json(&config).send().await.unwrap();
    assert_eq!(saved.status(), StatusCode::OK);
    told.server.move_jobs("drain").await;
    assert_eq!(told.ended().await["progress"], "completed");
    assert_eq!(told.looks().await, 1);
    assert_eq!(told.server.metric("reelsheet_webhooks_total{result=\"heeded\"}").await, 1);
}

#[tokio::test]
async fn w2_f33_a_forged_end_is_looked_at_and_not_believed() {
    let told = Told::begin().await;
    let forged = json!({ "event": "generation.completed", "generation_id": told.generation, "status": "completed",
                         "output_resources": [{ "url": "https://elsewhere.example/film.mp4" }] });
    assert_eq!(told.say(&forged).await, StatusCode::ACCEPTED);
    told.server.until("it was looked at", async |_| told.looks().await == 1).await;
    let running = told.server.work("running", &told.cookie).await;
    assert_eq!(running.len(), 1);
    assert!(!running[0].to_string().contains("elsewhere"), "{}", running[0]);
}

#[tokio::test]
async fn w4_f31_a_thousand_copies_are_one_look() {
    let told = Told::begin().await;
    told.server.move_jobs("drain").await;
    let message = json!({ "generation_id": told.generation, "status": "completed" });
    for _ in 0..20 {
        let answers = join_all((0..50).map(|_| told.say(&message))).await;
        let may = [StatusCode::ACCEPTED, StatusCode::TOO_MANY_REQUESTS];
        assert!(answers.iter().all(|status| may.contains(status)), "{answers:?}");
    }
    assert_eq!(told.ended().await["progress"], "completed");
    assert_eq!(told.looks().await, 1);
    // After the end nothing is looked at because of a message.
    let heeded = async || told.server.metric("reelsheet_webhooks_total{result=\"heeded\"}").await;
    let before = heeded().await;
    told.say(&message).await;
    assert_eq!(heeded().await, before);
}

#[tokio::test]
async fn w1_wrong_addresses_are_not_found_and_not_tried_without_end() {
    let server = Server::start(Setup::default()).await;
    let cookie = server.sign_in(ADMIN).await;
    let right = path(&server, &cookie).await;
    let asked = server.calls_at_gen().await;
    let mut seen = std::collections::BTreeMap::<u16, usize>::new();
    for hundred in 0..10 {
        let tries = (0..100).map(|n| format!("/hooks/gen/{:043}", hundred * 100 + n));
        let answers =
            join_all(tries.map(|path| async { post(&server, &{ path }, "{}").await.status() })).await;
        for status in answers {
            *seen.entry(status.as_u16()).or_default() += 1;
        }
    }
    println!("a thousand wrong addresses: {seen:?}");
    assert_eq!(seen.keys().copied().collect::<Vec<_>>(), [404, 429]);
    // Whoever has the right one is not held up by it.
    assert_eq!(post(&server, &right, "{}").await.status(), StatusCode::ACCEPTED);
    assert_eq!(server.calls_at_gen().await, asked, "GEN hears of none of it");
}

#[tokio::test]
async fn w3_numbers_that_nobody_knows_ask_gen_nothing() {
    let told = Told::begin().await;
    let asked = told.server.calls_at_gen().await;
    for number in 0..40 {
        let message = json!({ "generation_id": 900_000 + number, "status": "completed" });
        assert_eq!(told.say(&message).await, StatusCode::ACCEPTED);
    }
    assert_eq!(told.server.metric("reelsheet_webhooks_total{result=\"strange\"}").await, 40);
    assert_eq!(told.server.calls_at_gen().await, asked);
    assert_eq!(told.server.work("running", &told.cookie).await.len(), 1, "no ghosts");
}

#[tokio::test]
async fn w5_a_message_has_a_size_and_may_be_anything() {
    let server = Server::start(Setup::default()).await;
    let cookie = server.sign_in(ADMIN).await;
    let path = path(&server, &cookie).await;
    for message in ["", "completed", "[", "{\"generation_id\":{}}", "\u{feff}{}", &"[".repeat(60_000)] {
        let status = post(&server, &path, message.to_owned()).await.status();
        assert_eq!(status, StatusCode::ACCEPTED, "{}", &message[..message.len().min(40)]);
    }
    let long = post(&server, &path, "x".repeat(64 * 1024 + 1)).await.status();
    assert_eq!(long, StatusCode::PAYLOAD_TOO_LARGE);
    let request = server.request(Method::POST, &path, "").header("content-encoding", "gzip").body("x");
    assert_eq!(request.send().await.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    // L2: the secret is in no log, whatever it says.
    let secret = path.rsplit('/').next().unwrap();
    assert!(!server.log().contains(secret));
}
