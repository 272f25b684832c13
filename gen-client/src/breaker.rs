use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::operation::Host;
use crate::{ApiKey, Error};

/// Failures in a row that open a host's breaker. The repetitions of one call count once.
const IN_A_ROW: usize = 5;
/// So far back the share of failures is counted.
const WINDOW: Duration = Duration::from_secs(30);
/// Fewer calls than this say nothing about a share.
const SHARE_MIN: usize = 20;
/// The most calls remembered per host.
const REMEMBERED: usize = 1_000;
/// So often a key that GEN refused is tried again by itself.
const KEY_PROBE: Duration = Duration::from_secs(15 * 60);
/// The most refused keys remembered.
const KEYS: usize = 1_000;

/// Keeps calls away from a GEN that fails, and from a key that GEN refuses.
#[derive(Debug)]
pub(crate) struct Breakers {
    api: Mutex<Breaker>,
    agent: Mutex<Breaker>,
    /// By a number that tells keys apart without holding them.
    refused: Mutex<HashMap<u64, (Instant, Error)>>,
    numbers: RandomState,
    /// How long a breaker stays open at first; at most four times as long later.
    pause: Duration,
}

/// What to do with a call.
#[derive(Debug, PartialEq)]
pub(crate) enum Pass {
    /// Send it.
    Go,
    /// Ask for `/me` first: the host failed, and it is time to look whether it is back.
    Probe,
    /// Do not send it.
    Wait(Error),
}

impl Breakers {
    pub fn new(pause: Duration) -> Self {
        let breaker = || Mutex::new(Breaker::default());
        Self {
            api: breaker(),
            agent: breaker(),
            refused: Mutex::new(HashMap::new()),
            numbers: RandomState::new(),
            pause,
        }
    }

    /// Whether a call may leave now.
    pub fn pass(&self, host: Host, key: &ApiKey, now: Instant) -> Pass {
        let number = self.numbers.hash_one(key.expose());
        if let Some((until, error)) = lock(&self.refused).get_mut(&number) {
            if now < *until {
                return Pass::Wait(error.clone());
            }
            // This call is the probe; the others wait for what becomes of it.
            *until = now + KEY_PROBE;
        }
        lock(self.of(host)).pass(now)
    }

    /// Remembers how a call went.
    pub fn note(&self, host: Host, key: &ApiKey, outcome: Result<(), &Error>, now: Instant) {
        let number = self.numbers.hash_one(key.expose());
        let mut refused = lock(&self.refused);
        match outcome {
            Err(error) if error.refuses_key() => {
                if refused.len() >= KEYS {
                    refused.retain(|_, (until, _)| *until > now);
                }
                if refused.len() < KEYS {
                    refused.insert(number, (now + KEY_PROBE, error.clone()));
                }
            }
            Ok(()) => drop(refused.remove(&number)),
            Err(_) => {}
        }
        drop(refused);
        if let Some(failed) = failed(outcome) {
            lock(self.of(host)).note(failed, self.pause, now);
        }
    }

    /// The probe of a host failed: it is left alone for twice as long.
    pub fn probe_failed(&self, host: Host, now: Instant) {
        if let Some(open) = &mut lock(self.of(host)).open {
            open.pause = (open.pause * 2).min(self.pause * 4);
            open.until = now + open.pause;
        }
    }

    fn of(&self, host: Host) -> &Mutex<Breaker> {
        match host {
            Host::Api => &self.api,
            Host::Agent => &self.agent,
        }
    }
}

/// One host's calls of late.
#[derive(Debug, Default)]
struct Breaker {
    recent: VecDeque<(Instant, bool)>,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    until: Instant,
    pause: Duration,
}

impl Breaker {
    fn pass(&mut self, now: Instant) -> Pass {
        match &mut self.open {
            None => Pass::Go,
            Some(open) if now < open.until => {
                let seconds = (open.until - now).as_secs() + 1;
                let reason = format!("it failed several times and is asked again in {seconds} s");
                Pass::Wait(Error::Unreachable { reason, sent: false })
            }
            Some(open) => {
                // Should this probe never come back, the next one goes after another pause.
                open.until = now + open.pause;
                Pass::Probe
            }
        }
    }

    fn note(&mut self, failed: bool, pause: Duration, now: Instant) {
        if self.open.is_some() {
            // A call that left before the breaker opened says nothing new, unless it came through.
            if !failed {
                self.open = None;
                self.recent.clear();
            }
            return;
        }
        self.recent.push_back((now, failed));
        while self.recent.len() > REMEMBERED
            || self.recent.front().is_some_and(|(then, _)| now.duration_since(*then) > WINDOW)
        {
            self.recent.pop_front();
        }
        let failures = self.recent.iter().filter(|(_, failed)| *failed).count();
        let in_a_row = self.recent.iter().rev().take_while(|(_, failed)| *failed).count();
        let share = self.recent.len() >= SHARE_MIN && failures * 2 >= self.recent.len();
        if failed && (in_a_row >= IN_A_ROW || share) {
            self.open = Some(Open { until: now + pause, pause });
        }
    }
}

/// Whether a call says that GEN fails, or that it works; `None` if it says nothing about GEN.
fn failed(outcome: Result<(), &Error>) -> Option<bool> {
    match outcome {
        Ok(()) => Some(false),
        Err(Error::Api { status, .. }) => Some(*status >= 500),
        Err(Error::Unreachable { .. }) => Some(true),
        Err(Error::Decode { .. } | Error::Invalid(_)) => None,
    }
}

/// What is guarded here stays whole whatever panics.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorCode;

    const PAUSE: Duration = Duration::from_secs(15);

    fn key(text: &str) -> ApiKey {
        ApiKey::new(text.into()).unwrap()
    }

    fn api(status: u16) -> Error {
        Error::Api { status, code: ErrorCode::default(), message: "no".into(), retry_after: None }
    }

    struct Bench {
        breakers: Breakers,
        now: Instant,
    }

    impl Bench {
        fn new() -> Self {
            Self { breakers: Breakers::new(PAUSE), now: Instant::now() }
        }

        fn pass(&self) -> Pass {
            self.breakers.pass(Host::Api, &key("key"), self.now)
        }

        fn note(&self, outcome: Result<(), &Error>) {
            self.breakers.note(Host::Api, &key("key"), outcome, self.now);
        }

        fn waits(&self) -> bool {
            matches!(self.pass(), Pass::Wait(Error::Unreachable { sent: false, .. }))
        }
    }

    #[test]
    fn five_failures_in_a_row_keep_the_sixth_call_here() {
        for error in [api(500), Error::Unreachable { reason: String::new(), sent: true }] {
            let bench = Bench::new();
            for _ in 0..5 {
                assert_eq!(bench.pass(), Pass::Go);
                bench.note(Err(&error));
            }
            assert!(bench.waits());
            assert_eq!(bench.breakers.pass(Host::Agent, &key("key"), bench.now), Pass::Go, "the other host");
        }
    }

    #[test]
    fn refusals_and_odd_answers_open_nothing_and_end_a_row() {
        let bench = Bench::new();
        for _ in 0..100 {
            bench.note(Err(&api(404)));
            bench.note(Err(&Error::Decode { operation: "x", reason: String::new() }));
        }
        for _ in 0..4 {
            bench.note(Err(&api(500)));
        }
        bench.note(Err(&api(422)));
        bench.note(Err(&api(500)));
        assert_eq!(bench.pass(), Pass::Go);
    }

    #[test]
    fn half_of_twenty_failing_opens_and_old_failures_are_forgotten() {
        let bench = Bench::new();
        for _ in 0..9 {
            bench.note(Err(&api(503)));
            bench.note(Ok(()));
        }
        bench.note(Ok(()));
        assert_eq!(bench.pass(), Pass::Go, "19 calls say nothing");
        bench.note(Err(&api(503)));
        assert!(bench.waits());
        let mut bench = Bench::new();
        for _ in 0..4 {
            bench.note(Err(&api(503)));
        }
        bench.now += WINDOW + Duration::from_secs(1);
        bench.note(Err(&api(503)));
        assert_eq!(bench.pass(), Pass::Go);
    }

    #[test]
    fn one_probe_at_a_time_goes_ever_later_until_one_succeeds() {
        let mut bench = Bench::new();
        for _ in 0..5 {
            bench.note(Err(&api(500)));
        }
        for pause in [15, 30, 60, 60] {
            assert!(bench.waits());
            bench.now += Duration::from_secs(pause);
            assert_eq!(bench.pass(), Pass::Probe);
            assert!(bench.waits(), "only one goes");
            bench.breakers.probe_failed(Host::Api, bench.now);
        }
        bench.now += Duration::from_secs(60);
        assert_eq!(bench.pass(), Pass::Probe);
        bench.note(Ok(()));
        assert_eq!(bench.pass(), Pass::Go);
    }

    #[test]
    fn a_refused_key_rests_and_others_do_not() {
        let mut bench = Bench::new();
        bench.note(Err(&api(401)));
        assert_eq!(bench.pass(), Pass::Wait(api(401)));
        assert_eq!(bench.breakers.pass(Host::Api, &key("other"), bench.now), Pass::Go);
        bench.now += KEY_PROBE;
        assert_eq!(bench.pass(), Pass::Go);
        assert_eq!(bench.pass(), Pass::Wait(api(401)), "one probe");
        bench.note(Ok(()));
        assert_eq!(bench.pass(), Pass::Go);
    }
}
