//! The spreadsheet whose rows are videos: the registry of vidsheets, and the grid.

mod acts;
mod bulk;
mod cells;
mod creation_card;
mod editor;
mod grid;
mod grid_state;
mod inspector;
mod keyboard;
mod list;
mod obey;
mod page;
mod row;
mod selection;
pub mod server_fns;
mod takes;
mod window;

pub use list::VidsheetsPage;
pub use page::VidsheetPage;
