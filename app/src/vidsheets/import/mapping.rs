use leptos::prelude::*;
use model::{FileColumn, ImportKey, ImportMapping, TargetColumn};

use super::Desk;

/// Where each column of the file goes, and which row a line is about.
#[component]
pub(super) fn MappingFields(desk: Desk, locked: Signal<bool>) -> impl IntoView {
    // Drawn once a file, so that the choice a person is at keeps the focus.
    let shape = Memo::new(move |_| {
        desk.plan.with(|plan| plan.as_ref().map(|plan| (plan.file.clone(), plan.columns.clone())))
    });
    let mapping = Memo::new(move |_| {
        let plan = desk.plan.get();
        plan.map_or_else(nothing, |plan| plan.mapping)
    });
    move || shape.get().map(|(file, columns)| view! { <Fields file columns mapping desk locked /> })
}

fn nothing() -> ImportMapping {
    ImportMapping { columns: Vec::new(), key: ImportKey::Append }
}

#[component]
fn Fields(
    file: Vec<FileColumn>,
    columns: Vec<TargetColumn>,
    mapping: Memo<ImportMapping>,
    desk: Desk,
    locked: Signal<bool>,
) -> impl IntoView {
    let fields = file.iter().enumerate().map(|(at, column)| {
        view! { <FileColumnField at column=column.clone() columns=columns.clone() mapping desk locked /> }
    });
    let fields = fields.collect_view();
    let choose_key = move |value: String| {
        let mut mapping = mapping.get_untracked();
        mapping.key = key_of(&value);
        desk.look(Some(mapping));
    };
    let file = StoredValue::new(file);
    let keys = move || {
        let ImportMapping { columns, key } = mapping.get();
        let mut keys = vec![
            (ImportKey::Append, "None: every line is a new row".to_owned()),
            (ImportKey::RowNumber, "Row number: the first line meets the first row".to_owned()),
        ];
        file.with_value(|file| {
            for (at, column) in file.iter().enumerate() {
                let title = shown(&column.title, at);
                keys.push((ImportKey::RowId { at }, format!("GEN's row id in “{title}”")));
                if columns.get(at).is_some_and(Option::is_some) {
                    keys.push((ImportKey::Column { at }, format!("Same text in “{title}”")));
                }
            }
        });
        let option = |(option, words): (ImportKey, String)| {
            view! {
                <option value=word_of(option) selected=option == key>
                    {words}
                </option>
            }
        };
        keys.into_iter().map(option).collect_view()
    };
    view! {
        <fieldset class="import-mapping">
            <legend class="label">"Columns of the file"</legend>
            {fields}
        </fieldset>
        <label class="field">
            <span class="label">"Match lines to rows by"</span>
            <select class="input" disabled=locked on:change:target=move |event| choose_key(event.target().value())>
                {keys}
            </select>
        </label>
        <p class="muted">"An empty field leaves the cell as it is. Empty rows at the end are filled before new ones are made."</p>
    }
}

#[component]
fn FileColumnField(
    at: usize,
    column: FileColumn,
    columns: Vec<TargetColumn>,
    mapping: Memo<ImportMapping>,
    desk: Desk,
    locked: Signal<bool>,
) -> impl IntoView {
    let (title, sample) = (shown(&column.title, at), column.sample);
    let options = columns
        .into_iter()
        .map(|column| {
            let words = if column.is_system {
                format!("{}, filled by GEN", column.title)
            } else {
                format!("{}, {}", column.title, column.kind.as_str())
            };
            let (value, is_system) = (column.id.to_string(), column.is_system);
            let selected =
                move || mapping.with(|mapping| mapping.columns.get(at) == Some(&Some(column.id.clone())));
            view! {
                <option value=value selected=selected disabled=is_system>
                    {words}
                </option>
            }
        })
        .collect_view();
    let choose = move |value: String| {
        let mut mapping = mapping.get_untracked();
        if let Some(place) = mapping.columns.get_mut(at) {
            *place = value.parse().ok();
        }
        desk.look(Some(mapping));
    };
    view! {
        <label class="import-column">
            <span class="import-title">
                {title} {(!sample.is_empty()).then(|| view! { <span class="muted">{sample}</span> })}
            </span>
            <select class="input" disabled=locked on:change:target=move |event| choose(event.target().value())>
                <option value="">"Leave out"</option>
                {options}
            </select>
        </label>
    }
}

fn shown(title: &str, at: usize) -> String {
    if title.is_empty() { format!("Column {}", at + 1) } else { title.to_owned() }
}

fn word_of(key: ImportKey) -> String {
    match key {
        ImportKey::Append => "append".to_owned(),
        ImportKey::RowNumber => "number".to_owned(),
        ImportKey::RowId { at } => format!("id {at}"),
        ImportKey::Column { at } => format!("column {at}"),
    }
}

fn key_of(word: &str) -> ImportKey {
    let at = |rest: &str| rest.parse().unwrap_or(usize::MAX);
    match word.split_once(' ') {
        Some(("id", rest)) => ImportKey::RowId { at: at(rest) },
        Some(("column", rest)) => ImportKey::Column { at: at(rest) },
        _ if word == "number" => ImportKey::RowNumber,
        _ => ImportKey::Append,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_word_of_its_own() {
        for key in
            [ImportKey::Append, ImportKey::RowNumber, ImportKey::RowId { at: 3 }, ImportKey::Column { at: 0 }]
        {
            assert_eq!(key_of(&word_of(key)), key);
        }
    }
}
