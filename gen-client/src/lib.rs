//! The only crate that knows GEN's API.
//!
//! The types in [`model`] speak our vocabulary; [`decode`] makes them from GEN's: wire words such as
//! `spreadsheet_cells` or `user_jobs` are renamed there and stop there. Both compile for the browser. With the
//! feature `http` comes [`GenClient`], one method per GEN operation.

pub mod decode;
pub mod ids;
pub mod model;

mod error;
mod shapes;
mod tolerant;

#[cfg(feature = "http")]
pub mod operation;

#[cfg(feature = "http")]
mod breaker;
#[cfg(feature = "http")]
mod call;
#[cfg(feature = "http")]
mod client;
#[cfg(feature = "http")]
mod config;
#[cfg(feature = "http")]
mod endpoints;
#[cfg(feature = "http")]
mod file;
#[cfg(feature = "http")]
mod key;
#[cfg(feature = "http")]
mod media;
#[cfg(feature = "http")]
mod observer;
#[cfg(feature = "http")]
mod progress;
#[cfg(feature = "http")]
mod refusal;
#[cfg(feature = "http")]
mod response;
#[cfg(feature = "http")]
mod retry;
#[cfg(feature = "http")]
mod sketch;
#[cfg(feature = "http")]
mod strict;
#[cfg(feature = "http")]
mod upload;

pub use error::{Error, ErrorCode};
pub use ids::*;

#[cfg(feature = "http")]
pub use {
    call::Timeouts,
    client::{GenClient, Upstream},
    config::Config,
    endpoints::{AgentKeys, CreatedApiKey, ResourceSource},
    file::File,
    key::{ApiKey, Idempotency},
    media::MediaStream,
    observer::Called,
    upload::{Measure, Measured},
};
