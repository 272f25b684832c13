//! Who gets in, and what no answer goes out without. One file a rule; `router.rs` puts them in order.

mod access;
mod answer_status;
mod body_limit;
mod cross_site;
mod form_referer;
mod headers;
mod origin;
mod proxy;
mod public;
mod refusal;
mod session;

pub use access::{Access, Demo};
pub use answer_status::AnswerStatus;
pub use proxy::Proxy;
pub use public::PUBLIC_PAGES;
pub use public::public_server_fns;

pub(crate) use body_limit::body_limit;
pub(crate) use cross_site::cross_site_guard;
pub(crate) use form_referer::form_referer;
pub(crate) use headers::headers;
pub(crate) use origin::{RequestOrigin, origin};
pub(crate) use public::is_probe;
pub(crate) use refusal::broken;
pub(crate) use session::sessions;
