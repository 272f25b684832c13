use gen_client::CellId;
use gen_client::model::CreationCard;
use leptos::prelude::*;
use model::{AlreadyMade, Quote};

use super::super::acts;
use super::super::grid_state::GridState;
use super::form::CardForm;
use super::row_texts;
use crate::error::AppError;
use crate::generations::{Quoted, asked_later, price_of};
use crate::queue::server_fns::quote_cell;
use crate::ui::{Act, ErrorNote, Icon, IconName, day};

/// What the card costs as it is filled in now.
#[derive(Clone, Copy)]
pub(super) struct Price {
    /// The server's word on what the card is about, if it has one.
    pub(super) quote: Memo<Option<Quote>>,
    /// Why it has none.
    pub(super) trouble: Memo<Option<AppError>>,
    /// GEN's published figure, in credits.
    pub(super) published: Memo<f64>,
    /// A finished take with exactly these settings.
    already: Memo<Option<AlreadyMade>>,
}

impl Price {
    /// Asks for it, again whenever the card changed or the cell's work moved on.
    pub(super) fn new(state: GridState, cell: StoredValue<CellId>, row: usize, form: CardForm) -> Self {
        let card = Memo::new(move |_| form.card(&row_texts(state, row)).ok());
        let progress = Memo::new(move |_| {
            state.work.with(|work| cell.with_value(|cell| Some(work.get(cell)?.progress)))
        });
        let wanted = move || {
            progress.track();
            card.get()
        };
        let quoted: Quoted<CreationCard, Quote> = asked_later(wanted, move |card| {
            let (agent, vidsheet) = state.ids.get_value();
            quote_cell(agent, vidsheet, cell.get_value(), Some(card))
        });
        // While somebody types on, the price of the same kind and model stays; what it says of the very settings does not.
        let current =
            move || card.get().map(|card| (card.generation_type(), card.model().map(str::to_owned)));
        let about = Memo::new(move |_| {
            quoted.with(|quoted| {
                let (asked, answer) = quoted.as_ref()?;
                let same = current().is_none_or(|(kind, model)| {
                    kind == asked.generation_type() && model.as_deref() == asked.model()
                });
                (same && asked.generation_type() == form.kind.get()).then(|| answer.clone())
            })
        });
        let already = Memo::new(move |_| {
            quoted.with(|quoted| match quoted {
                Some((asked, Ok(quote))) if card.get().as_ref() == Some(asked) => quote.already.clone(),
                _ => None,
            })
        });
        Self {
            quote: Memo::new(move |_| about.get().and_then(Result::ok)),
            trouble: Memo::new(move |_| about.get().and_then(Result::err)),
            published: Memo::new(move |_| f64::from(form.kind.get().typical_credits())),
            already,
        }
    }

    /// Credits it will probably take.
    pub(super) fn credits(self) -> f64 {
        self.quote.with(|quote| price_of(quote.as_ref(), self.published.get()))
    }
}

/// Says that there is a take with the very same settings already, so that nobody pays for it twice.
#[component]
pub(super) fn Already(state: GridState, cell: StoredValue<CellId>, price: Price) -> impl IntoView {
    let act = Act::idle();
    let shown = Memo::new(move |_| {
        let place = cell.with_value(|cell| state.place_of(cell))?;
        Some(state.cell_at(place)?.default_generation.as_ref()?.id.clone())
    });
    move || {
        price.already.get().map(|already| {
            let take = already.generation_id.clone();
            let is_shown = move || shown.with(|shown| shown.as_ref() == Some(&take));
            let take = already.generation_id;
            let choose = move |_| act.run(acts::choose_take(state, cell.get_value(), take.clone()), |()| ());
            view! {
                <div class="note already" role="status">
                    <Icon name=IconName::CheckCircle />
                    <div>
                        <p class="note-message">{format!("Already made with the same settings on {}", day(already.at))}</p>
                        {move || {
                            if is_shown() {
                                view! { <p>"The cell shows that take. Generating makes another one, for credits."</p> }.into_any()
                            } else {
                                view! {
                                    <button type="button" class="button" disabled=act.busy on:click=choose.clone()>
                                        "Use that take · 0 cr"
                                    </button>
                                }
                                    .into_any()
                            }
                        }}
                        {move || act.trouble.get().map(|error| view! { <ErrorNote error /> })}
                    </div>
                </div>
            }
        })
    }
}
