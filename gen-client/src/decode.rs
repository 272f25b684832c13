//! The one way from GEN's JSON to our types: unwrap, rename, then read.
//!
//! GEN's sources disagree on spellings, and an answer may carry several at once. Each noun's [`Shape`] lists them;
//! only places it names are walked, so what people and models wrote (`data`, `result`, `additional_attributes`)
//! stays as it came.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::Error;
use crate::model::{ColumnRole, Variable, Vidsheet};

/// How a noun looks on the wire.
pub struct Shape {
    /// For each field our name, then GEN's other ones. The first that is neither absent nor null counts.
    pub(crate) names: &'static [&'static [&'static str]],
    /// Fields, by our name, that hold one or several objects of another shape.
    pub(crate) nested: &'static [(&'static str, &'static Shape)],
    /// What is more than another name.
    pub(crate) mend: fn(&mut Map<String, Value>),
}

/// A type that GEN sends.
pub trait Noun: DeserializeOwned {
    /// How it looks.
    const SHAPE: &'static Shape;
    /// The keys GEN may wrap one of them in.
    const ONE: &'static [&'static str];
    /// The keys GEN may wrap a list of them in.
    const MANY: &'static [&'static str];

    /// Completes what only the whole can tell.
    fn complete(&mut self) {}
}

/// Reads one object, bare or wrapped. [`Error::Decode`] without the answer's content if it is none.
pub fn one<T: Noun>(operation: &'static str, json: Value) -> Result<T, Error> {
    read(unwrap_one(json, T::ONE)).map_err(|reason| Error::Decode { operation, reason })
}

/// Reads a list, bare or wrapped. Elements that cannot be read are left out and logged, so that one odd element
/// does not hide the others; [`Error::Decode`] if it is no list, or if that leaves nothing.
pub fn many<T: Noun>(operation: &'static str, json: Value) -> Result<Vec<T>, Error> {
    let Some(elements) = unwrap_many(json, T::MANY) else {
        return Err(Error::Decode { operation, reason: "it is not a list".into() });
    };
    let (mut items, mut refused) = (Vec::with_capacity(elements.len()), Vec::new());
    for element in elements {
        match read(element) {
            Ok(item) => items.push(item),
            Err(reason) => refused.push(reason),
        }
    }
    if let Some(reason) = refused.first() {
        if items.is_empty() {
            return Err(Error::Decode { operation, reason: reason.clone() });
        }
        tracing::warn!(operation, count = refused.len(), reason, "left out elements that cannot be read");
    }
    Ok(items)
}

/// Reads the variables of a vidsheet, which GEN's sources show as nothing, a list, a wrapped list, or a vidsheet of
/// their own with a column for names and one for values (D30).
pub fn variables(operation: &'static str, json: Value) -> Result<Vec<Variable>, Error> {
    let is_sheet =
        ["rows", "spreadsheet_rows"].iter().any(|&rows| json.get(rows).is_some_and(Value::is_array));
    if json.is_null() {
        return Ok(Vec::new());
    }
    if !is_sheet {
        return many(operation, json);
    }
    let sheet: Vidsheet = one(operation, json)?;
    let columns: Vec<_> =
        sheet.columns.iter().filter(|column| column.role == ColumnRole::GlobalVariable).collect();
    // GEN's two roles read as one of ours; the name stands before its value.
    let [name, value] = columns[..] else {
        return Err(Error::Decode { operation, reason: "it has no columns for names and values".into() });
    };
    let text = |row: &crate::model::Row, column| row.cell(column).and_then(|cell| cell.value.clone());
    let variable =
        |row| Some(Variable { name: text(row, &name.id)?, value: text(row, &value.id).unwrap_or_default() });
    Ok(sheet.rows.iter().filter_map(variable).collect())
}

fn read<T: Noun>(mut json: Value) -> Result<T, String> {
    rename(&mut json, T::SHAPE);
    let mut item: T = serde_json::from_value(json).map_err(|error| without_content(&error.to_string()))?;
    item.complete();
    Ok(item)
}

fn unwrap_one(mut json: Value, keys: &[&str]) -> Value {
    if let Value::Object(object) = &mut json
        && !object.contains_key("id")
        && let Some(key) = keys.iter().find(|&&key| object.get(key).is_some_and(Value::is_object))
    {
        return object.remove(*key).unwrap_or_default();
    }
    json
}

fn unwrap_many(json: Value, keys: &[&str]) -> Option<Vec<Value>> {
    match json {
        Value::Array(elements) => Some(elements),
        Value::Object(mut object) => keys.iter().find_map(|&key| match object.remove(key) {
            Some(Value::Array(elements)) => Some(elements),
            _ => None,
        }),
        _ => None,
    }
}

/// Turns GEN's spellings into ours, in every place the shape names.
fn rename(json: &mut Value, shape: &Shape) {
    match json {
        Value::Array(elements) => elements.iter_mut().for_each(|element| rename(element, shape)),
        Value::Object(object) => {
            for names in shape.names {
                take_first(object, names);
            }
            (shape.mend)(object);
            for (field, nested) in shape.nested {
                if let Some(inner) = object.get_mut(*field) {
                    rename(inner, nested);
                }
            }
        }
        _ => {}
    }
}

/// Keeps the first of several names under the first name.
fn take_first(object: &mut Map<String, Value>, names: &[&str]) {
    let mut kept = None;
    for &name in names {
        let value = object.remove(name).filter(|value| !value.is_null());
        kept = kept.or(value);
    }
    if let (Some(value), Some(&ours)) = (kept, names.first()) {
        object.insert(ours.to_owned(), value);
    }
}

/// serde quotes the text it did not expect; that may be anything, so it is cut out.
fn without_content(message: &str) -> String {
    match (message.find('"'), message.rfind('"')) {
        (Some(from), Some(to)) if from < to => {
            format!("{}…{}", &message[..from], &message[to + 1..])
        }
        _ => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Agent, Cell, Column};
    use serde_json::json;

    #[test]
    fn the_first_spelling_that_says_something_counts() {
        let cell: Cell = one(
            "test",
            json!({ "id": 1, "column_id": null, "spreadsheet_column_id": 7, "user_jobs": [{ "id": 2, "generation_id": 2 }],
                "generations": null, "execution_cost": "1.5", "cost": null }),
        )
        .unwrap();
        assert_eq!(cell.column_id.unwrap().as_str(), "7");
        assert_eq!(cell.generations.len(), 1);
        assert_eq!(cell.cost, Some(1.5));
    }

    #[test]
    fn what_people_wrote_is_not_renamed() {
        let written = json!({ "spreadsheet_rows": [{ "user_jobs": 1 }], "error": "x", "file_url": "y" });
        let cell: Cell = one("test", json!({ "id": 1, "additional_attributes": written.clone() })).unwrap();
        assert_eq!(Value::Object(cell.additional_attributes), written);
    }

    #[test]
    fn lists_and_objects_come_bare_or_wrapped() {
        let bare: Vec<Agent> = many("test", json!([{ "id": 1 }])).unwrap();
        assert_eq!(many::<Agent>("test", json!({ "agents": [{ "id": 1 }], "total": 1 })).unwrap(), bare);
        assert_eq!(one::<Agent>("test", json!({ "agent": { "id": 1 } })).unwrap(), bare[0]);
        assert!(many::<Agent>("test", json!({ "id": 1 })).is_err());
        assert!(many::<Agent>("test", json!(null)).is_err());
    }

    #[test]
    fn d30_variables_come_in_four_shapes() {
        let read = |json: Value| {
            let variables = variables("test", json).unwrap();
            variables.into_iter().map(|variable| (variable.name, variable.value)).collect::<Vec<_>>()
        };
        let both = [("tone".to_owned(), "calm".to_owned()), ("cta".to_owned(), String::new())];
        assert_eq!(read(json!(null)), []);
        assert_eq!(
            read(json!([{ "id": 1, "key": "tone", "value": "calm" }, { "name": "cta", "value": null }])),
            both
        );
        assert_eq!(
            read(json!({ "id": 6, "variables": [{ "key": "tone", "value": "calm" }, { "key": "cta" }] })),
            both
        );
        let columns = json!([{ "id": 8, "position": 1, "column_role": "global_variable_value" },
            { "id": 7, "position": 0, "column_role": "global_variable_name" }]);
        let row = |id: u32, cells: Value| json!({ "id": id, "position": id, "spreadsheet_cells": cells });
        let rows = json!([
            row(
                1,
                json!([{ "id": 1, "column_id": 7, "value": "tone" }, { "id": 2, "column_id": 8, "value": "calm" }])
            ),
            row(
                2,
                json!([{ "id": 3, "column_id": 7, "value": "cta" }, { "id": 4, "column_id": 8, "value": null }])
            ),
        ]);
        assert_eq!(read(json!({ "id": 6, "spreadsheet_columns": columns, "spreadsheet_rows": rows })), both);
        for odd in [json!(7), json!("x"), json!({ "id": 6, "spreadsheet_rows": [] })] {
            assert!(variables("test", odd).is_err());
        }
    }

    #[test]
    fn f19_one_odd_element_does_not_hide_the_others() {
        let columns: Vec<Column> =
            many("test", json!([{ "id": 1 }, { "title": "no id" }, 7, { "id": 2 }])).unwrap();
        assert_eq!(columns.len(), 2);
        assert!(many::<Column>("test", json!([{ "title": "no id" }])).is_err());
        assert_eq!(many::<Column>("test", json!([])).unwrap(), []);
    }

    #[test]
    fn a_refusal_to_read_does_not_quote_the_answer() {
        for odd in [json!("secret words"), json!({ "id": { "secret": "words" } }), json!({ "id": "" })] {
            let error = one::<Agent>("open_agent", odd).unwrap_err().to_string();
            assert!(!error.contains("secret") && error.contains("open_agent"), "{error}");
        }
    }
}
