use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use crate::Error;
use crate::operation::Repeat;

/// If GEN asks for a longer pause, whoever waits for the page should hear of it instead.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// How long to wait before a call is sent again; `None` if it should not be.
pub(crate) fn pause(repeat: Repeat, attempt: u32, error: &Error) -> Option<Duration> {
    if attempt >= repeat.repetitions() {
        return None;
    }
    let surely_not_done = !error.may_have_been_sent();
    let asked = match error {
        // What was perhaps done already is read again instead.
        _ if repeat == Repeat::Reread && !surely_not_done => return None,
        Error::Api { status: 429 | 500..=599, retry_after, .. } => retry_after.map(Duration::from_secs),
        Error::Unreachable { sent: false, .. } => None,
        Error::Unreachable { sent: true, .. } if repeat == Repeat::Gone => None,
        _ => return None,
    };
    match asked {
        Some(asked) => (asked <= LONGEST_PAUSE).then_some(asked),
        None => Some(jittered(Duration::from_millis(300) * 2_u32.pow(attempt))),
    }
}

/// Between half of a pause and all of it, so that many readers do not come back at once.
fn jittered(pause: Duration) -> Duration {
    let half = pause / 2;
    let random = RandomState::new().hash_one(pause);
    half + half * (random % 1000) as u32 / 1000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorCode;

    fn api(status: u16, retry_after: Option<u64>) -> Error {
        Error::Api { status, code: ErrorCode::default(), message: String::new(), retry_after }
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        for status in [429, 500, 502, 503, 504] {
            assert!(pause(Repeat::Auto, 0, &api(status, None)).is_some(), "{status}");
            assert!(pause(Repeat::Auto, 1, &api(status, None)).is_some(), "{status}");
            assert_eq!(pause(Repeat::Auto, 2, &api(status, None)), None, "{status}");
        }
        for status in [200, 302, 400, 401, 403, 404, 408, 422] {
            assert_eq!(pause(Repeat::Auto, 0, &api(status, None)), None, "{status}");
        }
        assert!(pause(Repeat::Auto, 0, &Error::Unreachable { reason: String::new(), sent: false }).is_some());
        assert_eq!(pause(Repeat::Auto, 0, &Error::Unreachable { reason: String::new(), sent: true }), None);
        assert_eq!(pause(Repeat::Auto, 0, &Error::Decode { operation: "x", reason: String::new() }), None);
    }

    #[test]
    fn what_is_not_a_read_is_sent_again_as_its_rule_says() {
        assert!(pause(Repeat::Once, 0, &api(503, None)).is_some());
        assert_eq!(pause(Repeat::Once, 1, &api(503, None)), None);
        let lost = |sent| Error::Unreachable { reason: String::new(), sent };
        for (repeat, failing, put_off, lost_answer, never_left) in [
            (Repeat::Auto, true, true, false, true),
            (Repeat::Once, true, true, false, true),
            (Repeat::Reread, false, true, false, true),
            (Repeat::Gone, true, true, true, true),
            (Repeat::Never, false, false, false, false),
        ] {
            let again = |error: &Error| pause(repeat, 0, error).is_some();
            assert_eq!(again(&api(503, None)), failing, "{repeat:?}");
            assert_eq!(again(&api(429, None)), put_off, "{repeat:?}");
            assert_eq!(again(&lost(true)), lost_answer, "{repeat:?}");
            assert_eq!(again(&lost(false)), never_left, "{repeat:?}");
            assert!(!again(&api(404, None)), "{repeat:?}");
        }
    }

    #[test]
    fn f8_gen_is_never_asked_again_earlier_than_it_said() {
        assert_eq!(pause(Repeat::Auto, 0, &api(429, Some(1))), Some(Duration::from_secs(1)));
        assert_eq!(pause(Repeat::Auto, 0, &api(429, Some(40))), None);
    }

    #[test]
    fn pauses_grow_and_stay_short() {
        for _ in 0..100 {
            let first = pause(Repeat::Auto, 0, &api(503, None)).unwrap();
            let second = pause(Repeat::Auto, 1, &api(503, None)).unwrap();
            assert!((150..=300).contains(&first.as_millis()) && (300..=600).contains(&second.as_millis()));
        }
    }
}
