use std::error::Error as _;

use serde_json::Value;

use crate::Error;
use crate::refusal::{MESSAGE_MAX, cut, is_error, redirect, refusal, retry_after};

/// The longest JSON answer we read, in bytes. 10,000 rows with a take in each of 12 columns make 24 MB.
const BODY_MAX: usize = 32 * 1024 * 1024;

/// GEN's answer to a call that succeeded.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    /// `None` where the body is empty.
    pub json: Option<Value>,
}

/// Sends a request once and reads the answer whole.
pub(crate) async fn read(operation: &'static str, request: reqwest::RequestBuilder) -> Result<Answer, Error> {
    let response = request.send().await.map_err(|error| unreachable(&error))?;
    let status = response.status();
    let retry_after = retry_after(response.headers());
    if status.is_redirection() {
        return Err(redirect(status.as_u16()));
    }
    let body = body(operation, response).await;
    if !status.is_success() {
        // A refusal stays a refusal when its words broke off.
        return Err(refusal(status.as_u16(), &body.unwrap_or_default(), retry_after));
    }
    let body = body?;
    if body.trim_ascii().is_empty() {
        return Ok(Answer { status: status.as_u16(), json: None });
    }
    let json: Value = serde_json::from_slice(&body)
        .map_err(|error| Error::Decode { operation, reason: format!("it is not JSON: {error}") })?;
    if is_error(&json) {
        return Err(refusal(status.as_u16(), &body, retry_after));
    }
    Ok(Answer { status: status.as_u16(), json: Some(json) })
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

async fn body(operation: &'static str, mut response: reqwest::Response) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > BODY_MAX => {
                return Err(Error::Decode { operation, reason: "it is too large".into() });
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Ok(body),
            Err(error) if error.is_timeout() => {
                return Err(Error::Decode { operation, reason: "it did not arrive in time".into() });
            }
            Err(error) => {
                return Err(Error::Decode { operation, reason: format!("it broke off: {}", cause(&error)) });
            }
        }
    }
}
