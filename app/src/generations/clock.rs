use leptos::prelude::*;
use model::{Progress, Typical, Work};

use crate::page::{clock, elapsed, every_second};

/// Before a quarter of a minute nothing is longer than usual, and after half an hour everything is; milliseconds.
const LATE_MS: (i64, i64) = (15_000, 30 * 60_000);

/// Whether GEN takes longer than nine of ten did before, or half an hour. Never a percentage: GEN tells none.
pub fn is_late(work: &Work, now: Option<i64>) -> bool {
    let at_gen = matches!(work.progress, Progress::Sending | Progress::Pending | Progress::Processing);
    let usual = work.typical.map_or(LATE_MS.1, |typical| typical.p90_ms.clamp(LATE_MS.0, LATE_MS.1));
    at_gen && now.is_some_and(|now| now - since(work) > usual)
}

/// How long it runs against what the same took before: `0:42 of ≈ 1:10`. Counts by itself in the browser.
#[component]
pub fn Elapsed(
    /// Since when, in milliseconds since 1970.
    since: i64,
    /// How long the same took before.
    typical: Option<Typical>,
) -> impl IntoView {
    let now = every_second();
    let usual = typical.map(|typical| format!("≈ {}", clock((typical.p50_ms as f64 / 1_000.0).max(1.0))));
    move || {
        let passed = elapsed(now.get(), since);
        match &usual {
            Some(usual) if passed.is_empty() => usual.clone(),
            Some(usual) => format!("{passed} of {usual}"),
            None => passed,
        }
    }
}

/// When its time began to count: when it was sent, else when it was written down.
pub fn since(work: &Work) -> i64 {
    work.sent_at.unwrap_or(work.started_at)
}

/// How long something takes, half and nine times of ten: `≈ 14 min, 25 min at most`.
pub fn times_words(typical: Typical) -> String {
    format!("≈ {}, {} at most", span_words(typical.p50_ms), span_words(typical.p90_ms))
}

/// A span of time in one or two units: `40 s`, `14 min`, `2 h 10 min`.
pub fn span_words(ms: i64) -> String {
    let seconds = ((ms + 500) / 1_000).max(1);
    match seconds {
        ..90 => format!("{seconds} s"),
        90..5_400 => format!("{} min", (seconds + 30) / 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_in_the_unit_people_would_use() {
        assert_eq!([0, 40_000, 89_400].map(span_words), ["1 s", "40 s", "89 s"]);
        assert_eq!([90_000, 840_000].map(span_words), ["2 min", "14 min"]);
        assert_eq!(span_words(7_800_000), "2 h 10 min");
        assert_eq!(times_words(Typical { p50_ms: 840_000, p90_ms: 1_500_000 }), "≈ 14 min, 25 min at most");
    }
}
