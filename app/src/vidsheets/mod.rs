//! The spreadsheet whose rows are videos: the registry of vidsheets, and the grid.

mod acts;
mod bulk;
mod cells;
mod creation_card;
mod editor;
mod grid;
mod grid_state;
pub mod import;
mod inspector;
mod keyboard;
mod obey;
mod page;
mod registry;
mod row;
mod selection;
pub mod server_fns;
mod takes;
mod tools;
pub mod variables;
pub mod view_fns;
mod window;

pub use page::VidsheetPage;
pub(crate) use registry::ToVidsheet;
pub use registry::VidsheetsPage;
