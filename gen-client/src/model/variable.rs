use serde::{Deserialize, Serialize};

use crate::tolerant;

/// A `{{name}}` that any prompt of a vidsheet may use.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variable {
    /// Its name, without braces.
    pub name: String,
    /// What it stands for.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub value: String,
}
