//! Rows by columns: ARIA grid roles, a window of rows, the keyboard. It does not know what a cell shows.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::grid_state::{Beside, GridState, Place};
use super::obey::on_key;
use super::paste;
use super::row::GridRowView;
use super::window::{FIRST_WINDOW, Heights, page_of_rows, rows_around, rows_in_document, scroll_to_show};
use crate::error::AppError;
use crate::ui::{Icon, IconName};
use gen_client::model::{Column, ColumnKind, ColumnRole};

/// The grid. `trouble` is where an act that belongs to no cell says why it failed.
#[component]
pub fn Grid(
    /// What it shows.
    state: GridState,
    /// Its accessible name.
    title: String,
    /// Where an act that belongs to no cell says why it failed.
    trouble: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let body = NodeRef::<html::Div>::new();
    let window = RwSignal::new(0..FIRST_WINDOW);
    let live = RwSignal::new(false);
    let heights = RwSignal::new(Heights::default());

    let measure = move || {
        let Some(scroller) = scroller.get_untracked() else {
            return;
        };
        let rows = state.rows.with_untracked(Vec::len);
        let measured = heights_of(&scroller);
        heights.maybe_update(|heights| std::mem::replace(heights, measured) != measured);
        let seen = rows_around(
            measured,
            f64::from(scroller.scroll_top()),
            f64::from(scroller.client_height()),
            rows,
        );
        window.maybe_update(|window| std::mem::replace(window, seen.clone()) != seen);
    };
    // Only a page that lives can place its rows: the server's markup carries no styles of its own.
    Effect::new(move || {
        let (Some(body), rows) = (body.get(), state.rows.with(Vec::len)) else {
            return;
        };
        set_style(&body, "height", &format!("{}px", rows as f64 * heights.get().row));
        live.set(true);
        measure();
    });
    measure_when_resized(scroller, measure);
    keep_active_in_sight(state, heights, scroller, measure);

    let shown = Memo::new(move |_| {
        let (window, active) = (window.get(), state.active.get().row);
        state.rows.with(|rows| {
            let wanted = rows_in_document(&window, active, rows.len());
            wanted.into_iter().map(|at| (at, rows[at].id.clone())).collect::<Vec<_>>()
        })
    });
    let on_key = move |event: KeyboardEvent| {
        let page = scroller
            .get_untracked()
            .map_or(1, |scroller| page_of_rows(heights.get_untracked(), f64::from(scroller.client_height())));
        on_key(state, &event, page, trouble);
    };
    view! {
        <div class="grid-scroller" node_ref=scroller on:scroll=move |_| measure()>
            <div
                class="grid"
                class:is-live=live
                role="grid"
                aria-label=title
                aria-rowcount=move || state.rows.with(Vec::len) + 1
                aria-colcount=move || state.columns.with(Vec::len)
                aria-multiselectable="true"
                on:keydown=on_key
                on:copy=move |event| {
                    paste::copy(state, &event);
                }
                on:cut=move |event| paste::cut(state, &event, trouble)
                on:paste=move |event| paste::paste(state, &event, trouble)
                on:mouseup=move |_| state.end_filling(trouble)
            >
                <div class="grid-head" role="rowgroup">
                    <div class="grid-row" role="row" aria-rowindex="1">
                        <div class="grid-gutter" aria-hidden="true"></div>
                        {move || state.columns.get().into_iter().enumerate().map(|place| header(state, place)).collect_view()}
                    </div>
                </div>
                <div class="grid-body" role="rowgroup" node_ref=body>
                    <For each=move || shown.get() key=|row| row.clone() let:row>
                        <GridRowView state at=row.0 live heights />
                    </For>
                </div>
            </div>
        </div>
    }
}

/// The grid is as tall as what stands around it lets it be, which nobody knows before the page is laid out, and
/// which changes with every note and drawer.
fn measure_when_resized(scroller: NodeRef<html::Div>, measure: impl Fn() + 'static + Copy) {
    Effect::new(move || {
        let Some(scroller) = scroller.get() else { return };
        let resized = Closure::<dyn Fn()>::new(measure);
        match web_sys::ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            Ok(observer) => {
                observer.observe(&scroller);
                let kept = StoredValue::new_local((observer, resized));
                on_cleanup(move || kept.with_value(|(observer, _)| observer.disconnect()));
            }
            Err(error) => leptos::logging::error!("the grid cannot follow its size: {error:?}"),
        }
    });
}

/// How tall the first row and the header are on this screen.
fn heights_of(scroller: &web_sys::HtmlElement) -> Heights {
    let height = |selector: &str| {
        let element =
            scroller.query_selector(selector).ok().flatten()?.dyn_into::<web_sys::HtmlElement>().ok()?;
        Some(f64::from(element.offset_height())).filter(|height| *height > 0.0)
    };
    let usual = Heights::default();
    Heights {
        row: height(".grid-body > .grid-row").unwrap_or(usual.row),
        head: scroller
            .query_selector(".grid-head")
            .ok()
            .flatten()
            .map_or(usual.head, |head| head.client_height().into()),
    }
}

/// Sets a style from script, which the content security policy allows where it forbids a style attribute.
pub(super) fn set_style(element: &web_sys::HtmlElement, property: &str, value: &str) {
    if let Err(error) = element.style().set_property(property, value) {
        leptos::logging::error!("cannot set {property}: {error:?}");
    }
}

/// Whether rows are laid out as cards; `style/grid.css` has the same width.
pub(super) fn is_narrow() -> bool {
    window().match_media("(max-width: 767px)").ok().flatten().is_some_and(|query| query.matches())
}

/// The element id of a cell's box, by place.
pub(super) fn element_id(place: Place) -> String {
    format!("cell-{}-{}", place.row, place.column)
}

/// The class that gives a column its width; `style/grid.css` has the widths.
pub(super) fn width_class(column: &Column) -> &'static str {
    match (column.role, &column.kind) {
        (ColumnRole::Video, _) => "grid-cell is-layers",
        (ColumnRole::FinalVideo, _) => "grid-cell is-final",
        (ColumnRole::Stats, _) | (_, ColumnKind::Stats) => "grid-cell is-stats",
        (_, ColumnKind::Image) => "grid-cell is-image",
        (_, ColumnKind::Audio) => "grid-cell is-audio",
        (_, ColumnKind::Video) => "grid-cell is-video",
        (_, ColumnKind::Text | ColumnKind::Unknown(_)) => "grid-cell is-text",
    }
}

fn header(state: GridState, (at, column): (usize, Column)) -> impl IntoView {
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
    view! {
        <div
            class=class
            class:is-in-selection=selected
            role="columnheader"
            on:dblclick=move |_| state.beside.set(Some(Beside::Columns))
            aria-colindex=at + 1
            aria-label=title
            title=if system { Some("A column of GEN's own: it cannot be edited".to_owned()) } else { column.description.clone() }
        >
            <span class="head-title">{column.title} {system.then(|| view! { <Icon name=IconName::Lock /> })}</span>
            <span class="head-kind">
                <Icon name=icon />
                {words}
            </span>
        </div>
    }
}

/// Scrolls to the active cell and gives it the focus, if the focus is in the grid already.
fn keep_active_in_sight(
    state: GridState,
    heights: RwSignal<Heights>,
    scroller: NodeRef<html::Div>,
    measure: impl Fn() + Copy + 'static,
) {
    Effect::new(move |before: Option<Place>| {
        let place = state.active.get();
        let (Some(scroller), true) = (scroller.get_untracked(), before.is_some_and(|before| before != place))
        else {
            return place;
        };
        let (top, height) = (f64::from(scroller.scroll_top()), f64::from(scroller.client_height()));
        if let Some(top) = scroll_to_show(heights.get_untracked(), place.row, top, height) {
            scroller.set_scroll_top(top as i32);
            measure();
        }
        request_animation_frame(move || focus(place));
        place
    });
}

/// Gives a cell the focus without letting the browser scroll by its own idea.
pub(super) fn focus(place: Place) {
    let element = document().get_element_by_id(&element_id(place));
    let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    if let Err(error) = element.focus() {
        leptos::logging::error!("cannot focus a cell: {error:?}");
    }
    element.scroll_into_view_with_scroll_into_view_options(&nearest());
}

fn nearest() -> web_sys::ScrollIntoViewOptions {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
    options
}
