//! Settings: keys, who pays, whom GEN tells.

pub mod automation;
mod head;
pub mod keys;
mod spending;
pub mod workspace;

pub use automation::AutomationPage;
pub use keys::KeysPage;
pub use spending::SpendingPage;
pub use workspace::WorkspacePage;
