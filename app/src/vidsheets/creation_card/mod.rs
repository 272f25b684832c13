//! The form that starts a generation on a cell.

mod fields;
mod form;
mod price;

pub use form::{CardForm, default_type, lipsync_sources};

use gen_client::AgentId;
use gen_client::model::{ColumnKind, GenerationType};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::acts;
use super::cells::CellContent;
use super::grid_state::GridState;
use crate::error::AppError;
use crate::generations::{PriceLine, kind_words};
use crate::ui::{ErrorNote, Icon, IconName, Segmented, credits_estimate};
use price::{Already, Price};

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
    let cell = StoredValue::new(content.cell.id.clone());
    let row = state.place_of(&content.cell.id).map_or(0, |place| place.row);
    let send = move |front: bool| {
        let card = match untrack(|| form.card(&row_texts(state, row))) {
            Ok(card) => card,
            Err(error) => return trouble.set(Some(error)),
        };
        trouble.set(None);
        sending.set(true);
        let sent = acts::generate(state, cell.get_value(), card, front);
        spawn_local(async move {
            let sent = sent.await;
            // The person may have gone to another cell meanwhile; then there is no card to tell.
            sending.try_set(false);
            trouble.try_set(sent.err());
        });
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !sending.get_untracked() {
            event.prevent_default();
            send(event.shift_key());
        }
    };
    let kinds = (content.column.kind == ColumnKind::Video).then(|| {
        let options = [GenerationType::VideoFromText, GenerationType::Lipsync];
        let options = options.map(|kind| (kind.to_string(), kind_words(&kind)));
        let choose = Callback::new(move |kind: String| form.choose_type(GenerationType::from(kind.as_str())));
        view! { <Segmented label="Kind" options=options.to_vec() value=Signal::derive(move || form.kind.get().to_string()) on_choose=choose /> }
    });
    // A clip or sound that is finished while the card is open can be chosen at once.
    let sources = Memo::new(move |_| lipsync_sources(state, row));
    Effect::new(move || form.keep_to(&sources.get()));
    let price = Price::new(state, cell, row, form);
    view! {
        <form class="creation-card" aria-label="Creation card" on:submit=move |event| { event.prevent_default(); send(false) } on:keydown=on_key>
            {kinds}
            {move || fields::fields(&form.kind.get(), form, &agent, sources)}
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
            <Already state cell price />
            <PriceLine quote=price.quote trouble=price.trouble published=price.published id="card-basis" />
            <div class="card-send">
                <button type="button" class="button" disabled=sending title="Ctrl+Shift+Enter" on:click=move |_| send(true)>
                    <Icon name=IconName::Front />
                    "Front of queue"
                </button>
                <button type="submit" class="button primary" disabled=sending aria-describedby="card-basis">
                    {move || if sending.get() { "Generate · sending…".to_owned() } else { format!("Generate · {}", credits_estimate(price.credits())) }}
                </button>
            </div>
        </form>
    }
}

/// The texts of a row by column title: what `{{TITLE}}` in a prompt stands for. Tracks them.
pub(super) fn row_texts(state: GridState, row: usize) -> Vec<(String, String)> {
    let titles =
        state.columns.with(|columns| columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>());
    state.rows.with(|rows| {
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
