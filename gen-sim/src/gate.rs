//! What every `/v1` call passes through: recorded, struck by faults, asked for its key, and answered once per idempotency key.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::Value;

use crate::answer::{Arrived, Deviations, Problem};
use crate::control::Seen;
use crate::state::Sim;
use crate::world::World;
use crate::{clock, faults, operations, webhooks};

/// Marks an answer that must not be sent: the connection is closed instead.
#[derive(Debug, Clone, Copy)]
pub struct Dropped;

/// An answer kept for its idempotency key.
#[derive(Debug)]
pub struct Remembered {
    user: u64,
    method: Method,
    path: String,
    key: String,
    at_ms: u64,
    status: StatusCode,
    body: Bytes,
}

const LARGEST_BODY: usize = 64 * 1024 * 1024;
const IDEMPOTENCY_MS: u64 = 24 * 3600 * 1000;
/// Endings of the paths that charge credits, which are the ones that honour an idempotency key.
const CHARGING: &[&str] = &[
    "/generate",
    "/render",
    "/continue",
    "/agent/run",
    "/research",
    "/preview",
    "/user_jobs",
    "/voice/design/generate-samples",
    "/voice/design",
    "/voice/clone",
];

/// Guards one call.
pub async fn guard(State(sim): State<Sim>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", "The request is too large.")
            .into_response();
    };
    let method = parts.method.clone();
    let path = parts.uri.path().to_owned();
    let pattern =
        parts.extensions.get::<MatchedPath>().map_or("unmatched", |matched| matched.as_str()).to_owned();
    // The path has lost its `/v1` here, the pattern has not.
    let by_alias = pattern.starts_with("/v1/vidsheet");
    let fault = {
        let mut controls = sim.controls();
        let operation = operations::id(&method, &pattern);
        controls.saw(seen(&method, &path, pattern, &parts.headers, &body));
        let controls_down = controls.down;
        let faults = &mut controls.faults;
        if controls_down { Some(None) } else { faults::take(faults, &method, &path, operation).map(Some) }
    };
    let spoil_after = match fault {
        Some(None) => return faults::dropped(),
        Some(Some(fault)) if fault.after || fault.kind.changes_answer() => Some(fault),
        Some(Some(fault)) => {
            if let Some(spoilt) = faults::strike(&fault).await {
                return spoilt;
            }
            None
        }
        None => None,
    };
    let Some(user) = key_of(&parts.headers).and_then(|key| user_of(&mut sim.world(), &key)) else {
        return Problem::unauthorized().into_response();
    };
    if sim.settle() {
        save(&sim).await;
    }
    let deviations = Deviations::default();
    if by_alias {
        if sim.options().strict {
            return Problem::not_found("Not found").into_response();
        }
        deviations.note("the path /vidsheet instead of /autocontentengine");
    }
    if method != Method::GET
        && let Some(refusal) = faults::fails_at_once(&body)
    {
        return refusal;
    }
    let idempotency_key = text_header(&parts.headers, "idempotency-key");
    parts.extensions.insert(Arrived {
        user,
        strict: sim.options().strict,
        body: body.clone(),
        deviations: deviations.clone(),
    });
    let body_text = body.clone();
    let request = Request::from_parts(parts, axum::body::Body::from(body));
    let charging = method == Method::POST && CHARGING.iter().any(|ending| path.ends_with(ending));
    if charging {
        sim.controls().paid(&path, &body_text, idempotency_key.as_deref());
    }
    let answer = match idempotency_key {
        Some(key) if charging => answer_once(&sim, user, key, request, next).await,
        _ => next.run(request).await,
    };
    if method != Method::GET && answer.status().is_success() {
        save(&sim).await;
    }
    sim.controls().deviated(&method, &path, deviations.take());
    webhooks::send_waiting(&sim);
    match spoil_after {
        Some(fault) if fault.kind.changes_answer() => faults::changed(&fault, answer).await,
        Some(fault) => faults::strike(&fault).await.unwrap_or(answer),
        None => answer,
    }
}

/// Runs the call, or repeats the answer its idempotency key got in the last 24 hours.
///
/// Refusals are not kept: they charged nothing, and the same call may succeed after a top-up.
async fn answer_once(sim: &Sim, user: u64, key: String, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let now = clock::now_ms();
    let mut remembered = sim.remembered().await;
    remembered.retain(|answer| now.saturating_sub(answer.at_ms) < IDEMPOTENCY_MS);
    let same = |answer: &&Remembered| {
        answer.user == user && answer.method == method && answer.path == path && answer.key == key
    };
    if let Some(before) = remembered.iter().find(same) {
        return json_response(before.status, before.body.clone());
    }
    let (parts, body) = next.run(request).await.into_parts();
    let body = axum::body::to_bytes(body, LARGEST_BODY).await.unwrap_or_default();
    if parts.status.is_success() {
        remembered.push(Remembered {
            user,
            method,
            path,
            key,
            at_ms: now,
            status: parts.status,
            body: body.clone(),
        });
    }
    json_response(parts.status, body)
}

fn json_response(status: StatusCode, body: Bytes) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

async fn save(sim: &Sim) {
    if let Err(error) = sim.save().await {
        tracing::warn!(%error, "the simulator's world could not be saved");
    }
}

/// The user whose key this is, when the key is neither revoked nor expired.
fn user_of(world: &mut World, key: &str) -> Option<u64> {
    let now = clock::now_ms();
    if let Some(token) = world.tokens.iter_mut().find(|token| token.secret == key) {
        let usable = token.revoked_ms.is_none() && token.expires_ms.is_none_or(|expires| expires > now);
        token.last_used_ms = Some(now);
        return usable.then_some(token.user);
    }
    world.users.iter().find(|user| user.key == key).map(|user| user.id)
}

fn key_of(headers: &HeaderMap) -> Option<String> {
    text_header(headers, "x-api-key")
        .or_else(|| text_header(headers, "authorization")?.strip_prefix("Bearer ").map(str::to_owned))
}

fn text_header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn seen(method: &Method, path: &str, pattern: String, headers: &HeaderMap, body: &[u8]) -> Seen {
    let text = |name| text_header(headers, name).unwrap_or_default();
    let body = if body.is_empty() {
        Value::Null
    } else if text("content-type").starts_with("multipart/") {
        // Five hundred uploads would be too much to keep.
        Value::String(format!("multipart, {} bytes", body.len()))
    } else {
        serde_json::from_slice(body)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()))
    };
    Seen {
        method: method.to_string(),
        path: path.to_owned(),
        pattern,
        header_names: headers.keys().map(ToString::to_string).collect(),
        client: text("user-agent"),
        has_key: key_of(headers).is_some(),
        idempotency_key: text_header(headers, "idempotency-key"),
        body,
    }
}
