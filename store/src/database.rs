use crate::{Options, Result, Store};

pub(crate) struct Inner {}

impl Store {
    /// Opens or makes the database.
    pub async fn open(_options: Options) -> Result<Self> {
        unimplemented!("skeleton")
    }
}
