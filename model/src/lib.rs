//! What the store and the browser both speak and GEN does not: people and their roles, keys, saved copies
//! with their age, the history of paid work, and the news that open pages listen for.
//!
//! Times are milliseconds since 1970 in UTC.

#![warn(missing_docs)]

mod cached;
mod change;
mod history;
mod people;
mod sheets;

pub use cached::{Cached, Trouble};
pub use change::{Change, Topic};
pub use history::{Progress, Take, Work};
pub use people::{Action, KeySummary, NewKey, Person, PersonId, Role};
pub use sheets::{AgentOverview, IdeasBoard, SavedCell, SavedRun, SavedVidsheet, VidsheetSummary};
