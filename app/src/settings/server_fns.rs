use gen_client::model::GenUser;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{KeySummary, NewKey};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// The person's own GEN keys and the team's shared ones.
#[server(input = GetUrl)]
pub async fn list_keys() -> Result<Vec<KeySummary>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_keys(&actor).await?)
}

/// Tests a key at GEN and keeps it, encrypted.
#[server]
pub async fn add_key(key: NewKey) -> Result<(KeySummary, GenUser), AppError> {
    let (store, actor) = acting()?;
    Ok(store.add_key(&actor, key).await?)
}

/// Asks GEN whose key this is.
#[server(input = Json)]
pub async fn test_key(id: i64) -> Result<GenUser, AppError> {
    let (store, actor) = acting()?;
    Ok(store.test_key(&actor, id).await?)
}

/// Forgets a key.
#[server(input = Json)]
pub async fn remove_key(id: i64) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.remove_key(&actor, id).await?)
}
