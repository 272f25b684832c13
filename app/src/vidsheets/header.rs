//! The head of a column: what it is called and holds, how wide it is, and what can be done with it.

use gen_client::model::{Column, ColumnKind, ColumnRole};
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use model::{Filter, Operand, SheetView, SortBy, Test};
use wasm_bindgen::JsCast;

use super::drag::{self, Lines};
use super::grid::width_class;
use super::grid_state::{Beside, GridState};
use super::views::{self, set_width};
use crate::ui::{Icon, IconName, Menu};

/// The head of the column at a place.
pub fn header(state: GridState, (at, column): (usize, Column)) -> impl IntoView {
    let (icon, words) = match (column.role, &column.kind) {
        (ColumnRole::Video, _) => (IconName::Layers, "Layers"),
        (ColumnRole::FinalVideo, _) => (IconName::Film, "Render"),
        (ColumnRole::Stats, _) | (_, ColumnKind::Stats) => (IconName::Chart, "Credits"),
        (_, ColumnKind::Image) => (IconName::Image, "Image"),
        (_, ColumnKind::Audio) => (IconName::Microphone, "Speech"),
        (_, ColumnKind::Video) => (IconName::Video, "Video"),
        (_, ColumnKind::Text | ColumnKind::Unknown(_)) => (IconName::Text, "Text"),
    };
    let (system, title, class) = (column.role.is_system(), column.title.clone(), width_class(&column));
    let selected = Memo::new(move |_| state.selected.get().is_some_and(|span| span.holds_column(at)));
    let lands = Memo::new(move |_| {
        state.drag.get().is_some_and(|drag| drag.lines == Lines::Columns && drag.before == Some(at))
    });
    let hint = if system {
        Some("A column of GEN's own: it cannot be edited".to_owned())
    } else {
        column.description.clone()
    };
    let sorted = {
        let by = Operand::Column { id: column.id.clone() };
        Memo::new(move |_| {
            let rule = state.view.with(|view| view.sort.iter().find(|rule| rule.by == by).cloned());
            rule.map(|rule| if rule.descending { "descending" } else { "ascending" })
        })
    };
    view! {
        <div
            class=class
            class:is-in-selection=selected
            class:lands-before=lands
            role="columnheader"
            on:dblclick=move |_| state.beside.set(Some(Beside::Columns))
            aria-colindex=at + 1
            aria-label=title
            aria-sort=move || sorted.get()
            title=hint
        >
            <span class="head-title" on:pointerdown=move |event| drag::begin(state, Lines::Columns, at, &event)>
                {column.title.clone()}
                {move || sorted.get().map(|way| view! { <Icon name=if way == "ascending" { IconName::ChevronUp } else { IconName::ChevronDown } /> })}
                {system.then(|| view! { <Icon name=IconName::Lock /> })}
            </span>
            <span class="head-kind">
                <Icon name=icon />
                {words}
            </span>
            <HeadMenu state at column=column.clone() />
            <ResizeHandle state column />
        </div>
    }
}

/// What can be done with a column, for the mouse; the drawers "View" and "Columns" have the same for keys.
#[component]
fn HeadMenu(state: GridState, at: usize, column: Column) -> impl IntoView {
    let (id, title) = (StoredValue::new(column.id), column.title);
    let by = move || Operand::Column { id: id.get_value() };
    let sort = move |descending: bool| {
        views::change(state, |view| view.sort = vec![SortBy { by: by(), descending }]);
    };
    let filter = move |_| {
        views::change(state, |view| {
            view.filters.push(Filter { on: by(), is: Test::Contains(String::new()) });
        });
        state.beside.set(Some(Beside::View));
    };
    let act = move |words: &'static str, change: fn(&mut SheetView, Operand, usize)| {
        view! {
            <button type="button" on:click=move |_| views::change(state, |view| change(view, by(), at))>
                {words}
            </button>
        }
    };
    view! {
        <Menu class="menu-plain head-menu" in_tab_order=false summary=move || view! {
            <Icon name=IconName::ChevronDown />
            <span class="visually-hidden">"Menu of " {title.clone()}</span>
        }>
            <div class="menu-items from-end">
                <button type="button" on:click=move |_| sort(false)>"Sort, smallest first"</button>
                <button type="button" on:click=move |_| sort(true)>"Sort, largest first"</button>
                <button type="button" on:click=filter>"Filter…"</button>
                {act("Group by this", |view, by, _| view.group = Some(by))}
                {act("Hide", |view, by, _| if let Operand::Column { id } = by { view.hidden_columns.push(id) })}
                {act("Keep in sight up to here", |view, _, at| view.frozen = u32::try_from(at + 1).unwrap_or(u32::MAX).min(FROZEN_MOST))}
                <button type="button" on:click=move |_| state.beside.set(Some(Beside::Columns))>"Rename, describe, move…"</button>
            </div>
        </Menu>
    }
}

/// How many columns can stay in sight at most; `style/grid.css` has a rule for each.
pub const FROZEN_MOST: u32 = 3;

/// The right edge of a head, to drag.
#[component]
fn ResizeHandle(state: GridState, column: Column) -> impl IntoView {
    let id = StoredValue::new(column.id);
    // Where the pointer was, and how wide the column was, when the drag began.
    let began = StoredValue::new(None::<(f64, f64)>);
    let width = move |event: &PointerEvent| {
        let (from, width) = began.get_value()?;
        Some((width + f64::from(event.client_x()) - from).max(0.0) as u32)
    };
    let begin = move |event: PointerEvent| {
        let Some(handle) = event.current_target().and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok())
        else {
            return;
        };
        event.prevent_default();
        let head = handle.parent_element().map(|head| head.get_bounding_client_rect().width());
        began.set_value(head.map(|width| (f64::from(event.client_x()), width)));
        if let Err(error) = handle.set_pointer_capture(event.pointer_id()) {
            leptos::logging::error!("a column cannot be dragged: {error:?}");
        }
    };
    // Shown at once; the view, and with it the address, changes when the drag is over.
    let drag = move |event: PointerEvent| {
        let grid = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        let grid = grid.and_then(|it| it.closest(".grid").ok().flatten());
        let grid = grid.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
        if let (Some(width), Some(grid)) = (width(&event), grid) {
            let mut view = state.view.get_untracked();
            view.widths.insert(id.get_value().as_str().to_owned(), width);
            super::grid::lay_out(&grid, &view, &state.columns.get_untracked());
        }
    };
    let end = move |event: PointerEvent| {
        if let Some(width) = width(&event) {
            began.set_value(None);
            set_width(state, id.get_value().as_str(), width);
        }
    };
    view! {
        <span
            class="resize-handle"
            aria-hidden="true"
            on:pointerdown=begin
            on:pointermove=drag
            on:pointerup=end
            on:pointercancel=end
            on:dblclick=move |event| {
                event.stop_propagation();
                views::change(state, |view| view.widths.retain(|column, _| column != id.get_value().as_str()));
            }
        ></span>
    }
}
