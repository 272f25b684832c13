use model::Action;

/// What can go wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// GEN refused, failed or was not reached.
    #[error(transparent)]
    Gen(#[from] gen_client::Error),
    /// SQLite failed.
    #[error("the database: {0}")]
    Database(#[source] sqlx::Error),
    /// Another process holds the database, or too many wait to write; nothing was written, and nothing sent.
    #[error("the database is busy")]
    Locked,
    /// The disk is full; nothing was written, and nothing sent.
    #[error("the disk is full")]
    NoSpace,
    /// There is no such thing, or not for this person: the two look the same on purpose.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The person's role does not allow it.
    #[error("this needs a role that may {0:?}")]
    Forbidden(Action),
    /// The person has no GEN key that could be used.
    #[error("there is no GEN key to use")]
    NoKey,
    /// E-mail or password is wrong, or the account is disabled: the three look the same on purpose.
    #[error("e-mail or password is wrong")]
    WrongCredentials,
    /// The one-time setup key is wrong, used or too old.
    #[error("the setup key is wrong, used, or older than an hour")]
    WrongBootKey,
    /// What was given cannot be taken.
    #[error("{field}: {message}")]
    Invalid {
        /// Which field, by its label's words.
        field: &'static str,
        /// Why, and the limit.
        message: String,
    },
    /// Somebody saved something else meanwhile; nothing was overwritten.
    #[error("somebody changed it meanwhile")]
    Conflict {
        /// What is there now.
        theirs: String,
    },
    /// The same cell has work whose outcome nobody knows, or that still runs.
    #[error("this cell already has work under way")]
    AlreadyRunning,
    /// Too many people are signing in at once.
    #[error("too many sign-ins at once")]
    Busy,
    /// A stored key cannot be opened, or the key ring does not fit the database.
    #[error("the master keys: {0}")]
    Vault(String),
    /// Another process uses the data directory.
    #[error("the data directory is in use by another reelsheet process{0}")]
    InUse(String),
    /// What was saved cannot be read back.
    #[error("a saved record cannot be read: {0}")]
    Corrupt(String),
}

/// The store's result.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// SQLite's own numbers; an extended one holds them in its lowest byte.
const SQLITE_BUSY: u32 = 5;
const SQLITE_FULL: u32 = 13;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
        match (&error, code.map(|code| code & 0xff)) {
            (sqlx::Error::PoolTimedOut, _) | (_, Some(SQLITE_BUSY)) => Self::Locked,
            (_, Some(SQLITE_FULL)) => Self::NoSpace,
            _ => Self::Database(error),
        }
    }
}
