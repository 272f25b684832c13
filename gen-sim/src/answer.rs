//! What a route takes in and gives back: the parsed call, the reply, and GEN's error shape.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Map, Value, json};

/// What every route returns.
pub type Answer = Result<Reply, Problem>;

/// A success: the status GEN documents and, unless it is empty, a JSON body.
#[derive(Debug)]
pub struct Reply(StatusCode, Option<Value>);

/// 200 with a body.
pub fn ok(body: Value) -> Answer {
    Ok(Reply(StatusCode::OK, Some(body)))
}

/// Any other success with a body.
pub fn reply(status: StatusCode, body: Value) -> Answer {
    Ok(Reply(status, Some(body)))
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        match self.1 {
            Some(body) => (self.0, axum::Json(body)).into_response(),
            None => self.0.into_response(),
        }
    }
}

/// A refusal, in GEN's `{error, error_code}` shape.
#[derive(Debug, Clone)]
pub struct Problem {
    pub status: StatusCode,
    pub code: &'static str,
    pub message: String,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Problem { status, code, message: message.into() }
    }

    pub fn validation(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "validation_error", message)
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "You do not have permission to do this.")
    }

    pub fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", "Unauthorized")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.status, axum::Json(json!({"error": self.message, "error_code": self.code}))).into_response()
    }
}

/// What the gate learned about a request before a route sees it.
#[derive(Debug, Clone)]
pub struct Arrived {
    pub user: u64,
    pub strict: bool,
    pub body: Bytes,
}

/// One call, with who makes it, its query and its body, however the body was written.
#[derive(Debug)]
pub struct Call {
    pub user: u64,
    pub method: Method,
    pub strict: bool,
    query: Vec<(String, String)>,
    pub body: Value,
}

impl Call {
    /// The first query parameter of that name.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Every query parameter of that name, for `ids[]`.
    pub fn query_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.query.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The zero-based page, whatever base the endpoint counts from.
    pub fn page(&self, base: usize) -> usize {
        self.query("page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(base).saturating_sub(base)
    }

    /// Whether the flag is `true` in the query.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.query(name), Some("true" | "1"))
    }

    /// The agent of an agent-scoped call: from the query, or from the body unless strict.
    pub fn agent_id(&self) -> Result<String, Problem> {
        let in_body = if self.strict { None } else { self.body.get("agent_id").and_then(text_of) };
        self.query("agent_id")
            .map(str::to_owned)
            .or(in_body)
            .ok_or_else(|| Problem::validation("agent_id is required"))
    }

    /// The agent of a call that names it in the body; unless strict, the query will do.
    pub fn agent_id_in_body(&self) -> Result<String, Problem> {
        let in_query = if self.strict { None } else { self.query("agent_id").map(str::to_owned) };
        self.body
            .get("agent_id")
            .and_then(text_of)
            .or(in_query)
            .ok_or_else(|| Problem::validation("agent_id is required"))
    }

    /// The object under `wrapper`; unless strict, also a body that forgot the wrapper.
    pub fn inner(&self, wrapper: &str) -> Result<Map<String, Value>, Problem> {
        match self.body.get(wrapper) {
            Some(Value::Object(inner)) => Ok(inner.clone()),
            Some(_) => Err(Problem::validation(format!("{wrapper} must be an object"))),
            None if self.strict => Err(Problem::validation(format!("{wrapper} is required"))),
            None => Ok(self.body.as_object().cloned().unwrap_or_default()),
        }
    }
}

/// Text or number as text: GEN reads ids in both forms.
pub fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A numeric id, sent as number or text.
pub fn id_of(value: &Value) -> Option<u64> {
    text_of(value).and_then(|text| text.parse().ok())
}

impl<S: Send + Sync> FromRequestParts<S> for Call {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let arrived = parts.extensions.get::<Arrived>().cloned().ok_or_else(Problem::unauthorized)?;
        let content_type =
            parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        let body = parse_body(content_type, &arrived.body)?;
        let query = pairs(parts.uri.query().unwrap_or(""));
        Ok(Call { user: arrived.user, method: parts.method.clone(), strict: arrived.strict, query, body })
    }
}

/// An empty body is no error: GEN's own clients send the JSON content type with nothing in it.
fn parse_body(content_type: &str, body: &[u8]) -> Result<Value, Problem> {
    if body.iter().all(u8::is_ascii_whitespace) || content_type.starts_with("multipart/") {
        return Ok(Value::Null);
    }
    if content_type.starts_with("application/x-www-form-urlencoded") {
        let form =
            pairs(&String::from_utf8_lossy(body)).into_iter().map(|(key, value)| (key, Value::String(value)));
        return Ok(Value::Object(form.collect()));
    }
    serde_json::from_slice(body).map_err(|_| {
        Problem::new(StatusCode::BAD_REQUEST, "bad_request", "The request body is not valid JSON.")
    })
}

fn pairs(encoded: &str) -> Vec<(String, String)> {
    let decode = |part: &str| {
        percent_encoding::percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned()
    };
    let split = |pair: &str| {
        pair.split_once('=').map_or_else(|| (decode(pair), String::new()), |(k, v)| (decode(k), decode(v)))
    };
    encoded.split('&').filter(|pair| !pair.is_empty()).map(split).collect()
}
