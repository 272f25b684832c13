//! What goes on without anybody asking. A loop that panics is started again.

mod dispatch;
mod edits;
mod follow;
mod prune;

use std::sync::Arc;
use std::time::Duration;

use store::Store;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::metrics::Metrics;

const PAUSE_AFTER_PANIC: Duration = Duration::from_secs(1);

/// Starts them all; they end when `stopping` is cancelled.
pub(crate) fn start(store: &Store, metrics: &Arc<Metrics>, stopping: &CancellationToken) -> TaskTracker {
    let workers = TaskTracker::new();
    let follow_store = store.clone();
    workers.spawn(supervised("follow generations", metrics.clone(), stopping.clone(), move |stopping| {
        follow::follow_generations(follow_store.clone(), stopping)
    }));
    let dispatch_store = store.clone();
    workers.spawn(supervised("dispatch work", metrics.clone(), stopping.clone(), move |stopping| {
        dispatch::dispatch_work(dispatch_store.clone(), stopping)
    }));
    let edits_store = store.clone();
    workers.spawn(supervised("send edits", metrics.clone(), stopping.clone(), move |stopping| {
        edits::send_edits(edits_store.clone(), stopping)
    }));
    let prune_store = store.clone();
    workers.spawn(supervised("prune", metrics.clone(), stopping.clone(), move |stopping| {
        prune::prune(prune_store.clone(), stopping)
    }));
    workers.close();
    workers
}

async fn supervised<F>(
    name: &'static str,
    metrics: Arc<Metrics>,
    stopping: CancellationToken,
    work: impl Fn(CancellationToken) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    while !stopping.is_cancelled() {
        if tokio::spawn(work(stopping.clone())).await.is_err() {
            // The panic hook has logged it.
            tracing::error!(worker = name, "a worker panicked and is started again");
            metrics.worker_restarted();
            stopping.run_until_cancelled(tokio::time::sleep(PAUSE_AFTER_PANIC)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_worker_that_panics_is_started_again() {
        let (stopping, begun) = (CancellationToken::new(), Arc::new(AtomicU32::new(0)));
        let metrics = Arc::new(Metrics::default());
        let counter = begun.clone();
        supervised("test", metrics.clone(), stopping.clone(), move |stopping| {
            let time = counter.fetch_add(1, Ordering::SeqCst);
            async move {
                assert!(time > 0, "the first time it panics");
                stopping.cancel();
            }
        })
        .await;
        assert_eq!(begun.load(Ordering::SeqCst), 2);
        assert!(metrics.text().contains("reelsheet_worker_restarts_total 1\n"));
    }
}
