use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::Error;
use crate::operation::Operation;
use crate::response::Raw;

/// A call that has ended: which operation, and how. Neither address, nor body, nor key.
#[derive(Clone, Debug)]
pub struct Called {
    /// What was called.
    pub operation: &'static Operation,
    /// GEN's status; `None` where it did not answer.
    pub status: Option<u16>,
    /// GEN's machine code for a refusal, or ours for a failure.
    pub code: Option<String>,
    /// How long it took, repetitions included, in milliseconds.
    pub ms: u64,
}

impl Called {
    pub(crate) fn of(operation: &'static Operation, outcome: &Result<Raw, Error>, took: Duration) -> Self {
        let (status, code) = match outcome {
            Ok(answer) => (Some(answer.status), None),
            Err(Error::Api { status, code, .. }) => (Some(*status), Some(code.0.clone())),
            Err(Error::Unreachable { sent: true, .. }) => (None, Some("no_answer".to_owned())),
            Err(Error::Unreachable { sent: false, .. }) => (None, Some("not_sent".to_owned())),
            Err(Error::Decode { .. }) => (None, Some("unreadable_answer".to_owned())),
            Err(Error::Invalid(_)) => (None, Some("not_sent".to_owned())),
        };
        Self { operation, status, code, ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX) }
    }
}

/// Who hears of calls.
#[derive(Clone)]
pub(crate) struct Observer(pub Arc<dyn Fn(Called) + Send + Sync>);

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}
