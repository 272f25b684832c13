//! Everything that can go wrong, in words for a person: what happened, what it cost, what to do.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Our code for something of which GEN saved only some.
pub const PARTLY_SAVED: &str = "partly_saved";

/// The one error that crosses the wire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AppError {
    /// What sort of trouble, for the code.
    pub kind: ErrorKind,
    /// What happened. GEN's own message where GEN spoke; hostile text, shown as text.
    pub message: String,
    /// What to do, and what it cost.
    pub advice: String,
    /// GEN's machine code, or ours.
    pub code: Option<String>,
}

/// What sort of trouble it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ErrorKind {
    /// Nobody is signed in, or no longer.
    SignedOut,
    /// The person's role does not allow it.
    Forbidden,
    /// There is no such thing for this person.
    NotFound,
    /// A field cannot be taken as it is.
    Invalid {
        /// The label's words.
        field: String,
    },
    /// Somebody saved something else meanwhile.
    Conflict {
        /// What is there now.
        theirs: String,
    },
    /// The person has no GEN key.
    NoKey,
    /// GEN answered with an error.
    Gen {
        /// HTTP status.
        status: u16,
    },
    /// GEN was not reached, or not understood.
    Unreachable,
    /// Our own server was not reached.
    Offline,
    /// Our own fault.
    Internal,
}

impl AppError {
    /// An error of ours about one field.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            kind: ErrorKind::Invalid { field: field.into() },
            message: message.into(),
            advice: "Nothing was sent, nothing was charged.".to_owned(),
            code: None,
        }
    }

    /// GEN saved some sections and not others; each failure is its section and GEN's reason.
    pub fn partly_saved(failed: &[String]) -> Self {
        let mut message = failed.join("; ");
        if let Some(first) = message.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Self {
            kind: ErrorKind::Gen { status: 207 },
            message,
            advice: "The rest is saved. What you chose here is kept; try again.".to_owned(),
            code: Some(PARTLY_SAVED.to_owned()),
        }
    }

    /// There is no such page or thing.
    pub fn not_found(what: &str) -> Self {
        Self {
            kind: ErrorKind::NotFound,
            message: format!("There is no such {what}."),
            advice: "Check the address, or choose another agent.".to_owned(),
            code: Some("not_found".to_owned()),
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.message, self.advice)
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    /// What the framework itself reports: the request did not arrive, or an answer could not be read.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let kind = match error {
            ServerFnErrorErr::Request(_) => ErrorKind::Offline,
            _ => ErrorKind::Internal,
        };
        let (message, advice) = match kind {
            ErrorKind::Offline => {
                ("Reelsheet's server cannot be reached.", "What you typed is kept; try again.")
            }
            _ => ("Reelsheet could not read this request.", "Reload the page; what is saved is safe."),
        };
        Self { kind, message: message.to_owned(), advice: advice.to_owned(), code: None }
    }
}

#[cfg(feature = "ssr")]
mod from_store {
    use super::{AppError, ErrorKind};
    use gen_client::Error as Gen;
    use store::Error as Store;

    impl From<Store> for AppError {
        fn from(error: Store) -> Self {
            match error {
                Store::Gen(error) => from_gen(error),
                Store::NotFound(what) => Self::not_found(what),
                Store::Forbidden(_) => ours(
                    ErrorKind::Forbidden,
                    "Your role does not allow this.",
                    "Nothing was changed. An admin of this installation can give you another role.",
                    "forbidden",
                ),
                Store::NoKey => ours(
                    ErrorKind::NoKey,
                    "There is no GEN key to use.",
                    "Add your key under Settings; nothing was sent.",
                    "no_key",
                ),
                Store::WrongCredentials => ours(
                    ErrorKind::Invalid { field: "Password".to_owned() },
                    "E-mail or password is wrong.",
                    "Check both and try again.",
                    "wrong_credentials",
                ),
                Store::WrongBootKey => ours(
                    ErrorKind::Invalid { field: "Setup key".to_owned() },
                    "The setup key is wrong, used, or older than an hour.",
                    "Copy it from the server's log; a restart prints a new one.",
                    "wrong_setup_key",
                ),
                Store::Invalid { field, message } => Self::invalid(field, message),
                Store::Conflict { theirs } => ours(
                    ErrorKind::Conflict { theirs },
                    "Somebody changed this while you were typing.",
                    "Both texts are shown; choose which one to keep.",
                    "conflict",
                ),
                Store::AlreadyRunning => ours(
                    ErrorKind::Invalid { field: "Generate".to_owned() },
                    "This cell already has work under way.",
                    "Wait for it or stop it first; nothing was sent, nothing was charged.",
                    "already_running",
                ),
                Store::Busy => ours(
                    ErrorKind::Internal,
                    "Too many people are signing in at this moment.",
                    "Try again in a few seconds.",
                    "busy",
                ),
                Store::Locked => ours(
                    ErrorKind::Internal,
                    "Reelsheet's database is busy.",
                    "Nothing that costs credits was sent. Try again in a few seconds.",
                    "database_busy",
                ),
                Store::NoSpace => ours(
                    ErrorKind::Internal,
                    "The disk of Reelsheet's server is full.",
                    "Nothing that costs credits was sent. Whoever runs the server has to make room.",
                    "no_space",
                ),
                Store::Database(_) | Store::Vault(_) | Store::InUse(_) | Store::Corrupt(_) => {
                    tracing::error!(%error, "the store failed");
                    ours(
                        ErrorKind::Internal,
                        "Reelsheet could not read or save its own data.",
                        "What was saved before is kept. The server's log says more.",
                        "internal",
                    )
                }
            }
        }
    }

    fn ours(kind: ErrorKind, message: &str, advice: &str, code: &str) -> AppError {
        AppError { kind, message: message.to_owned(), advice: advice.to_owned(), code: Some(code.to_owned()) }
    }

    /// GEN's own words first, then what they mean for the person and their credits.
    fn from_gen(error: Gen) -> AppError {
        match error {
            Gen::Api { status, code, message, retry_after } => AppError {
                kind: ErrorKind::Gen { status },
                message,
                advice: advice(status, &code.0, retry_after),
                code: Some(code.0),
            },
            Gen::Unreachable { sent, .. } => AppError {
                kind: ErrorKind::Unreachable,
                message: "GEN cannot be reached.".to_owned(),
                advice: if sent {
                    "The request may have arrived. It is not repeated by itself; check the cell before you try again."
                } else {
                    "Nothing was sent, nothing was charged. What you typed is kept."
                }
                .to_owned(),
                code: Some("unreachable".to_owned()),
            },
            Gen::Decode { operation, .. } => AppError {
                kind: ErrorKind::Unreachable,
                message: format!("GEN's answer to “{operation}” could not be read."),
                advice: "What was saved before is kept. If this was a paid request it may have been charged.".to_owned(),
                code: Some("unreadable_answer".to_owned()),
            },
            Gen::Invalid(message) => AppError::invalid("Request", message),
        }
    }

    /// What to do about GEN's error, by its code first and its status second.
    fn advice(status: u16, code: &str, retry_after: Option<u64>) -> String {
        match (status, code) {
            (_, "insufficient_credits_for_job" | "usable_gen_credit_required" | "no_active_credit_purchase") | (402, _) => {
                "Top up at gen.pro, then try again. Nothing was charged.".to_owned()
            }
            (401, _) => "GEN refuses this key. Replace it under Settings. Nothing was charged.".to_owned(),
            (403, _) => "The key's owner lacks the right for this at GEN. Nothing was charged.".to_owned(),
            (404, _) => "It is gone at GEN, or belongs to another key. What is saved here is kept.".to_owned(),
            (429, _) => match retry_after {
                Some(seconds) => format!("GEN asks to wait {seconds} seconds. Nothing was charged."),
                None => "GEN asks to wait a little. Nothing was charged.".to_owned(),
            },
            (400..=499, _) => "Nothing was charged. Change it and try again.".to_owned(),
            _ => "GEN has a problem of its own. A paid request is never repeated by itself; check before you try again.".to_owned(),
        }
    }
}
