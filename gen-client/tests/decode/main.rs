//! GEN's documented payloads, read whole and read broken.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod documented;
mod fuzz;
mod mutations;
mod payloads;
