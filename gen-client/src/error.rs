//! What can go wrong between us and GEN.

use serde::{Deserialize, Serialize};

/// GEN's machine code for an error; codes we do not know are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ErrorCode(pub String);

/// What can go wrong in a call to GEN. `sent` matters for money: a paid call that may have left is never repeated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// GEN answered with an error.
    #[error("GEN answered {status}: {message} ({})", code.0)]
    Api {
        /// HTTP status.
        status: u16,
        /// GEN's machine code, or `unknown_error`.
        code: ErrorCode,
        /// GEN's words, cut to 500 characters; hostile text.
        message: String,
        /// Seconds GEN asks to wait, clamped to 1…900.
        retry_after: Option<u64>,
    },
    /// GEN could not be reached, or did not answer in time.
    #[error("GEN could not be reached: {reason}")]
    Unreachable {
        /// In words, without URL or secret.
        reason: String,
        /// Whether a byte may have left: if not, nothing can have been charged.
        sent: bool,
    },
    /// GEN answered something we cannot read.
    #[error("GEN's answer to {operation} could not be read: {reason}")]
    Decode {
        /// Which operation.
        operation: &'static str,
        /// Why, without the answer's content.
        reason: String,
    },
    /// The request cannot be built, so nothing was sent.
    #[error("{0}")]
    Invalid(String),
}
