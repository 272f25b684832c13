//! What Reelsheet keeps in SQLite, and when it asks GEN again. All SQL lives here.
//!
//! Reads answer from the saved copy at once and renew it behind the reader's back when it is stale
//! (`freshness`); what then differs is announced as a [`model::Change`]. Writes go to GEN first and are
//! remembered from its answer. Paid calls pass through the `ledger`.

mod accounts;
mod agents;
mod calls;
mod changes;
mod clock;
mod conversions;
mod database;
mod documents;
mod errands;
mod error;
mod exports;
mod files;
mod follow;
mod freshness;
mod generations;
mod history;
mod ideas;
mod imports;
mod keys;
mod ledger;
mod locks;
mod media;
mod passwords;
mod point;
mod presence;
mod queue;
mod renders;
mod saved;
mod sessions;
mod sketches;
mod tables;
mod templates;
#[cfg(test)]
mod testing;
mod variables;
mod vault;
mod vidsheets;
mod views;
mod webhooks;
mod write_tx;

pub use accounts::Credentials;
pub use changes::{Audience, Changes};
pub use clock::{Clock, ManualClock, SystemClock};
pub use error::{Error, Result};
pub use exports::{Export, ExportFormat};
pub use follow::{Follower, Hint};
pub use media::MediaSource;
pub use sessions::{Actor, SessionToken};
pub use vault::MasterKeys;
pub use webhooks::Webhook;

use std::path::PathBuf;
use std::sync::Arc;

use gen_client::Upstream;

use database::Inner;

/// Our SQLite and its rules. Cheap to clone; every clone is the same store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

/// What a store is opened with.
pub struct Options {
    /// The SQLite file.
    pub database: PathBuf,
    /// What encrypts stored GEN keys.
    pub master_keys: MasterKeys,
    /// GEN's hosts.
    pub upstream: Upstream,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
    /// The shortest interval between two looks at one generation, in milliseconds.
    pub poll_ms: u64,
}
