use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::Change;
use tokio::sync::watch;

/// How many changes are held.
const HELD: usize = 2_000;

/// A change, and the agent that somebody must reach to hear of it; `None` is of interest to everybody.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Announced {
    pub(crate) agent: Option<String>,
    pub(crate) change: Change,
}

/// The newest changes, held so that a thousand open pages do not each read them from SQLite, and the bell that
/// wakes the pages. The table stays the truth: what is not held is read there.
#[derive(Debug)]
pub(crate) struct Recent {
    newest: watch::Sender<i64>,
    held: Mutex<BTreeMap<i64, Arc<Announced>>>,
}

impl Recent {
    pub(crate) fn beginning_at(newest: i64) -> Self {
        Self { newest: watch::Sender::new(newest), held: Mutex::default() }
    }

    /// Holds what was just committed and wakes the pages. Two commits may reach this line in either order.
    pub(crate) fn tell(&self, batch: Vec<Announced>) {
        let Some(last) = batch.last().map(|announced| announced.change.seq) else { return };
        self.hold(&batch.into_iter().map(Arc::new).collect::<Vec<_>>());
        self.newest.send_if_modified(|newest| {
            let grows = last > *newest;
            *newest = last.max(*newest);
            grows
        });
    }

    /// Holds what was read from the table.
    pub(crate) fn hold(&self, read: &[Arc<Announced>]) {
        let mut held = self.held();
        held.extend(read.iter().map(|announced| (announced.change.seq, announced.clone())));
        while held.len() > HELD {
            held.pop_first();
        }
    }

    /// Everything after `seq` without a gap; `None` when that is not held.
    pub(crate) fn after(&self, seq: i64) -> Option<Vec<Arc<Announced>>> {
        let newest = self.newest();
        if seq == newest {
            return Some(Vec::new());
        }
        let held = self.held();
        let rest = held.range(seq.saturating_add(1)..);
        let gapless: Vec<Arc<Announced>> = rest
            .zip(seq.saturating_add(1)..)
            .take_while(|((at, _), due)| *at == due)
            .map(|((_, announced), _)| announced.clone())
            .collect();
        gapless.last().is_some_and(|last| last.change.seq >= newest).then_some(gapless)
    }

    pub(crate) fn newest(&self) -> i64 {
        *self.newest.borrow()
    }

    pub(crate) fn wake(&self) -> watch::Receiver<i64> {
        self.newest.subscribe()
    }

    /// What is held stays whole whatever panics.
    fn held(&self) -> MutexGuard<'_, BTreeMap<i64, Arc<Announced>>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Topic;

    fn change(seq: i64) -> Announced {
        Announced { agent: None, change: Change { seq, topic: Topic::Templates } }
    }

    fn seqs(found: Option<Vec<Arc<Announced>>>) -> Option<Vec<i64>> {
        found.map(|all| all.into_iter().map(|announced| announced.change.seq).collect())
    }

    #[test]
    fn what_is_held_is_told_in_order_whichever_commit_came_first() {
        let recent = Recent::beginning_at(4);
        assert_eq!(seqs(recent.after(4)), Some(vec![]));
        recent.tell(vec![change(6), change(7)]);
        assert_eq!((recent.newest(), seqs(recent.after(4))), (7, None), "5 is not there yet");
        recent.tell(vec![change(5)]);
        assert_eq!((recent.newest(), seqs(recent.after(4))), (7, Some(vec![5, 6, 7])));
        assert_eq!(seqs(recent.after(6)), Some(vec![7]));
        assert_eq!(seqs(recent.after(7)), Some(vec![]));
    }

    #[test]
    fn what_is_too_old_too_new_or_forged_is_left_to_the_table() {
        let recent = Recent::beginning_at(0);
        recent.tell((1..=2_500).map(change).collect());
        assert_eq!(seqs(recent.after(499)), None);
        assert_eq!(seqs(recent.after(500)).map(|all| all.len()), Some(2_000));
        for forged in [-1, i64::MIN, 2_501, i64::MAX] {
            assert_eq!(seqs(recent.after(forged)), None, "{forged}");
        }
    }
}
