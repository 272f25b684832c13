use leptos::prelude::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const MONTH: i64 = 30 * DAY;

/// The browser's idea of now in milliseconds since 1970; `None` on the server and until the page is taken over,
/// so that both sides draw the same.
#[derive(Clone, Copy)]
struct Now(RwSignal<Option<i64>>);

/// Lets every [`TimeAgo`] and [`ClockTime`] below speak relative to the browser's clock, renewed twice a minute.
pub fn provide_now() {
    let now = Now(RwSignal::new(None));
    provide_context(now);
    Effect::new(move || {
        let tick = move || now.0.set(Some(js_sys::Date::now() as i64));
        tick();
        if let Ok(handle) = set_interval_with_handle(tick, std::time::Duration::from_secs(30)) {
            on_cleanup(move || handle.clear());
        }
    });
}

/// A moment as people say it: absolute from the server, "3 min ago" once the page lives.
#[component]
pub fn TimeAgo(
    /// Milliseconds since 1970.
    at: i64,
) -> impl IntoView {
    let now = use_context::<Now>();
    let text = move || match now.and_then(|now| now.0.get()) {
        Some(now) => ago(now - at, at),
        None => format!("{} UTC", &iso(at)[..16].replace('T', " ")),
    };
    view! {
        <time datetime=iso(at) title=iso(at)>
            {text}
        </time>
    }
}

/// Hours and minutes of a moment: in UTC from the server, in the reader's own time once the page lives.
#[component]
pub fn ClockTime(
    /// Milliseconds since 1970.
    at: i64,
) -> impl IntoView {
    let now = use_context::<Now>();
    let text = move || match now.and_then(|now| now.0.get()) {
        Some(_) => local_clock(at),
        None => format!("{} UTC", &iso(at)[11..16]),
    };
    view! {
        <time datetime=iso(at) title=iso(at)>
            {text}
        </time>
    }
}

/// A moment to come, seen from now, in the reader's own time: `14:02`, `14:02 tomorrow`, `14:02 on 3 May 2026`.
pub fn clock_until(at: i64, now: i64) -> String {
    let days = local_day(at) - local_day(now);
    match days {
        0 => local_clock(at),
        1 => format!("{} tomorrow", local_clock(at)),
        _ => format!("{} on {}", local_clock(at), day(at)),
    }
}

/// The day of a moment in UTC: `3 May 2026`.
pub fn day(at: i64) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (year, month, day) = date_of(at.div_euclid(DAY));
    let month =
        usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{day} {month} {year}")
}

fn ago(passed: i64, at: i64) -> String {
    match passed {
        ..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => format!("{} min ago", passed / MINUTE),
        HOUR..DAY => format!("{} h ago", passed / HOUR),
        DAY..MONTH => format!("{} d ago", passed / DAY),
        _ => iso(at)[..10].to_owned(),
    }
}

fn local_clock(at: i64) -> String {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at as f64));
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// The day of a moment in the reader's own time, counted from 1970-01-01.
fn local_day(at: i64) -> i64 {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at as f64));
    (at - date.get_timezone_offset() as i64 * MINUTE).div_euclid(DAY)
}

/// The moment as ISO 8601 to the second, by the proleptic Gregorian calendar.
fn iso(at: i64) -> String {
    let (days, rest) = (at.div_euclid(DAY), at.rem_euclid(DAY) / 1000);
    let (year, month, day) = date_of(days);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

/// The date of a day counted from 1970-01-01. Years begin in March here, so that the leap day comes last.
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_as_the_calendar_says() {
        assert_eq!(iso(0), "1970-01-01T00:00:00Z");
        assert_eq!(iso(951_782_400_000), "2000-02-29T00:00:00Z");
        assert_eq!(iso(1_795_460_645_000), "2026-11-23T19:04:05Z");
        assert_eq!(iso(-1_000), "1969-12-31T23:59:59Z");
        assert_eq!([day(0), day(1_795_460_645_000)], ["1 January 1970", "23 November 2026"]);
    }

    #[test]
    fn recent_moments_are_told_by_their_distance() {
        let told = |passed| ago(passed, 1_795_460_645_000);
        assert_eq!([told(-5), told(59_999)], ["just now", "just now"]);
        assert_eq!([told(60_000), told(3_599_999)], ["1 min ago", "59 min ago"]);
        assert_eq!([told(HOUR), told(DAY), told(MONTH)], ["1 h ago", "1 d ago", "2026-11-23"]);
    }
}
