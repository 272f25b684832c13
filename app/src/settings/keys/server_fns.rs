use gen_client::ApiKeyId;
use gen_client::model::GenUser;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{CreatedGenKey, GenKey, KeySummary, NewKey};

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

/// The keys at GEN of whoever owns one of our keys.
#[server(input = GetUrl)]
pub async fn list_gen_keys(key: i64) -> Result<Vec<GenKey>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_gen_keys(&actor, key).await?)
}

/// Makes a key at GEN; its secret is in this answer and nowhere else.
#[server(input = Json)]
pub async fn create_gen_key(key: i64, name: String, days: Option<u32>) -> Result<CreatedGenKey, AppError> {
    let (store, actor) = acting()?;
    Ok(store.create_gen_key(&actor, key, &name, days).await?)
}

/// Renames a key at GEN.
#[server(input = Json)]
pub async fn rename_gen_key(key: i64, id: ApiKeyId, name: String) -> Result<Vec<GenKey>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.rename_gen_key(&actor, key, &id, &name).await?)
}

/// Revokes a key at GEN; true when it was the one we came with.
#[server(input = Json)]
pub async fn revoke_gen_key(key: i64, id: ApiKeyId, typed: String) -> Result<bool, AppError> {
    let (store, actor) = acting()?;
    Ok(store.revoke_gen_key(&actor, key, &id, &typed).await?)
}

/// Revokes every key at GEN of whoever owns one of our keys.
#[server(input = Json)]
pub async fn revoke_all_gen_keys(key: i64, typed: String, password: String) -> Result<bool, AppError> {
    let (store, actor) = acting()?;
    Ok(store.revoke_all_gen_keys(&actor, key, &typed, password).await?)
}
