use std::sync::Arc;
use std::time::Instant;

use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderName, HeaderValue};
use serde_json::Value;
use tracing::{Instrument, Span, field};
use url::Url;

use crate::call::{Call, Host, Timeouts};
use crate::decode::{self, Noun};
use crate::response::{self, Answer};
use crate::retry;
use crate::{ApiKey, Config, Error};

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The connections to GEN, shared by everyone's keys.
#[derive(Clone, Debug)]
pub struct Upstream {
    pub(crate) http: reqwest::Client,
    pub(crate) media: reqwest::Client,
    pub(crate) config: Arc<Config>,
    pub(crate) timeouts: Timeouts,
}

impl Upstream {
    /// Prepares the connections; none is opened yet. [`Error::Invalid`] if an address is unsafe for a key, or this
    /// machine has no root certificates.
    pub fn new(config: Config) -> Result<Self, Error> {
        Self::with_timeouts(config, Timeouts::default())
    }

    /// The same with other patience.
    pub fn with_timeouts(config: Config, timeouts: Timeouts) -> Result<Self, Error> {
        config.check()?;
        // Whoever comes second finds a provider installed, which is what we want.
        let _already = rustls::crypto::ring::default_provider().install_default();
        let build = |builder: reqwest::ClientBuilder| {
            builder.build().map_err(|error| {
                Error::Invalid(format!("HTTPS cannot be set up: {}", response::cause(&error)))
            })
        };
        Ok(Self {
            http: build(strict(&timeouts))?,
            media: build(strict(&timeouts).read_timeout(crate::media::IDLE))?,
            config: Arc::new(config),
            timeouts,
        })
    }

    /// GEN through one key.
    pub fn client(&self, key: ApiKey) -> GenClient {
        GenClient { upstream: self.clone(), key }
    }
}

/// Nothing that could carry a key, a body or a second charge elsewhere: no redirects, no proxies from the
/// environment, no repetition by the library.
fn strict(timeouts: &Timeouts) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .no_proxy()
        .connect_timeout(timeouts.connect)
}

/// GEN through one key; one method per operation. Cheap to clone. Reads are repeated at most twice; whatever
/// changes something is sent once.
#[derive(Clone, Debug)]
pub struct GenClient {
    upstream: Upstream,
    key: ApiKey,
}

impl GenClient {
    /// What GEN calls vidsheets in paths.
    pub(crate) fn engine(&self) -> &str {
        &self.upstream.config.engine_path
    }

    /// Sends and reads one object.
    pub(crate) async fn one<T: Noun>(&self, call: Call) -> Result<T, Error> {
        let operation = call.operation;
        decode::one(operation, self.answer(call).await?)
    }

    /// Sends and reads one object, or nothing where GEN's answer is empty or something else.
    pub(crate) async fn maybe_one<T: Noun>(&self, call: Call) -> Result<Option<T>, Error> {
        let operation = call.operation;
        Ok(self.send(call).await?.json.and_then(|json| decode::one(operation, json).ok()))
    }

    /// Sends and reads a list.
    pub(crate) async fn many<T: Noun>(&self, call: Call) -> Result<Vec<T>, Error> {
        let operation = call.operation;
        decode::many(operation, self.answer(call).await?)
    }

    /// Sends and reads a list, empty where GEN's answer is empty or something else.
    pub(crate) async fn maybe_many<T: Noun>(&self, call: Call) -> Result<Vec<T>, Error> {
        let operation = call.operation;
        let json = self.send(call).await?.json;
        Ok(json.and_then(|json| decode::many(operation, json).ok()).unwrap_or_default())
    }

    /// Sends; the answer says nothing of use, but must be GEN's.
    pub(crate) async fn done(&self, call: Call) -> Result<(), Error> {
        self.send(call).await.map(drop)
    }

    /// The answer of an operation that must say something.
    async fn answer(&self, call: Call) -> Result<Value, Error> {
        let operation = call.operation;
        let json = self.send(call).await?.json;
        json.ok_or_else(|| Error::Decode { operation, reason: "it is empty".into() })
    }

    /// The one way out. Neither address, key nor body is logged.
    pub(crate) async fn send(&self, call: Call) -> Result<Answer, Error> {
        let span =
            tracing::info_span!("gen", operation = call.operation, status = field::Empty, ms = field::Empty);
        async {
            let begun = Instant::now();
            let outcome = self.attempts(&call, begun).await;
            let span = Span::current();
            span.record("ms", begun.elapsed().as_millis() as u64);
            match &outcome {
                Ok(answer) => span.record("status", answer.status),
                Err(Error::Api { status, .. }) => span.record("status", *status),
                Err(_) => &span,
            };
            tracing::debug!(ok = outcome.is_ok(), "called GEN");
            outcome
        }
        .instrument(span)
        .await
    }

    async fn attempts(&self, call: &Call, begun: Instant) -> Result<Answer, Error> {
        let patience = call.timeout(&self.upstream.timeouts);
        let mut attempt = 0;
        loop {
            let left = patience.saturating_sub(begun.elapsed());
            let outcome = response::read(call.operation, self.request(call)?.timeout(left)).await;
            let outcome = outcome.map_err(|error| self.without_key(error));
            let pause = match &outcome {
                Err(error) if call.is_repeatable() => retry::pause(attempt, error),
                _ => None,
            };
            match pause {
                Some(pause) if pause < patience.saturating_sub(begun.elapsed()) => {
                    tokio::time::sleep(pause).await
                }
                _ => return outcome,
            }
            attempt += 1;
        }
    }

    fn request(&self, call: &Call) -> Result<reqwest::RequestBuilder, Error> {
        let url = call.url(self.base(call.host))?;
        let mut request = self
            .upstream
            .http
            .request(call.method.clone(), url)
            .header(API_KEY, self.key.header()?)
            .header(USER_AGENT, user_agent())
            .header(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(idempotency) = &call.idempotency {
            request = request.header(IDEMPOTENCY_KEY, idempotency.header()?);
        }
        Ok(match &call.body {
            Some(body) => request
                .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
                .body(body.to_string()),
            None => request,
        })
    }

    /// Should GEN's words repeat the key, they go no further.
    fn without_key(&self, mut error: Error) -> Error {
        if let Error::Api { message, code, .. } = &mut error {
            for text in [message, &mut code.0] {
                *text = text.replace(self.key.expose(), "[key]");
            }
        }
        error
    }

    fn base(&self, host: Host) -> &Url {
        match host {
            Host::Api => &self.upstream.config.api_url,
            Host::Agent => &self.upstream.config.agent_url,
        }
    }
}

/// How we introduce ourselves.
pub(crate) fn user_agent() -> HeaderValue {
    HeaderValue::from_static(concat!("reelsheet/", env!("CARGO_PKG_VERSION")))
}
