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
mod inspector;
mod keyboard;
mod keys_drawer;
mod list;
mod obey;
mod page;
mod paste;
mod row;
mod rows;
mod selection;
pub mod server_fns;
mod takes;
mod together;
mod undo;
mod window;

pub use list::VidsheetsPage;
pub use page::VidsheetPage;
