use leptos::prelude::*;
use model::{ImportKey, ImportPlan};

use super::Desk;

/// Where each column of the file goes, and which row a line is about.
#[component]
pub(super) fn MappingFields(desk: Desk, locked: Signal<bool>) -> impl IntoView {
    let fields = move || desk.plan.get().map(|plan| view! { <Fields plan desk locked /> });
    view! { {fields} }
}

#[component]
fn Fields(plan: ImportPlan, desk: Desk, locked: Signal<bool>) -> impl IntoView {
    let columns =
        (0..plan.file.len()).map(|at| view! { <FileColumnField at plan=plan.clone() desk locked /> });
    let columns = columns.collect_view();
    let key = plan.mapping.key;
    let choose_key = {
        let plan = plan.clone();
        move |value: String| {
            let mut mapping = plan.mapping.clone();
            mapping.key = key_of(&value);
            desk.look(Some(mapping));
        }
    };
    let mut keys = vec![
        (ImportKey::Append, "None: every line is a new row".to_owned()),
        (ImportKey::RowNumber, "Row number: the first line meets the first row".to_owned()),
    ];
    for (at, column) in plan.file.iter().enumerate() {
        let title = shown(&column.title, at);
        keys.push((ImportKey::RowId { at }, format!("GEN's row id in “{title}”")));
        if plan.mapping.columns[at].is_some() {
            keys.push((ImportKey::Column { at }, format!("Same text in “{title}”")));
        }
    }
    let keys = keys
        .into_iter()
        .map(|(option, words)| {
            view! {
                <option value=word_of(option) selected=option == key>
                    {words}
                </option>
            }
        })
        .collect_view();
    view! {
        <fieldset class="import-mapping">
            <legend class="label">"Columns of the file"</legend>
            {columns}
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
fn FileColumnField(at: usize, plan: ImportPlan, desk: Desk, locked: Signal<bool>) -> impl IntoView {
    let title = shown(&plan.file[at].title, at);
    let sample = plan.file[at].sample.clone();
    let chosen = plan.mapping.columns[at].clone();
    let options = plan
        .columns
        .iter()
        .map(|column| {
            let words = match column.is_system {
                true => format!("{}, filled by GEN", column.title),
                false => format!("{}, {}", column.title, column.kind.as_str()),
            };
            view! {
                <option
                    value=column.id.to_string()
                    selected=chosen.as_ref() == Some(&column.id)
                    disabled=column.is_system
                >
                    {words}
                </option>
            }
        })
        .collect_view();
    let choose = move |value: String| {
        let mut mapping = plan.mapping.clone();
        mapping.columns[at] = value.parse().ok();
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
