use crate::{Actor, Result, Store};

/// Where a piece of media lies.
pub struct MediaSource {
    /// At GEN.
    pub url: String,
    /// What to call the file when it is downloaded.
    pub file_name: String,
}

impl Store {
    /// Where a piece of media lies, by the id that stands for its URL.
    pub async fn media_source(&self, _actor: &Actor, _id: &str) -> Result<MediaSource> {
        unimplemented!("skeleton")
    }
}
