//! Taking back what one did, and doing it again. The server keeps the steps, so that another tab can.

use gen_client::CellId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{EditOutcome, Undone};

use super::acts;
use super::grid_state::GridState;
use super::server_fns;
use crate::error::AppError;
use crate::ui::{Icon, IconName};

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Take the last act back.
    Undo,
    /// Do again what was taken back.
    Redo,
}

/// What an act came to, for a person to read.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// In words.
    pub words: String,
    /// What was left because others changed it since, and which way was tried.
    pub left: Option<(Way, Vec<CellId>)>,
}

impl Notice {
    /// Words alone.
    pub fn of(words: impl Into<String>) -> Self {
        Self { words: words.into(), left: None }
    }
}

/// Takes the caller's last act back, or does it again; `over` insists on cells that others changed since.
pub fn go(state: GridState, way: Way, over: Vec<CellId>, trouble: RwSignal<Option<AppError>>) {
    trouble.set(None);
    let (agent, vidsheet) = state.ids.get_value();
    spawn_local(async move {
        let done = match way {
            Way::Undo => server_fns::undo(agent, vidsheet, over).await,
            Way::Redo => server_fns::redo(agent, vidsheet, over).await,
        };
        match done {
            Ok(done) => {
                state.notice.try_set(Some(notice(way, done)));
                acts::refresh(state);
            }
            Err(error) => drop(trouble.try_set(Some(error))),
        }
    });
}

/// What the last act came to, until the next one or until it is closed.
#[component]
pub fn NoticeBar(
    /// The open vidsheet.
    state: GridState,
    /// Where an act that belongs to no cell says why it failed.
    trouble: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let insist = move || {
        let (way, cells) = state.notice.get()?.left?;
        let words = format!("Overwrite {} anyway", cells.len());
        Some(view! {
            <button type="button" class="button" on:click=move |_| go(state, way, cells.clone(), trouble)>
                {words}
            </button>
        })
    };
    view! {
        <div class="sheet-notice" class:is-shown=move || state.notice.with(Option::is_some)>
            <p role="status">{move || state.notice.get().map(|notice| notice.words)}</p>
            {insist}
            <Show when=move || state.notice.with(Option::is_some)>
                <button type="button" class="button icon-only" aria-label="Close notice" on:click=move |_| state.notice.set(None)>
                    <Icon name=IconName::Cross />
                </button>
            </Show>
        </div>
    }
}

fn notice(way: Way, done: Option<Undone<AppError>>) -> Notice {
    let Some(done) = done else {
        return Notice::of(match way {
            Way::Undo => "There is nothing of yours to take back.",
            Way::Redo => "There is nothing to do again.",
        });
    };
    let done_words = match way {
        Way::Undo => "Taken back",
        Way::Redo => "Done again",
    };
    let mut words = vec![format!("{done_words}: {}.", done.act.what)];
    let mut left = Vec::new();
    let mut refused = 0;
    for cell in done.cells {
        match cell.outcome {
            EditOutcome::Conflict { .. } => left.push(cell.cell),
            EditOutcome::Refused { .. } => refused += 1,
            EditOutcome::Saved | EditOutcome::Waiting => {}
        }
    }
    if !left.is_empty() {
        words.push(format!("{} changed by somebody since, left as they are.", cells(left.len())));
    }
    if refused > 0 {
        words.push(format!("{} could not be set.", cells(refused)));
    }
    words.extend(done.left);
    Notice { words: words.join(" "), left: (!left.is_empty()).then_some((way, left)) }
}

fn cells(count: usize) -> String {
    if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") }
}
