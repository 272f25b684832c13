//! A strict simulator and a client of its owner.

use std::io::{Read, Write};
use std::net::TcpStream;

use gen_client::model::*;
use gen_client::*;
use gen_sim::{DEMO_KEY, GenSim, Options, SimMode};
use serde_json::{Value, json};

/// A simulator whose jobs move when told, and a client of its owner.
pub struct Studio {
    sim: GenSim,
    /// The connections, for media.
    pub upstream: Upstream,
    /// Through the key of the studio's owner.
    pub client: GenClient,
}

impl Studio {
    pub async fn open() -> Self {
        let options = Options { mode: SimMode::Explicit, strict: true, ..Options::default() };
        let sim = GenSim::start(options).await.unwrap();
        let config = Config {
            api_url: sim.api_url().parse().unwrap(),
            agent_url: sim.agent_url().parse().unwrap(),
            ..Config::default()
        };
        let upstream = Upstream::new(config).unwrap();
        let client = upstream.client(ApiKey::new(DEMO_KEY.into()).unwrap());
        Self { sim, upstream, client }
    }

    pub fn as_user(&self, key: &str) -> GenClient {
        self.upstream.client(ApiKey::new(key.into()).unwrap())
    }

    /// Steers the simulator.
    pub fn control(&self, path: &str) {
        self.steer(path, "");
    }

    /// Spoils the next call of an operation, before it is carried out or after.
    pub fn fault(&self, operation: &str, fault: Value) {
        let mut rule = json!({ "match": { "operation": operation }, "times": 1 });
        rule.as_object_mut().unwrap().extend(fault.as_object().unwrap().clone());
        self.steer("fault", &rule.to_string());
    }

    /// By hand: it is no operation of GEN's.
    fn steer(&self, path: &str, body: &str) {
        let address = self.sim.base_url().replace("http://", "");
        let mut stream = TcpStream::connect(&address).unwrap();
        let length = body.len();
        write!(
            stream,
            "POST /_sim/{path} HTTP/1.1\r\nhost: {address}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    }

    /// The agent whose ideas and vidsheets the studio is about.
    pub async fn agent(&self) -> AgentId {
        for agent in self.client.list_agents(None).await.unwrap() {
            if !self.client.list_ideas(&agent.id, None).await.unwrap().is_empty() {
                return agent.id;
            }
        }
        panic!("no agent has ideas");
    }

    /// A vidsheet of its own with one row, cloned from the first template.
    pub async fn vidsheet(&self, agent: &AgentId) -> Vidsheet {
        let template = self.client.list_templates(1).await.unwrap().remove(0);
        self.client.clone_template(&template.slug, agent).await.unwrap()
    }

    pub async fn credits(&self) -> f64 {
        let organizations = self.client.list_organizations().await.unwrap();
        organizations.iter().filter_map(|organization| organization.available_credits?.generic).sum()
    }
}

/// Names a decision to spend.
pub fn decision(name: &str) -> Idempotency {
    Idempotency(format!("decision-{name}"))
}

/// Something said to an agent, with nothing that goes along.
pub fn said(message: &str) -> NewRun {
    NewRun { message: message.into(), ..NewRun::default() }
}

/// Every clip and render.
pub fn videos() -> ResourceQuery {
    ResourceQuery { kind: Some(ResourceKind::Video), ..ResourceQuery::default() }
}

/// Writes text.
pub fn text_card(prompt: &str) -> CreationCard {
    CreationCard::Text(TextCard::new(prompt, TextModel::Gpt4oMini))
}

/// The cell of the first row under a column of that kind and role.
pub fn cell(vidsheet: &Vidsheet, kind: ColumnKind, role: ColumnRole) -> CellId {
    let is_meant = |column: &&Column| column.kind == kind && column.role == role;
    let column = vidsheet.columns.iter().find(is_meant).unwrap();
    vidsheet.rows[0].cell(&column.id).unwrap().id.clone()
}
