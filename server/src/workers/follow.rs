use std::time::Duration;

use store::{Follower, Store};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// No tighter loop, whatever the store says is due.
const PAUSE_MIN: Duration = Duration::from_millis(20);
/// What is due and cannot begin waits for room; a look that ends wakes the loop earlier.
const PAUSE_FULL: Duration = Duration::from_secs(1);
/// Without anything under way a look now and then is enough; a change wakes the loop earlier.
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// After the database failed.
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(5);

/// Looks at GEN for everything that is under way, when it is due, until the process ends. Looks that are under way
/// then are given up: they cost nothing and are begun again at the next start.
pub(super) async fn follow_generations(store: Store, stopping: CancellationToken) {
    let mut wake = store.changes().wake();
    let mut follower = store.follower();
    loop {
        wake.borrow_and_update();
        let pause = begin(&store, &mut follower).await.unwrap_or_else(|error| {
            tracing::error!(%error, "work under way could not be followed");
            PAUSE_AFTER_ERROR
        });
        tokio::select! {
            () = stopping.cancelled() => return,
            // Work that was started just now is due earlier than what the loop waits for.
            _ = wake.changed() => sleep(PAUSE_MIN).await,
            true = follower.ended() => {}
            () = store.hinted() => {}
            () = sleep(pause) => {}
        }
    }
}

/// Begins what is due; returns how long nothing will be.
async fn begin(store: &Store, follower: &mut Follower) -> store::Result<Duration> {
    follower.begin().await?;
    let Some(due) = store.next_due().await? else { return Ok(PAUSE_MAX) };
    Ok(match u64::try_from(due - store.clock().now()) {
        Ok(wait @ 1..) => Duration::from_millis(wait).clamp(PAUSE_MIN, PAUSE_MAX),
        _ => PAUSE_FULL,
    })
}
