//! Where GEN may say that something has ended (requirements W1 to W5). GEN signs nothing, so a message is a hint to
//! look a little earlier: the number of a generation is read, and nothing else is believed. It is answered before
//! anybody asks GEN.

use std::net::IpAddr;
use std::num::NonZeroU32;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use gen_client::model::generation_of_notice;
use governor::{DefaultKeyedRateLimiter, Quota};
use http::{HeaderMap, StatusCode, header};
use store::{Hint, Webhook};

use crate::security::RequestOrigin;
use crate::state::AppState;

/// The longest message, in bytes.
pub(crate) const NOTICE_MAX: usize = 64 * 1024;
/// How many messages an address is told in a second, and how many wrong addresses somebody may try.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(50).unwrap();
/// Who is quiet is forgotten once there are so many.
const KNOWN_MAX: usize = 10_000;

/// How often somebody comes.
pub(crate) struct Knocks {
    /// By our number for the address.
    known: DefaultKeyedRateLimiter<i64>,
    /// By who tries wrong ones.
    strangers: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for Knocks {
    fn default() -> Self {
        let quota = Quota::per_second(PER_SECOND);
        Self {
            known: DefaultKeyedRateLimiter::keyed(quota),
            strangers: DefaultKeyedRateLimiter::keyed(quota),
        }
    }
}

/// `POST /hooks/gen/{secret}`: 202 whatever the message says, 404 for a wrong secret, 413 for more than 64 KiB, 415 for
/// a compressed message, 429 for more than fifty in a second.
pub(crate) async fn hear(
    State(state): State<AppState>,
    Path(secret): Path<String>,
    Extension(origin): Extension<RequestOrigin>,
    headers: HeaderMap,
    message: Bytes,
) -> StatusCode {
    let heard = match open(&state, &secret, origin.client).await {
        Ok(_) if headers.contains_key(header::CONTENT_ENCODING) => Err(StatusCode::UNSUPPORTED_MEDIA_TYPE),
        Ok(webhook) => heed(&state, &webhook, &message).await,
        Err(refused) => Err(refused),
    };
    state.metrics.heard(heard.ok());
    heard.map_or_else(|refused| refused, |_| StatusCode::ACCEPTED)
}

async fn open(state: &AppState, secret: &str, client: IpAddr) -> Result<Webhook, StatusCode> {
    let knocks = &state.knocks;
    let (in_time, answer) = match state.store.webhook(secret).await {
        Ok(webhook) => (knocks.known.check_key(&webhook.id), Ok(webhook)),
        Err(store::Error::NotFound(_)) => {
            if knocks.strangers.len() > KNOWN_MAX {
                knocks.strangers.retain_recent();
            }
            (knocks.strangers.check_key(&client), Err(StatusCode::NOT_FOUND))
        }
        Err(error) => return Err(unreadable(&error)),
    };
    in_time.map_err(|_| StatusCode::TOO_MANY_REQUESTS).and(answer)
}

async fn heed(state: &AppState, webhook: &Webhook, message: &[u8]) -> Result<Hint, StatusCode> {
    let Some(generation) = generation_of_notice(message) else { return Ok(Hint::Idle) };
    state.store.hint(webhook, &generation).await.map_err(|error| unreadable(&error))
}

fn unreadable(error: &store::Error) -> StatusCode {
    tracing::error!(%error, "a webhook's message could not be looked at");
    StatusCode::SERVICE_UNAVAILABLE
}
