//! Work that GEN does for credits: shared by cells, renders and the queue.

pub mod server_fns;
