//! The form that starts a generation on a cell.

mod fields;
mod form;

pub use form::{CardForm, default_type, lipsync_sources};

use gen_client::AgentId;
use gen_client::model::{ColumnKind, GenerationType};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::acts;
use super::cells::CellContent;
use super::grid_state::GridState;
use crate::error::AppError;
use crate::ui::{ErrorNote, Segmented, credits_estimate};

/// The card of one cell. It keeps what was typed while the person looks at other cells.
#[component]
pub fn CreationCardForm(
    /// The open vidsheet.
    state: GridState,
    /// The cell it generates.
    content: CellContent,
    /// What is typed so far.
    form: CardForm,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<AppError>);
    let sending = RwSignal::new(false);
    let agent: AgentId = state.ids.with_value(|(agent, _)| agent.clone());
    let cell = content.cell.id.clone();
    let row = state.place_of(&cell).map_or(0, |place| place.row);
    let send = move || {
        let card = match form.card(&row_texts(state, row)) {
            Ok(card) => card,
            Err(error) => return trouble.set(Some(error)),
        };
        let cell = cell.clone();
        trouble.set(None);
        sending.set(true);
        spawn_local(async move {
            let sent = acts::generate(state, cell, card).await;
            // The person may have gone to another cell meanwhile; then there is no card to tell.
            sending.try_set(false);
            trouble.try_set(sent.err());
        });
    };
    let send_by_key = send.clone();
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !sending.get_untracked() {
            event.prevent_default();
            send_by_key();
        }
    };
    let kinds = (content.column.kind == ColumnKind::Video).then(|| {
        let options = [GenerationType::VideoFromText, GenerationType::Lipsync];
        let options = options.map(|kind| (kind.to_string(), form::words(&kind).to_owned()));
        let choose = Callback::new(move |kind: String| form.choose_type(GenerationType::from(kind.as_str())));
        view! { <Segmented label="Kind" options=options.to_vec() value=Signal::derive(move || form.kind.get().to_string()) on_choose=choose /> }
    });
    // A clip or sound that is finished while the card is open can be chosen at once.
    let sources = Memo::new(move |_| lipsync_sources(state, row));
    Effect::new(move || form.keep_to(&sources.get()));
    view! {
        <form class="creation-card" aria-label="Creation card" on:submit=move |event| { event.prevent_default(); send() } on:keydown=on_key>
            {kinds}
            {move || fields::fields(&form.kind.get(), form, &agent, sources)}
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
            <div class="card-send">
                <span class="card-price">{move || credits_estimate(form.kind.get().typical_credits().into())}</span>
                <button type="submit" class="button primary" disabled=sending>
                    {move || if sending.get() { "Generate · sending…".to_owned() } else { format!("Generate · {}", credits_estimate(form.kind.get().typical_credits().into())) }}
                </button>
            </div>
        </form>
    }
}

/// The texts of a row by column title: what `{{TITLE}}` in a prompt stands for.
pub(super) fn row_texts(state: GridState, row: usize) -> Vec<(String, String)> {
    let titles = state
        .columns
        .with_untracked(|columns| columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>());
    state.rows.with_untracked(|rows| {
        let Some(row) = rows.get(row) else {
            return Vec::new();
        };
        let texts = row
            .cells
            .iter()
            .map(|cell| cell.as_ref().and_then(|cell| cell.value.clone()).unwrap_or_default());
        titles.into_iter().zip(texts).collect()
    })
}
