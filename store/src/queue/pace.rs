//! How much may run at once, by key and in all, and how long to wait when GEN asks for patience.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::keys::KeyId;

/// Generations of one key that run at GEN at once, at most.
pub(crate) const KEY_AT_ONCE: f64 = 10.0;
/// Generations of all keys that run at GEN at once, at most.
pub(crate) const ALL_AT_ONCE: usize = 30;
/// How much faster each call that GEN took makes it again.
const FASTER: f64 = 0.5;
/// What GEN's request to wait is clamped to, in milliseconds, and what it is when GEN names no time.
const WAIT_MS: (i64, i64, i64) = (1_000, 15 * 60_000, 30_000);
/// How long the queue waits when GEN was not reached: at first, and at most. Milliseconds.
const AWAY_MS: (i64, i64) = (5_000, 60_000);

/// The pace of every key, and what is being sent right now. It is not kept: a new process begins carefully
/// enough, because what runs at GEN is counted in the database.
#[derive(Default)]
pub(crate) struct Paces(Mutex<State>);

#[derive(Default)]
struct State {
    keys: HashMap<KeyId, Pace>,
    /// Work chosen to be sent, until its sending has ended.
    claimed: HashMap<String, Claimed>,
    away_until: i64,
    away_ms: i64,
}

#[derive(Clone, Copy)]
struct Pace {
    at_once: f64,
    wait_until: i64,
}

/// A piece of work that was chosen and is being sent.
#[derive(Clone)]
pub(crate) struct Claimed {
    pub(crate) key: KeyId,
    pub(crate) person: i64,
    pub(crate) batch: Option<String>,
}

impl Paces {
    /// How many of this key may run at once, and until when it waits; a time that has passed when it does not.
    pub(crate) fn of(&self, key: KeyId, now: i64) -> (usize, i64) {
        let state = self.state();
        let pace = state.keys.get(&key).copied().unwrap_or_default();
        let until = sensible(pace.wait_until, now).max(sensible(state.away_until, now));
        // Never below one: the way back up is a call that GEN takes.
        (pace.at_once.max(1.0) as usize, until)
    }

    /// Until when GEN asked this key to wait; `None` when it does not have to.
    pub(crate) fn asked_until(&self, key: KeyId, now: i64) -> Option<i64> {
        let until = self.state().keys.get(&key).map_or(0, |pace| sensible(pace.wait_until, now));
        (until > now).then_some(until)
    }

    /// GEN took a call.
    pub(crate) fn taken(&self, key: KeyId) {
        let mut state = self.state();
        (state.away_until, state.away_ms) = (0, 0);
        let pace = state.keys.entry(key).or_default();
        pace.at_once = (pace.at_once + FASTER).min(KEY_AT_ONCE);
    }

    /// GEN asked this key to wait; other keys are not slowed.
    pub(crate) fn asked_to_wait(&self, key: KeyId, retry_after_s: Option<u64>, now: i64) {
        let (least, most, unsaid) = WAIT_MS;
        let wait = retry_after_s.map_or(unsaid, |seconds| {
            i64::try_from(seconds).unwrap_or(most).saturating_mul(1_000).clamp(least, most)
        });
        let mut state = self.state();
        let pace = state.keys.entry(key).or_default();
        *pace = Pace { at_once: (pace.at_once / 2.0).max(1.0), wait_until: now.saturating_add(wait) };
    }

    /// GEN was not reached before anything was sent; what waits goes on waiting, longer each time.
    pub(crate) fn away(&self, now: i64) {
        let mut state = self.state();
        state.away_ms = (state.away_ms * 2).clamp(AWAY_MS.0, AWAY_MS.1);
        state.away_until = now + state.away_ms;
    }

    /// What is being sent right now, by our id.
    pub(crate) fn claimed(&self) -> HashMap<String, Claimed> {
        self.state().claimed.clone()
    }

    pub(crate) fn claim(&self, work: &str, claimed: Claimed) {
        self.state().claimed.insert(work.to_owned(), claimed);
    }

    pub(crate) fn release(&self, work: &str) {
        self.state().claimed.remove(work);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// No wait is longer than GEN's longest: one that seems to be is from before the clock went back.
fn sensible(until: i64, now: i64) -> i64 {
    if until > now + WAIT_MS.1 { 0 } else { until }
}

impl Default for Pace {
    fn default() -> Self {
        Self { at_once: KEY_AT_ONCE, wait_until: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f8_f9_a_request_to_wait_slows_its_own_key_and_is_clamped() {
        let paces = Paces::default();
        paces.asked_to_wait(1, Some(40), 1_000);
        assert_eq!(paces.of(1, 1_000), (5, 41_000));
        assert_eq!((paces.asked_until(1, 40_999), paces.asked_until(1, 41_000)), (Some(41_000), None));
        assert_eq!(paces.of(2, 1_000), (10, 0));
        for (said, wait) in [(Some(0), 1_000), (Some(u64::MAX), 900_000), (None, 30_000)] {
            paces.asked_to_wait(3, said, 0);
            assert_eq!(paces.of(3, 0).1, wait, "{said:?}");
        }
        for _ in 0..20 {
            paces.taken(1);
            paces.asked_to_wait(4, None, 0);
        }
        assert_eq!((paces.of(1, 0).0, paces.of(4, 0).0), (10, 1));
        // A clock that goes back by an hour makes no wait longer.
        paces.asked_to_wait(5, Some(40), 3_600_000);
        assert_eq!((paces.of(5, 0).1, paces.asked_until(5, 0)), (0, None));
    }

    #[test]
    fn a_gen_that_is_away_is_asked_less_and_less_often() {
        let paces = Paces::default();
        let waits: Vec<i64> = (0..6).map(|_| (paces.away(0), paces.of(1, 0).1).1).collect();
        assert_eq!(waits, [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
        paces.taken(1);
        assert_eq!(paces.of(1, 0).1, 0);
    }
}
