//! Everything about the view: filters, order, groups, layout, columns, and its name.

use gen_client::model::Column;
use leptos::prelude::*;
use model::{Operand, RowHeight, SheetView, SortBy};

use super::filters::Filters;
use super::saved::Saved;
use super::{change, set, set_width};
use crate::ui::Drawer;
use crate::vidsheets::grid_state::GridState;
use crate::vidsheets::header::FROZEN_MOST;
use crate::vidsheets::window::{NARROWEST, WIDEST, width_of};

/// The view beside the grid.
#[component]
pub fn ViewDrawer(
    /// The open vidsheet.
    state: GridState,
) -> impl IntoView {
    let left_out = move || {
        let (all, shown) = (state.shown.with(|shown| shown.all_rows), state.rows.with(Vec::len));
        format!("{shown} of {all} rows")
    };
    view! {
        <Drawer title="View" on_close=move |()| state.beside.set(None)>
            <p class="meta" role="status">{left_out}</p>
            <Filters state />
            <Order state />
            <Layout state />
            <Columns state />
            <div class="buttons">
                <button type="button" class="button" disabled=move || state.view.with(|view| *view == SheetView::default()) on:click=move |_| set(state, SheetView::default())>
                    "Show everything"
                </button>
            </div>
            <Saved state />
        </Drawer>
    }
}

/// By what rows are sorted and grouped.
#[component]
fn Order(state: GridState) -> impl IntoView {
    let count = Memo::new(move |_| state.view.with(|view| view.sort.len()));
    let add = move |by: Option<Operand>| {
        if let Some(by) = by {
            change(state, |view| view.sort.push(SortBy { by, descending: false }));
        }
    };
    let group = move |by: Option<Operand>| change(state, |view| view.group = by);
    let grouped = Signal::derive(move || state.view.with(|view| view.group.clone()));
    view! {
        <fieldset class="view-part">
            <legend>"Order"</legend>
            <For each=move || 0..count.get() key=|at| *at let:at>
                <SortLine state at />
            </For>
            <OperandSelect state label="Sort by" none="Add a sort…" on_choose=add />
            <OperandSelect state label="Group by" none="No groups" chosen=grouped on_choose=group />
        </fieldset>
    }
}

/// One rule of the order.
#[component]
fn SortLine(state: GridState, at: usize) -> impl IntoView {
    let rule = Memo::new(move |_| state.view.with(|view| view.sort.get(at).cloned()));
    let by = Signal::derive(move || rule.get().map(|rule| rule.by));
    let descending = move || rule.with(|rule| rule.as_ref().is_some_and(|rule| rule.descending));
    let name = format!("Sort {}", at + 1);
    let choose = move |by: Option<Operand>| {
        change(state, |view| match by {
            Some(by) => view.sort[at].by = by,
            None => drop(view.sort.remove(at)),
        });
    };
    let turn = move |_| change(state, |view| view.sort[at].descending ^= true);
    view! {
        <div class="view-line">
            <OperandSelect state label=name.clone() none="Not sorted" chosen=by on_choose=choose />
            <button type="button" class="button" aria-label=format!("{name}, largest first") aria-pressed=move || descending().to_string() on:click=turn>
                {move || if descending() { "Largest first" } else { "Smallest first" }}
            </button>
        </div>
    }
}

/// How tall rows are, and what stays in sight.
#[component]
fn Layout(state: GridState) -> impl IntoView {
    let heights = [(RowHeight::Small, "S"), (RowHeight::Medium, "M"), (RowHeight::Large, "L")];
    let height = move |(height, words): (RowHeight, &'static str)| {
        let chosen = move || state.view.with(|view| view.row_height == height);
        view! {
            <button type="button" class="button" aria-label=format!("Row height {words}") aria-pressed=move || chosen().to_string() on:click=move |_| change(state, |view| view.row_height = height)>
                {words}
            </button>
        }
    };
    let frozen = move |event: web_sys::HtmlSelectElement| {
        if let Ok(count) = event.value().parse() {
            change(state, |view| view.frozen = count);
        }
    };
    let options = (0..=FROZEN_MOST).map(|count| {
        let words = match count {
            0 => "No column".to_owned(),
            1 => "The first column".to_owned(),
            count => format!("The first {count} columns"),
        };
        let selected = move || state.view.with(|view| view.frozen == count);
        view! { <option value=count.to_string() prop:selected=selected selected=selected>{words}</option> }
    });
    view! {
        <fieldset class="view-part">
            <legend>"Layout"</legend>
            <div class="buttons" role="group" aria-label="Row height">
                {heights.map(height).collect_view()}
            </div>
            <label class="field">
                <span class="label">"Always in sight"</span>
                <select class="input" on:change:target=move |event| frozen(event.target())>
                    {options.collect_view()}
                </select>
            </label>
        </fieldset>
    }
}

/// Which columns are in sight, and how wide they are; in the order of the sheet.
#[component]
fn Columns(state: GridState) -> impl IntoView {
    let all = Memo::new(move |_| {
        let mut all = state.columns.get();
        all.extend(state.shown.with(|shown| shown.hidden.clone()));
        let position = |column: &Column| column.position.unwrap_or(f64::MAX);
        all.sort_by(|one, other| position(one).total_cmp(&position(other)));
        all
    });
    view! {
        <fieldset class="view-part">
            <legend>"Columns in sight"</legend>
            <ul role="list">
                <For each=move || all.get() key=|column| (column.id.clone(), column.title.clone()) let:column>
                    <ColumnLine state column />
                </For>
            </ul>
        </fieldset>
    }
}

#[component]
fn ColumnLine(state: GridState, column: Column) -> impl IntoView {
    let id = StoredValue::new(column.id.clone());
    let visible =
        Memo::new(move |_| state.view.with(|view| id.with_value(|id| !view.hidden_columns.contains(id))));
    let toggle = move |_| {
        let id = id.get_value();
        change(state, |view| {
            let before = view.hidden_columns.len();
            view.hidden_columns.retain(|hidden| *hidden != id);
            if view.hidden_columns.len() == before {
                view.hidden_columns.push(id);
            }
        });
    };
    let title = column.title.clone();
    let width = move || state.view.with(|view| width_of(view, &column)).to_string();
    let widen = move |typed: String| {
        if let Ok(width) = typed.parse::<u32>() {
            set_width(state, id.get_value().as_str(), width);
        }
    };
    view! {
        <li class="view-line">
            <label class="check grow">
                <input type="checkbox" prop:checked=visible on:change=toggle />
                {title.clone()}
            </label>
            <input
                class="input view-width"
                type="number"
                min=NARROWEST.to_string()
                max=WIDEST.to_string()
                step="1"
                aria-label=format!("Width of {title} in pixels")
                disabled=move || !visible.get()
                prop:value=width
                on:change:target=move |event| widen(event.target().value())
            />
        </li>
    }
}

/// Chooses what about a row is looked at. Without `chosen` it adds: each choice is told, and none stays.
#[component]
pub(super) fn OperandSelect(
    state: GridState,
    /// Its accessible name.
    #[prop(into)]
    label: String,
    /// What it says while nothing is chosen.
    none: &'static str,
    /// What is chosen.
    #[prop(optional, into)]
    chosen: Signal<Option<Operand>>,
    /// Hears each choice.
    #[prop(into)]
    on_choose: Callback<Option<Operand>>,
) -> impl IntoView {
    let all = Memo::new(move |_| {
        let hidden = state.shown.with(|shown| shown.hidden.clone());
        let columns = state.columns.get().into_iter().chain(hidden);
        let columns = columns.map(|column| (column.title, Operand::Column { id: column.id }));
        let own = [("State".to_owned(), Operand::State), ("Credits".to_owned(), Operand::Cost)];
        columns.chain(own).collect::<Vec<_>>()
    });
    let option = move |(words, operand): (String, Operand)| {
        let value = serde_json::to_string(&operand).unwrap_or_default();
        let selected = move || chosen.with(|chosen| chosen.as_ref() == Some(&operand));
        view! { <option value=value prop:selected=selected>{words}</option> }
    };
    let choose = move |select: web_sys::HtmlSelectElement| {
        on_choose.run(serde_json::from_str(&select.value()).ok());
        if untrack(|| chosen.with(Option::is_none)) {
            select.set_value("");
        }
    };
    view! {
        <select class="input" aria-label=label on:change:target=move |event| choose(event.target())>
            <option value="" prop:selected=move || chosen.with(Option::is_none)>{none}</option>
            {move || all.get().into_iter().map(option).collect_view()}
        </select>
    }
}
