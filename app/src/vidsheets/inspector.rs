//! The drawer beside the grid: everything about the active cell.

use std::collections::HashMap;

use gen_client::CellId;
use gen_client::model::{Column, ColumnKind, ColumnRole, GenerationStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::Progress;

use super::acts;
use super::cells::{self, CellContent, RENDER_CREDITS, Saving};
use super::creation_card::{CardForm, CreationCardForm, lipsync_sources};
use super::grid_state::{GridState, Place};
use super::row::content;
use super::takes::{Takes, player};
use crate::error::{AppError, ErrorKind};
use crate::paths;
use crate::ui::{Counter, Drawer, ErrorNote, Icon, credits, credits_estimate};

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
            <button type="button" class="tag" aria-current=current on:click=move |_| state.active.update(|place| place.column = at)>
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
                <Counter text=typed max=acts::VALUE_MAX />
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
    let texts = super::creation_card::row_texts(state, place.row);
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

/// What the cell is doing, what it holds, why a text was refused, and how to stop.
#[component]
fn State(state: GridState, shown: Memo<Option<CellContent>>) -> impl IntoView {
    let trouble = RwSignal::new(None::<AppError>);
    let face = Memo::new(move |_| shown.with(|content| content.as_ref().map(cells::face)));
    let refused = Memo::new(move |_| {
        let cell = shown.with(|content| content.as_ref().map(|content| content.cell.id.clone()))?;
        state.edits.with(|edits| {
            edits
                .get(&cell)
                .and_then(|edit| edit.failed.clone().map(|error| (cell.clone(), error, edit.text.clone())))
        })
    });
    let running = Memo::new(move |_| {
        shown.with(|content| {
            let content = content.as_ref()?;
            let ours = content.work.as_ref().filter(|work| work.progress.can_stop());
            let ours = ours.and_then(|work| work.generation_id.clone());
            let gens = || content.cell.running().map(|generation| generation.id.clone());
            Some((content.cell.id.clone(), ours.or_else(gens)?))
        })
    });
    let unclear = Memo::new(move |_| {
        let work = shown.with(|content| content.as_ref()?.work.clone())?;
        (work.progress == Progress::Unknown).then(|| AppError {
            kind: ErrorKind::Unreachable,
            message: work.reason.clone().unwrap_or_else(|| "No clear answer came.".to_owned()),
            advice: "It is not sent again by itself; GEN is asked whether it arrived.".to_owned(),
            code: work.error_code.clone(),
        })
    });
    let stop = move |_| {
        let Some((cell, generation)) = running.get_untracked() else {
            return;
        };
        spawn_local(async move {
            trouble.try_set(acts::stop(state, cell, generation).await.err());
        });
    };
    let media = move || {
        shown.with(|content| {
            let generation = content.as_ref()?.cell.default_generation.clone()?;
            (generation.status == GenerationStatus::Completed)
                .then(|| generation.outputs.first().map(|output| player(output, 1)))
        })
    };
    view! {
        <div class="inspector-state">
            {media}
            <p class="state-line" role="status">
                {move || {
                    face.get()
                        .map(|face| {
                            view! {
                                <span class=format!("cell-word {}", face.tone.class())>
                                    <Icon name=face.icon />
                                    {face.word}
                                </span>
                                <span class="cell-fact">{face.fact}</span>
                            }
                        })
                }}
            </p>
            {move || running.get().map(|_| view! { <button type="button" class="button" on:click=stop>"Stop · refunds"</button> })}
            {move || trouble.get().or_else(|| unclear.get()).map(|error| view! { <ErrorNote error /> })}
            {move || refused.get().map(|(cell, error, text)| view! { <Refused state cell error text /> })}
        </div>
    }
}

/// A text that was not saved: why, what is there instead, and the person's choice.
#[component]
pub fn Refused(
    /// The open vidsheet.
    state: GridState,
    /// Whose text.
    cell: CellId,
    /// Why.
    error: AppError,
    /// What was typed.
    text: String,
) -> impl IntoView {
    let theirs = match &error.kind {
        ErrorKind::Conflict { theirs } => Some(theirs.clone()),
        _ => None,
    };
    let again = if theirs.is_some() { "Keep mine" } else { "Save again" };
    let give_up = if theirs.is_some() { "Keep theirs" } else { "Give it up" };
    let retry = {
        let cell = cell.clone();
        move |_| acts::retry(state, cell.clone())
    };
    view! {
        <div class="refused">
            <ErrorNote error />
            <p class="refused-text">
                <span class="label">"Typed"</span>
                {text}
            </p>
            {theirs.map(|theirs| view! { <p class="refused-text"><span class="label">"There now"</span>{theirs}</p> })}
            <div class="refused-acts">
                <button type="button" class="button primary" on:click=retry>
                    {again}
                </button>
                <button type="button" class="button" on:click=move |_| acts::discard(state, cell.clone())>
                    {give_up}
                </button>
            </div>
        </div>
    }
}

/// Starts a render, and hands out the newest one.
#[component]
fn RenderCard(state: GridState, shown: Memo<Option<CellContent>>) -> impl IntoView {
    let trouble = RwSignal::new(None::<AppError>);
    let sending = RwSignal::new(false);
    let render = move |_| {
        let Some(cell) =
            shown.with_untracked(|content| content.as_ref().map(|content| content.cell.id.clone()))
        else {
            return;
        };
        trouble.set(None);
        sending.set(true);
        spawn_local(async move {
            let sent = acts::render(state, cell).await;
            sending.try_set(false);
            trouble.try_set(sent.err());
        });
    };
    let running = move || {
        let running =
            |content: &CellContent| content.work.as_ref().is_some_and(|work| work.progress.is_running());
        sending.get() || shown.with(|content| content.as_ref().is_some_and(running))
    };
    let download =
        move || shown.with(|content| cells::shown_media(content.as_ref()?, false).map(paths::media_download));
    view! {
        <div class="render-card">
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
            <div class="card-send">
                {move || download().map(|href| view! { <a class="button" href=href download rel="external">"Download"</a> })}
                <button type="button" class="button primary" on:click=render disabled=running>
                    {format!("Render · {}", credits_estimate(RENDER_CREDITS.into()))}
                </button>
            </div>
        </div>
    }
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

/// Whether a text waits for GEN's word anywhere in the sheet, for the toolbar.
pub fn saving_of(state: GridState) -> Saving {
    state.edits.with(|edits| {
        if edits.values().any(|edit| edit.failed.is_some()) {
            Saving::Refused
        } else if edits.is_empty() {
            Saving::Saved
        } else {
            Saving::Underway
        }
    })
}
