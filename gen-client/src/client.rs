use std::sync::Arc;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderName, HeaderValue};
use serde_json::Value;
use tracing::{Instrument, Span, field};
use url::Url;

use crate::breaker::{Breakers, Pass};
use crate::call::{Body, Call, Timeouts};
use crate::decode::{self, Noun};
use crate::observer::{Called, Observer};
use crate::operation::{Host, ME, Repeat};
use crate::response::{self, Answer, Raw};
use crate::sketch::Sketch;
use crate::{ApiKey, Config, Error, file, retry};

const API_KEY: HeaderName = HeaderName::from_static("x-api-key");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// How long a failing GEN is left alone at first.
const BREAKER_PAUSE: Duration = Duration::from_secs(15);
/// The same for a simulator on this machine, which nobody minds asking and which is back at once.
const LOCAL_BREAKER_PAUSE: Duration = Duration::from_millis(100);

/// The connections to GEN, shared by everyone's keys.
#[derive(Clone, Debug)]
pub struct Upstream {
    /// To GEN's two hosts; the key goes along with each request.
    api: reqwest::Client,
    /// To GEN's storage, without a key.
    pub(crate) storage: reqwest::Client,
    /// From GEN's media host, without a key.
    pub(crate) media: reqwest::Client,
    pub(crate) config: Arc<Config>,
    pub(crate) timeouts: Timeouts,
    breakers: Arc<Breakers>,
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
        let pause = if config.is_local() { LOCAL_BREAKER_PAUSE } else { BREAKER_PAUSE };
        Ok(Self {
            api: build(strict(&timeouts))?,
            storage: build(strict(&timeouts))?,
            media: build(strict(&timeouts).read_timeout(timeouts.idle))?,
            config: Arc::new(config),
            timeouts,
            breakers: Arc::new(Breakers::new(pause)),
        })
    }

    /// GEN through one key.
    pub fn client(&self, key: ApiKey) -> GenClient {
        GenClient { upstream: self.clone(), key, observer: None, sketch: None }
    }

    pub(crate) fn base(&self, host: Host) -> &Url {
        match host {
            Host::Api => &self.config.api_url,
            Host::Agent => &self.config.agent_url,
        }
    }

    /// Whether GEN is a simulator on this machine, which may be told addresses of this machine.
    pub fn is_local(&self) -> bool {
        self.config.is_local()
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
        .tcp_keepalive(Duration::from_secs(30))
        .pool_idle_timeout(Duration::from_secs(30))
        .pool_max_idle_per_host(64)
}

/// GEN through one key; one method per operation. Cheap to clone. What may be sent again, and how often, says the
/// operation's [`Repeat`]: reads at most three times in all, what spends once.
#[derive(Clone, Debug)]
pub struct GenClient {
    upstream: Upstream,
    key: ApiKey,
    observer: Option<Observer>,
    /// Where a call is written instead of being sent.
    sketch: Option<Sketch>,
}

impl GenClient {
    /// The same client; `see` hears of every call once it has ended.
    pub fn observed(self, see: impl Fn(Called) + Send + Sync + 'static) -> Self {
        Self { observer: Some(Observer(Arc::new(see))), ..self }
    }

    /// The same client, which draws its calls instead of sending them.
    pub(crate) fn drawing(self, sketch: Sketch) -> Self {
        Self { sketch: Some(sketch), ..self }
    }

    /// The connections it uses.
    pub(crate) fn upstream(&self) -> &Upstream {
        &self.upstream
    }

    /// Sends and reads one object.
    pub(crate) async fn one<T: Noun>(&self, call: Call) -> Result<T, Error> {
        let operation = call.operation.name;
        decode::one(operation, self.answer(call).await?)
    }

    /// Sends and reads one object, or nothing where GEN's answer is empty or something else.
    pub(crate) async fn maybe_one<T: Noun>(&self, call: Call) -> Result<Option<T>, Error> {
        let operation = call.operation.name;
        Ok(self.send(call).await?.json.and_then(|json| decode::one(operation, json).ok()))
    }

    /// Sends and reads a list.
    pub(crate) async fn many<T: Noun>(&self, call: Call) -> Result<Vec<T>, Error> {
        let operation = call.operation.name;
        decode::many(operation, self.answer(call).await?)
    }

    /// Sends and reads a list, empty where GEN's answer is empty or something else.
    pub(crate) async fn maybe_many<T: Noun>(&self, call: Call) -> Result<Vec<T>, Error> {
        let operation = call.operation.name;
        let json = self.send(call).await?.json;
        Ok(json.and_then(|json| decode::many(operation, json).ok()).unwrap_or_default())
    }

    /// Sends; the answer says nothing of use, but must be GEN's.
    pub(crate) async fn done(&self, call: Call) -> Result<(), Error> {
        self.send(call).await.map(drop)
    }

    /// Clears up what became of a call that sets something, by [`Repeat::Reread`]: where GEN may have done it and no
    /// answer says so, the target is read. `found` makes the answer of what is there, if that is what was wanted.
    pub(crate) async fn reread<T, A>(
        &self,
        sent: Result<A, Error>,
        read: impl Future<Output = Result<T, Error>>,
        found: impl FnOnce(T) -> Option<A>,
    ) -> Result<A, Error> {
        match sent {
            Err(error) if error.may_have_been_sent() => match read.await.map(found) {
                Ok(Some(answer)) => Ok(answer),
                _ => Err(error),
            },
            sent => sent,
        }
    }

    /// The answer of an operation that must say something.
    pub(crate) async fn answer(&self, call: Call) -> Result<Value, Error> {
        let operation = call.operation.name;
        let json = self.send(call).await?.json;
        json.ok_or_else(|| Error::Decode { operation, reason: "it is empty".into() })
    }

    /// Sends and reads JSON.
    pub(crate) async fn send(&self, call: Call) -> Result<Answer, Error> {
        let raw = self.raw(&call).await?;
        raw.json(call.operation.name).map_err(|error| self.without_keys(&call, error))
    }

    /// The one way out. Neither address, key nor body is logged.
    pub(crate) async fn raw(&self, call: &Call) -> Result<Raw, Error> {
        if let Some(sketch) = &self.sketch {
            return Err(sketch.draw(call, self.base(call.operation.host), &self.upstream.config.engine_path));
        }
        let span = tracing::info_span!(
            "gen",
            operation = call.operation.name,
            status = field::Empty,
            ms = field::Empty
        );
        async {
            let begun = Instant::now();
            let outcome = self.guarded(call, begun).await;
            let span = Span::current();
            span.record("ms", begun.elapsed().as_millis() as u64);
            match &outcome {
                Ok(answer) => span.record("status", answer.status),
                Err(Error::Api { status, .. }) => span.record("status", *status),
                Err(_) => &span,
            };
            tracing::debug!(ok = outcome.is_ok(), "called GEN");
            if let Some(observer) = &self.observer {
                (observer.0)(Called::of(call.operation, &outcome, begun.elapsed()));
            }
            outcome
        }
        .instrument(span)
        .await
    }

    /// Sends unless the host's or the key's breaker is open. `/me` always goes: it is how a person tests a key.
    async fn guarded(&self, call: &Call, begun: Instant) -> Result<Raw, Error> {
        let (breakers, host) = (&self.upstream.breakers, call.operation.host);
        let is_probe = call.operation.id == ME.id;
        match breakers.pass(host, &self.key, begun) {
            Pass::Wait(error) if !is_probe => return Err(error),
            Pass::Probe if !is_probe => self.probe(host).await?,
            _ => {}
        }
        let outcome = self.attempts(call, begun).await;
        breakers.note(host, &self.key, outcome.as_ref().map(drop), Instant::now());
        outcome
    }

    /// Looks whether a host that failed is back: any answer of its own will do. What waits for it was not sent.
    async fn probe(&self, host: Host) -> Result<(), Error> {
        let call = Call::to(&ME, &[]);
        let request = self.request_to(&call, host)?.timeout(self.upstream.timeouts.connect);
        let outcome = response::read(request).await.map_err(|error| self.without_keys(&call, error));
        let breakers = &self.upstream.breakers;
        match outcome {
            Err(Error::Unreachable { reason, .. }) => {
                breakers.probe_failed(host, Instant::now());
                Err(Error::Unreachable { reason, sent: false })
            }
            Err(Error::Api { status: status @ 500.., .. }) => {
                breakers.probe_failed(host, Instant::now());
                Err(Error::Unreachable { reason: format!("it still answers {status}"), sent: false })
            }
            _ => {
                breakers.note(host, &self.key, Ok(()), Instant::now());
                Ok(())
            }
        }
    }

    async fn attempts(&self, call: &Call, begun: Instant) -> Result<Raw, Error> {
        let patience = call.timeout(&self.upstream.timeouts);
        let mut attempt = 0;
        loop {
            let left = patience.saturating_sub(begun.elapsed());
            let request = self.request_to(call, call.operation.host)?.timeout(left);
            let outcome = response::read(request).await.map_err(|error| self.without_keys(call, error));
            let pause = match &outcome {
                // What shall be gone and is not there any more was removed by the attempt before.
                Err(error)
                    if attempt > 0 && call.operation.repeat == Repeat::Gone && error.is_not_found() =>
                {
                    return Ok(Raw::nothing());
                }
                Err(error) => retry::pause(call.operation.repeat, attempt, error),
                Ok(_) => None,
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

    fn request_to(&self, call: &Call, host: Host) -> Result<reqwest::RequestBuilder, Error> {
        let url = call.url(self.base(host), &self.upstream.config.engine_path)?;
        let mut request = self
            .upstream
            .api
            .request(call.operation.method.clone(), url)
            .header(API_KEY, self.key.header()?)
            .header(USER_AGENT, user_agent())
            .header(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(idempotency) = &call.idempotency {
            request = request.header(IDEMPOTENCY_KEY, idempotency.header()?);
        }
        Ok(match &call.body {
            Body::Nothing => request,
            Body::Json(body) => request
                .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
                .body(body.to_string()),
            Body::Parts(parts) => request.multipart(file::form(parts)?),
        })
    }

    /// Should GEN's words repeat a key, it goes no further.
    fn without_keys(&self, call: &Call, mut error: Error) -> Error {
        if let Error::Api { message, code, .. } = &mut error {
            for text in [message, &mut code.0] {
                for key in call.secrets.iter().chain([&self.key]) {
                    *text = text.replace(key.expose(), "[key]");
                }
            }
        }
        error
    }

    fn base(&self, host: Host) -> &Url {
        self.upstream.base(host)
    }
}

/// How we introduce ourselves.
pub(crate) fn user_agent() -> HeaderValue {
    HeaderValue::from_static(concat!("reelsheet/", env!("CARGO_PKG_VERSION")))
}
