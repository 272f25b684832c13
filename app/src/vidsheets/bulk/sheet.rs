use gen_client::CellId;
use leptos::prelude::*;
use model::{BatchQuote, Skipped};

use super::super::acts;
use super::super::grid_state::{GridState, Run};
use crate::error::AppError;
use crate::generations::{kind_words, model_words, times_words};
use crate::queue::server_fns::quote_batch;
use crate::ui::{Act, Dialog, ErrorNote, Icon, IconName, credits, credits_estimate, new_request};

/// Asks before many cells are run: what, for how much, what is left after, and what is left out.
#[component]
pub fn RunSheet(
    /// The open vidsheet; what is asked is its `confirming`.
    state: GridState,
) -> impl IntoView {
    let open = Signal::derive(move || state.confirming.with(Option::is_some));
    let title = Signal::derive(move || {
        let count = state.confirming.with(|run| run.as_ref().map_or(0, |run| run.cells.len()));
        if count == 1 { "Run 1 cell?".to_owned() } else { format!("Run {count} cells?") }
    });
    view! {
        <Dialog open title on_close=move |()| state.confirming.set(None)>
            {move || state.confirming.get().map(|run| view! { <Body state run /> })}
        </Dialog>
    }
}

#[component]
fn Body(state: GridState, run: Run) -> impl IntoView {
    let quote = RwSignal::new(None::<Result<BatchQuote, AppError>>);
    let act = Act::idle();
    // One yes of a person is one batch, however often it is pressed.
    let request = StoredValue::new(new_request());
    let front = run.front;
    let (agent, vidsheet) = state.ids.get_value();
    leptos::task::spawn_local(async move {
        let answer = quote_batch(agent, vidsheet, run.cells, None).await;
        quote.try_set(Some(answer));
    });
    let start = Callback::new(move |cells: Vec<CellId>| {
        act.run(acts::run(state, cells, front, request.get_value()), move |()| state.confirming.set(None));
    });
    view! {
        <div class="run-sheet">
            {move || match quote.get() {
                None => view! { <p class="muted" role="status">"Estimating…"</p> }.into_any(),
                Some(Err(error)) => view! { <ErrorNote error /> }.into_any(),
                Some(Ok(quote)) => view! { <Estimate state quote front act start /> }.into_any(),
            }}
            {move || act.trouble.get().map(|error| view! { <ErrorNote error /> })}
        </div>
    }
}

#[component]
fn Estimate(
    state: GridState,
    quote: BatchQuote,
    front: bool,
    act: Act,
    start: Callback<Vec<CellId>>,
) -> impl IntoView {
    let already = match quote.already {
        0 => None,
        1 => Some(
            "1 of them was already made with the same settings; running it makes another take, for credits."
                .to_owned(),
        ),
        many => Some(format!(
            "{many} of them were already made with the same settings; running them makes other takes, for credits."
        )),
    };
    let skipped = skipped(state, &quote.skipped);
    let none = quote.cells.is_empty();
    view! {
        {(!none).then(|| view! { <Lines quote=quote.clone() /> })}
        {already.map(|words| view! { <div class="note"><Icon name=IconName::Info /><p>{words}</p></div> })}
        {(!skipped.is_empty())
            .then(|| {
                let lines = skipped.into_iter().map(|(why, cells)| view! { <li><strong>{cells}</strong> ": " {why}</li> });
                view! {
                    <section class="skipped" aria-label="Left out">
                        <h3>{format!("Left out: {}", quote.skipped.len())}</h3>
                        <ul role="list">{lines.collect_view()}</ul>
                    </section>
                }
            })}
        <Answers quote front act start />
    }
}

/// The table by kind and model, and what it leaves to spend.
#[component]
fn Lines(quote: BatchQuote) -> impl IntoView {
    let count: u32 = quote.lines.iter().map(|line| line.count).sum();
    let lines = quote.lines.iter().map(|line| {
        let kind = line.generation_type.as_ref().map_or_else(|| "Render".to_owned(), kind_words);
        view! {
            <tr>
                <th scope="row">{kind}</th>
                <td>{line.model.as_deref().map(model_words)}</td>
                <td class="end num">{line.count}</td>
                <td class="end num">{credits_estimate(line.credits)}</td>
            </tr>
        }
    });
    let lines = lines.collect_view();
    let funds = quote.funds;
    let facts = [
        ("Balance", funds.balance.map(credits)),
        ("Reserved for what waits", Some(funds.reserved).filter(|reserved| *reserved > 0.0).map(credits)),
        (
            "Balance after",
            funds.balance.map(|balance| credits_estimate(balance - funds.reserved - quote.credits)),
        ),
        ("Left of today's cap", funds.cap_left.map(credits)),
        ("Time", quote.typical.map(times_words)),
    ];
    let facts = facts.into_iter().filter_map(|(name, value)| {
        value.map(|value| view! { <dt>{name}</dt> <dd class="num">{value}</dd> })
    });
    let facts = facts.collect_view();
    view! {
        <div class="table-frame" tabindex="0" role="group" aria-label="Estimate, scrolls sideways">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">"Kind"</th>
                        <th scope="col">"Model"</th>
                        <th scope="col" class="end">"Cells"</th>
                        <th scope="col" class="end">"Estimate"</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row" colspan="2">"In all"</th>
                        <td class="end num">{count}</td>
                        <td class="end num"><strong>{credits_estimate(quote.credits)}</strong></td>
                    </tr>
                </tfoot>
            </table>
        </div>
        <dl class="run-facts">{facts}</dl>
    }
}

/// All of them, or as many as can be paid.
#[component]
fn Answers(quote: BatchQuote, front: bool, act: Act, start: Callback<Vec<CellId>>) -> impl IntoView {
    let (all, fit) = (quote.cells.len(), quote.fits as usize);
    let short = fit < all;
    let fitting = (short && fit > 0).then(|| {
        let cells: Vec<_> = quote.cells.iter().take(fit).cloned().collect();
        let words = format!("Run the {fit} that fit · {}", credits_estimate(quote.fits_credits));
        view! {
            <button type="button" class="button primary" disabled=act.busy on:click=move |_| start.run(cells.clone())>
                {words}
            </button>
        }
    });
    let warning = short.then(|| {
        view! {
            <div class="note note-warn" role="alert">
                <Icon name=IconName::Warning />
                <p>
                    {format!("Only {fit} of {all} can be paid now. What is over today's cap waits for an admin; when GEN has no credits left, the batch pauses and nothing more is sent.")}
                </p>
            </div>
        }
    });
    let cells = quote.cells;
    let words = match all {
        1 => format!("Run it · {}", credits_estimate(quote.credits)),
        _ => format!("Run all {all} · {}", credits_estimate(quote.credits)),
    };
    view! {
        {warning}
        {front.then(|| view! { <p class="meta">"They go to the front of the queue."</p> })}
        <div class="buttons">
            {fitting}
            {(all > 0)
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class=if short { "button" } else { "button primary" }
                            disabled=act.busy
                            on:click=move |_| start.run(cells.clone())
                        >
                            {words}
                        </button>
                    }
                })}
        </div>
    }
}

/// The reasons, each with the cells it holds for; the first few by name.
fn skipped(state: GridState, skipped: &[Skipped]) -> Vec<(String, String)> {
    const NAMED: usize = 4;
    let mut by_reason: Vec<(String, Vec<&CellId>)> = Vec::new();
    for one in skipped {
        match by_reason.iter_mut().find(|(why, _)| *why == one.why) {
            Some((_, cells)) => cells.push(&one.cell_id),
            None => by_reason.push((one.why.clone(), vec![&one.cell_id])),
        }
    }
    let named = |cells: Vec<&CellId>| {
        let names: Vec<String> = cells.iter().take(NAMED).filter_map(|cell| name(state, cell)).collect();
        match cells.len().saturating_sub(NAMED) {
            0 => names.join(", "),
            more => format!("{} and {more} more", names.join(", ")),
        }
    };
    by_reason.into_iter().map(|(why, cells)| (why, named(cells))).collect()
}

fn name(state: GridState, cell: &CellId) -> Option<String> {
    let place = state.place_of(cell)?;
    let column = untrack(|| state.column_at(place))?;
    Some(format!("{} {}", column.title, place.row + 1))
}
