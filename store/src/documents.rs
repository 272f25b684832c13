//! What is only ever read whole, as one JSON document per noun and id.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::SqliteConnection;

use crate::freshness::Kind;
use crate::saved::{json, text};
use crate::{Result, Store};

/// The saved document, if there is one.
pub(crate) async fn load_document<T: DeserializeOwned>(
    store: &Store,
    noun: Kind,
    id: &str,
) -> Result<Option<T>> {
    let saved: Option<String> = sqlx::query_scalar("SELECT json FROM document WHERE noun = ? AND id = ?")
        .bind(noun.name())
        .bind(id)
        .fetch_optional(store.read())
        .await?;
    saved.as_deref().map(json).transpose()
}

/// Saves a document; true when it differs from what was saved.
pub(crate) async fn save_document<T: Serialize>(
    conn: &mut SqliteConnection,
    noun: Kind,
    id: &str,
    document: &T,
) -> Result<bool> {
    let saved = sqlx::query(
        "INSERT INTO document (noun, id, json) VALUES (?1, ?2, ?3)
         ON CONFLICT (noun, id) DO UPDATE SET json = excluded.json WHERE json <> excluded.json",
    )
    .bind(noun.name())
    .bind(id)
    .bind(text(document)?)
    .execute(conn)
    .await?;
    Ok(saved.rows_affected() > 0)
}
