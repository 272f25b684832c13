use model::Trouble;

use super::Kind;
use crate::{Error, Result};

/// What `fetched` says about a noun.
#[derive(Default, sqlx::FromRow)]
pub(super) struct Mark {
    pub(super) at: Option<i64>,
    pub(super) tried_at: Option<i64>,
    pub(super) failed_since: Option<i64>,
    pub(super) failure: Option<String>,
    pub(super) turn: i64,
    pub(super) outdated: bool,
}

impl Mark {
    /// Why the last attempt failed, if it did.
    pub(super) fn trouble(&self) -> Result<Option<Trouble>> {
        let read =
            |json: &String| serde_json::from_str(json).map_err(|error| Error::Corrupt(error.to_string()));
        self.failure.as_ref().map(read).transpose()
    }
}

/// What is known, which is nothing at first.
pub(super) async fn mark_in(connection: &mut sqlx::SqliteConnection, kind: Kind, id: &str) -> Result<Mark> {
    let mark = sqlx::query_as(
        "SELECT at, tried_at, failed_since, failure, turn, outdated FROM fetched WHERE noun = ? AND id = ?",
    )
    .bind(kind.name())
    .bind(id)
    .fetch_optional(connection)
    .await?;
    Ok(mark.unwrap_or_default())
}

/// A failure in words for a person.
pub(super) fn trouble(error: &Error, since: i64) -> Trouble {
    use gen_client::Error as Gen;
    let (message, code, unreachable) = match error {
        Error::Gen(Gen::Api { message, code, .. }) => (message.clone(), Some(code.0.clone()), false),
        Error::Gen(Gen::Unreachable { .. }) => (error.to_string(), None, true),
        _ => (error.to_string(), None, false),
    };
    Trouble { since, message, code, unreachable }
}
