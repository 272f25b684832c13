//! The fault catalogue: one test for each row, named by its number. Each says what the person is told and what must
//! never happen, which is counted at the simulator or at whoever stands before it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod alone;
#[expect(dead_code, reason = "each test program uses its part of it")]
#[path = "../bench/mod.rs"]
mod bench;
mod bodies;
mod disk;
mod following;
mod network;
mod reads;
mod refusals;
mod spends;
mod time;
