//! The columns: what they are called and for, their order, new ones, and those put away.

use gen_client::ColumnId;
use gen_client::model::{Column, ColumnKind};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::grid_state::GridState;
use super::{acts, drag, server_fns};
use crate::error::AppError;
use crate::page::in_browser;
use crate::ui::{Act, Drawer, Icon, IconName};

/// The columns beside the grid, each with what can be done to it.
#[component]
pub fn ColumnsDrawer(
    /// The open vidsheet.
    state: GridState,
) -> impl IntoView {
    let attempt = Act::idle();
    let lines = move || {
        let columns = state.columns.get();
        let last = columns.len();
        let line = |(at, column)| view! { <Line state attempt column at last /> };
        columns.into_iter().enumerate().map(line).collect_view()
    };
    view! {
        <Drawer title="Columns" on_close=move |()| state.beside.set(None)>
            {attempt.note()}
            <ol role="list" class="rows" aria-label="Columns">
                {lines}
            </ol>
            <NewColumn state />
            <PutAway state />
        </Drawer>
    }
}

/// Moves the columns of the selection left or right by one.
pub fn shift(state: GridState, by: i32, trouble: RwSignal<Option<AppError>>) {
    let span = untrack(|| state.span());
    let count = state.columns.with_untracked(Vec::len);
    if let Some(before) = drag::one_on(span.left, span.right, count, by) {
        move_to(state, span.left, span.right, before, trouble);
    }
}

/// Moves columns before another one, or to the end; the active cell goes along.
pub fn move_to(
    state: GridState,
    first: usize,
    last: usize,
    before: usize,
    trouble: RwSignal<Option<AppError>>,
) {
    let (moved, next) = state.columns.with_untracked(|columns| {
        let ids = columns[first..=last].iter().map(|column| column.id.clone());
        (ids.collect::<Vec<_>>(), columns.get(before).map(|column| column.id.clone()))
    });
    let by = drag::moved_by(first, last, before);
    let (agent, vidsheet) = state.ids.get_value();
    trouble.set(None);
    spawn_local(async move {
        match server_fns::move_columns(agent, vidsheet, moved, next).await {
            Ok(_) => {
                state.move_by(0, by);
                acts::refresh(state);
            }
            Err(error) => drop(trouble.try_set(Some(error))),
        }
    });
}

#[component]
fn Line(state: GridState, attempt: Act, column: Column, at: usize, last: usize) -> impl IntoView {
    let title = RwSignal::new(column.title.clone());
    let id = StoredValue::new(column.id.clone());
    let name = column.title.clone();
    let (agent, vidsheet) = state.ids.get_value();
    let ids = StoredValue::new((agent, vidsheet));
    let done = move |_| acts::refresh(state);
    let rename = move |event: SubmitEvent| {
        event.prevent_default();
        let (agent, vidsheet) = ids.get_value();
        attempt.run(server_fns::rename_column(agent, vidsheet, id.get_value(), title.get_untracked()), done);
    };
    let shift = move |before: Option<usize>| {
        let (agent, vidsheet) = ids.get_value();
        let before = before.and_then(|at| {
            state.columns.with_untracked(|columns| columns.get(at).map(|column| column.id.clone()))
        });
        attempt.run(server_fns::move_columns(agent, vidsheet, vec![id.get_value()], before), done);
    };
    let duplicate = move |_| {
        let (agent, vidsheet) = ids.get_value();
        attempt.run(server_fns::duplicate_column(agent, vidsheet, id.get_value()), move |_| {
            acts::refresh(state)
        });
    };
    let put_away = move |_| {
        let (agent, vidsheet) = ids.get_value();
        attempt.run(server_fns::archive_columns(agent, vidsheet, vec![id.get_value()], true), done);
    };
    if column.role.is_system() {
        return view! {
            <li class="column-line">
                <span class="grow"><strong>{name}</strong> " " <span class="meta">"GEN's own: it can be neither changed nor put away"</span></span>
                <Icon name=IconName::Lock />
            </li>
        }
        .into_any();
    }
    view! {
        <li class="column-line">
            <form class="line-form-fields grow" on:submit=rename>
                <input class="input" type="text" maxlength="100" aria-label=format!("Name of {name}") bind:value=title />
                <Show when={ let name = name.clone(); move || title.with(|title| *title != name) }>
                    <button type="submit" class="button" disabled=attempt.busy>"Rename"</button>
                </Show>
            </form>
            <Description state attempt column=column.clone() />
            <div class="buttons">
                <button type="button" class="button icon-only" aria-label=format!("Move {name} left") disabled=move || at == 0 || attempt.busy.get() on:click=move |_| shift(at.checked_sub(1))>
                    <Icon name=IconName::ChevronLeft />
                </button>
                <button type="button" class="button icon-only" aria-label=format!("Move {name} right") disabled=move || { at + 1 >= last || attempt.busy.get() } on:click=move |_| shift(Some(at + 2))>
                    <Icon name=IconName::ChevronRight />
                </button>
                <button type="button" class="button small" aria-label=format!("Duplicate {name}") disabled=attempt.busy on:click=duplicate>"Duplicate"</button>
                <button type="button" class="button small" aria-label=format!("Put {name} away") disabled=attempt.busy on:click=put_away>"Put away"</button>
            </div>
        </li>
    }
    .into_any()
}

/// What a column is for; kept here, GEN has no place for it.
#[component]
fn Description(state: GridState, attempt: Act, column: Column) -> impl IntoView {
    let was = column.description.clone().unwrap_or_default();
    let text = RwSignal::new(was.clone());
    let id = column.id.clone();
    let save = move |_| {
        if text.with_untracked(|text| *text == was) {
            return;
        }
        let (agent, vidsheet) = state.ids.get_value();
        let asked = server_fns::describe_column(agent, vidsheet, id.clone(), text.get_untracked());
        attempt.run(asked, move |_| acts::refresh(state));
    };
    view! {
        <input class="input" type="text" maxlength="500" placeholder="What it is for" aria-label=format!("What {} is for", column.title) bind:value=text on:change=save />
    }
}

#[component]
fn NewColumn(state: GridState) -> impl IntoView {
    let (title, kind, attempt) = (RwSignal::new(String::new()), RwSignal::new(ColumnKind::Text), Act::idle());
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let (agent, vidsheet) = state.ids.get_value();
        attempt.run(
            server_fns::add_column(agent, vidsheet, title.get_untracked(), kind.get_untracked()),
            move |_| {
                title.set(String::new());
                acts::refresh(state);
            },
        );
    };
    let kinds = [ColumnKind::Text, ColumnKind::Image, ColumnKind::Video, ColumnKind::Audio];
    let options = kinds.map(|one| {
        let value = one.to_string();
        view! { <option value=value.clone() selected=move || kind.get() == one>{value.clone()}</option> }
    });
    view! {
        <form class="new-column" aria-label="New column" on:submit=add>
            <label class="field grow">
                <span class="label">"New column"</span>
                <input class="input" type="text" maxlength="100" bind:value=title />
            </label>
            <label class="field">
                <span class="label">"Holds"</span>
                <select class="input" on:change:target=move |event| kind.set(ColumnKind::from(event.target().value().as_str()))>
                    {options}
                </select>
            </label>
            <button type="submit" class="button primary" disabled=move || attempt.busy.get() || title.with(|title| title.trim().is_empty())>"Add column"</button>
            {attempt.note()}
        </form>
    }
}

/// The columns that are put away, each with a way back.
#[component]
fn PutAway(state: GridState) -> impl IntoView {
    let attempt = Act::idle();
    let listed = in_browser(move || {
        state.put_away.track();
        let (agent, vidsheet) = state.ids.get_value();
        Some(server_fns::list_archived_columns(agent, vidsheet))
    });
    let restore = move |column: ColumnId| {
        let (agent, vidsheet) = state.ids.get_value();
        attempt.run(server_fns::archive_columns(agent, vidsheet, vec![column], false), move |_| {
            acts::refresh(state)
        });
    };
    let lines = move || {
        let columns = listed.get().and_then(Result::ok).unwrap_or_default();
        let line = move |column: model::ArchivedColumn| {
            let words = format!("Restore {}", column.title);
            view! {
                <li class="put-away">
                    <span class="grow">{column.title}</span>
                    <button type="button" class="button small" aria-label=words on:click=move |_| restore(column.id.clone())>"Restore"</button>
                </li>
            }
        };
        columns.into_iter().map(line).collect_view()
    };
    view! {
        <Show when=move || { state.put_away.get().1 > 0 }>
            <h3>"Put away"</h3>
            {attempt.note()}
            <ul role="list" class="rows" aria-label="Columns put away">
                {lines}
            </ul>
        </Show>
    }
}
