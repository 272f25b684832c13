//! Rows by columns: ARIA grid roles, a window of rows, the keyboard. It does not know what a cell shows.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

use super::drag;
use super::grid_state::{GridState, Place};
use super::header;
use super::obey::on_key;
use super::paste;
use super::row::GridRowView;
use super::window::{
    FIRST_WINDOW, Heights, Layout, ends_of_frozen, page_of_rows, rows_around, rows_in_document,
    scroll_to_show, tracks, width_of,
};
use crate::error::AppError;
use gen_client::model::{Column, ColumnKind, ColumnRole};
use model::{RowHeight, SheetView};

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
    let layout = Memo::new(move |_| {
        let groups = state.shown.with(|shown| shown.groups.iter().map(|group| group.first).collect());
        Layout { heights: heights.get(), groups }
    });

    let measure = move || {
        let Some(scroller) = scroller.get_untracked() else {
            return;
        };
        let rows = state.rows.with_untracked(Vec::len);
        let measured = heights_of(&scroller);
        heights.maybe_update(|heights| std::mem::replace(heights, measured) != measured);
        let seen = rows_around(
            &layout.get_untracked(),
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
        set_style(&body, "height", &format!("{}px", layout.with(|layout| layout.height(rows))));
        live.set(true);
        measure();
    });
    measure_when_resized(scroller, measure);
    keep_active_in_sight(state, layout, scroller, measure);
    let grid = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let Some(grid) = grid.get() else { return };
        state.view.with(|view| state.columns.with(|columns| lay_out(&grid, view, columns)));
    });
    // Rows of another height lie elsewhere.
    Effect::new(move || {
        state.view.with(|view| view.row_height);
        request_animation_frame(measure);
    });

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
                data-rows=move || state.view.with(|view| height_word(view.row_height))
                data-frozen=move || state.view.with(|view| view.frozen.to_string())
                node_ref=grid
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
                on:pointermove=move |event| drag::over(state, &event)
                on:pointerup=move |_| drag::drop(state, trouble)
                on:pointercancel=move |_| state.drag.set(None)
            >
                <div class="grid-head" role="rowgroup">
                    <div class="grid-row" role="row" aria-rowindex="1">
                        <div class="grid-gutter" aria-hidden="true"></div>
                        {move || state.columns.get().into_iter()
                            .enumerate()
                            .map(|place| header::header(state, place)).collect_view()}
                    </div>
                </div>
                <div class="grid-body" role="rowgroup" node_ref=body>
                    <For each=move || shown.get() key=|row| row.clone() let:row>
                        <GridRowView state at=row.0 live layout />
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

/// Gives columns their widths, where people set some or several stay in sight; else the style sheet does.
pub(super) fn lay_out(grid: &web_sys::HtmlElement, view: &SheetView, columns: &[Column]) {
    let own = !view.widths.is_empty() || view.frozen > 1;
    if let Err(error) = grid.class_list().toggle_with_force("has-tracks", own) {
        leptos::logging::error!("the grid keeps its usual widths: {error:?}");
    }
    set_style(grid, "--tracks", &tracks(view, columns));
    set_style(
        grid,
        "--least",
        &format!("{}px", columns.iter().map(|column| width_of(view, column)).sum::<u32>()),
    );
    for (at, end) in ends_of_frozen(view, columns).into_iter().enumerate() {
        set_style(grid, &format!("--end-{}", at + 1), &format!("{end}px"));
    }
}

fn height_word(height: RowHeight) -> &'static str {
    match height {
        RowHeight::Small => "small",
        RowHeight::Medium => "medium",
        RowHeight::Large => "large",
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

/// Scrolls to the active cell and gives it the focus, if the focus is in the grid already.
fn keep_active_in_sight(
    state: GridState,
    layout: Memo<Layout>,
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
        if let Some(top) = scroll_to_show(&layout.get_untracked(), place.row, top, height) {
            scroller.set_scroll_top(top as i32);
            measure();
        }
        request_animation_frame(move || focus(place));
        place
    });
}

/// Gives the active cell the focus again when all cells are drawn anew, if one had it.
pub(super) fn keep_focus(state: GridState) {
    let focused = document().active_element();
    if focused.is_some_and(|focused| focused.closest(".grid-body").ok().flatten().is_some()) {
        request_animation_frame(move || focus(state.active.get_untracked()));
    }
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
