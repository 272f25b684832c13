//! One row of the grid: its number, its progress, its cells.

use std::sync::Arc;

use gen_client::model::{Column, ColumnRole};
use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use model::RowGroup;

use super::acts;
use super::cells::{self, CellContent, Saving};
use super::drag::{self, Lines};
use super::editor::Editor;
use super::grid::{element_id, set_style, width_class};
use super::grid_state::{GridState, Place};
use super::window::Layout;
use crate::generations::{Tone, is_late};
use crate::shell::use_surroundings;
use crate::ui::{Icon, IconName};

/// The row at a place of the sheet.
#[component]
pub fn GridRowView(
    /// What it shows.
    state: GridState,
    /// Its place, counted from zero.
    at: usize,
    /// Whether the page lives, so that the row may be placed.
    live: RwSignal<bool>,
    /// Where rows lie.
    layout: Memo<Layout>,
) -> impl IntoView {
    let element = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let (Some(element), true) = (element.get(), live.get()) {
            set_style(
                &element,
                "transform",
                &format!("translateY({}px)", layout.with(|layout| layout.top(at))),
            );
        }
    });
    let columns = move || state.columns.get().into_iter().enumerate().collect::<Vec<_>>();
    let selected = Memo::new(move |_| state.selected.get().is_some_and(|span| span.holds_row(at)));
    let mark = Memo::new(move |_| {
        state.rows.with(|rows| rows.get(at).map(|row| row.mark.clone()).unwrap_or_default())
    });
    let gutter = move || match mark.with(|mark| mark.colour) {
        Some(colour) => format!("grid-gutter is-{}", super::rows::colour_word(colour)),
        None => "grid-gutter".to_owned(),
    };
    let label = move || mark.with(|mark| mark.label.clone());
    let lands = Memo::new(move |_| {
        state.drag.get().is_some_and(|drag| drag.lines == Lines::Rows && drag.before == Some(at))
    });
    let heading = Memo::new(move |_| {
        state.shown.with(|shown| shown.groups.iter().find(|group| group.first == at).cloned())
    });
    view! {
        <div class="grid-row" class:starts-group=move || heading.with(Option::is_some) class:lands-before=lands role="row" aria-rowindex=at + 2 node_ref=element>
            {move || heading.get().map(|group| view! { <div class="group-head" role="rowheader"><span>{words_of(&group)}</span></div> })}
            <div class=gutter class:is-in-selection=selected title=label aria-hidden="true" on:pointerdown=move |event| drag::begin(state, Lines::Rows, at, &event)>
                <span class="row-number">{at + 1}</span>
                {move || ring(&contents(state, at))}
            </div>
            {move || {
                columns()
                    .into_iter()
                    .map(|(column_at, column)| view! { <CellView state place=Place { row: at, column: column_at } column /> })
                    .collect_view()
            }}
        </div>
    }
}

/// What is drawn at a place. Tracks everything it is drawn from.
pub fn content(state: GridState, place: Place, column: &Column) -> Option<CellContent> {
    let cell = state.cell_at(place)?;
    let saving = state.edits.with(|edits| match edits.get(&cell.id) {
        None => Saving::Saved,
        Some(edit) if edit.failed.is_some() => Saving::Refused,
        Some(_) => Saving::Underway,
    });
    let work = state.work.with(|work| work.get(&cell.id).cloned());
    Some(CellContent {
        column: column.clone(),
        text: state.text_of(&cell),
        saving,
        late: work.as_ref().is_some_and(|work| work.progress.is_running() && is_late(work, state.now.get())),
        work,
        row_cost: state.rows.with(|rows| rows.get(place.row).and_then(|row| row.cost)),
        cell,
    })
}

#[component]
fn CellView(state: GridState, place: Place, column: Column) -> impl IntoView {
    let class = width_class(&column);
    let readonly = column.role.is_system();
    let surroundings = use_surroundings();
    let shown = {
        let column = column.clone();
        Memo::new(move |_| content(state, place, &column))
    };
    let active = Memo::new(move |_| state.active.get() == place);
    let id =
        Memo::new(move |_| shown.with(|content| content.as_ref().map(|content| content.cell.id.clone())));
    let editing = Memo::new(move |_| {
        state
            .draft
            .with(|draft| draft.as_ref().map(|draft| draft.cell.clone()))
            .is_some_and(|cell| id.get() == Some(cell))
    });
    let saving = move |wanted: Saving| {
        shown.with(|content| content.as_ref().is_some_and(|content| content.saving == wanted))
    };
    let name = {
        let title = column.title.clone();
        move || {
            shown.with(|content| {
                content.as_ref().map_or_else(|| format!("{title}, no cell"), cells::accessible_name)
            })
        }
    };
    let edges = Memo::new(move |_| state.selected.get().and_then(|span| span.edges(place)));
    let selected = move || edges.with(Option::is_some) || active.get();
    let choose = move |event: MouseEvent| {
        if editing.get_untracked() {
            return;
        }
        acts::commit(state);
        if event.shift_key() {
            state.extend_to(place);
        } else {
            state.go_to(place);
        }
    };
    // The main button is held while the mouse comes in: the selection is drawn out to here.
    let draw_out = move |event: MouseEvent| {
        let typing = state.draft.with_untracked(Option::is_some);
        if event.buttons() & 1 == 1 && !typing {
            if state.filling.with_untracked(Option::is_some) {
                state.fill_to(place);
            } else {
                state.extend_to(place);
            }
        }
    };
    let other = Memo::new(move |_| {
        let id = id.get()?;
        let me = surroundings.me();
        state.present.with(|present| {
            let here = present.iter().find(|one| one.cell.as_ref() == Some(&id) && Some(one.person) != me)?;
            Some(here.name.clone())
        })
    });
    let last = move || {
        let span = state.span();
        span.bottom == place.row && span.right == place.column && super::edit::takes_text(state, place)
    };
    let may_fill = Memo::new(move |_| !readonly && !editing.get() && last());
    // Where a row is a card there is no room to edit in it: a tap opens the drawer.
    let open_if_narrow = move |_| {
        if super::grid::is_narrow() {
            state.inspecting.set(true);
        }
    };
    let open = move |_| {
        state.go_to(place);
        if !state.begin_editing(None) {
            state.inspecting.set(true);
        }
    };
    view! {
        <div
            id=element_id(place)
            class=class
            class:is-system=readonly
            class:is-active=active
            class:is-others=move || other.with(Option::is_some)
            class:is-saving=move || saving(Saving::Underway)
            class:is-refused=move || saving(Saving::Refused)
            role="gridcell"
            aria-colindex=place.column + 1
            aria-readonly=readonly.then_some("true")
            aria-label=name
            aria-selected=move || selected().to_string()
            data-selected=edges
            tabindex=move || if active.get() { "0" } else { "-1" }
            on:mousedown=choose
            on:mouseenter=draw_out
            on:click=open_if_narrow
            on:dblclick=open
        >
            {move || {
                if editing.get() {
                    let title = column.title.clone();
                    view! { <Editor state title /> }.into_any()
                } else {
                    shown.with(|content| content.as_ref().map(cells::draw)).into_any()
                }
            }}
            {move || other.get().map(|name| view! { <span class="cell-other" aria-hidden="true">{name}</span> })}
            <Show when=move || may_fill.get()>
                <span
                    class="fill-handle"
                    aria-hidden="true"
                    title="Drag to fill; Ctrl+D fills down, Ctrl+R right"
                    on:mousedown=move |event| {
                        event.stop_propagation();
                        event.prevent_default();
                        state.filling.set(Some(untrack(|| state.span())));
                    }
                ></span>
            </Show>
            {(place.column == 0).then(|| view! { <SelectRow state at=place.row /> })}
        </div>
    }
}

/// Selects the row of a card, or the rows up to it; `style/grid.css` shows it where a row is a card.
#[component]
fn SelectRow(state: GridState, at: usize) -> impl IntoView {
    let inside = move || state.selected.get().is_some_and(|span| span.holds_row(at));
    let words = move || match (state.selected.with(Option::is_some), inside()) {
        (_, true) => format!("Clear selection, row {}", at + 1),
        (true, false) => format!("Select to row {}", at + 1),
        (false, false) => format!("Select row {}", at + 1),
    };
    let press = move |event: MouseEvent| {
        event.stop_propagation();
        if untrack(inside) {
            state.selected.set(None);
        } else {
            state.select_to_row(at);
        }
    };
    view! {
        <button
            type="button"
            class="button icon-only select-row"
            class:is-on=inside
            aria-label=words
            aria-pressed=move || inside().to_string()
            on:mousedown=|event| event.stop_propagation()
            on:click=press
        >
            <Icon name=IconName::CheckCircle />
        </button>
    }
}

fn words_of(group: &RowGroup) -> String {
    let words = if group.words.is_empty() { "Empty" } else { &group.words };
    match group.rows {
        1 => format!("{words} · 1 row"),
        rows => format!("{words} · {rows} rows"),
    }
}

fn contents(state: GridState, at: usize) -> Vec<CellContent> {
    state.columns.with(|columns| {
        columns
            .iter()
            .enumerate()
            .filter_map(|(column_at, column)| content(state, Place { row: at, column: column_at }, column))
            .collect()
    })
}

/// How much of the row is made: a ring coloured by its worst state.
fn ring(contents: &[CellContent]) -> impl IntoView + use<> {
    let steps: Vec<Arc<cells::Face>> = contents
        .iter()
        .filter(|content| !matches!(content.column.role, ColumnRole::Video | ColumnRole::Stats))
        .map(|content| Arc::new(cells::face(content)))
        .collect();
    let done = steps.iter().filter(|face| face.state == Some("completed") || face.word == "Filled").count();
    let has = |tone: Tone| steps.iter().any(|face| face.tone == tone);
    let tone = if has(Tone::Error) {
        Tone::Error
    } else if has(Tone::Warn) {
        Tone::Warn
    } else if has(Tone::Running) {
        Tone::Running
    } else {
        Tone::Ok
    };
    // A ring of a hundred units, of which this many are done.
    let filled = (done * 100).checked_div(steps.len()).unwrap_or(0);
    view! {
        <svg class=format!("row-ring {}", tone.class()) viewBox="0 0 20 20" aria-hidden="true">
            <circle class="ring-track" cx="10" cy="10" r="8" pathLength="100" />
            <circle class="ring-done" cx="10" cy="10" r="8" pathLength="100" stroke-dasharray=format!("{filled} 100") />
            {(filled == 100).then(|| view! { <path class="ring-tick" d="M6.6 10.2l2.3 2.3 4.6-4.8" /> })}
        </svg>
    }
}
