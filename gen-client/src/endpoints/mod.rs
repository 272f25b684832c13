//! One file per noun, one method of [`GenClient`](crate::GenClient) per operation of GEN.

mod agents;
mod cells;
mod content_resources;
mod conversations;
mod generations;
mod ideas;
mod organizations;
mod rows;
mod runs;
mod templates;
mod vidsheets;
