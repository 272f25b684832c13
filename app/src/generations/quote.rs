//! What something will cost before it is started. The server is asked a moment after the last change, so that typing
//! is never held up; until it answers GEN's published figure stands there.

use std::future::Future;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Basis, Funds, Quote, Typical};

use super::clock::span_words;
use super::standing::Tone;
use crate::error::AppError;
use crate::ui::{Icon, IconName, credits, credits_estimate};

/// How long nothing may change before the server is asked.
const PAUSE: Duration = Duration::from_millis(300);

/// What was asked, and what came back.
pub type Quoted<Asked, Answer> = RwSignal<Option<(Asked, Result<Answer, AppError>)>>;

/// Asks a moment after `wanted` last changed; an answer to an older question is dropped.
pub fn asked_later<Asked, Answer, Asking>(
    wanted: impl Fn() -> Option<Asked> + 'static,
    ask: impl Fn(Asked) -> Asking + Copy + 'static,
) -> Quoted<Asked, Answer>
where
    Asked: Clone + Send + Sync + 'static,
    Answer: Send + Sync + 'static,
    Asking: Future<Output = Result<Answer, AppError>> + 'static,
{
    let quoted: Quoted<Asked, Answer> = RwSignal::new(None);
    let newest = StoredValue::new(0_u32);
    Effect::new(move || {
        let wanted = wanted();
        let turn = newest.get_value().wrapping_add(1);
        newest.set_value(turn);
        let Some(asked) = wanted else { return };
        let is_newest = move || newest.try_get_value() == Some(turn);
        let ask_now = move || {
            if !is_newest() {
                return;
            }
            spawn_local(async move {
                let answer = ask(asked.clone()).await;
                if is_newest() {
                    quoted.try_set(Some((asked, answer)));
                }
            });
        };
        set_timeout(ask_now, PAUSE);
    });
    quoted
}

/// Credits by the quote, else by GEN's published table.
pub fn price_of(quote: Option<&Quote>, published: f64) -> f64 {
    quote.map_or(published, |quote| quote.credits)
}

/// Price, time, where the figures come from, and whether there is enough to spend.
#[component]
pub fn PriceLine(
    /// The quote for what would be started; `None` until the server said so.
    #[prop(into)]
    quote: Signal<Option<Quote>>,
    /// Why there is no quote.
    #[prop(into)]
    trouble: Signal<Option<AppError>>,
    /// GEN's published figure, in credits.
    #[prop(into)]
    published: Signal<f64>,
    /// The element id of the words that say where the figure comes from.
    id: &'static str,
) -> impl IntoView {
    let price = move || credits_estimate(quote.with(|quote| price_of(quote.as_ref(), published.get())));
    let time = move || quote.with(|quote| quote.as_ref().and_then(|quote| quote.typical).map(time_words));
    let fit = move || quote.with(|quote| quote.as_ref().map(|quote| fits(quote.credits, &quote.funds)));
    let basis = move || match trouble.get() {
        Some(error) => format!("GEN's published figure; no better estimate: {}", error.message),
        None => basis_words(quote.with(|quote| quote.as_ref().map(|quote| quote.basis))),
    };
    view! {
        <div class="price-line">
            <p class="num">
                <strong>{price}</strong>
                {move || time().map(|time| view! { " · " <strong>{time}</strong> })}
            </p>
            {move || fit().map(|fits| view! { <FitsWord fits /> })}
            <p class="meta" id=id>{basis}</p>
        </div>
    }
}

/// Whether there is enough to spend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fits {
    /// Yes, with so much left before it; nothing where nobody knows.
    Yes(Option<String>),
    /// It would wait until an admin lets it go.
    OverCap(String),
    /// GEN would refuse it.
    NotEnough(String),
}

/// Whether so many credits can be spent now.
pub fn fits(wanted: f64, funds: &Funds) -> Fits {
    let free = funds.balance.map(|balance| (balance - funds.reserved).max(0.0));
    if let Some(free) = free.filter(|free| *free < wanted) {
        return Fits::NotEnough(credits(free));
    }
    if let Some(left) = funds.cap_left.filter(|left| *left < wanted) {
        return Fits::OverCap(credits(left));
    }
    Fits::Yes(funds.spendable().map(credits))
}

/// The same in words and colour.
#[component]
pub fn FitsWord(
    /// Whether it fits.
    fits: Fits,
) -> impl IntoView {
    let (tone, icon, words) = match fits {
        Fits::Yes(None) => return None,
        Fits::Yes(Some(left)) => (Tone::Ok, IconName::CheckCircle, format!("Fits, {left} left")),
        Fits::OverCap(left) => {
            (Tone::Warn, IconName::Held, format!("Over today's cap ({left} left): it waits for an admin"))
        }
        Fits::NotEnough(left) => (Tone::Warn, IconName::Warning, format!("Not enough credits: {left} left")),
    };
    Some(view! {
        <p class=format!("state price-fits {}", tone.class())>
            <Icon name=icon />
            {words}
        </p>
    })
}

fn basis_words(basis: Option<Basis>) -> String {
    match basis {
        Some(Basis::Cell) => "What GEN charged for this cell before".to_owned(),
        Some(Basis::Past { count }) => format!("Median of {count} like it"),
        Some(Basis::Published) | None => "GEN's published figure".to_owned(),
    }
}

fn time_words(typical: Typical) -> String {
    format!("≈ {}", span_words(typical.p50_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearer_limit_is_named() {
        let funds = Funds { balance: Some(500.0), reserved: 310.0, cap_left: Some(100.0) };
        assert_eq!(fits(250.0, &funds), Fits::NotEnough("190 cr".to_owned()));
        assert_eq!(fits(150.0, &funds), Fits::OverCap("100 cr".to_owned()));
        assert_eq!(fits(50.0, &funds), Fits::Yes(Some("100 cr".to_owned())));
        assert_eq!(fits(50.0, &Funds::default()), Fits::Yes(None));
    }
}
