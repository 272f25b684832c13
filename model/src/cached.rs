use serde::{Deserialize, Serialize};

/// Our saved copy of something of GEN's, with its age.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cached<T> {
    /// The copy.
    pub value: T,
    /// When GEN last said so, in milliseconds since 1970.
    pub as_of: i64,
    /// Whether GEN is being asked again right now; a [`crate::Change`] follows if anything differs.
    pub refreshing: bool,
    /// Why the copy could not be renewed, if the last attempt failed.
    pub trouble: Option<Trouble>,
}

impl<T> Cached<T> {
    /// The same copy seen through a function.
    pub fn map<U>(self, see: impl FnOnce(T) -> U) -> Cached<U> {
        Cached {
            value: see(self.value),
            as_of: self.as_of,
            refreshing: self.refreshing,
            trouble: self.trouble,
        }
    }
}

/// Why GEN could not be asked, in words for a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trouble {
    /// Since when it fails, in milliseconds since 1970.
    pub since: i64,
    /// What happened; holds GEN's own message where there is one.
    pub message: String,
    /// GEN's machine code, if it answered at all.
    pub code: Option<String>,
    /// Whether GEN was not reached, as opposed to reached and unwilling.
    pub unreachable: bool,
}
