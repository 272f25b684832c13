//! The drawer beside the grid: everything about the active cell.

mod refused;
mod render_card;
mod state;

pub use refused::{Refused, saving_of};

use std::collections::HashMap;

use gen_client::CellId;
use gen_client::model::{Column, ColumnKind, ColumnRole};
use leptos::prelude::*;

use super::acts;
use super::cells::CellContent;
use super::creation_card::{CardForm, CreationCardForm, lipsync_sources};
use super::grid_state::{GridState, Place};
use super::row::content;
use super::takes::Takes;
use crate::ideas::RowIdea;
use crate::ui::{Counter, Drawer, credits};
use render_card::RenderCard;
use state::State;

/// The drawer. It follows the active cell.
#[component]
pub fn Inspector(
    /// The open vidsheet.
    state: GridState,
) -> impl IntoView {
    // A card keeps what was typed while the person looks at other cells.
    let forms = StoredValue::new(HashMap::<CellId, CardForm>::new());
    let owner = Owner::current();
    let place = Memo::new(move |_| state.active.get());
    let shown = Memo::new(move |_| {
        state.column_at(place.get()).and_then(|column| content(state, place.get(), &column))
    });
    let cell =
        Memo::new(move |_| shown.with(|content| content.as_ref().map(|content| content.cell.id.clone())));
    let row = Memo::new(move |_| state.rows.with(|rows| rows.get(place.get().row).map(|row| row.id.clone())));
    let title = move || {
        let column = shown.with(|content| content.as_ref().map(|content| content.column.title.clone()));
        format!("{} · row {}", column.unwrap_or_default(), place.get().row + 1)
    };
    let body = move || {
        cell.with(|_| ());
        let content = shown.get_untracked()?;
        let form = form_of(state, forms, owner.as_ref(), &content, place.get_untracked());
        let editable =
            content.column.role == ColumnRole::Ingredient && content.column.kind == ColumnKind::Text;
        Some(view! {
            <State state shown />
            {editable.then(|| view! { <ValueField state content=content.clone() /> })}
            {form.map(|form| view! { <CreationCardForm state content=content.clone() form /> })}
            {(content.column.role == ColumnRole::FinalVideo).then(|| view! { <RenderCard state shown /> })}
            {(content.column.role == ColumnRole::Video).then(|| layers(&content))}
            {(content.column.role != ColumnRole::Stats)
                .then(|| view! { <Takes state cell=content.cell.id.clone() version=takes_version(shown) /> })}
        })
    };
    view! {
        <Drawer title=Signal::derive(title) on_close=move |()| state.inspecting.set(false)>
            <ColumnTabs state />
            {move || row.get().map(|row| view! { <RowIdea agent=state.ids.with_value(|(agent, _)| agent.clone()) row /> })}
            {body}
        </Drawer>
    }
}

/// The other cells of the row, for screens too narrow for the grid's columns.
#[component]
fn ColumnTabs(state: GridState) -> impl IntoView {
    let tab = move |(at, column): (usize, Column)| {
        let current = move || (state.active.get().column == at).then_some("true");
        view! {
            <button type="button" class="tag" aria-current=current on:click=move |_| state.go_to(Place { column: at, ..state.active.get_untracked() })>
                {column.title}
            </button>
        }
    };
    view! { <nav class="column-tabs" aria-label="Cells of this row">{move || state.columns.get().into_iter().enumerate().map(tab).collect_view()}</nav> }
}

/// The whole text of a cell, for texts that are long and screens that are small.
#[component]
fn ValueField(state: GridState, content: CellContent) -> impl IntoView {
    let cell = content.cell.id.clone();
    let shown = {
        let cell = content.cell.clone();
        Memo::new(move |_| {
            let newest = state
                .place_of(&cell.id)
                .and_then(|place| state.cell_at(place))
                .unwrap_or_else(|| cell.clone());
            state.text_of(&newest)
        })
    };
    let typed = RwSignal::new(shown.get_untracked());
    Effect::new(move || typed.set(shown.get()));
    let save = move |_| {
        let (before, text) = (shown.get_untracked(), typed.get_untracked());
        if before != text {
            acts::save(state, cell.clone(), text, Some(before).filter(|before| !before.is_empty()));
        }
    };
    view! {
        <label class="field">
            <span class="label-line">
                <span class="label">"Value"</span>
                <Counter text=typed max=model::VALUE_MAX />
            </span>
            <textarea
                class="input"
                rows="4"
                aria-label="Value"
                prop:value=typed
                on:input:target=move |event| typed.set(event.target().value())
                on:change=save
            ></textarea>
        </label>
    }
}

fn form_of(
    state: GridState,
    forms: StoredValue<HashMap<CellId, CardForm>>,
    owner: Option<&Owner>,
    content: &CellContent,
    place: Place,
) -> Option<CardForm> {
    let id = content.cell.id.clone();
    if let Some(form) = forms.with_value(|forms| forms.get(&id).copied()) {
        return Some(form);
    }
    let texts = untrack(|| super::creation_card::row_texts(state, place.row));
    let sources = untrack(|| lipsync_sources(state, place.row));
    let begin = || CardForm::begin(content, &texts, &sources);
    let form = owner.map_or_else(begin, |owner| owner.with(begin))?;
    forms.update_value(|forms| {
        forms.insert(id, form);
    });
    Some(form)
}

/// A number that differs whenever the takes may.
fn takes_version(shown: Memo<Option<CellContent>>) -> Signal<usize> {
    let fingerprint = Memo::new(move |_| {
        shown.with(|content| {
            let content = content.as_ref()?;
            let takes = content.cell.generations.iter().map(|take| (take.id.clone(), take.status.clone()));
            let default = content.cell.default_generation.as_ref().map(|take| take.id.clone());
            Some((takes.collect::<Vec<_>>(), default, content.work.as_ref().map(|work| work.progress)))
        })
    });
    let version = StoredValue::new(0_usize);
    Memo::new(move |_| {
        // Reading it is what makes a memo look at all; `track` alone would wait for ever.
        fingerprint.with(|_| ());
        version.update_value(|version| *version += 1);
        version.get_value()
    })
    .into()
}

fn layers(content: &CellContent) -> impl IntoView + use<> {
    let layers = content.cell.layers.iter().rev().map(|layer| {
        view! {
            <li>
                <strong>{layer.name.clone()}</strong>
                <span class="muted">{layer.kind.to_string()}</span>
            </li>
        }
    });
    let layers: Vec<_> = layers.collect();
    let cost = content.row_cost.map(credits);
    view! {
        <section class="layer-list" aria-label="Layers">
            <h3>"Layers, front to back"</h3>
            <ol>{layers}</ol>
            {cost.map(|cost| view! { <p class="muted">"Row so far: " {cost}</p> })}
        </section>
    }
}
