use crate::{Result, Store};

impl Store {
    /// Looks at everything that is due at GEN; returns how many it looked at.
    pub async fn follow_due(&self) -> Result<usize> {
        unimplemented!("skeleton")
    }

    /// When something is due next, in milliseconds since 1970.
    pub async fn next_due(&self) -> Result<Option<i64>> {
        unimplemented!("skeleton")
    }

    /// Marks what was on its way when the process last ended.
    pub async fn recover(&self) -> Result<()> {
        unimplemented!("skeleton")
    }
}
