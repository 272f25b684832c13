use std::error::Error as _;

use serde_json::Value;

use crate::Error;
use crate::refusal::{MESSAGE_MAX, cut, is_error, redirect, refusal, retry_after};
use crate::strict::Strict;

/// The longest JSON answer we read, in bytes. 10,000 rows with a take in each of 12 columns make 24 MB.
const BODY_MAX: usize = 32 * 1024 * 1024;

/// GEN's answer to a call that succeeded.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    /// `None` where the body is empty.
    pub json: Option<Value>,
}

/// A success, unread.
#[derive(Debug)]
pub(crate) struct Raw {
    pub status: u16,
    retry_after: Option<u64>,
    body: Result<Vec<u8>, String>,
}

impl Raw {
    /// A success that says nothing.
    pub fn nothing() -> Self {
        Self { status: 204, retry_after: None, body: Ok(Vec::new()) }
    }

    /// The body as it came.
    pub fn bytes(self, operation: &'static str) -> Result<Vec<u8>, Error> {
        self.body.map_err(|reason| Error::Decode { operation, reason })
    }

    /// The body as JSON. An error dressed as a success is an error.
    pub fn json(self, operation: &'static str) -> Result<Answer, Error> {
        let (status, retry_after) = (self.status, self.retry_after);
        let body = self.bytes(operation)?;
        if body.trim_ascii().is_empty() {
            return Ok(Answer { status, json: None });
        }
        let Strict(json) = serde_json::from_slice(&body)
            .map_err(|error| Error::Decode { operation, reason: format!("it is not JSON: {error}") })?;
        if is_error(&json) {
            return Err(refusal(status, &body, retry_after));
        }
        Ok(Answer { status, json: Some(json) })
    }
}

/// Sends a request once and reads the answer whole. A success whose body broke off is told apart when it is read.
pub(crate) async fn read(request: reqwest::RequestBuilder) -> Result<Raw, Error> {
    let response = request.send().await.map_err(|error| unreachable(&error))?;
    let status = response.status();
    let retry_after = retry_after(response.headers());
    if status.is_redirection() {
        return Err(redirect(status.as_u16()));
    }
    let body = body(response).await;
    if !status.is_success() {
        // A refusal stays a refusal when its words broke off.
        return Err(refusal(status.as_u16(), &body.unwrap_or_default(), retry_after));
    }
    Ok(Raw { status: status.as_u16(), retry_after, body })
}

/// A connection's failure in words. Only what failed before a connection stood is sure not to have left.
pub(crate) fn unreachable(error: &reqwest::Error) -> Error {
    let reason = cause(error);
    if error.is_builder() {
        return Error::Invalid(format!("The request cannot be built: {reason}"));
    }
    let reason = match (error.is_connect(), error.is_timeout()) {
        (true, _) => format!("no connection ({reason})"),
        (false, true) => "no answer in time".into(),
        (false, false) => format!("the connection broke ({reason})"),
    };
    Error::Unreachable { reason, sent: !error.is_connect() }
}

/// The innermost reason of a failure. The outer ones name the URL.
pub(crate) fn cause(error: &reqwest::Error) -> String {
    let Some(mut cause) = error.source() else {
        return "for no known reason".into();
    };
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cut(&cause.to_string(), MESSAGE_MAX)
}

/// The body, or why it cannot be read.
async fn body(mut response: reqwest::Response) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > BODY_MAX => {
                return Err("it is too large".into());
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body),
            Err(error) if error.is_timeout() => return Err("it did not arrive in time".into()),
            Err(error) => return Err(format!("it broke off: {}", cause(&error))),
        }
    }
}
