//! `/events`: news for open pages, as server-sent events. Ids only; each page asks with its own rights.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use model::Topic;
use serde::Deserialize;
use store::{Actor, Audience, Changes};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

use crate::metrics::Metrics;
use crate::places::Place;
use crate::state::AppState;

/// How soon a browser tries again, in milliseconds; up to half as long again, so that they do not come all at once.
const RETRY_MS: u64 = 2_000;
/// Events that wait for one browser before the stream waits for it too.
const QUEUE: usize = 64;
/// How long a browser that takes nothing is waited for. It comes back where it was.
const SLOW: Duration = Duration::from_secs(2);
/// What is saved within so long is told together.
const TOGETHER: Duration = Duration::from_millis(50);
const PING: Duration = Duration::from_secs(15);
/// How long a stream may outlive a session that ends by its age. One that somebody ends, and a role or a key that
/// somebody takes away, end it at once (requirement S5).
const AUDIENCE_CHECK: Duration = Duration::from_secs(60);

/// Where a page was, if it was somewhere.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Since {
    since: Option<i64>,
}

/// Replays what the page missed and stays. Too many streams of one person are refused (requirement T3): their
/// pages ask instead.
pub(crate) async fn stream(
    State(state): State<AppState>,
    Extension(actor): Extension<Actor>,
    Query(Since { since }): Query<Since>,
    headers: HeaderMap,
) -> Response {
    let Some(place) = state.streams.take(actor.person.id) else {
        let words = "You have too many streams of live updates open.\n";
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "30")], words).into_response();
    };
    let last_seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let (events, received) = mpsc::channel(QUEUE);
    let stream = Stream {
        changes: state.store.changes(),
        actor,
        events,
        stopping: state.stopping,
        metrics: state.metrics,
        _place: place,
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
    changes: Changes,
    actor: Actor,
    events: mpsc::Sender<Result<Event, Infallible>>,
    stopping: CancellationToken,
    metrics: Arc<Metrics>,
    _place: Place<i64>,
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
        let (mut wake, mut rights) = (self.changes.wake(), self.changes.rights());
        let mut presence = self.changes.presence();
        let Some(mut audience) = self.changes.audience(&self.actor).await? else { return Ok(()) };
        let mut at = since.unwrap_or_else(|| self.changes.newest());
        let (mut ping, mut check) = (interval(PING), interval(AUDIENCE_CHECK));
        for timer in [&mut ping, &mut check] {
            timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
            timer.reset();
        }
        self.send(signal("hello", at).retry(retry())).await?;
        loop {
            wake.borrow_and_update();
            at = self.tell(&audience, at).await?;
            tokio::select! {
                () = self.stopping.cancelled() => return self.send(signal("bye", at).retry(retry())).await,
                () = self.events.closed() => return Ok(()),
                changed = wake.changed() => match changed {
                    Ok(()) => sleep(TOGETHER).await,
                    Err(_) => return Ok(()),
                },
                // What is missed here is asked for with the page's next heartbeat.
                Ok(topic) = presence.recv() => self.tell_presence(&audience, &topic).await?,
                // The id keeps the browser's place even when nothing concerned it.
                _ = ping.tick() => self.send(signal("ping", at)).await?,
                Ok(()) = rights.changed() => check.reset_immediately(),
                _ = check.tick() => match self.changes.audience(&self.actor).await? {
                    Some(now) => audience = now,
                    None => return Ok(()),
                },
            }
        }
    }

    /// Tells what is new; returns how far that goes.
    async fn tell(&self, audience: &Audience, at: i64) -> Result<i64, Ended> {
        let news = self.changes.told(audience, at).await?;
        if news.lost {
            self.send(signal("reset", news.reached)).await?;
        }
        for change in news.changes {
            let Ok(event) = Event::default().event("change").id(change.seq.to_string()).json_data(&change)
            else {
                tracing::error!(seq = change.seq, "a change cannot be written as JSON");
                continue;
            };
            self.send(event).await?;
        }
        Ok(news.reached)
    }

    /// Tells who came or moved. Without an id: it has no place among the news.
    async fn tell_presence(&self, audience: &Audience, topic: &Topic) -> Result<(), Ended> {
        match topic {
            Topic::Presence { agent_id, .. } if audience.reaches(agent_id) => {
                match Event::default().event("presence").json_data(topic) {
                    Ok(event) => self.send(event).await,
                    Err(error) => {
                        tracing::error!(%error, "presence cannot be written as JSON");
                        Ok(())
                    }
                }
            }
            _ => Ok(()),
        }
    }

    async fn send(&self, event: Event) -> Result<(), Ended> {
        offer(&self.events, event).await
    }
}

/// Puts an event where the browser takes it from, and waits a while for room.
async fn offer(events: &mpsc::Sender<Result<Event, Infallible>>, event: Event) -> Result<(), Ended> {
    match timeout(SLOW, events.send(Ok(event))).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(Ended::Gone),
    }
}

/// An event that says something about the stream: a page sees by it that the stream still stands, and where.
fn signal(name: &str, at: i64) -> Event {
    Event::default().event(name).id(at.to_string()).data(at.to_string())
}

fn retry() -> Duration {
    Duration::from_millis(RETRY_MS + rand::random_range(0..=RETRY_MS / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_browser_that_takes_nothing_is_let_go() {
        let (events, mut received) = mpsc::channel(QUEUE);
        for at in 0..QUEUE as i64 {
            assert!(offer(&events, signal("ping", at)).await.is_ok());
        }
        assert!(matches!(offer(&events, signal("ping", -1)).await, Err(Ended::Gone)));
        received.recv().await;
        assert!(offer(&events, signal("ping", -2)).await.is_ok(), "one that takes something is not");
    }
}
