//! Places on the way of paid work, and of ideas to rows, where a test can kill this process: before and after each commit, and around each
//! call. A release has none of them.

/// Ends the process here, as SIGKILL does, when `FAILPOINTS` names this place: `mark/committed=3*off->return` lets the
/// first three visits pass. The crate `fail` says what else can stand there.
#[cfg(feature = "failpoints")]
pub(crate) fn point(name: &str) {
    static READ: std::sync::Once = std::sync::Once::new();
    // Kept for the life of the process: dropping it would forget what was read.
    READ.call_once(|| std::mem::forget(fail::FailScenario::setup()));
    fail::fail_point!(name, |_| die());
}

/// Nothing, in a release.
#[cfg(not(feature = "failpoints"))]
pub(crate) fn point(_name: &str) {}

#[cfg(feature = "failpoints")]
fn die() {
    let _sent = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
    // The signal comes before this thread could do anything else; should it not, nothing is done all the same.
    loop {
        std::thread::park();
    }
}

#[cfg(all(feature = "failpoints", not(debug_assertions)))]
compile_error!("a release must not be built with failpoints");
