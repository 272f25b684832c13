//! Work that GEN does for credits: how it stands, what it costs, what can be done about it. Shared by the queue, the
//! renders, the cells and the ideas board.

mod buttons;
mod clock;
mod money;
mod quote;
pub mod server_fns;
mod standing;
mod unclear;
mod words;

pub use buttons::{WorkButtons, can_retry};
pub use clock::{Elapsed, is_late, since, span_words, times_words};
pub use money::{Money, money};
pub use quote::{FitsWord, PriceLine, Quoted, asked_later, fits, price_of};
pub use standing::{Standing, StateWord, Tone, standing};
pub use unclear::UnclearCall;
pub use words::{href, kind_words, model_words, name, settings_words, who};
