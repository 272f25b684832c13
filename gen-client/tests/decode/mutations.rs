//! Whatever GEN may do to a payload, it is read or refused in our words: nothing panics, and only a broken
//! identity is worth refusing for.

use super::payloads::{READERS, fixture};
use gen_client::Error;
use serde_json::{Map, Value, json};

/// What a field may turn into; the text must never show in an error.
fn odd_values() -> Vec<Value> {
    let huge: Value = serde_json::from_str("184467440737095516160").unwrap();
    vec![
        Value::Null,
        json!(true),
        json!(0),
        json!(-1),
        json!(4.2),
        json!(u64::MAX),
        huge,
        json!(""),
        json!("SENTINEL"),
        json!([]),
        json!({}),
        json!([null, "SENTINEL", { "SENTINEL": 1 }]),
        json!({ "SENTINEL": [1] }),
    ]
}

/// Fields that say which thing it is.
const IDENTITIES: [&str; 11] = [
    "id",
    "run_id",
    "voice_id",
    "generation_id",
    "user_job_id",
    "agent_id",
    "asset_folder_id",
    "signed_id",
    "key",
    "voice_sample",
    "voice_description",
];

#[test]
fn f19_f20_every_field_may_be_gone_null_renamed_or_of_another_type() {
    let mut refused = 0;
    let mut tried = 0;
    for (name, reader) in READERS {
        let payload = fixture(name);
        for path in paths(&payload) {
            for (what, mutant) in mutants(&payload, &path) {
                tried += 1;
                let Err(error) = reader(mutant) else { continue };
                refused += 1;
                let place = format!("{name}{path}: {what}");
                assert!(matches!(error, Error::Decode { .. }), "{place}: {error}");
                assert!(!error.to_string().contains("SENTINEL"), "{place}: {error}");
                assert!(may_refuse(&payload, &path), "{place}: {error}");
            }
        }
    }
    assert!(tried > 5_000 && refused > 100, "{tried} tried, {refused} refused");
}

#[test]
fn f19_fields_nobody_knows_change_nothing() {
    for (name, reader) in READERS {
        let payload = fixture(name);
        let mut grown = payload.clone();
        // The patch's answer is a map, so there a new key is a new section.
        if *name == "core_saved" {
            continue;
        }
        for path in paths(&payload) {
            let opaque = ["data", "result", "additional_attributes", "project_manifest", "selected_assets"];
            let opaque = opaque.iter().any(|field| path.contains(field)) && *name != "idea";
            // GEN describes nothing inside a profile's sections, so all of it is kept.
            if opaque || (*name == "profile" && !path.is_empty()) {
                continue;
            }
            if let Some(Value::Object(object)) = grown.pointer_mut(&path) {
                object.insert("a_field_of_next_year".into(), json!({ "nested": [1, 2, 3] }));
            }
        }
        assert_ne!(grown, payload, "{name}");
        assert_eq!(reader(grown).unwrap(), reader(payload).unwrap(), "{name}");
    }
}

#[test]
fn f18_what_is_no_object_is_refused() {
    for (name, reader) in READERS {
        for odd in odd_values().into_iter().filter(|odd| !odd.is_object() && !odd.is_array()) {
            assert!(matches!(reader(odd.clone()), Err(Error::Decode { .. })), "{name}: {odd}");
        }
    }
}

/// Only at the top, in its wrapper, or in an element of a list that has no other.
fn may_refuse(payload: &Value, path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    let depth = path.matches('/').count();
    let at_the_top =
        depth <= if payload.is_array() { 2 } else { 1 } || WRAPPED.iter().any(|key| path.starts_with(key));
    at_the_top
        && (path.is_empty()
            || IDENTITIES.contains(&last)
            // Without an address there is nothing to send a file to.
            || path == "/direct_upload/url"
            || last.parse::<usize>().is_ok()
            || WRAPPED
                .iter()
                .any(|key| path.strip_prefix(key).is_some_and(|rest| rest.matches('/').count() == 0)))
}

const WRAPPED: [&str; 7] =
    ["/agent", "/conversations", "/voices", "/content_resource", "/direct_upload", "/samples", "/variables"];

/// The place of every value, as JSON pointers; fixture keys need no escaping.
fn paths(value: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let children: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (key, child) in children {
        found.extend(paths(child).into_iter().map(|rest| format!("/{key}{rest}")));
    }
    found
}

fn mutants(payload: &Value, path: &str) -> Vec<(String, Value)> {
    let mut mutants: Vec<(String, Value)> = odd_values()
        .into_iter()
        .map(|odd| {
            let mut mutant = payload.clone();
            *mutant.pointer_mut(path).unwrap() = odd.clone();
            (format!("becomes {odd}"), mutant)
        })
        .collect();
    let Some((parent, key)) = path.rsplit_once('/') else {
        return mutants;
    };
    let mut without = payload.clone();
    if let Some(Value::Object(object)) = without.pointer_mut(parent) {
        let value = object.remove(key).unwrap();
        let mut renamed: Map<String, Value> = object.clone();
        renamed.insert(format!("{key}_of_next_year"), value);
        mutants.push(("is gone".into(), without.clone()));
        *without.pointer_mut(parent).unwrap() = Value::Object(renamed);
        mutants.push(("is renamed".into(), without));
    }
    mutants
}
