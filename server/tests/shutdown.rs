//! The end of the program, and what it lets in before.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that called it")]

mod common;

use common::events::Events;
use common::studio::{AGENT, SHEET};
use common::{ADMIN, Server, Setup};
use futures::future::join_all;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Duration, Instant, timeout};

const STREAMS: usize = 200;
const CALLS: usize = 10;

/// Promise 15: with streams, paid calls and an upload open, the program ends well within eight seconds, and whatever
/// has no answer by then is unknown, not lost and not sent again.
#[tokio::test]
async fn it_ends_within_eight_seconds_with_streams_calls_and_an_upload_open() {
    let variables = vec![
        ("REELSHEET_STREAMS_PER_PERSON", (STREAMS + 10).to_string()),
        ("REELSHEET_CONNECTIONS_PER_ADDRESS", "500".to_owned()),
    ];
    let mut server = Server::start(Setup { variables, ..Setup::default() }).await;
    let cookie = server.sign_in(ADMIN).await;
    let targets = server.targets(&["SCRIPT"], &cookie).await;
    let mut streams = join_all((0..STREAMS).map(|_| Events::open(&server, "/events", None, &cookie))).await;
    for stream in &mut streams {
        stream.read_until("hello").await;
    }
    assert_eq!(server.metric("reelsheet_sse_clients").await, STREAMS as i64);
    server.fault(json!({ "kind": "hang", "match": { "path_contains": "/generate" } })).await;
    let mut upload = half_a_request(&server, &cookie).await;
    let calls = join_all(targets.iter().take(CALLS).map(|target| server.generate(target, &cookie)));

    let (begun, answers) = tokio::join!(
        async {
            server
                .until("GEN has the calls", async |server| {
                    server.calls_to("POST", "/generate").await == CALLS
                })
                .await;
            let begun = Instant::now();
            server.signal("-TERM").await;
            // Whoever asks meanwhile is told, at a new connection too.
            server
                .until("it is not ready", async |server| {
                    let page = server.http.get(format!("{}/queue", server.url)).send().await;
                    let ready = server.http.get(format!("{}/readyz", server.url)).send().await;
                    let refused = |answer: reqwest::Result<reqwest::Response>| {
                        answer.is_ok_and(|it| it.status() == 503)
                    };
                    refused(ready) && refused(page)
                })
                .await;
            begun
        },
        calls,
    );
    for answer in answers.into_iter().flatten() {
        // Most are cut off. Whose call the queue took over was answered at once; who is answered at the very end
        // hears that nobody knows. Nobody hears of a success.
        let (status, body) = (answer.status(), answer.text().await.unwrap_or_default());
        let honest =
            ["\"progress\":\"queued\"", "\"progress\":\"unknown\""].iter().any(|it| body.contains(it));
        assert!(status == 503 || honest, "{status}: {body}");
    }
    let ended = server.ended().await;
    let took = begun.elapsed();
    println!("{STREAMS} streams, {CALLS} calls to GEN and an upload open: ended {ended} after {took:?}");
    assert!(ended.success(), "{ended}: {}", server.log());
    assert!(took < Duration::from_secs(8), "{took:?}");
    for stream in &mut streams {
        assert!(stream.read_to_the_end().await.contains("event: bye\n"));
    }
    let mut rest = Vec::new();
    let _reset =
        timeout(Duration::from_secs(20), upload.read_to_end(&mut rest)).await.expect("it was dropped");
    let log = server.data.path().join("reelsheet.db-wal");
    assert!(!log.exists() || std::fs::metadata(&log).unwrap().len() == 0, "the log is folded in");

    server.clear_faults().await;
    server.start_again().await;
    let cookie = server.sign_in(ADMIN).await;
    let unknown = server.work("unknown", &cookie).await;
    assert_eq!(unknown.len(), CALLS);
    assert!(unknown.iter().all(|work| work["reason"].as_str().unwrap().contains("may have been charged")));
    assert!(!server.log().contains("was not closed"), "it was");
    assert_eq!(server.calls_to("POST", "/generate").await, CALLS, "nothing is sent again");
}

#[tokio::test]
async fn a_second_signal_ends_it_at_once() {
    let mut server = Server::start(Setup::default()).await;
    let cookie = server.sign_in(ADMIN).await;
    let target = server.targets(&["SCRIPT"], &cookie).await.remove(0);
    server.fault(json!({ "kind": "hang", "match": { "path_contains": "/generate" } })).await;
    let signals = async {
        server
            .until("GEN has the call", async |server| server.calls_to("POST", "/generate").await == 1)
            .await;
        server.signal("-TERM").await;
        server.until("it has heard", async |server| server.log().contains("stopping")).await;
        server.signal("-TERM").await;
    };
    let (answer, ()) = tokio::join!(server.generate(&target, &cookie), signals);
    assert!(answer.is_err());
    let ended = server.ended().await;
    assert!(!ended.success(), "{ended}");
    assert!(server.log().contains("second signal"), "{}", server.log());
}

/// F35, in small: a power cut leaves the number of the process behind, and the next start looks the file through.
#[tokio::test]
async fn after_a_kill_the_database_is_looked_through_and_all_is_there() {
    let mut server = Server::start(Setup::default()).await;
    let cookie = server.sign_in(ADMIN).await;
    server.open_sheet(&cookie).await;
    server.kill().await;
    server.start_again().await;
    assert!(server.log().contains("was not closed the last time"), "{}", server.log());
    let cookie = server.sign_in(ADMIN).await;
    let list = server.call("list_vidsheets", &json!({ "agent": AGENT }), &cookie).await.text().await.unwrap();
    assert!(list.contains(SHEET), "{list}");
}

/// H6: who sends half a header is not waited for longer than ten seconds.
#[tokio::test]
async fn h6_half_a_header_is_waited_for_ten_seconds() {
    let server = Server::start(Setup::default()).await;
    let begun = Instant::now();
    let answer = server.raw(b"GET /livez HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ").await;
    assert!(!answer.contains("200 OK"), "{answer}");
    assert!(begun.elapsed() > Duration::from_secs(5), "it was waited for: {:?}", begun.elapsed());
}

#[tokio::test]
async fn h6_headers_have_a_size_and_a_number() {
    let server = Server::start(Setup::default()).await;
    let ask = async |headers: &str| {
        server
            .raw(
                format!("GET /livez HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n{headers}\r\n")
                    .as_bytes(),
            )
            .await
    };
    let many = |count: usize| (0..count).map(|number| format!("x-{number}: 1\r\n")).collect::<String>();
    let long = |length: usize| format!("x-long: {}\r\n", "x".repeat(length));
    assert!(ask(&many(98)).await.starts_with("HTTP/1.1 200"));
    assert!(ask(&many(99)).await.starts_with("HTTP/1.1 431"), "101 headers");
    assert!(ask(&long(60 * 1024)).await.starts_with("HTTP/1.1 200"));
    assert!(ask(&long(65 * 1024)).await.starts_with("HTTP/1.1 431"), "more than 64 KiB");
}

/// H6: an address that holds all its connections gets no further one; others do, and a proxy of ours is many people.
#[tokio::test]
async fn h6_one_address_cannot_hold_all_connections() {
    let variables = || vec![("REELSHEET_CONNECTIONS_PER_ADDRESS", "5".to_owned())];
    let server = Server::start(Setup { variables: variables(), ..Setup::default() }).await;
    let mut held = Vec::new();
    for _ in 0..5 {
        held.push(server.connect_from([127, 0, 0, 3]).await.unwrap());
    }
    assert!(!is_served(&server, [127, 0, 0, 3]).await);
    assert!(is_served(&server, [127, 0, 0, 2]).await);
    held.pop();
    server.until("a place is free", async |server| is_served(server, [127, 0, 0, 3]).await).await;

    let mut variables = variables();
    variables.push(("REELSHEET_TRUSTED_PROXIES", "127.0.0.3".to_owned()));
    let server = Server::start(Setup { variables, ..Setup::default() }).await;
    let mut held = Vec::new();
    for _ in 0..20 {
        held.push(server.connect_from([127, 0, 0, 3]).await.unwrap());
    }
    assert!(is_served(&server, [127, 0, 0, 3]).await);
}

async fn is_served(server: &Server, address: [u8; 4]) -> bool {
    let Ok(mut stream) = server.connect_from(address).await else { return false };
    let request = b"GET /livez HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n";
    let mut answer = String::new();
    let asked = stream.write_all(request).await.is_ok() && stream.read_to_string(&mut answer).await.is_ok();
    asked && answer.starts_with("HTTP/1.1 200")
}

/// A request whose body does not come to its end.
async fn half_a_request(server: &Server, cookie: &str) -> tokio::net::TcpStream {
    let mut stream = server.connect_from([127, 0, 0, 1]).await.unwrap();
    let (path, _) = common::server_fn("set_cell_value");
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: {cookie}\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/json\r\ncontent-length: 100000\r\n\r\n{{\"agent\": \""
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}
