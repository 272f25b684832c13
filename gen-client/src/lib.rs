//! The only crate that knows GEN's API.
//!
//! The types in [`model`] speak our vocabulary and read GEN's: wire words such as `spreadsheet_cells` or
//! `user_jobs` are renamed while decoding and stop here. They compile for the browser. With the feature
//! `http` comes [`GenClient`], one method per GEN operation.

pub mod ids;
pub mod model;

mod error;
mod tolerant;

#[cfg(feature = "http")]
mod client;
#[cfg(feature = "http")]
mod endpoints;

pub use error::{Error, ErrorCode};
pub use ids::*;

#[cfg(feature = "http")]
pub use client::{ApiKey, Config, GenClient, Idempotency};
