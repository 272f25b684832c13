//! What can be done to many cells at once: the bar that says what and for how much, and the sheet that asks.

mod sheet;

use gen_client::CellId;
use leptos::prelude::*;
use model::{Action, BatchQuote};

use super::acts;
use super::grid_state::{GridState, Run};
use super::selection::Runs;
use crate::error::AppError;
use crate::generations::{FitsWord, Quoted, asked_later, fits};
use crate::queue::server_fns::quote_batch;
use crate::shell::use_surroundings;
use crate::ui::{Icon, IconName, credits_estimate};
pub use sheet::RunSheet;

/// The bar below the grid, from two cells on.
#[component]
pub fn BulkBar(
    /// The open vidsheet.
    state: GridState,
    /// Where an act that belongs to no cell says why it failed.
    trouble: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let words = move || {
        state.selected.get().map(|span| {
            let cells = format!("{} cells", span.cells());
            let rows = if span.rows() == 1 { "1 row".to_owned() } else { format!("{} rows", span.rows()) };
            (cells, rows)
        })
    };
    view! {
        // It stands there always, so that a screen reader hears it change.
        <p class="visually-hidden" role="status">
            {move || words().map(|(cells, rows)| format!("{cells} in {rows} selected"))}
        </p>
        <Show when=move || state.selected.with(Option::is_some)>
            <div
                class="bulk"
                role="toolbar"
                aria-label=move || words().map(|(cells, rows)| format!("Selection: {cells} in {rows}"))
            >
                <p class="bulk-count num">
                    <strong>{move || words().map(|(cells, _)| cells)}</strong>
                    " "
                    <span class="muted">{move || words().map(|(_, rows)| rows)}</span>
                </p>
                <RunButton state runs=Runs::Generate />
                <RunButton state runs=Runs::Render />
                <Others state trouble />
                <button
                    type="button"
                    class="button icon-only"
                    aria-label="Clear selection"
                    on:click=move |_| state.selected.set(None)
                >
                    <Icon name=IconName::Cross />
                </button>
            </div>
        </Show>
    }
}

/// Runs what can be run so, with its price.
#[component]
fn RunButton(state: GridState, runs: Runs) -> impl IntoView {
    let surroundings = use_surroundings();
    let cells = Memo::new(move |_| state.runnable(runs));
    let wanted = move || Some(cells.get()).filter(|cells| !cells.is_empty());
    let quoted: Quoted<Vec<CellId>, BatchQuote> = asked_later(wanted, move |cells| {
        let (agent, vidsheet) = state.ids.get_value();
        quote_batch(agent, vidsheet, cells, None)
    });
    let quote = Memo::new(move |_| {
        quoted.with(|quoted| match quoted {
            Some((asked, Ok(quote))) if cells.with(|cells| cells == asked) => Some(quote.clone()),
            _ => None,
        })
    });
    let trouble = move || {
        quoted.with(|quoted| {
            quoted.as_ref().and_then(|(_, quote)| quote.as_ref().err().map(AppError::to_string))
        })
    };
    let word = match runs {
        Runs::Generate => "Generate",
        Runs::Render => "Render",
    };
    let words = move || match quote.get() {
        Some(quote) => format!("{word} {} · {}", quote.cells.len(), credits_estimate(quote.credits)),
        None => format!("{word} {}", cells.with(Vec::len)),
    };
    let nothing = move || quote.with(|quote| quote.as_ref().is_some_and(|quote| quote.cells.is_empty()));
    let may = move || surroundings.may(Action::Spend);
    let title = move || match (may(), nothing()) {
        (false, _) => Some("Your role is viewer: an editor can do this.".to_owned()),
        (true, true) => Some("None of them can be run; open it to see why.".to_owned()),
        (true, false) => trouble(),
    };
    let ask = move |_| state.confirming.set(Some(Run { cells: cells.get_untracked(), front: false }));
    view! {
        <Show when=move || cells.with(|cells| !cells.is_empty())>
            <button
                type="button"
                class=if runs == Runs::Generate { "button primary num" } else { "button num" }
                disabled=move || !may()
                title=title
                on:click=ask
            >
                {words}
            </button>
            {move || {
                quote
                    .with(|quote| quote.as_ref().filter(|quote| !quote.cells.is_empty()).map(|quote| fits(quote.credits, &quote.funds)))
                    .map(|fits| view! { <FitsWord fits /> })
            }}
        </Show>
    }
}

/// Stop and retry, each with how many it is about.
#[component]
fn Others(state: GridState, trouble: RwSignal<Option<AppError>>) -> impl IntoView {
    let surroundings = use_surroundings();
    let stoppable = Memo::new(move |_| acts::stoppable(state).len());
    let failed = Memo::new(move |_| acts::failed(state));
    let off = move || !surroundings.may(Action::Spend);
    let retry = move |_| state.confirming.set(Some(Run { cells: failed.get_untracked(), front: false }));
    view! {
        <Show when=move || { stoppable.get() > 0 }>
            <button type="button" class="button" disabled=off on:click=move |_| acts::stop_selected(state, trouble)>
                <Icon name=IconName::Stop />
                {move || format!("Stop {}", stoppable.get())}
            </button>
        </Show>
        <Show when=move || failed.with(|failed| !failed.is_empty())>
            <button type="button" class="button" disabled=off on:click=retry>
                <Icon name=IconName::Refresh />
                {move || format!("Retry failed {}", failed.with(Vec::len))}
            </button>
        </Show>
    }
}
