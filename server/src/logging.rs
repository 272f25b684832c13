//! The log: on standard error, one line an event whatever the event holds (requirement L4).

use std::io::{self, Write};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use clap::ValueEnum;
use futures::FutureExt;
use http::HeaderValue;
use tracing::Instrument;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::metrics::Metrics;
use crate::security;

/// How the log looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one object a line.
    Json,
}

/// Starts the log of this process, panics included. The filter is one that [`check_filter`] let through.
pub fn start(filter: &str, format: LogFormat) {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_ansi(false)
        .with_writer(OneLine);
    match format {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().init(),
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let words = panic.payload_as_str().unwrap_or("a panic without words");
        tracing::error!(place, "panic: {words}");
    }));
}

/// Gives a request its number, logs what became of it, and turns a panic into an answer. The route's pattern is
/// logged and not the path, which holds ids; nothing is logged of query, headers or body (requirements L2, L3).
pub(crate) async fn requests(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let id = uuid::Uuid::new_v4().simple().to_string();
    let route = request.extensions().get::<MatchedPath>().map_or("no route", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", id, method = %request.method(), route);
    let headers = request.headers().clone();
    let begun = Instant::now();
    async {
        let mut response = match AssertUnwindSafe(next.run(request)).catch_unwind().await {
            Ok(response) => response,
            // The panic hook has logged it within this span.
            Err(_) => {
                metrics.panicked();
                security::broken(&headers, &id)
            }
        };
        let status = response.status();
        metrics.answered(status);
        let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        if status.is_server_error() {
            tracing::warn!(status = status.as_u16(), ms, "answered");
        } else {
            tracing::debug!(status = status.as_u16(), ms, "answered");
        }
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("x-request-id", id);
        }
        response
    }
    .instrument(span)
    .await
}

/// Reads a filter, so that a mistake is told before anything starts.
pub(crate) fn check_filter(text: &str) -> Result<String, String> {
    match EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Writes to standard error and escapes what could end a line or move a terminal's cursor. Every event arrives in
/// one piece with a line end after it.
#[derive(Clone, Copy)]
struct OneLine;

impl<'a> MakeWriter<'a> for OneLine {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        *self
    }
}

impl Write for OneLine {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        io::stderr().lock().write_all(escaped(event).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

fn escaped(event: &[u8]) -> String {
    let text = String::from_utf8_lossy(event);
    let (line, end) = match text.strip_suffix('\n') {
        Some(line) => (line, "\n"),
        None => (&*text, ""),
    };
    let mut out = String::with_capacity(text.len());
    for letter in line.chars() {
        if letter.is_control() {
            out.extend(letter.escape_default());
        } else {
            out.push(letter);
        }
    }
    out + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn l4_an_event_stays_one_line_and_moves_no_cursor() {
        let hostile = "WARN GEN said: a\r\nERROR forged\u{1b}[2J\u{9b}31m\u{7f} done\n";
        let written = escaped(hostile.as_bytes());
        assert_eq!(written.lines().count(), 1);
        assert!(written.ends_with(" done\n"));
        assert_eq!(written.trim_end_matches('\n').chars().filter(|letter| letter.is_control()).count(), 0);
    }

    #[tokio::test]
    async fn l5_a_panic_becomes_a_page_that_tells_nothing_but_its_number() {
        use axum::Router;
        use axum::body::{Body, to_bytes};
        use axum::routing::get;
        use tower::ServiceExt;

        async fn breaks() -> &'static str {
            panic!("the secret in /srv/data")
        }
        let metrics = Arc::new(Metrics::default());
        let layer = axum::middleware::from_fn_with_state(metrics.clone(), requests);
        let router = Router::new().route("/", get(breaks)).layer(layer);
        let request = Request::builder().uri("/").header("accept", "text/html").body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), http::StatusCode::INTERNAL_SERVER_ERROR);
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let page = String::from_utf8(to_bytes(response.into_body(), 10_000).await.unwrap().to_vec()).unwrap();
        assert!(page.contains(&id) && page.contains("<h1>"), "{page}");
        assert!(!page.contains("secret") && !page.contains("/srv") && !page.contains("panic"), "{page}");
        assert!(metrics.text().contains("reelsheet_panics_total 1\n"));
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_told() {
        assert!(check_filter("info,server=debug").is_ok());
        assert!(check_filter("server=loud").is_err());
    }
}
