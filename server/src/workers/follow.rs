use std::time::Duration;

use store::Store;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// No tighter loop, whatever the store says is due.
const PAUSE_MIN: Duration = Duration::from_millis(20);
/// Without anything under way a look now and then is enough; a change wakes the loop earlier.
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// After the database failed.
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(5);

/// Looks at GEN for everything that is under way, when it is due, until the process ends.
pub(super) async fn follow_generations(store: Store, stopping: CancellationToken) {
    let mut wake = store.changes().wake();
    while !stopping.is_cancelled() {
        wake.borrow_and_update();
        let pause = match turn(&store).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(%error, "work under way could not be followed");
                PAUSE_AFTER_ERROR
            }
        };
        tokio::select! {
            () = stopping.cancelled() => return,
            // Work that was started just now is due earlier than what the loop waits for.
            _ = wake.changed() => sleep(PAUSE_MIN).await,
            () = sleep(pause) => {}
        }
    }
}

/// One look; returns how long nothing will be due.
async fn turn(store: &Store) -> store::Result<Duration> {
    store.follow_due().await?;
    let Some(due) = store.next_due().await? else { return Ok(PAUSE_MAX) };
    let wait = u64::try_from(due - store.clock().now()).unwrap_or(0);
    Ok(Duration::from_millis(wait).clamp(PAUSE_MIN, PAUSE_MAX))
}
