//! The address at which GEN may say that something has ended.

pub mod server_fns;
