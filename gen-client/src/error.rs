//! What can go wrong between us and GEN.

use serde::{Deserialize, Serialize};

/// GEN's machine code for an error; codes we do not know are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ErrorCode(pub String);

impl ErrorCode {
    /// Ours, for an error in JSON without a code.
    pub const UNKNOWN: &str = "unknown_error";
    /// Ours, for an error that is not JSON, so perhaps not GEN's.
    pub const NOT_JSON: &str = "not_json";
    /// Ours, for an answer that points elsewhere; GEN documents none.
    pub const REDIRECT: &str = "unexpected_redirect";
}

/// What can go wrong in a call to GEN. `sent` matters for money: a paid call that may have left is never repeated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// GEN answered with an error.
    #[error("GEN answered {status}: {message} ({})", code.0)]
    Api {
        /// HTTP status; 2xx where GEN sent an error as if it were a success.
        status: u16,
        /// GEN's machine code, or one of ours.
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

impl Error {
    /// What was asked for does not exist at GEN, or not for this key: 404, or one of the 422s GEN uses for it.
    pub fn is_not_found(&self) -> bool {
        match self {
            Self::Api { status: 404, .. } => true,
            Self::Api { status: 422, code, .. } => code.0.ends_with("_not_found"),
            _ => false,
        }
    }

    /// GEN wants credits first (D4).
    pub fn needs_credits(&self) -> bool {
        const CODES: [&str; 3] =
            ["usable_gen_credit_required", "insufficient_credits_for_job", "no_active_credit_purchase"];
        match self {
            Self::Api { status: 402, .. } => true,
            Self::Api { code, .. } => CODES.contains(&code.0.as_str()),
            _ => false,
        }
    }

    /// GEN does not accept the key.
    pub fn refuses_key(&self) -> bool {
        matches!(self, Self::Api { status: 401, .. })
    }

    /// The money question: whether GEN may have acted on the call, and charged for it. False only where nothing
    /// left this machine or GEN itself refused.
    pub fn may_have_been_sent(&self) -> bool {
        match self {
            Self::Invalid(_) | Self::Unreachable { sent: false, .. } => false,
            Self::Api { status, code, .. } => {
                !(400..500).contains(status) || *status == 408 || code.0 == ErrorCode::NOT_JSON
            }
            Self::Unreachable { sent: true, .. } | Self::Decode { .. } => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(status: u16, code: &str) -> Error {
        Error::Api { status, code: ErrorCode(code.into()), message: String::new(), retry_after: None }
    }

    #[test]
    fn a_refusal_in_gens_own_words_was_not_charged() {
        for status in [400, 401, 403, 404, 422, 429] {
            assert!(!api(status, "validation_error").may_have_been_sent(), "{status}");
            assert!(!api(status, ErrorCode::UNKNOWN).may_have_been_sent(), "{status}");
        }
        assert!(!Error::Invalid(String::new()).may_have_been_sent());
        assert!(!Error::Unreachable { reason: String::new(), sent: false }.may_have_been_sent());
    }

    #[test]
    fn everything_else_may_have_been_charged() {
        for status in [200, 201, 302, 408, 500, 502, 503, 504] {
            assert!(api(status, "x").may_have_been_sent(), "{status}");
        }
        for status in [403, 413, 429] {
            assert!(api(status, ErrorCode::NOT_JSON).may_have_been_sent(), "{status}");
        }
        assert!(Error::Unreachable { reason: String::new(), sent: true }.may_have_been_sent());
        assert!(Error::Decode { operation: "generate", reason: String::new() }.may_have_been_sent());
    }

    #[test]
    fn absent_things_and_missing_credits_have_several_codes() {
        assert!(api(404, "x").is_not_found() && api(422, "agent_not_found").is_not_found());
        assert!(!api(422, "validation_error").is_not_found() && !api(403, "agent_not_found").is_not_found());
        assert!(api(402, "x").needs_credits() && api(422, "no_active_credit_purchase").needs_credits());
        assert!(!api(422, "validation_error").needs_credits());
        assert!(api(401, "unauthorized").refuses_key() && !api(403, "forbidden").refuses_key());
    }
}
