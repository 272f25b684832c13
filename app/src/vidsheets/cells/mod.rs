//! What each kind of cell shows: one file per kind, one table of kinds.

mod audio;
mod face;
mod image;
mod layers;
mod stats;
mod text;
mod video;

pub use face::{Face, RENDER_CREDITS, accessible_name, face, shown_media};

use std::sync::Arc;

use gen_client::model::{Cell, Column, ColumnKind, ColumnRole};
use leptos::prelude::*;
use model::Work;

use crate::generations::Elapsed;
use crate::ui::{Icon, IconName};

/// Everything a cell is drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct CellContent {
    /// Its column.
    pub column: Column,
    /// The cell itself.
    pub cell: Arc<Cell>,
    /// The newest work of ours on it.
    pub work: Option<Arc<Work>>,
    /// Whether that work takes longer than usual.
    pub late: bool,
    /// What is shown as its text: what was typed, else what is saved.
    pub text: String,
    /// Whether a typed text is on its way, or why it was refused.
    pub saving: Saving,
    /// Credits its row took so far.
    pub row_cost: Option<f64>,
}

/// Where a typed text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// Nothing is on its way.
    Saved,
    /// GEN is being told.
    Underway,
    /// It was refused and is still shown.
    Refused,
}

/// The table of kinds.
pub fn draw(content: &CellContent) -> AnyView {
    match (content.column.role, &content.column.kind) {
        (ColumnRole::Video, _) => layers::draw(content).into_any(),
        (ColumnRole::Stats, _) | (_, ColumnKind::Stats) => stats::draw(content).into_any(),
        (ColumnRole::FinalVideo, _) | (_, ColumnKind::Video) => video::draw(content).into_any(),
        (_, ColumnKind::Image) => image::draw(content).into_any(),
        (_, ColumnKind::Audio) => audio::draw(content).into_any(),
        (_, ColumnKind::Text | ColumnKind::Unknown(_)) => text::draw(content).into_any(),
    }
}

/// Icon, word and fact, left-aligned, so that a cell never jumps when its state changes.
fn state_lines(state: &Face) -> impl IntoView + use<> {
    let (icon, word, fact, tone) = (state.icon, state.word, state.fact.clone(), state.tone.class());
    let clock = state.clock.map(|(since, typical)| {
        view! {
            <span class="cell-fact">
                <Elapsed since typical />
            </span>
        }
    });
    view! {
        <span class="cell-state">
            <span class=format!("cell-word {tone}")>
                <Icon name=icon />
                {word}
            </span>
            {clock}
            {(!fact.is_empty()).then(|| view! { <span class="cell-fact">{fact}</span> })}
        </span>
    }
}

/// The slot of fixed size where a picture is or will be.
fn poster(picture: Option<String>, empty: IconName) -> impl IntoView + use<> {
    match picture {
        Some(source) => {
            view! { <img class="poster" src=source alt="" loading="lazy" decoding="async" draggable="false" /> }.into_any()
        }
        None => view! { <span class="poster is-empty"><Icon name=empty /></span> }.into_any(),
    }
}
