//! The process: configuration, security, routes that are not pages, workers.
//!
//! `main.rs` reads the configuration and calls [`start`]; the tests do the same.

#![warn(missing_docs)]

pub mod accounts;
pub mod config;
pub mod demo;
pub mod healthcheck;
mod hooks;
pub mod logging;
pub mod router;
pub mod security;

mod events;
mod exports;
mod failure;
mod files;
mod first_start;
mod health;
mod listen;
mod media;
mod metrics;
mod places;
mod site;
mod start;
mod state;
mod workers;

pub use failure::Failure;
pub use files::allow_many_files;
pub use start::{Running, start};
