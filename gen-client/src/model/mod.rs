//! GEN's nouns in our vocabulary. Every type reads GEN's wire form and our own, and writes ours.

mod agent;
mod agent_core;
mod content_resource;
mod conversation;
mod creation_card;
mod generation;
mod idea;
mod organization;
mod run;
mod template;
mod vidsheet;
mod voice;
mod word;

pub use agent::*;
pub use agent_core::*;
pub use content_resource::*;
pub use conversation::*;
pub use creation_card::*;
pub use generation::*;
pub use idea::*;
pub use organization::*;
pub use run::*;
pub use template::*;
pub use vidsheet::*;
pub use voice::*;
pub(crate) use word::words;
