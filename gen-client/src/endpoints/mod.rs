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

use serde::Serialize;
use serde_json::{Map, Value, json};

pub use api_keys::CreatedApiKey;
pub use content_resources::ResourceSource;

/// An order in both spellings GEN's sources know (D23): a list with positions, and a map from id to position.
fn positions<I: Serialize + ToString>(list: &str, order: &[I]) -> Value {
    let places: Vec<Value> =
        order.iter().enumerate().map(|(position, id)| json!({ "id": id, "position": position })).collect();
    let map: Map<String, Value> =
        order.iter().enumerate().map(|(position, id)| (id.to_string(), json!(position))).collect();
    json!({ list: places, "id_to_position": map })
}
