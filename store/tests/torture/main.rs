//! Many at once, and anything in any order: what must hold whatever people, GEN and the machine do. How much is done
//! follows from the variables named in each file; `make torture` sets them high.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod acts;
#[expect(dead_code, reason = "each test program uses its part of it")]
#[path = "../bench/mod.rs"]
mod bench;
mod bulk;
mod sheet;

/// A number out of the environment, or this one.
fn size(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).map_or(otherwise, |number| number.parse().unwrap())
}
