//! One type per noun's identity. GEN sends ids as numbers and as text; both are read, and what came is what
//! goes back (D1 of the discrepancies).

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An identifier as GEN sent it. Two ids are equal when they read the same, whatever their JSON type was.
#[derive(Clone, Debug)]
pub struct Id {
    text: String,
    number: bool,
}

/// Why a piece of text cannot be an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an id: 1 to 128 letters, digits, '-' or '_' are")]
pub struct InvalidId(String);

impl Id {
    /// The id as it reads in a URL.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether GEN sends this id as a JSON number.
    pub fn is_number(&self) -> bool {
        self.number
    }
}

impl FromStr for Id {
    type Err = InvalidId;

    /// Reads what a person or a URL gave. Canonical digits count as a number, as GEN's own ids do.
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let fits = (1..=128).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if !fits {
            return Err(InvalidId(text.chars().take(40).collect()));
        }
        let number = text.parse::<u64>().is_ok_and(|number| number.to_string() == text);
        Ok(Self { text: text.to_owned(), number })
    }
}

impl PartialEq for Id {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Id {}

impl Hash for Id {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Id {
    /// Numbers by value, then text: the order in which GEN made them, where that can be known.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.text.parse::<u64>().ok(), &self.text).cmp(&(other.text.parse::<u64>().ok(), &other.text))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.number, self.text.parse::<u64>(), self.text.parse::<i64>()) {
            (true, Ok(number), _) => serializer.serialize_u64(number),
            (true, _, Ok(negative)) => serializer.serialize_i64(negative),
            _ => serializer.serialize_str(&self.text),
        }
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdVisitor)
    }
}

struct IdVisitor;

impl Visitor<'_> for IdVisitor {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id: a whole number or a short text")
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Id, E> {
        Ok(Id { text: number.to_string(), number: true })
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Id, E> {
        Ok(Id { text: number.to_string(), number: true })
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Id, E> {
        // Beyond 2^53 a float no longer tells neighbouring ids apart.
        if number.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(&number) {
            return self.visit_u64(number as u64);
        }
        Err(E::custom("a number that is not whole, or too large, is no id"))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Id, E> {
        if text.is_empty() || text.len() > 256 {
            return Err(E::custom("a text that is empty or too long is no id"));
        }
        Ok(Id { text: text.to_owned(), number: false })
    }
}

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Id);

        impl $name {
            /// The id as it reads in a URL.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.parse().map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id_types! {
    /// Who pays and holds credits.
    OrganizationId,
    /// The identity content is made for.
    AgentId,
    /// A picture of an agent.
    AvatarId,
    /// A picture of GEN's own collection, which an agent can wear.
    DegodId,
    /// A voice an agent can speak with.
    VoiceId,
    /// A proposed video.
    IdeaId,
    /// One asynchronous turn of an agent.
    RunId,
    /// The thread of runs and messages.
    ConversationId,
    /// A ready-made vidsheet.
    TemplateId,
    /// The spreadsheet whose rows are videos.
    VidsheetId,
    /// One video of a vidsheet.
    RowId,
    /// One kind of content of a vidsheet.
    ColumnId,
    /// One piece of content: a row meets a column.
    CellId,
    /// One element of a cell's stack.
    LayerId,
    /// One AI job on a cell or layer, a render among them.
    GenerationId,
    /// A file that GEN stores.
    ResourceId,
    /// The signed-in GEN user.
    UserId,
    /// One of three proposals for a designed voice.
    VoiceSampleId,
    /// A key of GEN's, not its secret.
    ApiKeyId,
    /// A folder of the library.
    FolderId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_json_type_it_came_in() {
        for json in ["42", "\"42\"", "\"abc123\"", "\"7b0e-41\""] {
            let id: CellId = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&id).unwrap(), json);
        }
    }

    #[test]
    fn odd_numbers_are_read_exactly_or_refused() {
        let read = |json: &str| serde_json::from_str::<CellId>(json).map(|id| id.to_string());
        assert_eq!(read("18446744073709551615").unwrap(), "18446744073709551615");
        assert_eq!(read("42.0").unwrap(), "42");
        assert_eq!(read("-5").unwrap(), "-5");
        let negative: CellId = serde_json::from_str("-5").unwrap();
        assert_eq!(serde_json::to_string(&negative).unwrap(), "-5");
        for bad in ["18446744073709551616", "1e300", "4.2", "null", "true", "[]", "{}", "\"\""] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn number_and_text_of_the_same_id_are_equal() {
        let number: RowId = serde_json::from_str("7").unwrap();
        assert_eq!(number, serde_json::from_str("\"7\"").unwrap());
        assert_eq!(number, "7".parse().unwrap());
    }

    #[test]
    fn text_from_a_person_must_look_like_an_id() {
        for bad in ["", "../organizations/5", "5%2f", "1?x=", "١", "a b", &"9".repeat(129)] {
            assert!(bad.parse::<AgentId>().is_err(), "{bad:?}");
        }
        for good in ["1", "run_abc123", "a1b2c3d4-e5f6", "007"] {
            assert_eq!(good.parse::<AgentId>().unwrap().as_str(), good);
        }
    }
}
