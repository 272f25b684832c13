use std::time::Duration;

use http::Method;
use serde_json::Value;
use url::Url;

use crate::{AgentId, Error, Idempotency};

/// Which of GEN's two hosts an operation lives on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Host {
    /// Vidsheets, generations, agents, organizations.
    Api,
    /// Ideas, runs, conversations.
    Agent,
}

/// One request to GEN, before it has an address and a key.
#[derive(Debug)]
pub(crate) struct Call {
    /// The method's name, for logs and errors.
    pub operation: &'static str,
    pub host: Host,
    pub method: Method,
    path: Vec<String>,
    query: Vec<(&'static str, String)>,
    pub body: Option<Value>,
    pub idempotency: Option<Idempotency>,
}

/// How long we wait for GEN.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For a connection to open.
    pub connect: Duration,
    /// For everything but paid calls, repetitions included.
    pub read: Duration,
    /// For a call that may cost credits: long, because giving up leaves us not knowing.
    pub paid: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(30),
            paid: Duration::from_secs(120),
        }
    }
}

impl Call {
    pub fn get(operation: &'static str, host: Host, path: &[&str]) -> Self {
        Self::new(operation, Method::GET, host, path)
    }

    pub fn post(operation: &'static str, host: Host, path: &[&str]) -> Self {
        Self::new(operation, Method::POST, host, path)
    }

    pub fn put(operation: &'static str, host: Host, path: &[&str]) -> Self {
        Self::new(operation, Method::PUT, host, path)
    }

    pub fn patch(operation: &'static str, host: Host, path: &[&str]) -> Self {
        Self::new(operation, Method::PATCH, host, path)
    }

    fn new(operation: &'static str, method: Method, host: Host, path: &[&str]) -> Self {
        let path = path.iter().map(|&segment| segment.to_owned()).collect();
        Self { operation, host, method, path, query: Vec::new(), body: None, idempotency: None }
    }

    /// Adds a parameter.
    pub fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// Adds a parameter, if there is a value.
    pub fn query_opt(self, name: &'static str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// Names the agent, as nearly every operation wants it: in the query (D5).
    pub fn agent(self, agent: &AgentId) -> Self {
        self.query("agent_id", agent)
    }

    pub fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Marks a call that may cost credits.
    pub fn paid(mut self, idempotency: &Idempotency) -> Self {
        self.idempotency = Some(idempotency.clone());
        self
    }

    /// Only a GET has no effect, so only a GET may be repeated by the machine.
    pub fn is_repeatable(&self) -> bool {
        self.method == Method::GET
    }

    pub fn timeout(&self, timeouts: &Timeouts) -> Duration {
        if self.idempotency.is_some() { timeouts.paid } else { timeouts.read }
    }

    /// The address under a base. A segment that URLs would drop or resolve is refused: it would reach another
    /// operation than the one meant.
    pub fn url(&self, base: &Url) -> Result<Url, Error> {
        let mut url = base.clone();
        if self.path.iter().any(|segment| matches!(segment.as_str(), "" | "." | "..") || segment.len() > 512)
        {
            return Err(Error::Invalid("An id is missing or malformed.".into()));
        }
        url.path_segments_mut()
            .map_err(|()| Error::Invalid("GEN's address cannot carry a path.".into()))?
            .pop_if_empty()
            .extend(&self.path);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &[&str]) -> Result<String, Error> {
        Call::get("test", Host::Api, path)
            .url(&Url::parse("https://api.gen.pro/v1").unwrap())
            .map(String::from)
    }

    #[test]
    fn a_segment_stays_one_segment() {
        assert_eq!(
            url(&["agents", "a/../b?c#d%2e"]).unwrap(),
            "https://api.gen.pro/v1/agents/a%2F..%2Fb%3Fc%23d%252e"
        );
        for bad in ["", ".", "..", &"x".repeat(513)] {
            assert!(matches!(url(&["agents", bad, "core"]), Err(Error::Invalid(_))), "{bad:?}");
        }
    }

    #[test]
    fn parameters_are_encoded() {
        let base = Url::parse("https://api.gen.pro/v1/").unwrap();
        let call = Call::get("test", Host::Api, &["agents"])
            .query("workspace_id", "1&x=2")
            .query_opt("page", None::<u32>);
        assert_eq!(call.url(&base).unwrap().as_str(), "https://api.gen.pro/v1/agents?workspace_id=1%26x%3D2");
    }
}
