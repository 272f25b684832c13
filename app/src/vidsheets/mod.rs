//! The spreadsheet whose rows are videos: the registry of vidsheets, and the grid.

mod acts;
mod bulk;
mod cells;
mod columns;
mod creation_card;
mod edit;
mod editor;
mod fill;
mod find;
mod grid;
mod grid_state;
mod history;
pub mod import;
mod inspector;
mod keyboard;
mod keys_drawer;
mod obey;
mod page;
mod paste;
mod registry;
mod row;
mod rows;
mod selection;
pub mod server_fns;
mod takes;
mod together;
mod tools;
mod undo;
pub mod variables;
pub mod view_fns;
mod window;

pub use page::VidsheetPage;
pub(crate) use registry::ToVidsheet;
pub use registry::VidsheetsPage;
