//! A client of two pretend hosts.

use std::time::Duration;

use gen_client::{ApiKey, Config, Error, GenClient, Timeouts, Upstream};
use url::Url;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The key of all tests; no output may hold it.
pub const KEY: &str = "gen_pat_s3cr3t_0123456789";

/// The connections to a server that plays both of GEN's hosts.
pub fn upstream(server: &str) -> Upstream {
    Upstream::new(config(server, server)).unwrap()
}

/// A client of a server that plays both of GEN's hosts.
pub fn client(server: &str) -> GenClient {
    upstream(server).client(key())
}

/// A client that gives up after a fifth of a second.
pub fn hasty_client(server: &str) -> GenClient {
    let short = Duration::from_millis(200);
    let timeouts = Timeouts { connect: short, read: short, paid: short, clone_voice: short, idle: short };
    Upstream::with_timeouts(config(server, server), timeouts).unwrap().client(key())
}

/// Both hosts, with their version.
pub fn config(api: &str, agent: &str) -> Config {
    let url = |server: &str| Url::parse(&format!("{server}/v1")).unwrap();
    Config { api_url: url(api), agent_url: url(agent), ..Config::default() }
}

/// The key, checked.
pub fn key() -> ApiKey {
    ApiKey::new(KEY.into()).unwrap()
}

/// A server that gives one answer to everything.
pub async fn server(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

/// How many requests arrived.
pub async fn arrived(server: &MockServer) -> usize {
    server.received_requests().await.unwrap().len()
}

/// The status of an error of GEN's.
pub fn status(error: &Error) -> Option<u16> {
    match error {
        Error::Api { status, .. } => Some(*status),
        _ => None,
    }
}
