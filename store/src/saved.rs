//! How ids, words and documents are written into columns and read back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Error, Result};

/// An id out of its column. Canonical digits become a number again, as GEN's own ids are.
pub(crate) fn id<T: DeserializeOwned>(saved: &str) -> Result<T> {
    let number = saved.parse::<u64>().ok().filter(|number| number.to_string() == saved);
    let value = number.map_or_else(|| Value::from(saved), Value::from);
    serde_json::from_value(value).map_err(|error| Error::Corrupt(format!("an id: {error}")))
}

/// A document out of its column.
pub(crate) fn json<T: DeserializeOwned>(saved: &str) -> Result<T> {
    serde_json::from_str(saved).map_err(|error| Error::Corrupt(format!("a document: {error}")))
}

/// A document out of a column that is null for the empty one.
pub(crate) fn json_or_default<T: DeserializeOwned + Default>(saved: Option<&str>) -> Result<T> {
    saved.map_or_else(|| Ok(T::default()), json)
}

/// A document for its column.
pub(crate) fn text<T: Serialize>(document: &T) -> Result<String> {
    serde_json::to_string(document).map_err(|error| Error::Corrupt(format!("cannot be written: {error}")))
}

/// The word that stands for a value of an enum, as serde writes it.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => Ok(word),
        other => Err(Error::Corrupt(format!("{other:?} is not a word"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gen_client::CellId;

    #[test]
    fn ids_read_back_as_gen_sent_them() {
        for (saved, sent) in [("42", "42"), ("run_1", "\"run_1\""), ("007", "\"007\""), ("a b", "\"a b\"")] {
            let id: CellId = id(saved).unwrap();
            assert_eq!(text(&id).unwrap(), sent);
        }
    }
}
