use std::time::Duration;

use store::Store;
use tokio::time::interval;
use tokio_util::sync::CancellationToken;

const EVERY: Duration = Duration::from_secs(60 * 60);

/// Deletes what is past its time, at once and every hour, until the process ends.
pub(super) async fn prune(store: Store, stopping: CancellationToken) {
    let mut timer = interval(EVERY);
    while stopping.run_until_cancelled(timer.tick()).await.is_some() {
        if let Err(error) = store.prune().await {
            tracing::error!(%error, "old records could not be deleted");
        }
    }
}
