//! The studio against the simulator: the whole journey, what goes wrong on the way, and the money.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod agents;
#[expect(dead_code, reason = "each test program uses its part of it")]
#[path = "../bench/mod.rs"]
mod bench;
mod conversions;
mod faults;
mod journey;
mod money;
mod queue;
mod registry;
mod settings;
mod sheet_acts;
mod sheet_order;
mod tables;
mod variables;
mod views;
mod voices;
mod waiting;
mod watches;
