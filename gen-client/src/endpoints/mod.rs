//! One file per noun, one method of [`GenClient`](crate::GenClient) per operation of GEN.

mod agents;
mod api_keys;
mod automation;
mod avatars;
mod cells;
mod columns;
mod content_resources;
mod conversations;
mod elevenlabs;
mod generations;
mod ideas;
mod layers;
mod library;
mod organizations;
mod profiles;
mod rows;
mod runs;
mod templates;
mod uploads;
mod user_jobs;
mod variables;
mod vidsheets;
mod voices;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::decode::{Noun, Shape};
use crate::shapes::PLAIN;

pub use agents::AgentKeys;
pub use api_keys::CreatedApiKey;
pub use content_resources::ResourceSource;

/// Whether what is there has everything that was wanted; it may have more. Numbers and texts must be the same.
fn holds(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => {
            wanted.iter().all(|(field, wanted)| found.get(field).is_some_and(|found| holds(found, wanted)))
        }
        (Value::Array(found), Value::Array(wanted)) => {
            found.len() == wanted.len()
                && found.iter().zip(wanted).all(|(found, wanted)| holds(found, wanted))
        }
        (found, wanted) => found == wanted,
    }
}

/// Whether the things that were named stand in this order; others may stand between them.
fn stand_in<'a, I: PartialEq + 'a>(order: &[I], found: impl Iterator<Item = &'a I>) -> bool {
    found.filter(|id| order.contains(id)).eq(order)
}

/// A row or column as GEN sent it, with what only a comparison asks for.
#[derive(Deserialize)]
struct AsItCame(Value);

impl Noun for AsItCame {
    const SHAPE: &'static Shape = &PLAIN;
    const ONE: &'static [&'static str] = &[];
    const MANY: &'static [&'static str] = &["rows", "spreadsheet_rows", "columns", "spreadsheet_columns"];
}

impl AsItCame {
    /// Whether each of these is among what was found, by its id.
    fn all_hold(found: &[Self], wanted: &[Value]) -> bool {
        wanted.iter().all(|wanted| found.iter().any(|found| holds(&found.0, wanted)))
    }
}

/// An order in both spellings GEN's sources know (D23): a list with positions, and a map from id to position.
fn positions<I: Serialize + ToString>(list: &str, order: &[I]) -> Value {
    let places: Vec<Value> =
        order.iter().enumerate().map(|(position, id)| json!({ "id": id, "position": position })).collect();
    let map: Map<String, Value> =
        order.iter().enumerate().map(|(position, id)| (id.to_string(), json!(position))).collect();
    json!({ list: places, "id_to_position": map })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_was_wanted_is_well_and_less_is_not() {
        let found = json!({ "name": "Kiln", "voice": { "id": 1, "gender": "male" }, "tags": [{ "id": 7, "tag": "a" }] });
        for wanted in [
            json!({}),
            json!({ "name": "Kiln" }),
            json!({ "voice": { "id": 1 } }),
            json!({ "tags": [{ "tag": "a" }] }),
        ] {
            assert!(holds(&found, &wanted), "{wanted}");
        }
        for wanted in [
            json!({ "name": "Kilns" }),
            json!({ "title": null }),
            json!({ "voice": { "id": "1" } }),
            json!({ "tags": [] }),
            json!({ "tags": [{ "tag": "a" }, { "tag": "b" }] }),
        ] {
            assert!(!holds(&found, &wanted), "{wanted}");
        }
    }

    #[test]
    fn an_order_is_that_of_what_was_named() {
        let found = ["a", "x", "b"];
        assert!(stand_in(&["a", "b"], found.iter()));
        assert!(!stand_in(&["b", "a"], found.iter()));
        assert!(!stand_in(&["a", "b", "c"], found.iter()));
    }
}
