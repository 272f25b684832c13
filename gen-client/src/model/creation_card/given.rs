//! What a card is given outright, or by the name of the column or variable that holds it. GEN has a field for each
//! way; an enum, so that a card cannot say both.

use serde::{Deserialize, Serialize};

use crate::ResourceId;

macro_rules! given {
    ($($(#[$doc:meta])* $name:ident($kind:ty) = $said:literal | $named:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum $name {
            /// This.
            #[doc = concat!("GEN's `", $said, "`.")]
            #[serde(rename = $said)]
            Said($kind),
            /// What the column or variable of this name holds.
            #[doc = concat!("GEN's `", $named, "`.")]
            #[serde(rename = $named)]
            Named(String),
        }

        impl From<$kind> for $name {
            fn from(said: $kind) -> Self {
                Self::Said(said)
            }
        }
    )*};
}

given! {
    /// What to make, in words; `{{name}}` in them stands for a variable.
    Prompt(String) = "prompt" | "prompt_var";
    /// What must not be seen, in words.
    NegativePrompt(String) = "negative_prompt" | "negative_prompt_var";
    /// The picture a clip begins with.
    FirstPicture(ResourceId) = "image_resource_id" | "image_var";
    /// The picture a clip ends with.
    LastPicture(ResourceId) = "image_tail_resource_id" | "image_tail_var";
}

impl From<&str> for Prompt {
    fn from(said: &str) -> Self {
        Self::Said(said.to_owned())
    }
}

impl From<&str> for NegativePrompt {
    fn from(said: &str) -> Self {
        Self::Said(said.to_owned())
    }
}

impl Prompt {
    /// The words, where they are said outright.
    pub fn said(&self) -> Option<&str> {
        match self {
            Self::Said(words) => Some(words),
            Self::Named(_) => None,
        }
    }

    /// Whether there is neither a word nor a name.
    pub(super) fn is_blank(&self) -> bool {
        let (Self::Said(text) | Self::Named(text)) = self;
        text.trim().is_empty()
    }
}

impl NegativePrompt {
    /// The words, where they are said outright.
    pub fn said(&self) -> Option<&str> {
        match self {
            Self::Said(words) => Some(words),
            Self::Named(_) => None,
        }
    }
}
