use gen_client::model::Variable;
use gen_client::{AgentId, VidsheetId};
use model::VariableSnapshot;

use crate::saved::{json, text};
use crate::{Actor, Result, Store};

/// So many are kept for a vidsheet.
const KEPT: i64 = 50;

/// Its number, who replaced it, when, and what was there.
type SnapshotRow = (i64, Option<i64>, Option<String>, i64, String);

impl Store {
    /// What was there before each replacement, newest first.
    pub async fn list_variable_snapshots(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<Vec<VariableSnapshot>> {
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let rows: Vec<SnapshotRow> = sqlx::query_as(
            "SELECT s.id, s.person_id, p.name, s.at, s.json FROM variable_snapshot s
             LEFT JOIN person p ON p.id = s.person_id WHERE s.vidsheet_id = ? ORDER BY s.id DESC",
        )
        .bind(vidsheet.as_str())
        .fetch_all(self.read())
        .await?;
        let snapshot = |row: SnapshotRow| {
            let (id, by, by_name, at, saved) = row;
            Ok(VariableSnapshot { id, by, by_name, at, variables: json(&saved)? })
        };
        rows.into_iter().map(snapshot).collect()
    }

    pub(super) async fn snapshot_variables(
        &self,
        vidsheet: &VidsheetId,
        person: i64,
        variables: &[Variable],
    ) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        sqlx::query("INSERT INTO variable_snapshot (vidsheet_id, person_id, json, at) VALUES (?, ?, ?, ?)")
            .bind(vidsheet.as_str())
            .bind(person)
            .bind(text(&variables)?)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        sqlx::query(
            "DELETE FROM variable_snapshot WHERE vidsheet_id = ?1 AND id NOT IN
                 (SELECT id FROM variable_snapshot WHERE vidsheet_id = ?1 ORDER BY id DESC LIMIT ?2)",
        )
        .bind(vidsheet.as_str())
        .bind(KEPT)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }
}
