//! The views to choose from: the ones everybody needs, and those that people saved.

use leptos::prelude::*;
use model::{Filter, Operand, RowState, SavedView, SheetView, Test};

use super::{load_saved, table_address, text_of};
use crate::paths;
use crate::ui::{Icon, IconName, Menu};
use crate::vidsheets::grid_state::{Beside, GridState};

/// The menu. Its entries are links, so that a view can be opened in another tab and before the page lives.
#[component]
pub fn ViewMenu(
    /// The open vidsheet.
    state: GridState,
) -> impl IntoView {
    Effect::new(move || load_saved(state));
    let all = move || {
        let saved = state.saved_views.get().into_iter().map(|SavedView { name, view, .. }| (name, view));
        usual().into_iter().map(|(name, view)| (name.to_owned(), view)).chain(saved).collect::<Vec<_>>()
    };
    let name = move || {
        let view = state.view.get();
        let found = all().into_iter().find(|(_, known)| *known == view);
        found.map_or_else(|| "Own view".to_owned(), |(name, _)| name)
    };
    let link = move |(name, view): (String, SheetView)| {
        let href = address(state, &view);
        let current = move || state.view.with(|now| *now == view).then_some("true");
        view! {
            <a href=href aria-current=current>
                {name}
            </a>
        }
    };
    let as_table = move || table_address(state, state.view.with(text_of).as_deref());
    view! {
        <Menu class="menu-plain" summary=move || view! {
            <Icon name=IconName::Eye />
            <span class="visually-hidden">"View: "</span>
            {name}
            <Icon name=IconName::ChevronDown />
        }>
            <div class="menu-items">
                {move || all().into_iter().map(link).collect_view()}
                <button type="button" class="menu-end" on:click=move |_| state.beside.set(Some(Beside::View))>"Filter, sort, save…"</button>
                <a href=as_table>"As a plain table"</a>
            </div>
        </Menu>
    }
}

/// Where a view of the sheet is.
fn address(state: GridState, view: &SheetView) -> String {
    let (agent, vidsheet) = state.ids.get_value();
    paths::looked_at(paths::vidsheet(&agent, &vidsheet), text_of(view).as_deref())
}

/// The views that everybody needs.
fn usual() -> [(&'static str, SheetView); 5] {
    let only = |state: RowState| SheetView {
        filters: vec![Filter { on: Operand::State, is: Test::In(state) }],
        ..SheetView::default()
    };
    [
        ("All rows", SheetView::default()),
        (RowState::Started.words(), only(RowState::Started)),
        (RowState::Failed.words(), only(RowState::Failed)),
        (RowState::Filled.words(), only(RowState::Filled)),
        (RowState::Rendered.words(), only(RowState::Rendered)),
    ]
}
