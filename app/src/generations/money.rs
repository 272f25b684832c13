use model::{Progress, Refund, Work};

use super::Tone;
use crate::ui::{credits, credits_estimate, number};

/// What work costs or cost, and how that came to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// `≈ 250 cr` before, `≈ 250 → 248 cr` after; empty where nothing is known.
    pub amount: String,
    /// Such as `refunded, checked`.
    pub word: Option<&'static str>,
    /// Whether that word is good news.
    pub tone: Tone,
}

impl Money {
    /// Amount and word in one line.
    pub fn words(&self) -> String {
        [Some(self.amount.as_str()).filter(|amount| !amount.is_empty()), self.word]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// What a piece of work costs or cost.
pub fn money(work: &Work) -> Money {
    let estimate = || work.estimate.map(credits_estimate).unwrap_or_default();
    let (amount, word, tone) = match work.progress {
        Progress::Held | Progress::Queued => (estimate(), Some("nothing sent yet"), Tone::Quiet),
        Progress::Sending | Progress::Pending | Progress::Processing => (estimate(), None, Tone::Quiet),
        Progress::Completed => (paid(work), None, Tone::Quiet),
        Progress::Failed | Progress::Stopped => refunded(work),
        Progress::Refused | Progress::NotSent => (credits(0.0), Some("nothing was charged"), Tone::Quiet),
        Progress::Unknown => (estimate(), Some("may be charged"), Tone::Warn),
    };
    Money { amount, word, tone }
}

fn paid(work: &Work) -> String {
    match (work.estimate, work.cost) {
        (Some(estimate), Some(cost)) => format!("≈ {} → {}", number(estimate), credits(cost)),
        (None, Some(cost)) => credits(cost),
        (Some(estimate), None) => credits_estimate(estimate),
        (None, None) => String::new(),
    }
}

fn refunded(work: &Work) -> (String, Option<&'static str>, Tone) {
    match work.refund {
        Some(Refund::Verified) => (credits(0.0), Some("refunded, checked"), Tone::Ok),
        Some(Refund::Missing) => {
            (work.cost.map(credits).unwrap_or_default(), Some("GEN still shows a cost"), Tone::Warn)
        }
        Some(Refund::Unsaid) => (credits(0.0), Some("refunded, GEN's record does not say"), Tone::Quiet),
        None => (credits(0.0), Some("refunded"), Tone::Quiet),
    }
}
