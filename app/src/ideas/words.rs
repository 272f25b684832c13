//! How ideas read to a person: statuses in words, times, counts, links that are safe to follow.

use gen_client::model::IdeaStatus;

use crate::ui::IconName;

/// The way of an idea that goes well, left to right.
pub const FLOW: [IdeaStatus; 5] = [
    IdeaStatus::Generated,
    IdeaStatus::ApproveToCreate,
    IdeaStatus::ReadyForReview,
    IdeaStatus::ApprovedToPost,
    IdeaStatus::Posted,
];
/// Where an idea goes that needs something else first, or nothing any more.
pub const ASIDE: [IdeaStatus; 3] = [IdeaStatus::ChangeIdea, IdeaStatus::ChangeVideo, IdeaStatus::Rejected];

/// A word of GEN's as a person reads it: `approve_to_create` is “Approve to create”.
pub fn words(wire: &str) -> String {
    let spaced = wire.replace('_', " ");
    let mut letters = spaced.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "No status".to_owned(),
    }
}

/// The drawing that stands beside a status.
pub fn status_icon(status: &IdeaStatus) -> IconName {
    match status {
        IdeaStatus::Generated => IconName::Sparkle,
        IdeaStatus::ApproveToCreate => IconName::Queue,
        IdeaStatus::ReadyForReview => IconName::Eye,
        IdeaStatus::ApprovedToPost => IconName::CheckCircle,
        IdeaStatus::Posted => IconName::Send,
        IdeaStatus::ChangeIdea => IconName::Edit,
        IdeaStatus::ChangeVideo => IconName::Refresh,
        IdeaStatus::Rejected => IconName::CrossCircle,
        IdeaStatus::Unknown(_) => IconName::Info,
    }
}

/// The drawing that stands for a kind of video, by GEN's word for it.
pub fn video_icon(video_type: &str) -> IconName {
    match video_type {
        "talking_avatar" | "skit" => IconName::User,
        "montage" | "split_screen" => IconName::Layers,
        "text_driven" => IconName::Text,
        "pov_object" => IconName::Eye,
        "voiceover" | "narrated" | "narrated_voiceover" => IconName::Microphone,
        "green_screen" => IconName::Image,
        _ => IconName::Video,
    }
}

/// The status after this one. One that stands aside goes back to where it left the flow.
pub fn next(status: &IdeaStatus) -> Option<IdeaStatus> {
    match status {
        IdeaStatus::ChangeIdea | IdeaStatus::Rejected => Some(IdeaStatus::Generated),
        IdeaStatus::ChangeVideo => Some(IdeaStatus::ReadyForReview),
        _ => beside(status, 1),
    }
}

/// The status before this one.
pub fn previous(status: &IdeaStatus) -> Option<IdeaStatus> {
    beside(status, -1)
}

/// A count as it is spoken: `3.8M`, `820k`, `640`.
pub fn count(number: f64) -> String {
    let short = |value: f64, unit: &str| {
        let text = if value < 10.0 { format!("{value:.1}") } else { format!("{value:.0}") };
        format!("{}{unit}", text.strip_suffix(".0").unwrap_or(&text))
    };
    match number {
        number if number >= 999_500.0 => short(number / 1_000_000.0, "M"),
        number if number >= 1_000.0 => short(number / 1_000.0, "k"),
        number => short(number, ""),
    }
}

/// The first letters of a name: `Rosa Lind` is `RL`.
pub fn initials(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().next());
    letters.take(2).flat_map(char::to_uppercase).collect()
}

/// How long a script takes to read aloud, in seconds: people speak about 150 words a minute.
pub fn read_aloud(script: &str) -> f64 {
    script.split_whitespace().count() as f64 / 2.5
}

/// A link of GEN's that may be followed: https and nothing odd in it. Everything else is shown as text only.
pub fn safe_link(url: &str) -> Option<&str> {
    let clean = !url.chars().any(|letter| letter.is_whitespace() || letter.is_control() || letter == '\\');
    let host = url.strip_prefix("https://")?.split(['/', '?', '#']).next().unwrap_or_default();
    // A name before an @ makes a link look as if it led elsewhere.
    (clean && host.contains('.') && !host.contains('@') && url.len() <= 2_048).then_some(url)
}

/// The host of a safe link, to show where it leads.
pub fn host(url: &str) -> &str {
    url.trim_start_matches("https://")
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .trim_start_matches("www.")
}

/// GEN's ISO 8601 time in milliseconds since 1970; `None` where it is none.
pub fn millis(iso: &str) -> Option<i64> {
    let (date, time) = iso.trim().split_once(['T', ' '])?;
    let [year, month, day] = numbers(date, '-')?;
    let (time, offset_minutes) = split_offset(time)?;
    let time = time.split('.').next()?;
    let [hour, minute, second] = numbers(time, ':')?;
    let fits =
        (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second <= 60;
    fits.then(|| {
        let minutes = (days_since_1970(year, month, day) * 24 + hour) * 60 + minute - offset_minutes;
        (minutes * 60 + second) * 1_000
    })
}

fn beside(status: &IdeaStatus, step: isize) -> Option<IdeaStatus> {
    let place = FLOW.iter().position(|one| one == status)?;
    FLOW.get(place.checked_add_signed(step)?).cloned()
}

fn numbers(text: &str, between: char) -> Option<[i64; 3]> {
    let mut parts = text.split(between).map(|part| part.parse::<u32>().ok().map(i64::from));
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

/// The time of day and how many minutes it is ahead of UTC.
fn split_offset(time: &str) -> Option<(&str, i64)> {
    if let Some(utc) = time.strip_suffix('Z') {
        return Some((utc, 0));
    }
    let Some(sign) = time.find(['+', '-']) else { return Some((time, 0)) };
    let (time, offset) = time.split_at_checked(sign)?;
    let (hours, minutes) = offset.get(1..)?.split_once(':').unwrap_or((offset.get(1..3)?, offset.get(3..)?));
    let minutes = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
    Some((time, if offset.starts_with('-') { -minutes } else { minutes }))
}

/// Counts the days of the Gregorian calendar, with years that begin in March so that the leap day comes last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year / 4 - year / 100 + year / 400;
    year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eight_statuses_read_as_their_lanes_are_named() {
        let named: Vec<String> = FLOW.iter().chain(&ASIDE).map(|status| words(status.as_str())).collect();
        assert_eq!(
            named,
            [
                "Generated",
                "Approve to create",
                "Ready for review",
                "Approved to post",
                "Posted",
                "Change idea",
                "Change video",
                "Rejected"
            ]
        );
        assert_eq!(IdeaStatus::ALL.len(), named.len());
    }

    #[test]
    fn the_flow_ends_at_both_ends_and_what_stands_aside_comes_back() {
        assert_eq!(next(&IdeaStatus::Generated), Some(IdeaStatus::ApproveToCreate));
        assert_eq!(next(&IdeaStatus::Posted), None);
        assert_eq!(previous(&IdeaStatus::Posted), Some(IdeaStatus::ApprovedToPost));
        assert_eq!(previous(&IdeaStatus::Generated), None);
        assert_eq!(next(&IdeaStatus::ChangeVideo), Some(IdeaStatus::ReadyForReview));
        assert_eq!(previous(&IdeaStatus::Rejected), None);
        assert_eq!(next(&IdeaStatus::Unknown("new".to_owned())), None);
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!(
            [640.0, 1_000.0, 9_400.0, 820_000.0, 999_600.0, 3_800_000.0, 12_000_000.0].map(count),
            ["640", "1k", "9.4k", "820k", "1M", "3.8M", "12M"]
        );
        assert_eq!([initials("Rosa Lind"), initials("æsa"), initials("")], ["RL", "Æ", ""]);
        assert!((read_aloud("one two three four five") - 2.0).abs() < f64::EPSILON);
    }

    #[test]
    fn only_plain_https_is_followed() {
        for hostile in [
            "javascript:alert(1)",
            "http://a.test/",
            "https://",
            "https://gen.pro@evil.test/",
            "https://a.test/\u{0}",
            "https://a.test/ b",
            " https://a.test",
            "data:text/html,x",
        ] {
            assert_eq!(safe_link(hostile), None, "{hostile:?}");
        }
        assert_eq!(
            safe_link("https://www.tiktok.com/@kilnwatch/video/1"),
            Some("https://www.tiktok.com/@kilnwatch/video/1")
        );
        assert_eq!(host("https://www.tiktok.com/@kilnwatch"), "tiktok.com");
    }

    #[test]
    fn times_of_gen_become_milliseconds() {
        for (iso, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2024-02-29T12:30:15Z", Some(1_709_209_815_000)),
            ("2026-11-23T18:31:01.250Z", Some(1_795_458_661_000)),
            ("2024-02-29T14:30:15+02:00", Some(1_709_209_815_000)),
            ("2024-02-29T07:00:15-0530", Some(1_709_209_815_000)),
            ("2024-02-29 12:30:15", Some(1_709_209_815_000)),
            ("2024-13-01T00:00:00Z", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(millis(iso), expected, "{iso:?}");
        }
    }
}
