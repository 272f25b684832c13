use crate::{Actor, Result, Store};
use gen_client::ApiKey;
use gen_client::model::GenUser;
use model::{KeySummary, NewKey};

impl Store {
    /// The actor's own keys and the team's shared ones.
    pub async fn list_keys(&self, _actor: &Actor) -> Result<Vec<KeySummary>> {
        unimplemented!("skeleton")
    }

    /// Tests a key at GEN and keeps it, encrypted.
    pub async fn add_key(&self, _actor: &Actor, _key: NewKey) -> Result<(KeySummary, GenUser)> {
        unimplemented!("skeleton")
    }

    /// Keeps the team's shared key from the process's own configuration.
    pub async fn add_shared_key_headless(&self, _key: ApiKey) -> Result<()> {
        unimplemented!("skeleton")
    }

    /// Asks GEN whose key this is.
    pub async fn test_key(&self, _actor: &Actor, _id: i64) -> Result<GenUser> {
        unimplemented!("skeleton")
    }

    /// Forgets a key.
    pub async fn remove_key(&self, _actor: &Actor, _id: i64) -> Result<()> {
        unimplemented!("skeleton")
    }
}
