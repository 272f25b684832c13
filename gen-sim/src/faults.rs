//! Every way to make the simulator misbehave: sentinel words in the input, and rules set through `/_sim/fault`.

use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, body::Body};
use bytes::Bytes;
use futures::StreamExt;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::gate::Dropped;

/// A generation or run whose text holds these words fails when it is done, with this reason.
const FAILS_LATER: &[(&str, &str)] = &[
    ("please fail", "The model refused this prompt. Change the wording and try again."),
    ("time out", "The model did not answer in time. Nothing was charged."),
];

type Refusal = fn() -> Response;

/// A call whose text holds these words is refused at once.
const FAILS_AT_ONCE: &[(&str, Refusal)] = &[
    ("no credits", || {
        gen_error(
            StatusCode::UNPROCESSABLE_ENTITY,
            "insufficient_credits_for_job",
            "Insufficient credits for this job",
        )
    }),
    ("reject 422", || {
        gen_error(StatusCode::UNPROCESSABLE_ENTITY, "validation_error", "This text was rejected.")
    }),
    ("detail 422", || {
        let detail = json!({"detail": [{"loc": ["body", "brand_name"], "msg": "This text was rejected.", "type": "value_error"}]});
        (StatusCode::UNPROCESSABLE_ENTITY, Json(detail)).into_response()
    }),
    ("explode 500", || {
        gen_error(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", "Something went wrong.")
    }),
    ("plain 500", || {
        (StatusCode::INTERNAL_SERVER_ERROR, "upstream connect error or disconnect").into_response()
    }),
    ("rate limit 429", || {
        let answer =
            gen_error(StatusCode::TOO_MANY_REQUESTS, "rate_limited", "Too many requests. Try again later.");
        ([(header::RETRY_AFTER, "1")], answer).into_response()
    }),
];

/// The fields that sentinel words are looked for in, at any depth of the body.
const READ_FIELDS: &[&str] = &["prompt", "script", "value", "message", "brand_name"];

/// The voice that cannot be saved: a core PATCH with it answers 207.
pub const FAILING_VOICE: &str = "fail";

/// The reason a job with this input will fail for, if it will.
pub fn fails_later(input: &Value) -> Option<String> {
    let words = texts(input).to_lowercase();
    FAILS_LATER.iter().find(|(needle, _)| words.contains(needle)).map(|(_, reason)| (*reason).to_owned())
}

/// The refusal a body with sentinel words gets, if it holds any.
pub fn fails_at_once(body: &[u8]) -> Option<Response> {
    let words = texts(&serde_json::from_slice(body).ok()?).to_lowercase();
    FAILS_AT_ONCE.iter().find(|(needle, _)| words.contains(needle)).map(|(_, answer)| answer())
}

/// A rule set by a test.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fault {
    /// Which calls it strikes; all when empty.
    #[serde(default, rename = "match")]
    pub on: Matching,
    /// How many calls it strikes before it is gone; absent means all of them.
    pub times: Option<u64>,
    pub kind: FaultKind,
    /// The call is carried out and only its answer is spoilt: what a lost answer looks like.
    #[serde(default)]
    pub after: bool,
    pub status: Option<u16>,
    /// Text or JSON to answer with.
    pub body: Option<Value>,
    /// Milliseconds, for `delay`.
    pub ms: Option<u64>,
    /// Seconds, sent as `Retry-After` with a `status`.
    pub retry_after: Option<u64>,
    /// Target, for `redirect`.
    pub location: Option<String>,
}

/// The condition of a rule.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Matching {
    /// An operation's id, such as `getRow`.
    pub operation: Option<String>,
    pub method: Option<String>,
    pub path_contains: Option<String>,
}

/// What a rule does to a call.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    Status,
    Delay,
    Hang,
    Close,
    Redirect,
    Garbage,
    Truncate,
    Html,
    /// The whole answer, but in ten pieces over `ms`.
    SlowBody,
    /// 207 with one section that failed.
    Mixed,
    /// The real answer with a status or type that nobody knows.
    UnknownEnum,
    /// The real answer with its numbered ids as text.
    TextIds,
    /// The real answer without anything that may be missing.
    MissingOptional,
}

impl FaultKind {
    /// Whether the call is carried out and its own answer changed.
    pub fn changes_answer(self) -> bool {
        matches!(
            self,
            FaultKind::SlowBody | FaultKind::UnknownEnum | FaultKind::TextIds | FaultKind::MissingOptional
        )
    }
}

/// Takes the first rule that strikes this call, and counts it down.
pub fn take(rules: &mut Vec<Fault>, method: &Method, path: &str, operation: Option<&str>) -> Option<Fault> {
    let strikes = |rule: &Fault| {
        rule.on.operation.as_deref().is_none_or(|wanted| Some(wanted) == operation)
            && rule.on.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method.as_str()))
            && rule.on.path_contains.as_deref().is_none_or(|part| path.contains(part))
    };
    let at = rules.iter().position(strikes)?;
    let rule = rules[at].clone();
    match &mut rules[at].times {
        Some(times) if *times > 1 => *times -= 1,
        Some(_) => drop(rules.remove(at)),
        None => {}
    }
    Some(rule)
}

/// The spoilt answer; `None` when the call is to go on (after a delay).
pub async fn strike(fault: &Fault) -> Option<Response> {
    let status = |fallback: u16| {
        StatusCode::from_u16(fault.status.unwrap_or(fallback)).unwrap_or(StatusCode::BAD_GATEWAY)
    };
    Some(match fault.kind {
        FaultKind::Delay => {
            tokio::time::sleep(std::time::Duration::from_millis(fault.ms.unwrap_or(1000))).await;
            return None;
        }
        FaultKind::Hang => std::future::pending().await,
        FaultKind::Close => dropped(),
        FaultKind::Status => with_retry_after(
            fault,
            match &fault.body {
                Some(Value::String(text)) => (status(500), text.clone()).into_response(),
                Some(body) => (status(500), Json(body.clone())).into_response(),
                None => gen_error(status(500), "simulated_fault", "A fault was asked for."),
            },
        ),
        FaultKind::Mixed => {
            let sections = json!({"brand": {"status": "ok", "data": {}}, "voice": {"status": "error", "error": "voice service unavailable"}});
            (StatusCode::MULTI_STATUS, Json(sections)).into_response()
        }
        // These change the real answer: see `changed`.
        FaultKind::SlowBody | FaultKind::UnknownEnum | FaultKind::TextIds | FaultKind::MissingOptional => {
            return None;
        }
        FaultKind::Redirect => {
            let target = fault.location.clone().unwrap_or_else(|| "http://127.0.0.1:9/elsewhere".to_owned());
            (status(302), [(header::LOCATION, target)]).into_response()
        }
        FaultKind::Garbage => {
            (status(200), [(header::CONTENT_TYPE, "application/json")], "{\"id\": 12, \u{fffd}]]")
                .into_response()
        }
        FaultKind::Html => {
            let page = "<!doctype html><html><head><title>502</title></head><body><script>alert(1)</script>Bad gateway</body></html>";
            (status(502), [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
        }
        FaultKind::Truncate => truncated(status(200)),
    })
}

/// The real answer, changed as the rule says.
pub async fn changed(fault: &Fault, answer: Response) -> Response {
    let (parts, body) = answer.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return dropped();
    };
    if fault.kind == FaultKind::SlowBody {
        let pause = std::time::Duration::from_millis(fault.ms.unwrap_or(2000) / 10);
        let piece = bytes.len().div_ceil(10).max(1);
        let pieces: Vec<Bytes> = bytes.chunks(piece).map(Bytes::copy_from_slice).collect();
        let slow = futures::stream::iter(pieces).then(move |piece| async move {
            tokio::time::sleep(pause).await;
            Ok::<_, std::io::Error>(piece)
        });
        return Response::from_parts(parts, Body::from_stream(slow));
    }
    let Ok(mut value) = serde_json::from_slice::<Value>(&bytes) else {
        return Response::from_parts(parts, Body::from(bytes));
    };
    mutate(&mut value, fault.kind);
    (parts.status, Json(value)).into_response()
}

fn mutate(value: &mut Value, kind: FaultKind) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| mutate(item, kind)),
        Value::Object(fields) => {
            if kind == FaultKind::MissingOptional {
                fields.retain(|name, field| {
                    let empty = field.is_null() || field == &json!([]) || field == &json!({});
                    !empty && !name.ends_with("_at") && !name.ends_with("_ts") && name != "description"
                });
            }
            for (name, field) in fields.iter_mut() {
                match kind {
                    FaultKind::TextIds if field.is_number() && (name == "id" || name.ends_with("_id")) => {
                        *field = Value::String(field.to_string());
                    }
                    FaultKind::UnknownEnum if field.is_string() && ENUMS.contains(&name.as_str()) => {
                        *field = Value::String("brand_new".to_owned());
                    }
                    _ => mutate(field, kind),
                }
            }
        }
        _ => {}
    }
}

/// Fields whose values are words out of a list.
const ENUMS: &[&str] = &[
    "status",
    "type",
    "role",
    "column_role",
    "user_job_type",
    "video_type",
    "source",
    "object_type",
    "token_type",
    "item_type",
];

fn with_retry_after(fault: &Fault, answer: Response) -> Response {
    match fault.retry_after {
        Some(seconds) => ([(header::RETRY_AFTER, seconds.to_string())], answer).into_response(),
        None => answer,
    }
}

/// An answer that stands for a connection closed without one.
pub fn dropped() -> Response {
    let mut response = StatusCode::BAD_GATEWAY.into_response();
    response.extensions_mut().insert(Dropped);
    response
}

/// Promises 4,096 bytes of JSON and stops after a few.
fn truncated(status: StatusCode) -> Response {
    let begun = futures::stream::iter([Ok(Bytes::from_static(b"{\"id\": 1, \"spreadsheet_rows\": ["))]);
    let cut = futures::stream::once(async {
        // What was begun must be on the wire before the connection breaks, else nothing is.
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        Err(std::io::Error::other("cut on purpose"))
    });
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_LENGTH, "4096")];
    (status, headers, Body::from_stream(begun.chain(cut))).into_response()
}

fn gen_error(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(json!({"error": message, "error_code": code}))).into_response()
}

/// The text of every field that sentinels are read from.
fn texts(value: &Value) -> String {
    match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, inner)| match inner {
                Value::String(text) if READ_FIELDS.contains(&key.as_str()) => text.clone(),
                Value::String(_) => String::new(),
                inner => texts(inner),
            })
            .collect::<Vec<_>>()
            .join("\n"),
        Value::Array(items) => items.iter().map(texts).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentinels_are_found_in_named_fields_only() {
        assert!(fails_later(&json!({"data": {"prompt": "a mug, please FAIL"}})).is_some());
        assert!(fails_later(&json!({"data": {"note": "please fail"}})).is_none());
        let refused = fails_at_once(br#"{"spreadsheet_cell":{"value":"reject 422 now"}}"#);
        assert_eq!(refused.map(|answer| answer.status()), Some(StatusCode::UNPROCESSABLE_ENTITY));
        assert!(fails_at_once(b"not json").is_none());
    }

    #[test]
    fn a_rule_strikes_as_often_as_told() {
        let rule = json!({"match": {"method": "post", "path_contains": "/generate"}, "times": 2, "kind": "status", "status": 503});
        let mut rules: Vec<Fault> = vec![serde_json::from_value(rule).unwrap()];
        assert!(take(&mut rules, &Method::GET, "/v1/x/generate", None).is_none());
        assert!(take(&mut rules, &Method::POST, "/v1/x/generate", None).is_some());
        assert!(take(&mut rules, &Method::POST, "/v1/x/generate", None).is_some());
        assert!(take(&mut rules, &Method::POST, "/v1/x/generate", None).is_none());
    }
}
