//! Tells webhooks what happened: one POST each, never repeated.
//!
//! Only this machine is told, and only over plain HTTP: a demo must not become a tool to reach into other networks.

use std::net::IpAddr;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Uri, header};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

use crate::state::Sim;
use crate::world::Notice;

const LONGEST: Duration = Duration::from_secs(10);

/// Sends every notice that waits, each on its own.
pub fn send_waiting(sim: &Sim) {
    let waiting: Vec<Notice> = std::mem::take(&mut sim.world().notices);
    for notice in waiting {
        tokio::spawn(async move {
            if let Err(problem) = post(&notice.url, &notice.body).await {
                tracing::info!(%problem, "a webhook was not told");
            }
        });
    }
}

/// Posts JSON and waits for any 2xx.
pub async fn post(url: &str, body: &Value) -> Result<(), String> {
    match tokio::time::timeout(LONGEST, post_once(url, body)).await {
        Ok(outcome) => outcome,
        Err(_) => Err("Timeout after 10s".to_owned()),
    }
}

async fn post_once(url: &str, body: &Value) -> Result<(), String> {
    let uri: Uri = url.parse().map_err(|_| "Invalid URL format.".to_owned())?;
    let host = uri.host().unwrap_or("");
    let address = match host.trim_matches(['[', ']']) {
        "localhost" => IpAddr::from([127, 0, 0, 1]),
        host => host.parse().map_err(|_| elsewhere())?,
    };
    if uri.scheme_str() != Some("http") || !address.is_loopback() {
        return Err(elsewhere());
    }
    let stream = TcpStream::connect((address, uri.port_u16().unwrap_or(80)))
        .await
        .map_err(|_| "Connection refused".to_owned())?;
    let broken = |error: hyper::Error| format!("Connection lost: {error}");
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(broken)?;
    let driving = tokio::spawn(connection);
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let authority = uri.authority().map_or(host, |authority| authority.as_str());
    let request = Request::post(path)
        .header(header::HOST, authority)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .map_err(|error| error.to_string())?;
    let answered = sender.send_request(request).await.map_err(broken);
    driving.abort();
    let status = answered?.status();
    if status.is_success() { Ok(()) } else { Err(format!("The address answered {status}")) }
}

fn elsewhere() -> String {
    "The simulator posts to this machine only, over http.".to_owned()
}
