//! How often GEN is asked.

use model::{FOLLOWED_MS, WorkKind};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// What is not done after a day is asked for this often, and nothing more rarely.
const AFTER_A_DAY_MS: i64 = 15 * MINUTE_MS;

/// What stands under a word nobody knows is asked for this often, in shortest intervals, whatever it is.
const STRANGE: u64 = 30;

/// How long to wait before the first look, between two at most, and while GEN's word for it is one nobody knows; in
/// milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pace {
    pub(super) first: i64,
    pub(super) slowest: i64,
    pub(super) strange: i64,
}

/// Text is done in seconds, a clip takes minutes. Everything is a multiple of the shortest interval there is.
pub(super) fn pace(kind: WorkKind, generation_type: Option<&str>, poll_ms: u64) -> Pace {
    let (first, slowest) = match (kind, generation_type) {
        (WorkKind::Run | WorkKind::Research, _) => (2, 15),
        (WorkKind::VoicePreview, _) => (1, 10),
        (WorkKind::Generation, Some("text")) => (1, 5),
        (WorkKind::Generation, Some("image_from_text")) => (2, 10),
        (WorkKind::Generation, Some("speech_from_text" | "captions")) => (2, 15),
        _ => (4, 30),
    };
    let times =
        |factor| i64::try_from(poll_ms.saturating_mul(factor)).unwrap_or(i64::MAX).min(AFTER_A_DAY_MS);
    Pace { first: times(first), slowest: times(slowest), strange: times(STRANGE) }
}

/// How long to wait for the next look at something that began so long ago; `None` when no look is to come by itself.
pub(super) fn wait(interval: i64, age: i64) -> Option<i64> {
    match age {
        FOLLOWED_MS.. => None,
        DAY_MS.. => Some(jittered(AFTER_A_DAY_MS)),
        _ => Some(jittered(interval)),
    }
}

/// Spread by a fifth either way, so that what began together is not asked for together forever.
fn jittered(interval: i64) -> i64 {
    let fifth = (interval / 5).max(1);
    interval + rand::random_range(-fifth..=fifth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_pace_and_all_follow_the_shortest_interval() {
        let of = |kind, generation_type| {
            let Pace { first, slowest, .. } = pace(kind, generation_type, 1_000);
            (first, slowest)
        };
        assert_eq!(of(WorkKind::Generation, Some("text")), (1_000, 5_000));
        assert_eq!(of(WorkKind::Generation, Some("image_from_text")), (2_000, 10_000));
        assert_eq!(of(WorkKind::Generation, Some("speech_from_text")), (2_000, 15_000));
        for slow in [Some("video_from_text"), Some("lipsync"), Some("something_new"), None] {
            assert_eq!(of(WorkKind::Generation, slow), (4_000, 30_000), "{slow:?}");
        }
        assert_eq!(of(WorkKind::Render, None), (4_000, 30_000));
        assert_eq!(of(WorkKind::Run, None), (2_000, 15_000));
        assert_eq!(of(WorkKind::VoicePreview, None), (1_000, 10_000));
        assert_eq!(
            pace(WorkKind::Generation, Some("text"), 50),
            Pace { first: 50, slowest: 250, strange: 1_500 }
        );
        let slow = pace(WorkKind::Render, None, 600_000);
        assert_eq!((slow.first, slow.slowest), (AFTER_A_DAY_MS, AFTER_A_DAY_MS));
    }

    #[test]
    fn f28_a_day_makes_looks_rare_and_a_week_ends_them() {
        for _ in 0..200 {
            assert!((800..=1_200).contains(&wait(1_000, 0).unwrap()));
            assert!((800..=1_200).contains(&wait(1_000, DAY_MS - 1).unwrap()));
            let rare = wait(1_000, DAY_MS).unwrap();
            assert!((12 * MINUTE_MS..=18 * MINUTE_MS).contains(&rare), "{rare}");
        }
        assert!(wait(1_000, FOLLOWED_MS - 1).is_some());
        assert_eq!(wait(1_000, FOLLOWED_MS), None);
        // A clock that was set back makes nothing older or never asked for.
        assert!((800..=1_200).contains(&wait(1_000, -DAY_MS).unwrap()));
    }
}
