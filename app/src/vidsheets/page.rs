//! The page of one vidsheet: toolbar, grid, footer, inspector.

use gen_client::{AgentId, CellId, VidsheetId};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use model::{Cached, SavedVidsheet, SheetView};

use super::bulk::{BulkBar, RunSheet};
use super::cells::Saving;
use super::columns::ColumnsDrawer;
use super::find::FindBar;
use super::grid::Grid;
use super::grid_state::{Beside, GridState};
use super::history::HistoryDrawer;
use super::inspector::{Inspector, Refused, saving_of};
use super::keys_drawer::KeysDrawer;
use super::paste::PastePreview;
use super::plain::PlainTable;
use super::rows::{self, PutAwayDrawer, RowMenu};
use super::server_fns::open_vidsheet;
use super::together::{self, Others, Waiting};
use super::tools::{ToolButtons, ToolDrawer};
use super::undo::{self, NoticeBar, Way};
use super::views::{self, ViewDrawer, ViewMenu};
use super::{acts, completion};
use crate::error::AppError;
use crate::paths;
use crate::ui::{AsOf, ErrorNote, Icon, IconName, credits};
use gen_client::model::{ColumnKind, ColumnRole};

/// The grid of the vidsheet that the URL names.
#[component]
pub fn VidsheetPage() -> impl IntoView {
    let params = use_params_map();
    let ids = Memo::new(move |_| {
        params.with(|params| {
            let agent = params.get("agent_id")?.parse::<AgentId>().ok()?;
            Some((agent, params.get("vidsheet_id")?.parse::<VidsheetId>().ok()?))
        })
    });
    let query = use_query_map();
    let as_table = Memo::new(move |_| {
        query.with(|query| {
            let page = || query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
            (query.get("as").as_deref() == Some("table")).then(page)
        })
    });
    // Another view of the same sheet is the grid's own affair: it keeps what is selected and typed.
    let look = views::named();
    let opened = Resource::new(
        move || (ids.get(), look.get_untracked(), as_table.get()),
        |(ids, look, page)| async move {
            let (agent, vidsheet) = ids.ok_or_else(|| AppError::not_found("vidsheet"))?;
            let view = views::asked(look.as_deref())?;
            Ok((open_vidsheet(agent, vidsheet, look).await?, view, page))
        },
    );
    view! {
        <Suspense fallback=|| view! { <p class="muted page-note">"Opening…"</p> }>
            {move || Suspend::new(async move {
                match opened.await {
                    Ok((opened, view, Some(page))) => view! { <PlainTable opened view page /> }.into_any(),
                    Ok((opened, view, None)) => view! { <Sheet opened view /> }.into_any(),
                    Err(error) => view! {
                        <Title text="Vidsheet · Reelsheet" />
                        <div class="page">
                            <h1>"Vidsheet"</h1>
                            <ErrorNote error />
                        </div>
                    }
                    .into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Sheet(opened: Cached<SavedVidsheet>, view: SheetView) -> impl IntoView {
    let title = opened.value.vidsheet.title.clone();
    let state = GridState::new(opened, view);
    let refusal = RwSignal::new(None::<AppError>);
    let (agent, vidsheet) = state.ids.get_value();
    open_what_the_url_names(state);
    views::follow_address(state, refusal);
    completion::provide_names(state);
    acts::keep_texts(state);
    acts::follow(state);
    together::be_together(state);
    let beside = move |what: Beside| state.beside.update(|now| *now = (*now != Some(what)).then_some(what));
    view! {
        <Title text=format!("{title} · Reelsheet") />
        <div class="sheet-page" class:is-inspecting=state.inspecting>
            <div class="sheet">
                <div class="sheet-toolbar">
                    <h1>{title.clone()}</h1>
                    <ViewMenu state />
                    <span class="sheet-count">{move || count_of(state)}</span>
                    <span class="toolbar-space"></span>
                    <Others state />
                    {move || saved_state(state)}
                    <ToolButtons agent=agent.clone() vidsheet=vidsheet.clone() open=state.beside />
                    <button type="button" class="button icon-only" aria-label="Find and replace" title="Find and replace (Ctrl+F)" on:click=move |_| state.finding.set(true)>
                        <Icon name=IconName::Search />
                    </button>
                    <button type="button" class="button icon-only" aria-label="Take back" title="Take back (Ctrl+Z)" on:click=move |_| undo::go(state, Way::Undo, Vec::new(), refusal)>
                        <Icon name=IconName::Undo />
                    </button>
                    <button type="button" class="button icon-only" aria-label="History" title="History" on:click=move |_| beside(Beside::History)>
                        <Icon name=IconName::Clock />
                    </button>
                    <button type="button" class="button icon-only" aria-label="Keys" title="Keys (F1)" on:click=move |_| beside(Beside::Keys)>
                        "?"
                    </button>
                    <button type="button" class="button" on:click=move |_| beside(Beside::Columns)>
                        <Icon name=IconName::Table />
                        "Columns"
                    </button>
                    <RowMenu state trouble=refusal />
                    <button type="button" class="button" on:click=move |_| rows::add_last(state, refusal)>
                        <Icon name=IconName::Plus />
                        "Add row"
                    </button>
                    <button
                        type="button"
                        class="button primary"
                        aria-expanded=move || state.inspecting.get().to_string()
                        on:click=move |_| state.inspecting.update(|open| *open = !*open)
                    >
                        "Details"
                    </button>
                </div>
                {move || trouble_bar(state)}
                {move || refusal.get().map(|error| view! { <ErrorNote error /> })}
                {move || refused_elsewhere(state)}
                <Waiting state />
                <FindBar state trouble=refusal />
                <NoticeBar state trouble=refusal />
                <Grid state title trouble=refusal />
                <BulkBar state trouble=refusal />
                <footer class="sheet-footer">
                    {move || footer(state)} <span class="toolbar-space"></span>
                    {move || age(state)}
                </footer>
            </div>
            {move || match state.beside.get() {
                Some(Beside::Keys) => Some(view! { <KeysDrawer state /> }.into_any()),
                Some(Beside::Columns) => Some(view! { <ColumnsDrawer state /> }.into_any()),
                Some(Beside::History) => Some(view! { <HistoryDrawer state trouble=refusal /> }.into_any()),
                Some(Beside::PutAway) => Some(view! { <PutAwayDrawer state /> }.into_any()),
                Some(Beside::View) => Some(view! { <ViewDrawer state /> }.into_any()),
                Some(Beside::Variables | Beside::Import) => None,
                None => state.inspecting.get().then(|| view! { <Inspector state /> }.into_any()),
            }}
            <ToolDrawer agent vidsheet open=state.beside />
            <RunSheet state />
            <PastePreview state trouble=refusal />
        </div>
    }
}

/// How many rows are in sight, of how many.
fn count_of(state: GridState) -> String {
    let (rows, all) = (state.rows.with(Vec::len), state.shown.with(|shown| shown.all_rows));
    if rows == all { format!("All {rows}") } else { format!("{rows} of {all}") }
}

/// Why the copy could not be renewed, if so.
fn trouble_bar(state: GridState) -> Option<impl IntoView> {
    let age = state.age.get();
    age.trouble.map(|trouble| view! { <AsOf as_of=age.as_of refreshing=false trouble=Some(trouble) /> })
}

fn age(state: GridState) -> impl IntoView {
    let age = state.age.get();
    view! { <AsOf as_of=age.as_of refreshing=age.refreshing trouble=None /> }
}

/// Texts that were not saved are said at the grid, except the one that the open inspector says too.
fn refused_elsewhere(state: GridState) -> impl IntoView {
    let inspected = state.cell_at(state.active.get()).filter(|_| state.inspecting.get());
    let refused = state.edits.with(|edits| {
        let elsewhere =
            edits.iter().filter(|(cell, _)| inspected.as_ref().is_none_or(|shown| shown.id != **cell));
        let refused = elsewhere
            .filter_map(|(cell, edit)| Some((cell.clone(), edit.failed.clone()?, edit.text.clone())));
        refused.collect::<Vec<_>>()
    });
    refused.into_iter().map(|(cell, error, text)| view! { <Refused state cell error text /> }).collect_view()
}

fn saved_state(state: GridState) -> impl IntoView {
    let (class, icon, word) = match saving_of(state) {
        Saving::Saved => ("save-state", IconName::Check, "Saved"),
        Saving::Underway => ("save-state info", IconName::Refresh, "Saving"),
        Saving::Refused => ("save-state error", IconName::CrossCircle, "Not saved"),
    };
    view! {
        <span class=class role="status">
            <Icon name=icon />
            {word}
        </span>
    }
}

fn footer(state: GridState) -> impl IntoView {
    let people = state.columns.with(|columns| {
        let own = |role: ColumnRole, kind: &ColumnKind| {
            role == ColumnRole::Ingredient && *kind != ColumnKind::Stats
        };
        columns
            .iter()
            .enumerate()
            .filter(|(_, column)| own(column.role, &column.kind))
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    });
    let (rows, filled, spent) = state.rows.with(|rows| {
        let holds = |row: &super::grid_state::GridRow, at: usize| {
            row.cells.get(at).and_then(Option::as_ref).is_some_and(|cell| {
                cell.value.as_ref().is_some_and(|value| !value.is_empty())
                    || cell.default_generation.is_some()
            })
        };
        let filled: usize = rows.iter().map(|row| people.iter().filter(|at| holds(row, **at)).count()).sum();
        (rows.len(), filled, rows.iter().filter_map(|row| row.cost).sum::<f64>())
    });
    let percent = (filled * 100).checked_div(rows * people.len()).unwrap_or(0);
    view! {
        <span><strong>{rows}</strong>" rows"</span>
        <span><strong>{format!("{percent} %")}</strong>" filled"</span>
        <span>"Spent " <strong>{credits(spent)}</strong></span>
    }
}

/// Begins at the cell that the URL names, and keeps the URL at the cell that the inspector shows.
fn open_what_the_url_names(state: GridState) {
    let query = use_query_map();
    let named = query.with_untracked(|query| query.get("cell").and_then(|cell| cell.parse::<CellId>().ok()));
    if let Some(place) = named.and_then(|cell| state.place_of(&cell)) {
        state.go_to(place);
        state.inspecting.set(true);
    }
    let navigate = use_navigate();
    Effect::new(move |before: Option<String>| {
        let place = state.active.get();
        let (agent, vidsheet) = state.ids.get_value();
        let ids = state.rows.with_untracked(|rows| {
            let row = rows.get(place.row)?;
            Some((row.id.clone(), row.cells.get(place.column)?.as_ref()?.id.clone()))
        });
        let url = match ids.filter(|_| state.inspecting.get()) {
            Some((row, cell)) => paths::cell(&agent, &vidsheet, &row, &cell),
            None => paths::vidsheet(&agent, &vidsheet),
        };
        let url = paths::looked_at(url, state.view.with(views::text_of).as_deref());
        if before.as_ref().is_some_and(|before| *before != url) {
            navigate(&url, NavigateOptions { replace: true, scroll: false, ..Default::default() });
        }
        url
    });
}
