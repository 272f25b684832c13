use std::time::Duration;

use store::Store;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

/// After an attempt GEN is left alone for so long, whatever it answers to others.
const PAUSE_MIN: Duration = Duration::from_secs(2);
/// While edits wait and GEN answers nobody, it is looked for this often at most.
const PAUSE_MAX: Duration = Duration::from_secs(60);

/// Sends edits that GEN could not take when they were made, as soon as it answers again, until the process ends.
pub(super) async fn send_edits(store: Store, stopping: CancellationToken) {
    let mut pause = PAUSE_MIN;
    loop {
        let waits = match store.send_waiting_edits().await {
            Ok(left) => left > 0,
            Err(error) => {
                tracing::error!(%error, "waiting edits could not be sent");
                true
            }
        };
        if waits && stopping.run_until_cancelled(sleep(PAUSE_MIN)).await.is_none() {
            return;
        }
        pause = if waits { (pause * 2).min(PAUSE_MAX) } else { PAUSE_MIN };
        tokio::select! {
            () = stopping.cancelled() => return,
            () = store.edits_may_go() => pause = PAUSE_MIN,
            () = sleep(pause), if waits => {}
        }
    }
}
