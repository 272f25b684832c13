//! What people do to whole rows: add, move, mark, put away and fetch back.

use gen_client::RowId;
use gen_client::model::Row;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{RowColour, RowMark};

use super::grid_state::{Beside, GridState};
use super::undo::Notice;
use super::{acts, drag, server_fns};
use crate::error::AppError;
use crate::page::in_browser;
use crate::ui::{Act, Drawer, Empty, ErrorNote, Icon, IconName, Menu};

/// Adds an empty row below the active one and goes to it.
pub fn add_below(state: GridState, trouble: RwSignal<Option<AppError>>) {
    let at = state.active.get_untracked().row;
    add(state, ids(state, at..=at).pop(), trouble);
}

/// Adds an empty row at the end and goes to it.
pub fn add_last(state: GridState, trouble: RwSignal<Option<AppError>>) {
    add(state, None, trouble);
}

fn add(state: GridState, after: Option<RowId>, trouble: RwSignal<Option<AppError>>) {
    let (agent, vidsheet) = state.ids.get_value();
    trouble.set(None);
    spawn_local(async move {
        match server_fns::add_rows(agent, vidsheet, 1, after.clone()).await {
            Ok(rows) => {
                for row in rows {
                    let id = row.id.clone();
                    state.insert(row, after.as_ref());
                    acts::go_to_row(state, &id);
                }
            }
            Err(error) => drop(trouble.try_set(Some(error))),
        }
    });
}

/// Moves the rows of the selection up or down by one.
pub fn shift(state: GridState, by: i32, trouble: RwSignal<Option<AppError>>) {
    let span = untrack(|| state.span());
    let count = state.rows.with_untracked(Vec::len);
    if let Some(before) = drag::one_on(span.top, span.bottom, count, by) {
        move_to(state, span.top, span.bottom, before, trouble);
    }
}

/// Moves rows before another one, or to the end. Shown at once; the selection goes along.
pub fn move_to(
    state: GridState,
    first: usize,
    last: usize,
    before: usize,
    trouble: RwSignal<Option<AppError>>,
) {
    if !super::views::may_move_rows(state) {
        return;
    }
    let moved = ids(state, first..=last);
    let next = ids(state, before..=before).pop();
    let count = last + 1 - first;
    let by = drag::moved_by(first, last, before);
    state.rows.update(|rows| match before {
        before if before < first => rows[before..=last].rotate_right(count),
        before => rows[first..before].rotate_left(count),
    });
    let selected = state.selected.get_untracked();
    state.move_by(by, 0);
    state.selected.set(selected.map(|span| span.moved(by)));
    let (agent, vidsheet) = state.ids.get_value();
    trouble.set(None);
    spawn_local(async move {
        if let Err(error) = server_fns::move_rows(agent, vidsheet, moved, next).await {
            trouble.try_set(Some(error));
            acts::refresh(state);
        }
    });
}

/// Puts the rows of the selection away: GEN has no way of deleting them.
pub fn put_away(state: GridState, trouble: RwSignal<Option<AppError>>) {
    let span = untrack(|| state.span());
    let rows = ids(state, span.top..=span.bottom);
    let words = match rows.len() {
        1 => "1 row put away. It stays at GEN; take it back with Ctrl+Z.".to_owned(),
        count => format!("{count} rows put away. They stay at GEN; take them back with Ctrl+Z."),
    };
    let (agent, vidsheet) = state.ids.get_value();
    trouble.set(None);
    spawn_local(async move {
        match server_fns::archive_rows(agent, vidsheet, rows, true).await {
            Ok(_) => {
                state.notice.try_set(Some(Notice::of(words)));
                acts::refresh(state);
            }
            Err(error) => drop(trouble.try_set(Some(error))),
        }
    });
}

/// What can be done to the rows of the selection.
#[component]
pub fn RowMenu(
    /// The open vidsheet.
    state: GridState,
    /// Where an act that belongs to no cell says why it failed.
    trouble: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let duplicate = move |_| {
        if let Some(row) =
            ids(state, state.active.get_untracked().row..=state.active.get_untracked().row).pop()
        {
            acts::duplicate_row(state, row, trouble);
        }
    };
    view! {
        <Menu class="menu-plain" summary=move || view! {
            <Icon name=IconName::Rows />
            "Rows"
            <Icon name=IconName::ChevronDown />
        }>
            <div class="menu-items">
                <button type="button" on:click=move |_| add_below(state, trouble)>"Add below"</button>
                <button type="button" on:click=duplicate>"Duplicate"</button>
                <button type="button" on:click=move |_| shift(state, -1, trouble)>"Move up"</button>
                <button type="button" on:click=move |_| shift(state, 1, trouble)>"Move down"</button>
                <button type="button" on:click=move |_| put_away(state, trouble)>"Put away"</button>
                <button type="button" on:click=move |_| state.beside.set(Some(Beside::PutAway))>
                    "Rows put away " <span class="num">{move || state.put_away.get().0}</span>
                </button>
                <MarkForm state trouble />
            </div>
        </Menu>
    }
}

/// A label and a colour for the rows of the selection.
#[component]
fn MarkForm(state: GridState, trouble: RwSignal<Option<AppError>>) -> impl IntoView {
    let label = RwSignal::new(String::new());
    let colour = RwSignal::new(None::<RowColour>);
    let options = COLOURS.map(|(one, words)| {
        view! { <option value=words prop:selected=move || colour.get() == one>{words}</option> }
    });
    let choose = move |words: String| {
        let found = COLOURS.iter().find(|(_, known)| *known == words);
        colour.set(found.and_then(|(one, _)| *one));
    };
    let mark = move |_| {
        let span = untrack(|| state.span());
        let rows = ids(state, span.top..=span.bottom);
        let mark = RowMark {
            label: label.with_untracked(|label| crate::ui::given(label)),
            colour: colour.get_untracked(),
        };
        let (agent, vidsheet) = state.ids.get_value();
        spawn_local(async move {
            match server_fns::mark_rows(agent, vidsheet, rows, mark).await {
                Ok(_) => acts::refresh(state),
                Err(error) => drop(trouble.try_set(Some(error))),
            }
        });
    };
    view! {
        <div class="mark-form" on:click=|event| event.stop_propagation()>
            <label class="field">
                <span class="label">"Label"</span>
                <input class="input" type="text" maxlength=model::LABEL_MAX.to_string() bind:value=label />
            </label>
            <label class="field">
                <span class="label">"Colour"</span>
                <select class="input" on:change:target=move |event| choose(event.target().value())>
                    {options.collect_view()}
                </select>
            </label>
            <button type="button" class="button" on:click=mark>"Mark rows"</button>
        </div>
    }
}

/// The rows that are put away, each with a way back.
#[component]
pub fn PutAwayDrawer(
    /// The open vidsheet.
    state: GridState,
) -> impl IntoView {
    let again = RwSignal::new(0);
    let listed = in_browser(move || {
        again.track();
        let (agent, vidsheet) = state.ids.get_value();
        Some(server_fns::list_archived_rows(agent, vidsheet))
    });
    let attempt = Act::idle();
    let restore = move |row: RowId| {
        let (agent, vidsheet) = state.ids.get_value();
        attempt.run(server_fns::archive_rows(agent, vidsheet, vec![row], false), move |_| {
            again.update(|again| *again += 1);
            acts::refresh(state);
        });
    };
    let body = move || {
        listed.get().map(|rows| match rows {
            Err(error) => view! { <ErrorNote error /> }.into_any(),
            Ok(rows) if rows.is_empty() => {
                view! { <Empty icon=IconName::Table title="No row is put away." /> }.into_any()
            }
            Ok(rows) => rows
                .into_iter()
                .map(|row| view! { <PutAway row restore=Callback::new(restore) /> })
                .collect_view()
                .into_any(),
        })
    };
    view! {
        <Drawer title="Rows put away" on_close=move |()| state.beside.set(None)>
            <p class="meta">"Hidden here; GEN has no way of deleting a row."</p>
            {attempt.note()}
            <ul role="list" class="rows" aria-label="Rows put away">
                {body}
            </ul>
        </Drawer>
    }
}

#[component]
fn PutAway(row: Row, restore: Callback<RowId>) -> impl IntoView {
    let text = row.cells.iter().find_map(|cell| cell.value.clone().filter(|value| !value.is_empty()));
    let words = text.unwrap_or_else(|| format!("Row {}", row.id));
    view! {
        <li class="put-away">
            <span class="grow">{words.clone()}</span>
            <button type="button" class="button small" aria-label=format!("Restore {words}") on:click=move |_| restore.run(row.id.clone())>
                "Restore"
            </button>
        </li>
    }
}

const COLOURS: [(Option<RowColour>, &str); 7] = [
    (None, "None"),
    (Some(RowColour::Red), "Red"),
    (Some(RowColour::Orange), "Orange"),
    (Some(RowColour::Yellow), "Yellow"),
    (Some(RowColour::Green), "Green"),
    (Some(RowColour::Blue), "Blue"),
    (Some(RowColour::Purple), "Purple"),
];

/// The word of a colour in `style/grid.css`.
pub fn colour_word(colour: RowColour) -> String {
    let found = COLOURS.iter().find(|(one, _)| *one == Some(colour));
    found.map(|(_, words)| words.to_lowercase()).unwrap_or_default()
}

fn ids(state: GridState, places: std::ops::RangeInclusive<usize>) -> Vec<RowId> {
    let count = places.end() + 1 - places.start();
    state.rows.with_untracked(|rows| {
        rows.iter().skip(*places.start()).take(count).map(|row| row.id.clone()).collect()
    })
}
