//! Readers for what GEN sends in more than one shape. Each accepts null and absence as "nothing", and reads what it
//! cannot use as nothing too: only an identity is worth refusing an answer for.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// What is null or of another type reads as the default.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    Ok(optional(deserializer)?.unwrap_or_default())
}

/// A number, or a number in quotes; anything else is `None` (credits, costs: D14, D29).
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Ok(match Option::<Value>::deserialize(deserializer)? {
        Some(Value::Number(number)) => number.as_f64(),
        Some(Value::String(text)) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    })
}

/// Text, or anything else as its JSON; null and absence are `None`.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Option::<Value>::deserialize(deserializer)? {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text),
        Some(other) => Some(other.to_string()),
    })
}

/// As [`text`], with nothing as the empty text.
pub(crate) fn string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(text(deserializer)?.unwrap_or_default())
}

/// A list whose unreadable elements are left out and logged, so that one odd row never hides the others.
pub(crate) fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let Some(Value::Array(elements)) = Option::<Value>::deserialize(deserializer)? else {
        return Ok(Vec::new());
    };
    let all = elements.len();
    let items: Vec<T> =
        elements.into_iter().filter_map(|element| serde_json::from_value(element).ok()).collect();
    if items.len() < all {
        let kind = std::any::type_name::<T>();
        tracing::warn!(kind, count = all - items.len(), "left out elements of GEN's that cannot be read");
    }
    Ok(items)
}

/// An object, or nothing where it is null or unreadable.
pub(crate) fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(Option::<Value>::deserialize(deserializer)?.and_then(|value| serde_json::from_value(value).ok()))
}
