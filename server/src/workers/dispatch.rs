use std::time::Duration;

use store::Store;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// No tighter loop, whatever changes.
const PAUSE_MIN: Duration = Duration::from_millis(20);
/// Without anything that waits a look now and then is enough; a change wakes the loop earlier.
const PAUSE_MAX: Duration = Duration::from_secs(60);
/// After the database failed.
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(5);

/// Sends what waits in the queue when its turn has come, until the process ends.
pub(super) async fn dispatch_work(store: Store, stopping: CancellationToken) {
    let mut wake = store.changes().wake();
    while !stopping.is_cancelled() {
        wake.borrow_and_update();
        let pause = match turn(&store).await {
            Ok(pause) => pause,
            Err(error) => {
                tracing::error!(%error, "queued work could not be sent");
                PAUSE_AFTER_ERROR
            }
        };
        tokio::select! {
            () = stopping.cancelled() => return,
            _ = wake.changed() => sleep(PAUSE_MIN).await,
            () = sleep(pause) => {}
        }
    }
}

/// Begins what is due; returns how long nothing will be due by itself. Sendings go on as tasks of their own, and
/// each announces its end.
async fn turn(store: &Store) -> store::Result<Duration> {
    drop(store.dispatch_due().await?);
    let Some(due) = store.next_dispatch().await? else { return Ok(PAUSE_MAX) };
    let wait = u64::try_from(due - store.clock().now()).unwrap_or(0);
    Ok(Duration::from_millis(wait).clamp(PAUSE_MIN, PAUSE_MAX))
}
