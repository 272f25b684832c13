//! `/events`: news for open pages, as server-sent events. Ids only; each page asks with its own rights.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use serde::Deserialize;
use store::{Actor, Changes, Store};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

use crate::metrics::Metrics;
use crate::state::AppState;

/// How soon a browser tries again, in milliseconds.
const RETRY: Duration = Duration::from_millis(2_000);
/// Events that wait for one browser before the stream waits for it too.
const QUEUE: usize = 64;
/// How long a browser that takes nothing is waited for. It comes back where it was.
const SLOW: Duration = Duration::from_secs(10);
const PING: Duration = Duration::from_secs(15);
/// How long a stream may outlive its session (requirement S5).
const SESSION_CHECK: Duration = Duration::from_secs(3);

/// Where a page was, if it was somewhere.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Since {
    since: Option<i64>,
}

/// Replays what the page missed and stays.
pub(crate) async fn stream(
    State(state): State<AppState>,
    Extension(actor): Extension<Actor>,
    Query(Since { since }): Query<Since>,
    headers: HeaderMap,
) -> Response {
    let last_seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let (events, received) = mpsc::channel(QUEUE);
    let stream = Stream {
        changes: state.store.changes(),
        store: state.store,
        actor,
        events,
        stopping: state.stopping,
        metrics: state.metrics,
    };
    tokio::spawn(async move {
        stream.metrics.streams(1);
        if let Err(Ended::Failed(error)) = stream.run(last_seen.or(since)).await {
            tracing::error!(%error, "a stream of events ended");
        }
        stream.metrics.streams(-1);
    });
    let body = Sse::new(ReceiverStream::new(received));
    ([("x-accel-buffering", "no"), ("cache-control", "no-store")], body).into_response()
}

struct Stream {
    store: Store,
    changes: Changes,
    actor: Actor,
    events: mpsc::Sender<Result<Event, Infallible>>,
    stopping: CancellationToken,
    metrics: Arc<Metrics>,
}

/// Why a stream ends.
enum Ended {
    /// The browser is gone or takes nothing.
    Gone,
    /// The database failed.
    Failed(store::Error),
}

impl From<store::Error> for Ended {
    fn from(error: store::Error) -> Self {
        Self::Failed(error)
    }
}

impl Stream {
    async fn run(&self, since: Option<i64>) -> Result<(), Ended> {
        let mut wake = self.changes.wake();
        let mut at = match since {
            Some(at) => at,
            None => self.changes.latest_seq().await?,
        };
        let (mut ping, mut check) = (interval(PING), interval(SESSION_CHECK));
        for timer in [&mut ping, &mut check] {
            timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
            timer.reset();
        }
        self.send(Event::default().retry(RETRY).id(at.to_string()).comment("hello")).await?;
        loop {
            wake.borrow_and_update();
            at = self.send_since(at).await?;
            tokio::select! {
                () = self.stopping.cancelled() => return Ok(()),
                () = self.events.closed() => return Ok(()),
                changed = wake.changed() => if changed.is_err() { return Ok(()) },
                // The id keeps the browser's place even when nothing concerned it.
                _ = ping.tick() => self.send(Event::default().id(at.to_string()).comment("ping")).await?,
                _ = check.tick() => {}
            }
            // Asked before anything is told as well: who was shut out learns nothing more.
            if !self.store.is_signed_in(&self.actor).await? {
                return Ok(());
            }
        }
    }

    /// Tells what is new; returns how far that goes.
    async fn send_since(&self, at: i64) -> Result<i64, Ended> {
        // Asked first: what the actor may not see moves the place on too.
        let latest = self.changes.latest_seq().await?;
        let Some(news) = self.changes.since(&self.actor, at).await? else {
            self.send(Event::default().event("reset").id(latest.to_string()).data("{}")).await?;
            return Ok(latest);
        };
        let mut reached = at.max(latest);
        for change in news {
            reached = reached.max(change.seq);
            let Ok(event) = Event::default().event("change").id(change.seq.to_string()).json_data(&change)
            else {
                tracing::error!(seq = change.seq, "a change cannot be written as JSON");
                continue;
            };
            self.send(event).await?;
        }
        Ok(reached)
    }

    async fn send(&self, event: Event) -> Result<(), Ended> {
        match timeout(SLOW, self.events.send(Ok(event))).await {
            Ok(Ok(())) => Ok(()),
            _ => Err(Ended::Gone),
        }
    }
}
