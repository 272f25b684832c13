//! The sheet as a plain table: for reading with a screen reader, for printing, and without any script.

use gen_client::model::{ColumnKind, ColumnRole};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Cached, SavedVidsheet, SheetView};

use super::cells::{CellContent, face};
use super::grid_state::{GridRow, GridState, Place};
use super::row::content;
use super::views;
use crate::paths;
use crate::ui::AsOf;

/// How many rows one page holds.
const ROWS: usize = 100;

/// One page of the rows of a view. Each cell leads to its drawer beside the grid.
#[component]
pub fn PlainTable(
    /// The vidsheet.
    opened: Cached<SavedVidsheet>,
    /// How it is looked at.
    view: SheetView,
    /// Which page, from one.
    page: usize,
) -> impl IntoView {
    let title = opened.value.vidsheet.title.clone();
    let look = views::text_of(&view);
    let state = GridState::new(opened, view);
    let (agent, vidsheet) = state.ids.get_value();
    let grid = paths::looked_at(paths::vidsheet(&agent, &vidsheet), look.as_deref());
    let count = state.rows.with_untracked(Vec::len);
    let (pages, page) = (count.div_ceil(ROWS).max(1), page.max(1));
    let first = ((page - 1) * ROWS).min(count);
    let turn = |to: usize, words: &'static str| {
        let there = (1..=pages).contains(&to);
        let address = paths::vidsheet_as_table(&agent, &vidsheet, to);
        let href = paths::looked_at(address, look.as_deref());
        there.then(|| view! { <a class="button" href=href>{words}</a> })
    };
    let (before, after) = (turn(page - 1, "Rows before"), turn(page + 1, "Rows after"));
    let heads =
        state.columns.get_untracked().into_iter().map(|column| view! { <th scope="col">{column.title}</th> });
    let heads = heads.collect_view();
    let rows = state.rows.with_untracked(|rows| {
        let page = rows.iter().enumerate().skip(first).take(ROWS);
        page.map(|(at, row)| line(state, at, row)).collect_view()
    });
    let age = state.age.get_untracked();
    view! {
        <Title text=format!("{title}, as a table · Reelsheet") />
        <div class="page page-wide">
            <h1>{title.clone()}</h1>
            <div class="buttons">
                <a class="button" href=grid>"Back to the grid"</a>
                {before}
                {after}
                <AsOf as_of=age.as_of refreshing=false trouble=age.trouble />
            </div>
            <div class="table-frame" tabindex="0" role="region" aria-label="Rows">
                <table class="table">
                    <caption>{format!("Rows {} to {} of {count}", (first + 1).min(count), (first + ROWS).min(count))}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Row"</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    }
}

fn line(state: GridState, at: usize, row: &GridRow) -> impl IntoView + use<> {
    let (agent, vidsheet) = state.ids.get_value();
    let columns = state.columns.get_untracked();
    let cells = columns.iter().enumerate().map(|(column_at, column)| {
        let content = untrack(|| content(state, Place { row: at, column: column_at }, column));
        content
            .map(|content| {
                let href = paths::cell(&agent, &vidsheet, &row.id, &content.cell.id);
                view! { <td><a class="cell-link" href=href>{words(&content)}</a></td> }.into_any()
            })
            .unwrap_or_else(|| view! { <td></td> }.into_any())
    });
    let cells = cells.collect_view();
    view! {
        <tr>
            <th scope="row">{at + 1}</th>
            {cells}
        </tr>
    }
}

/// The text of a cell, or how far what it makes has come.
fn words(content: &CellContent) -> String {
    let is_text = content.column.role == ColumnRole::Ingredient && content.column.kind == ColumnKind::Text;
    if is_text && !content.text.is_empty() {
        return content.text.clone();
    }
    let face = face(content);
    if face.fact.is_empty() { face.word.to_owned() } else { format!("{} · {}", face.word, face.fact) }
}
