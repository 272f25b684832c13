//! What a core was before: a snapshot of every save, and of what others changed at GEN between two saves.

use gen_client::AgentId;
use gen_client::model::AgentCore;
use model::{CoreSnapshot, core_changes};
use sqlx::FromRow;

use crate::saved::{json, text};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

/// So many are listed; older ones are kept all the same.
const LISTED: i64 = 100;

impl Store {
    /// What the core was after each save, newest first; at most 100.
    pub async fn list_core_snapshots(&self, actor: &Actor, agent: &AgentId) -> Result<Vec<CoreSnapshot>> {
        self.must_reach(actor, agent).await?;
        let rows: Vec<SnapshotRow> = sqlx::query_as(
            "SELECT s.id, s.at, p.name AS person, s.changed
             FROM core_snapshot s LEFT JOIN person p ON p.id = s.person_id
             WHERE s.agent_id = ? ORDER BY s.id DESC LIMIT ?",
        )
        .bind(agent.as_str())
        .bind(LISTED)
        .fetch_all(self.read())
        .await?;
        rows.into_iter().map(SnapshotRow::into_snapshot).collect()
    }

    /// The core as a snapshot holds it.
    pub async fn open_core_snapshot(&self, actor: &Actor, agent: &AgentId, id: i64) -> Result<AgentCore> {
        self.must_reach(actor, agent).await?;
        let saved: Option<String> =
            sqlx::query_scalar("SELECT json FROM core_snapshot WHERE id = ? AND agent_id = ?")
                .bind(id)
                .bind(agent.as_str())
                .fetch_optional(self.read())
                .await?;
        json(&saved.ok_or(Error::NotFound("snapshot"))?)
    }
}

/// Keeps the core as it is now, unless the newest snapshot says the same.
pub(super) async fn keep(
    tx: &mut WriteTx,
    agent: &AgentId,
    person: Option<i64>,
    core: &AgentCore,
) -> Result<()> {
    let newest: Option<String> =
        sqlx::query_scalar("SELECT json FROM core_snapshot WHERE agent_id = ? ORDER BY id DESC LIMIT 1")
            .bind(agent.as_str())
            .fetch_optional(&mut **tx)
            .await?;
    let newest = newest.as_deref().map(json::<AgentCore>).transpose()?;
    if newest.as_ref() == Some(core) {
        return Ok(());
    }
    let changed = newest.map_or_else(Vec::new, |newest| core_changes(&newest, core));
    let fields: Vec<&str> = changed.iter().map(|change| change.field).collect();
    let now = tx.now();
    sqlx::query("INSERT INTO core_snapshot (agent_id, person_id, at, changed, json) VALUES (?, ?, ?, ?, ?)")
        .bind(agent.as_str())
        .bind(person)
        .bind(now)
        .bind(text(&fields)?)
        .bind(text(core)?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

#[derive(FromRow)]
struct SnapshotRow {
    id: i64,
    at: i64,
    person: Option<String>,
    changed: String,
}

impl SnapshotRow {
    fn into_snapshot(self) -> Result<CoreSnapshot> {
        Ok(CoreSnapshot { id: self.id, at: self.at, person: self.person, changed: json(&self.changed)? })
    }
}
