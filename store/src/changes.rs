use crate::{Actor, Result, Store};
use model::Change;

/// The news of what was saved.
#[derive(Clone)]
pub struct Changes {
    _store: Store,
}

impl Store {
    /// The news of what was saved.
    pub fn changes(&self) -> Changes {
        Changes {
            _store: self.clone(),
        }
    }
}

impl Changes {
    /// What changed after `seq`; `None` when that is too old to tell.
    pub async fn since(&self, _actor: &Actor, _seq: i64) -> Result<Option<Vec<Change>>> {
        unimplemented!("skeleton")
    }

    /// The newest change.
    pub async fn latest_seq(&self) -> Result<i64> {
        unimplemented!("skeleton")
    }

    /// Wakes when there is news.
    pub fn wake(&self) -> tokio::sync::watch::Receiver<i64> {
        unimplemented!("skeleton")
    }
}
