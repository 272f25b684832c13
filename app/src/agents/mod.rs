//! Agents: which there are, what each is made of, and what is set up once for each.

mod about;
pub mod advanced;
mod bought;
mod canvas;
mod choice;
mod head;
mod list;
pub mod monitoring;
mod new_agent;
pub mod server_fns;
mod voice;

pub use about::AboutPage;
pub use advanced::AdvancedPage;
pub use canvas::SetupPage;
pub(crate) use canvas::completeness;
pub use choice::AgentChoice;
pub use list::AgentsPage;
pub use monitoring::MonitoringPage;
pub use voice::server_fns::{CloneVoice, list_voices};
