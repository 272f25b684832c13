//! What every feature draws with: icons, notes, times, dialogs. Nothing here knows a noun of GEN's.

mod act;
mod as_of;
mod chips;
mod credits;
mod dialog;
mod draft;
mod drawer;
mod empty;
mod error_note;
mod field;
mod icon;
mod icon_paths;
mod menu;
mod request;
mod save_state;
mod time;

pub use act::Act;
pub use as_of::AsOf;
pub use chips::Chips;
pub use credits::{Credits, credits, credits_estimate, number};
pub use dialog::Dialog;
pub use draft::{draft, draft_text, sign_in_again};
pub use drawer::Drawer;
pub use empty::Empty;
pub use error_note::ErrorNote;
pub use field::{Counter, Segmented, Switch};
pub use icon::{Icon, Logo};
pub use icon_paths::IconName;
pub use menu::Menu;
pub use request::new_request;
pub use save_state::{SaveState, Saving};
pub use time::{ClockTime, TimeAgo, clock_until, day, provide_now};
