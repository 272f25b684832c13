//! A call as a command line: what would be sent, for people to read and to repeat. The key is never in it.

use std::sync::{Arc, Mutex, PoisonError};

use url::Url;

use crate::call::{Body, Call};
use crate::operation::Operation;
use crate::{ApiKey, Error, GenClient, Upstream};

/// Where calls are drawn.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketch(Arc<Mutex<Option<String>>>);

impl Sketch {
    /// Writes the call down; the error ends the method that made it.
    pub fn draw(&self, call: &Call, base: &Url, engine: &str) -> Error {
        match call.url(base, engine) {
            Ok(url) => {
                let mut drawn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                *drawn = Some(command(call, url.as_str()));
                Error::Invalid("this client only draws".to_owned())
            }
            Err(error) => error,
        }
    }
}

impl Upstream {
    /// What a call would send, as a command for a shell: the key is `$GEN_API_KEY`, and nothing is sent.
    /// [`Error::Invalid`] if the call cannot be built.
    pub async fn drawn<T>(
        &self,
        ask: impl AsyncFnOnce(&GenClient) -> Result<T, Error>,
    ) -> Result<String, Error> {
        let nobodys = ApiKey::new("nobodys-key".to_owned())?;
        let sketch = Sketch::default();
        let client = self.client(nobodys).drawing(sketch.clone());
        let outcome = ask(&client).await.map(drop);
        let drawn = sketch.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        match (drawn, outcome) {
            (Some(command), _) => Ok(command),
            (None, Err(error)) => Err(error),
            (None, Ok(())) => Err(Error::Invalid("this sends nothing".to_owned())),
        }
    }

    /// An operation by its pattern alone, as a command for a shell: ids and body are for the reader to fill in.
    pub fn pattern(&self, operation: &Operation) -> String {
        let path = operation.path.replace("autocontentengine", &self.config.engine_path);
        let base = self.base(operation.host).as_str().trim_end_matches('/');
        format!("curl -X {} {} {KEY}", operation.method, quoted(&format!("{base}{path}")))
    }
}

const KEY: &str = "-H \"X-API-Key: $GEN_API_KEY\"";

fn command(call: &Call, url: &str) -> String {
    let mut lines = vec![format!("curl -X {} {}", call.operation.method, quoted(url)), KEY.to_owned()];
    if call.idempotency.is_some() {
        lines.push("-H \"Idempotency-Key: $(uuidgen)\"".to_owned());
    }
    match &call.body {
        Body::Nothing => {}
        Body::Json(body) => {
            lines.push("-H 'Content-Type: application/json'".to_owned());
            let body = quoted(&body.to_string());
            // A secret in the body is a variable as well.
            let body =
                call.secrets.iter().fold(body, |body, secret| body.replace(secret.expose(), "'\"$SECRET\"'"));
            lines.push(format!("-d {body}"));
        }
        Body::Parts(parts) => lines.extend(parts.iter().map(|part| format!("-F {}", quoted(&part.shown())))),
    }
    lines.join(" \\\n  ")
}

/// A word that no shell reads anything into.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AgentCorePatch, VoiceName};
    use crate::{AgentId, Config, Idempotency, VoiceSampleId};

    fn upstream() -> Upstream {
        Upstream::new(Config::default()).unwrap()
    }

    #[tokio::test]
    async fn a_call_is_drawn_as_it_would_be_sent_and_is_not() {
        let agent: AgentId = "42".parse().unwrap();
        let patch = AgentCorePatch { brand_name: Some("Rosa's".into()), ..AgentCorePatch::default() };
        let drawn = upstream().drawn(async |client| client.patch_core(&agent, &patch).await).await.unwrap();
        assert_eq!(
            drawn,
            "curl -X PATCH 'https://api.gen.pro/v1/agents/42/core' \\\n  -H \"X-API-Key: $GEN_API_KEY\" \\\n  \
             -H 'Content-Type: application/json' \\\n  -d '{\"brand_name\":\"Rosa'\\''s\"}'"
        );
        let (sample, name) = ("vg_1".parse::<VoiceSampleId>().unwrap(), VoiceName::default());
        let once = Idempotency("x".into());
        let paid = upstream()
            .drawn(async |client| client.create_designed_voice(&agent, &sample, &name, &once).await)
            .await
            .unwrap();
        assert!(paid.contains("Idempotency-Key: $(uuidgen)") && !paid.contains("nobodys-key"), "{paid}");
    }

    #[tokio::test]
    async fn l1_no_secret_is_drawn() {
        let agent: AgentId = "42".parse().unwrap();
        let secret = ApiKey::new("sk_canary_0123456789".into()).unwrap();
        let drawn =
            upstream().drawn(async |client| client.connect_elevenlabs(&agent, &secret).await).await.unwrap();
        assert!(!drawn.contains("canary") && drawn.contains("{\"api_key\":\"'\"$SECRET\"'\"}"), "{drawn}");
    }

    #[test]
    fn a_pattern_keeps_the_places_of_its_ids() {
        let drawn = upstream().pattern(&crate::operation::OPEN_RUN);
        assert_eq!(
            drawn,
            "curl -X GET 'https://agent.gen.pro/v1/agent/runs/{run_id}' -H \"X-API-Key: $GEN_API_KEY\""
        );
    }
}
