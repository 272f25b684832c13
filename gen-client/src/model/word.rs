//! Enumerations of GEN's words. GEN adds values without notice, so each keeps a word it does not know.

/// Declares an enum of wire words with an `Unknown` arm, its reader and its writer.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$arm_doc:meta])* $arm:ident = $word:literal $(| $alias:literal)*),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$arm_doc])* #[doc = concat!("GEN's `", $word, "`.")] $arm,)*
            /// A word this version does not know, kept as it came.
            Unknown(String),
        }

        impl $name {
            /// The words that are known, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$arm),*];
            /// The same, as GEN writes them.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word as GEN writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$arm => $word,)*
                    Self::Unknown(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word $(| $alias)* => Self::$arm,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word: Option<String> = crate::tolerant::text(deserializer)?;
                Ok(Self::from(word.unwrap_or_default().as_str()))
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }
    };
}

pub(crate) use words;
