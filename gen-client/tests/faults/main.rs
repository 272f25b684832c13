//! What leaves this machine, and what becomes of everything GEN may do to it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod answers;
mod breakers;
mod every_call;
mod media;
mod money;
mod operations;
mod reads;
mod redirects;
mod rude;
mod secrets;
mod setup;
mod uploads;
