//! What a route takes in and gives back: the parsed call, the reply, and GEN's error shape.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::form::{self, FormFile};

/// What every route returns.
pub type Answer = Result<Reply, Problem>;

/// A success: the status GEN documents and what comes with it.
#[derive(Debug)]
pub struct Reply(StatusCode, Content);

#[derive(Debug)]
enum Content {
    Nothing,
    Json(Value),
    File { content_type: &'static str, name: &'static str, bytes: Vec<u8> },
}

/// 200 with a body.
pub fn ok(body: Value) -> Answer {
    reply(StatusCode::OK, body)
}

/// Any other success with a body.
pub fn reply(status: StatusCode, body: Value) -> Answer {
    Ok(Reply(status, Content::Json(body)))
}

/// A success without a body.
pub fn empty(status: StatusCode) -> Answer {
    Ok(Reply(status, Content::Nothing))
}

/// 200 with a file to save.
pub fn file(content_type: &'static str, name: &'static str, bytes: Vec<u8>) -> Answer {
    Ok(Reply(StatusCode::OK, Content::File { content_type, name, bytes }))
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        match self.1 {
            Content::Json(body) => (self.0, axum::Json(body)).into_response(),
            Content::Nothing => self.0.into_response(),
            Content::File { content_type, name, bytes } => {
                let disposition = format!("attachment; filename=\"{name}\"");
                let headers = [
                    (header::CONTENT_TYPE, content_type.to_owned()),
                    (header::CONTENT_DISPOSITION, disposition),
                ];
                (self.0, headers, bytes).into_response()
            }
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

    /// 422 with a code of its own.
    pub fn unprocessable(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, message)
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
    pub deviations: Deviations,
}

/// What a call did that strict mode would have refused.
#[derive(Debug, Clone, Default)]
pub struct Deviations(Arc<Mutex<Vec<String>>>);

impl Deviations {
    pub fn note(&self, what: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(what.to_owned());
    }

    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One call, with who makes it, its query and its body, however the body was written.
#[derive(Debug)]
pub struct Call {
    pub user: u64,
    pub method: Method,
    pub strict: bool,
    query: Vec<(String, String)>,
    pub body: Value,
    pub files: Vec<FormFile>,
    deviations: Deviations,
}

impl Call {
    /// Lets a deviation from the reference pass and notes it; strict mode refuses it.
    pub fn lenient(&self, what: &str) -> Result<(), Problem> {
        if self.strict {
            return Err(Problem::validation(format!("The reference does not allow this: {what}.")));
        }
        self.deviations.note(what);
        Ok(())
    }

    /// The text of a required field of the body.
    pub fn text(&self, field: &str) -> Result<String, Problem> {
        required(self.body.get(field), field)
    }

    /// The file of a form, by the name of its field.
    pub fn file(&self, field: &str) -> Option<&FormFile> {
        self.files.iter().find(|file| file.field == field)
    }

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
        if let Some(agent_id) = self.query("agent_id").filter(|agent_id| !agent_id.is_empty()) {
            return Ok(agent_id.to_owned());
        }
        let in_body = self.body.get("agent_id").and_then(text_of);
        let agent_id = in_body.ok_or_else(|| Problem::validation("agent_id is required"))?;
        self.lenient("agent_id in the body instead of the query")?;
        Ok(agent_id)
    }

    /// The agent of a call that names it in the body; unless strict, the query will do.
    pub fn agent_id_in_body(&self) -> Result<String, Problem> {
        if let Some(agent_id) = self.body.get("agent_id").and_then(text_of) {
            return Ok(agent_id);
        }
        let agent_id = self.query("agent_id").ok_or_else(|| Problem::validation("agent_id is required"))?;
        self.lenient("agent_id in the query instead of the body")?;
        Ok(agent_id.to_owned())
    }

    /// The object under `wrapper`; unless strict, also a body that forgot the wrapper.
    pub fn inner(&self, wrapper: &str) -> Result<Map<String, Value>, Problem> {
        match self.body.get(wrapper) {
            Some(Value::Object(inner)) => Ok(inner.clone()),
            Some(_) => Err(Problem::validation(format!("{wrapper} must be an object"))),
            None => {
                let bare = self.body.as_object().cloned();
                let bare = bare.ok_or_else(|| Problem::validation(format!("{wrapper} is required")))?;
                self.lenient(&format!("fields outside of {wrapper}"))?;
                Ok(bare)
            }
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

/// Text that must be there and hold something.
pub fn required(value: Option<&Value>, field: &str) -> Result<String, Problem> {
    match value.and_then(Value::as_str).map(str::trim) {
        Some(given) if !given.is_empty() => Ok(given.to_owned()),
        _ => Err(Problem::validation(format!("{field} is required"))),
    }
}

/// Text that may be missing or null, at most so many characters.
pub fn optional(value: Option<&Value>, field: &str, most: usize) -> Result<Option<String>, Problem> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.chars().count() <= most => Ok(Some(text.clone())),
        Some(Value::String(_)) => {
            Err(Problem::validation(format!("{field} is too long (maximum is {most} characters)")))
        }
        Some(_) => Err(Problem::validation(format!("{field} must be text"))),
    }
}

/// A truth value as JSON or as a form writes it.
pub fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => text.parse().ok(),
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
        let (body, files) = form::read(content_type, &arrived.body).await?;
        let query = form::pairs(parts.uri.query().unwrap_or(""));
        let Arrived { user, strict, deviations, .. } = arrived;
        Ok(Call { user, method: parts.method.clone(), strict, query, body, files, deviations })
    }
}
