use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One line of an idea's planned timeline, as far as it can be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedLayer {
    /// What it is, GEN's word.
    pub kind: String,
    /// What it is called; hostile text.
    pub name: String,
    /// Seconds from the start of the video.
    pub start: f64,
    /// Seconds from the start of the video; more than `start`.
    pub end: f64,
}

/// The planned timeline of an idea's `project_manifest`, whose inside is written down nowhere: empty where it has
/// another shape than those that were seen.
pub fn planned_layers(manifest: &Value) -> Vec<PlannedLayer> {
    let layers = manifest["timeline_layers"].as_array().map(Vec::as_slice).unwrap_or_default();
    layers.iter().filter_map(planned_layer).collect()
}

fn planned_layer(layer: &Value) -> Option<PlannedLayer> {
    let text =
        |keys: [&str; 2]| keys.iter().find_map(|key| layer[*key].as_str()).unwrap_or_default().to_owned();
    let number = |keys: [&str; 2]| keys.iter().find_map(|key| layer[*key].as_f64());
    let start = number(["start", "start_time"])?;
    let end = number(["end", "end_time"])
        .or_else(|| number(["duration", "length"]).map(|length| start + length))?;
    let fits = start >= 0.0 && end > start;
    fits.then(|| PlannedLayer {
        kind: text(["type", "kind"]),
        name: text(["name", "description"]),
        start,
        end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_timeline_is_read_where_it_can_be() {
        let manifest = json!({"timeline_layers": [
            {"type": "clip", "name": "Opening", "start": 0, "end": 4},
            {"type": "sound", "start_time": 1.5, "duration": 2},
            {"type": "clip", "start": 4, "end": 4},
            {"frames": [1, 2]},
            "no layer",
        ]});
        let layers = planned_layers(&manifest);
        assert_eq!(layers.len(), 2);
        assert_eq!((layers[0].name.as_str(), layers[1].end), ("Opening", 3.5));
        assert!(planned_layers(&json!("text")).is_empty());
    }
}
