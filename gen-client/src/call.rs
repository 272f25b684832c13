use std::time::Duration;

use serde_json::Value;
use url::Url;

use crate::file::Part;
use crate::operation::{Operation, Patience};
use crate::{AgentId, ApiKey, Error, Idempotency};

/// GEN's older word for vidsheets in paths, which the configuration may replace.
const ENGINE: &str = "autocontentengine";

/// One request to GEN, before it has an address and a key. Its body may hold a secret, so it has no `Debug`.
pub(crate) struct Call {
    pub operation: &'static Operation,
    ids: Vec<String>,
    query: Vec<(&'static str, String)>,
    pub body: Body,
    pub idempotency: Option<Idempotency>,
    /// Secrets in the body, which GEN's words must not repeat.
    pub secrets: Vec<ApiKey>,
}

/// What a request carries.
pub(crate) enum Body {
    Nothing,
    Json(Value),
    /// A form with files.
    Parts(Vec<Part>),
}

/// How long we wait for GEN.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For a connection to open.
    pub connect: Duration,
    /// For what GEN answers at once, repetitions included.
    pub read: Duration,
    /// For a call that may cost credits or carries a file: long, because giving up leaves us not knowing.
    pub paid: Duration,
    /// For the cloning of a voice.
    pub clone_voice: Duration,
    /// For the next bytes of a file, in either direction.
    pub idle: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(30),
            paid: Duration::from_secs(120),
            clone_voice: Duration::from_secs(300),
            idle: Duration::from_secs(60),
        }
    }
}

impl Call {
    /// A call of an operation, with the ids its path names, in their order.
    pub fn to(operation: &'static Operation, ids: &[&str]) -> Self {
        let ids = ids.iter().map(|&id| id.to_owned()).collect();
        Self {
            operation,
            ids,
            query: Vec::new(),
            body: Body::Nothing,
            idempotency: None,
            secrets: Vec::new(),
        }
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
        self.body = Body::Json(body);
        self
    }

    /// Says that the body holds a secret.
    pub fn secret(mut self, secret: &ApiKey) -> Self {
        self.secrets.push(secret.clone());
        self
    }

    pub fn parts(mut self, parts: Vec<Part>) -> Self {
        self.body = Body::Parts(parts);
        self
    }

    /// Names the decision behind a call that may cost credits.
    pub fn paid(mut self, idempotency: &Idempotency) -> Self {
        self.idempotency = Some(idempotency.clone());
        self
    }

    pub fn timeout(&self, timeouts: &Timeouts) -> Duration {
        match self.operation.patience {
            Patience::Read => timeouts.read,
            Patience::Spend => timeouts.paid,
            Patience::CloneVoice => timeouts.clone_voice,
        }
    }

    /// The address under a base. A segment that URLs would drop or resolve is refused: it would reach another
    /// operation than the one meant.
    pub fn url(&self, base: &Url, engine: &str) -> Result<Url, Error> {
        let mut ids = self.ids.iter().map(String::as_str);
        let path: Option<Vec<&str>> = self.operation.path[1..]
            .split('/')
            .map(|segment| match segment {
                ENGINE => Some(engine),
                _ if segment.starts_with('{') => ids.next(),
                _ => Some(segment),
            })
            .collect();
        let fits = |segment: &&str| !matches!(*segment, "" | "." | "..") && segment.len() <= 512;
        let path = path
            .filter(|path| path.iter().all(fits) && ids.next().is_none())
            .ok_or_else(|| Error::Invalid("An id is missing or malformed.".into()))?;
        let mut url = base.clone();
        url.path_segments_mut()
            .map_err(|()| Error::Invalid("GEN's address cannot carry a path.".into()))?
            .pop_if_empty()
            .extend(path);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{LIST_AGENTS, OPEN_AGENT, OPEN_CELL, OPEN_CORE};

    fn url(call: Call, engine: &str) -> Result<String, Error> {
        call.url(&Url::parse("https://api.gen.pro/v1/").unwrap(), engine).map(String::from)
    }

    #[test]
    fn a_segment_stays_one_segment() {
        assert_eq!(
            url(Call::to(&OPEN_AGENT, &["a/../b?c#d%2e"]), ENGINE).unwrap(),
            "https://api.gen.pro/v1/agents/a%2F..%2Fb%3Fc%23d%252e"
        );
        for bad in ["", ".", "..", &"x".repeat(513)] {
            assert!(matches!(url(Call::to(&OPEN_CORE, &[bad]), ENGINE), Err(Error::Invalid(_))), "{bad:?}");
        }
    }

    #[test]
    fn a_path_takes_as_many_ids_as_it_names() {
        for ids in [&[][..], &["1"], &["1", "2", "3"]] {
            assert!(matches!(url(Call::to(&OPEN_CELL, ids), ENGINE), Err(Error::Invalid(_))), "{ids:?}");
        }
    }

    #[test]
    fn gens_newer_word_for_vidsheets_can_be_set() {
        let call = || Call::to(&OPEN_CELL, &["1", ENGINE]);
        let end = |engine| url(call(), engine).unwrap().replace("https://api.gen.pro/v1/", "");
        assert_eq!(end(ENGINE), "autocontentengine/1/cells/autocontentengine");
        assert_eq!(end("vidsheet"), "vidsheet/1/cells/autocontentengine");
    }

    #[test]
    fn parameters_are_encoded() {
        let call = Call::to(&LIST_AGENTS, &[]).query("workspace_id", "1&x=2").query_opt("page", None::<u32>);
        assert_eq!(url(call, ENGINE).unwrap(), "https://api.gen.pro/v1/agents?workspace_id=1%26x%3D2");
    }
}
