//! The simulator over HTTP, with a client of a few lines, so that no client library hides what it says.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop and say where"
)]

mod access;
mod assets;
mod core_rules;
mod editing;
mod faults;
mod ideas;
mod jobs;
mod media;
mod people;
mod refusals;
mod report;
mod shapes;
mod vidsheets;
mod voices;
mod webhooks;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use gen_sim::{DEMO_KEY, GenSim, Options, SEEDED_VIDSHEET, SimMode};
use serde_json::Value;

/// The agent with everything, and the organization that pays for it.
const AGENT: &str = gen_sim::SEEDED_AGENT;
const ORGANIZATION: u64 = 10;

/// A simulator of its own, moved by steps only.
async fn stepped() -> GenSim {
    start(Options { mode: SimMode::Explicit, ..Options::default() }).await
}

async fn start(options: Options) -> GenSim {
    GenSim::start(options).await.expect("a free port")
}

/// An answer, as it came over the wire.
struct Heard {
    status: u16,
    head: String,
    bytes: Vec<u8>,
}

impl Heard {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }
}

/// One request on its own connection. `Err` when the connection ends before an answer, or nothing comes for long.
fn send(
    sim: &GenSim,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl AsRef<[u8]>,
) -> std::io::Result<Heard> {
    let body = body.as_ref();
    let base = sim.base_url();
    let host = base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{request}\r\n").as_bytes())?;
    stream.write_all(body)?;
    let mut raw = Vec::new();
    stream.read_to_end(&mut raw)?;
    let end = raw
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .ok_or_else(|| std::io::Error::other("no answer"))?;
    let head = String::from_utf8_lossy(&raw[..end]).into_owned();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .ok_or_else(|| std::io::Error::other("no status"))?;
    Ok(Heard { status, head, bytes: raw[end + 4..].to_vec() })
}

/// A JSON call with the owner's key, and what it answers.
fn call(sim: &GenSim, method: &str, path: &str, body: &Value) -> (u16, Value) {
    call_as(sim, DEMO_KEY, method, path, body)
}

fn call_as(sim: &GenSim, key: &str, method: &str, path: &str, body: &Value) -> (u16, Value) {
    // Like GEN's own clients: the JSON content type is there even when the body is not.
    let headers = [("x-api-key", key), ("content-type", "application/json")];
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let heard = send(sim, method, path, &headers, &body).expect("an answer");
    (heard.status, heard.json())
}

fn get(sim: &GenSim, path: &str) -> Value {
    let (status, body) = call(sim, "GET", path, &Value::Null);
    assert_eq!(status, 200, "GET {path}: {body}");
    body
}

fn post(sim: &GenSim, path: &str, body: &Value) -> (u16, Value) {
    call(sim, "POST", path, body)
}

/// The organization's credits.
fn balance(sim: &GenSim) -> f64 {
    get(sim, &format!("/v1/organizations/{ORGANIZATION}"))["available_credit"]["generic"]
        .as_str()
        .and_then(|text| text.parse().ok())
        .expect("credits")
}

/// The seeded vidsheet.
fn spring_glazes(sim: &GenSim) -> Value {
    get(sim, &format!("/v1/autocontentengine/{SEEDED_VIDSHEET}?agent_id={AGENT}&with_execution_cost=true"))
}

/// The cell of a row (counted from 0) under the column of that title.
fn cell_at(sheet: &Value, row: usize, title: &str) -> Value {
    let columns = sheet["spreadsheet_columns"].as_array().expect("columns");
    let column = columns.iter().find(|column| column["title"] == title).expect("the column");
    let cells = sheet["spreadsheet_rows"][row]["spreadsheet_cells"].as_array().expect("cells");
    cells.iter().find(|cell| cell["column_id"] == column["id"]).expect("the cell").clone()
}

/// A form with text fields and one file, as browsers send it.
fn form(
    sim: &GenSim,
    path: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &str, &str, &[u8])>,
) -> (u16, Value) {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    if let Some((name, filename, content_type, bytes)) = file {
        let head = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"{name}\"; filename=\"{filename}\"\r\ncontent-type: {content_type}\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--edge--\r\n");
    let headers = [("x-api-key", DEMO_KEY), ("content-type", "multipart/form-data; boundary=edge")];
    let heard = send(sim, "POST", path, &headers, body).expect("an answer");
    (heard.status, heard.json())
}
