//! What the store and the browser both speak and GEN does not: people and their roles, keys, saved copies
//! with their age, the history of paid work, and the news that open pages listen for.
//!
//! Times are milliseconds since 1970 in UTC.

#![warn(missing_docs)]

mod cached;
mod change;
mod history;
mod people;
mod queue;
mod sheets;

pub use cached::{Cached, Trouble};
pub use change::{Change, News, Topic};
pub use history::{FOLLOWED_MS, Progress, Refund, Take, Typical, Work, WorkCell, WorkKind};
pub use people::{Action, KeySummary, NewKey, Person, PersonId, Role};
pub use queue::{
    AlreadyMade, Basis, Batch, BatchQuote, Budget, Candidate, Cap, CapScope, Funds, Queue, Quote, QuoteLine,
    Skipped, Unclear,
};
pub use sheets::{AgentOverview, IdeasBoard, SavedCell, SavedRun, SavedVidsheet, VidsheetSummary};
