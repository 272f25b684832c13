//! What is known about every operation of GEN: where it is, whether it may be sent twice, what it costs.
//!
//! One executor reads this data; nothing else decides whether a call is repeated.

mod table;

use http::Method;

pub use table::*;

/// One operation of GEN, as one method of [`GenClient`](crate::GenClient) sends it.
#[derive(Debug)]
pub struct Operation {
    /// GEN's own name for it, as in its OpenAPI file.
    pub id: &'static str,
    /// Our method's name, for logs and errors.
    pub name: &'static str,
    /// The verb.
    pub method: Method,
    /// Which of GEN's hosts it lives on.
    pub host: Host,
    /// The path below the version, with a `{name}` for each id.
    pub path: &'static str,
    /// Whether it may be sent again.
    pub repeat: Repeat,
    /// Whether GEN takes credits for it, or it acts in public: then every call names the person's decision.
    pub charges: bool,
    /// How long we wait for it.
    pub patience: Patience,
}

/// Which of GEN's two hosts an operation lives on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Vidsheets, generations, agents, organizations.
    Api,
    /// Ideas, runs, conversations.
    Agent,
}

/// Whether an operation may be sent again after a failure that may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// It changes nothing that matters, so the machine sends it up to three times.
    Auto,
    /// It sets a value that cannot be read again, so the machine sends it at most twice, and not again where the answer
    /// was lost.
    Once,
    /// It sets what others may set too. Where it is not known whether GEN did it, the machine reads the target: what is
    /// there as it was wanted was done. Anything else may be somebody's newer work, for the machine has not seen what
    /// was there before; so it sends nothing over it, and a person hears what GEN said. Only what surely never left, or
    /// was put off by GEN (429), is sent once more.
    Reread,
    /// It removes one thing. The machine sends it at most twice, also where the answer was lost: that the second finds
    /// nothing (404) is what was wanted.
    Gone,
    /// It spends, acts in public, makes another thing each time, or cannot be undone: one send per human decision.
    Never,
}

impl Repeat {
    /// How often the machine may send again by itself.
    pub(crate) fn repetitions(self) -> u32 {
        match self {
            Self::Auto => 2,
            Self::Once | Self::Reread | Self::Gone => 1,
            Self::Never => 0,
        }
    }
}

/// Which of the [`Timeouts`](crate::Timeouts) bounds an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// Everything that GEN answers at once.
    Read,
    /// What may cost credits, and what carries a file.
    Spend,
    /// Cloning a voice, which GEN does before it answers.
    CloneVoice,
}
