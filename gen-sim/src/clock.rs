//! Time for the simulator, in milliseconds since 1970, and the ways GEN writes it.

use std::time::{SystemTime, UNIX_EPOCH};

/// Now, in milliseconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "the simulator stands for another machine, with a clock of its own"
)]
pub fn now_ms() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(0))
}

/// ISO 8601 in UTC with milliseconds, as GEN writes `created_at`.
pub fn iso(ms: u64) -> String {
    let (days, in_day) = (ms / 86_400_000, ms % 86_400_000);
    let (year, month, day) = civil(days);
    let (hours, minutes) = (in_day / 3_600_000, in_day / 60_000 % 60);
    let (seconds, millis) = (in_day / 1000 % 60, in_day % 1000);
    format!("{year:04}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{millis:03}Z")
}

/// Reads ISO 8601 in UTC, with or without milliseconds, as milliseconds since 1970.
pub fn read_iso(text: &str) -> Option<u64> {
    let text = text.strip_suffix('Z').or_else(|| text.strip_suffix("+00:00"))?;
    let (date, time) = text.split_once('T')?;
    let numbers = |part: &str, mark: char| {
        part.split(mark).map(|digits| digits.parse().ok()).collect::<Option<Vec<u64>>>()
    };
    let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [year, month, day] = numbers(date, '-')?.try_into().ok()?;
    let [hours, minutes, seconds] = numbers(clock, ':')?.try_into().ok()?;
    if !(1970..=9999).contains(&year)
        || !(1..=12).contains(&month)
        || !(1..=31).contains(&day)
        || hours > 23
        || minutes > 59
        || seconds > 60
    {
        return None;
    }
    let millis = format!("{fraction:0<3}").get(..3)?.parse::<u64>().ok()?;
    let (from_march, year) = if month > 2 { (month - 3, year) } else { (month + 9, year - 1) };
    let (era, of_era) = (year / 400, year % 400);
    let days =
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + (153 * from_march + 2) / 5 + day - 1;
    Some((days - 719_468) * 86_400_000 + hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + millis)
}

/// Year, month and day of the given number of days after 1970-01-01.
fn civil(days: u64) -> (u64, u64, u64) {
    // Counting from the first of March makes the leap day the last day of a year.
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::{iso, read_iso};

    #[test]
    fn reads_what_it_writes() {
        for ms in [0, 1_709_208_000_250, 1_735_689_599_999] {
            assert_eq!(read_iso(&iso(ms)), Some(ms));
        }
        assert_eq!(read_iso("1970-01-01T00:00:01Z"), Some(1000));
        assert_eq!(read_iso("2026-13-01T00:00:00Z"), None);
        assert_eq!(read_iso("tomorrow"), None);
        assert_eq!(read_iso("2026-03-01T12:00:00+02:00"), None);
    }

    #[test]
    fn writes_dates_as_gen_does() {
        assert_eq!(iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(iso(1_709_208_000_250), "2024-02-29T12:00:00.250Z");
        assert_eq!(iso(1_735_689_599_999), "2024-12-31T23:59:59.999Z");
    }
}
