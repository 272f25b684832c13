//! What rows, columns, cells and layers share: many changed in one call, and a new order.

use serde_json::{Map, Value};

use crate::answer::{Answer, Call, Problem, id_of};
use crate::world::World;

/// One item of a mass update: its id, and everything that was sent with it.
pub type Item = (u64, Map<String, Value>);

/// The items of a mass update: under any of these keys, or bare; one object or many.
pub fn items(call: &Call, keys: &[&str]) -> Result<Vec<Item>, Problem> {
    let found = keys.iter().find_map(|key| call.body.get(*key));
    if found.is_none() && (call.body.is_array() || call.body.get("id").is_some()) {
        call.lenient(&format!("a mass update without {}", keys[0]))?;
    }
    let items: Vec<&Value> = match found.unwrap_or(&call.body) {
        Value::Array(items) => items.iter().collect(),
        item @ Value::Object(fields) if fields.contains_key("id") => vec![item],
        _ => return Err(Problem::validation(format!("{} is required", keys[0]))),
    };
    let one = |item: &Value| {
        let fields = item.as_object().ok_or_else(|| Problem::validation("every item must be an object"))?;
        let id =
            fields.get("id").and_then(id_of).ok_or_else(|| Problem::validation("every item needs an id"))?;
        Ok((id, fields.clone()))
    };
    items.into_iter().map(one).collect()
}

/// Carries a change out on a vidsheet; when it fails, nothing has changed.
pub fn whole<T>(
    world: &mut World,
    sheet: usize,
    change: impl FnOnce(&mut World) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let before = world.vidsheets[sheet].clone();
    change(world).inspect_err(|_| world.vidsheets[sheet] = before)
}

/// The new positions: a list under `key`, or GEN's own `id_to_position`. The list wins when both are there.
pub fn positions(call: &Call, key: &str) -> Result<Vec<(u64, u64)>, Problem> {
    let wrong = || Problem::validation("every position must be a whole number from 0");
    let listed = call.body.get(key).and_then(Value::as_array);
    let pairs: Vec<(Option<u64>, Option<u64>)> = match (listed, call.body.get("id_to_position")) {
        (Some(items), _) => items
            .iter()
            .map(|item| (item.get("id").and_then(id_of), item.get("position").and_then(id_of)))
            .collect(),
        (None, Some(Value::Object(map))) => {
            call.lenient(&format!("id_to_position without {key}"))?;
            map.iter().map(|(id, position)| (id.parse().ok(), id_of(position))).collect()
        }
        _ => return Err(Problem::validation(format!("{key} is required"))),
    };
    if pairs.is_empty() {
        return Err(Problem::validation(format!("{key} is empty")));
    }
    pairs.into_iter().map(|(id, position)| Ok((id.ok_or_else(wrong)?, position.ok_or_else(wrong)?))).collect()
}

/// Puts what was named where it was asked to go; the others keep their order around it.
pub fn reorder<T>(items: &mut Vec<T>, id: impl Fn(&T) -> u64, wanted: &[(u64, u64)]) -> Result<(), Problem> {
    if wanted.iter().any(|(wanted, _)| !items.iter().any(|item| id(item) == *wanted)) {
        return Err(Problem::not_found("Not found"));
    }
    let place = |item: &T| wanted.iter().find(|(wanted, _)| *wanted == id(item)).map(|(_, place)| *place);
    let (mut moved, kept): (Vec<T>, Vec<T>) =
        std::mem::take(items).into_iter().partition(|item| place(item).is_some());
    // A complete list may count from 0 or from 1: only its order matters.
    moved.sort_by_key(&place);
    *items = kept;
    for item in moved {
        let at = place(&item).and_then(|place| usize::try_from(place).ok()).unwrap_or(0).min(items.len());
        items.insert(at, item);
    }
    Ok(())
}

/// Objects merge at every depth; everything else replaces.
pub fn merge(into: &mut Map<String, Value>, changes: &Map<String, Value>) {
    for (key, change) in changes {
        match (into.get_mut(key), change) {
            (Some(Value::Object(inner)), Value::Object(change)) => merge(inner, change),
            _ => {
                into.insert(key.clone(), change.clone());
            }
        }
    }
}

/// Merges `additional_attributes` of a change, when there are some.
pub fn merge_attributes(into: &mut Map<String, Value>, changes: &Map<String, Value>) -> Result<(), Problem> {
    match changes.get("additional_attributes") {
        None | Some(Value::Null) => Ok(()),
        Some(Value::Object(attributes)) => {
            merge(into, attributes);
            Ok(())
        }
        Some(_) => Err(Problem::validation("additional_attributes must be an object")),
    }
}

/// A list as the answer of a call.
pub fn list(shapes: Vec<Value>) -> Answer {
    crate::answer::ok(Value::Array(shapes))
}

#[cfg(test)]
mod tests {
    use super::reorder;

    #[test]
    fn complete_lists_may_count_from_one_and_single_moves_count_from_zero() {
        let order = |wanted: &[(u64, u64)]| {
            let mut items = vec![10, 11, 12, 13];
            reorder(&mut items, |item| *item, wanted).map(|()| items).ok()
        };
        assert_eq!(order(&[(10, 4), (11, 1), (12, 2), (13, 3)]), Some(vec![11, 12, 13, 10]));
        assert_eq!(order(&[(10, 3), (11, 0), (12, 1), (13, 2)]), Some(vec![11, 12, 13, 10]));
        assert_eq!(order(&[(13, 0)]), Some(vec![13, 10, 11, 12]));
        assert_eq!(order(&[(10, 99)]), Some(vec![11, 12, 13, 10]));
        assert_eq!(order(&[(99, 0)]), None);
    }
}
