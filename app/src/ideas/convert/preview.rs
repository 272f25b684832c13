use gen_client::model::{Column, Idea};
use leptos::prelude::*;
use model::{ColumnMapping, ConversionPlan, IdeaField};

use super::super::card::shown_title;

/// So many rows are shown before the yes.
const ROWS: usize = 20;
/// So much of a text is shown, in characters.
const TEXT: usize = 160;

/// The rows as they will be, with what goes under each column to choose.
#[component]
pub fn Preview(
    /// One row each.
    ideas: Vec<Idea>,
    /// The columns.
    plan: ConversionPlan,
    /// What goes under which.
    mapping: RwSignal<ColumnMapping>,
) -> impl IntoView {
    let heads =
        plan.columns.iter().map(|column| view! { <Head column=column.clone() mapping /> }).collect_view();
    let more = ideas.len().saturating_sub(ROWS);
    let titles: Vec<String> = plan.columns.iter().map(|column| column.title.clone()).collect();
    let rows = ideas
        .into_iter()
        .take(ROWS)
        .map(|idea| {
            let title = shown_title(&idea);
            let idea = StoredValue::new(idea);
            let cells = titles
                .iter()
                .map(|column| {
                    let column = column.clone();
                    let text = move || {
                        let field = mapping.with(|mapping| mapping.get(&column).copied());
                        field.map(|field| short(&idea.with_value(|idea| field.of(idea))))
                    };
                    view! { <td>{text}</td> }
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{title}</th>
                    {cells}
                </tr>
            }
        })
        .collect_view();
    let hint = if plan.remembered { "As chosen the last time." } else { "Proposed by the columns' names." };
    view! {
        <div class="table-frame convert-preview" tabindex="0" role="region" aria-label="Preview">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Idea"</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="field-hint">
            {hint} " A column without a choice stays empty."
            {(more > 0).then(|| format!(" And {more} more rows."))}
        </p>
    }
}

#[component]
fn Head(column: Column, mapping: RwSignal<ColumnMapping>) -> impl IntoView {
    let title = StoredValue::new(column.title.clone());
    let now =
        Memo::new(move |_| title.with_value(|title| mapping.with(|mapping| mapping.get(title).copied())));
    let choose = move |chosen: String| {
        let field = IdeaField::ALL.into_iter().find(|field| field.as_str() == chosen);
        mapping.update(|mapping| match field {
            Some(field) => drop(mapping.insert(title.get_value(), field)),
            None => drop(mapping.remove(&title.get_value())),
        });
    };
    let options = IdeaField::ALL
        .into_iter()
        .map(|field| {
            view! {
                <option value=field.as_str() selected=move || now.get() == Some(field)>
                    {field.as_str()}
                </option>
            }
        })
        .collect_view();
    view! {
        <th scope="col">
            <label class="convert-column">
                <span>{column.title}</span>
                <select class="input" on:change:target=move |event| choose(event.target().value())>
                    <option value="" selected=move || now.get().is_none()>
                        "Nothing"
                    </option>
                    {options}
                </select>
            </label>
        </th>
    }
}

fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(TEXT).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
