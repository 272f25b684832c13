//! API keys of the user: made, named, revoked. The secret is shown once.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, patch};
use serde_json::{Value, json};

use crate::answer::{Answer, Call, Problem, empty, ok, optional, reply, required};
use crate::clock::{iso, now_ms};
use crate::state::Sim;
use crate::world::{Token, World};
use crate::writing::hash;

const DAY_SECONDS: u64 = 24 * 3600;

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/persisted_tokens", get(list).post(create))
        .route("/persisted_tokens/revoke_all", delete(revoke_all))
        .route("/persisted_tokens/{id}", patch(rename))
        .route("/persisted_tokens/{id}/revoke", delete(revoke))
}

/// Revoked and expired ones as well, newest first.
async fn list(State(sim): State<Sim>, call: Call) -> Answer {
    let world = sim.world();
    let mine = world.tokens.iter().rev().filter(|token| token.user == call.user);
    ok(Value::Array(mine.map(shape).collect()))
}

async fn create(State(sim): State<Sim>, call: Call) -> Answer {
    let name = optional(call.body.get("name"), "name", 255)?;
    let seconds = lifetime(&call)?;
    let mut world = sim.world();
    let (id, now) = (world.new_id(), now_ms());
    // Unlike everything else it must differ from start to start: it opens the whole studio.
    let secret =
        format!("gen_pat_{:014x}{:014x}", hash(&format!("{id} {now}")), hash(&format!("{now} {id}")));
    let token = Token {
        id,
        user: call.user,
        name: name.unwrap_or_else(|| format!("API key {id}")),
        secret,
        created_ms: now,
        expires_ms: seconds.map(|seconds| now + seconds * 1000),
        last_used_ms: None,
        revoked_ms: None,
    };
    let mut answer = shape(&token);
    answer["token"] = json!(token.secret);
    world.tokens.push(token);
    reply(StatusCode::CREATED, answer)
}

async fn rename(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let token = find(&mut world, &call, &id)?;
    let given = call.inner("persisted_token")?;
    token.name = required(given.get("name"), "name")?;
    ok(shape(token))
}

async fn revoke(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    let token = find(&mut world, &call, &id)?;
    token.revoked_ms = token.revoked_ms.or_else(|| Some(now_ms()));
    empty(StatusCode::NO_CONTENT)
}

/// Every key of the user, the one that makes this call included.
async fn revoke_all(State(sim): State<Sim>, call: Call) -> Answer {
    let now = now_ms();
    for token in sim.world().tokens.iter_mut().filter(|token| token.user == call.user) {
        token.revoked_ms = token.revoked_ms.or(Some(now));
    }
    empty(StatusCode::NO_CONTENT)
}

fn find<'a>(world: &'a mut World, call: &Call, id: &str) -> Result<&'a mut Token, Problem> {
    let mine = |token: &&mut Token| token.user == call.user && token.id.to_string() == id;
    world.tokens.iter_mut().find(mine).ok_or_else(|| Problem::not_found("Token not found"))
}

/// Seconds as number or digits, or days as `30d`.
fn lifetime(call: &Call) -> Result<Option<u64>, Problem> {
    let wrong = || Problem::validation("expires_in must be a number of seconds");
    match call.body.get("expires_in") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(seconds)) => {
            seconds.as_u64().filter(|seconds| *seconds > 0).map(Some).ok_or_else(wrong)
        }
        Some(Value::String(text)) => {
            let (digits, unit) =
                text.strip_suffix('d').map_or((text.as_str(), 1), |days| (days, DAY_SECONDS));
            let count: u64 = digits.parse().ok().filter(|count| *count > 0).ok_or_else(wrong)?;
            call.lenient("expires_in as text")?;
            count.checked_mul(unit).map(Some).ok_or_else(wrong)
        }
        Some(_) => Err(wrong()),
    }
}

fn shape(token: &Token) -> Value {
    let now = now_ms();
    let status = match (token.revoked_ms, token.expires_ms) {
        (Some(_), _) => "revoked",
        (None, Some(expires)) if expires <= now => "expired",
        _ => "active",
    };
    json!({
        "id": token.id,
        "name": token.name,
        "token_type": "personal_access_token",
        "created_at": iso(token.created_ms),
        "expires_at": token.expires_ms.map(iso),
        "last_used_at": token.last_used_ms.map(iso),
        "revoked_at": token.revoked_ms.map(iso),
        "status": status,
    })
}
