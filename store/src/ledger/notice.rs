//! Takes that GEN shows us, seen from the ledger: which paid call made them, and what others started.

use gen_client::model::{Generation, GenerationStatus};
use gen_client::{CellId, RowId};
use model::WorkKind;
use sqlx::SqliteConnection;

use super::{LOOKS, announce};
use crate::Result;
use crate::vidsheets::{Found, Place};
use crate::write_tx::WriteTx;

/// Looks at takes that GEN showed us: moves the work that follows them, finds lost calls, and begins to follow
/// what was started elsewhere. Renders made elsewhere enter the history whatever their state.
pub(crate) async fn notice(tx: &mut WriteTx, place: &Place, found: &[Found]) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    let finals: Vec<String> =
        sqlx::query_scalar("SELECT id FROM sheet_column WHERE vidsheet_id = ? AND role = 'final_video'")
            .bind(place.vidsheet.as_str())
            .fetch_all(&mut **tx)
            .await?;
    for (cell, column, row, generation) in found {
        let is_render = column.as_ref().is_some_and(|column| finals.iter().any(|id| id == column.as_str()));
        if moved(tx, generation).await? || found_again(tx, cell, generation).await? {
            announce(tx, &place.agent, Some((&place.vidsheet, cell))).await?;
        } else if is_render || generation.can_stop() {
            let kind = if is_render { WorkKind::Render } else { WorkKind::Generation };
            if follow_others(tx, place, kind, row, cell, generation).await? {
                announce(tx, &place.agent, Some((&place.vidsheet, cell))).await?;
            }
        }
    }
    Ok(())
}

/// Brings the work that follows this generation to where the generation stands. True when there is such work.
pub(crate) async fn moved(tx: &mut WriteTx, generation: &Generation) -> Result<bool> {
    let now = tx.now();
    let is_final = generation.status.is_final();
    let moved = sqlx::query(
        "UPDATE work SET
             state = CASE WHEN state IN ('completed', 'failed') THEN state
                          WHEN state = 'stopped' AND ?2 <> 'stopped' THEN 'pending' ELSE ?2 END,
             cost = coalesce(?3, cost),
             reason = CASE WHEN state = 'unknown' OR ?4 IS NOT NULL THEN ?4 ELSE reason END,
             settled_at = CASE WHEN ?5 THEN coalesce(CASE WHEN state <> 'unknown' THEN settled_at END, ?6) END,
             next_poll_at = CASE WHEN state = 'stopped' AND ?2 <> 'stopped' THEN ?6
                                 WHEN ?5 THEN NULL ELSE coalesce(next_poll_at, ?6) END,
             misses = 0,
             refund = CASE WHEN ?2 NOT IN ('failed', 'stopped') THEN NULL
                           WHEN ?3 IS NULL THEN 'unsaid' WHEN ?3 > 0 THEN 'missing' ELSE 'verified' END
         WHERE kind IN ('generation', 'render') AND upstream_id = ?1
           AND state NOT IN ('held', 'queued', 'sending')",
    )
    .bind(generation.id.as_str())
    .bind(state_of(&generation.status))
    .bind(generation.cost)
    .bind(&generation.failed_reason)
    .bind(is_final)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(moved.rows_affected() > 0)
}

/// The state of work whose generation stands so. A word we do not know is something still going on.
pub(crate) fn state_of(status: &GenerationStatus) -> &'static str {
    match status {
        GenerationStatus::Pending => "pending",
        GenerationStatus::Processing | GenerationStatus::Unknown(_) => "processing",
        GenerationStatus::Completed => "completed",
        GenerationStatus::Failed => "failed",
        GenerationStatus::Stopped => "stopped",
    }
}

/// Whether this generation is the one a call of unknown outcome made: it is new since that call, nobody else
/// claims it, and it is the only such one. The call then follows it.
async fn found_again(tx: &mut WriteTx, cell: &CellId, generation: &Generation) -> Result<bool> {
    let lost: Option<(String, i64)> = sqlx::query_as(
        "SELECT id, takes_before FROM work
         WHERE cell_id = ? AND state = 'unknown' AND upstream_id IS NULL AND person_id IS NOT NULL
         ORDER BY rowid DESC LIMIT 1",
    )
    .bind(cell.as_str())
    .fetch_optional(&mut **tx)
    .await?;
    let Some((work, takes_before)) = lost else {
        return Ok(false);
    };
    let candidates: Vec<String> = sqlx::query_scalar(
        "SELECT g.id FROM generation g WHERE g.cell_id = ? AND g.rowid > ?
           AND NOT EXISTS (SELECT 1 FROM work w WHERE w.kind IN ('generation', 'render') AND w.upstream_id = g.id AND w.person_id IS NOT NULL)",
    )
    .bind(cell.as_str())
    .bind(takes_before)
    .fetch_all(&mut **tx)
    .await?;
    if candidates.len() != 1 || candidates[0] != generation.id.as_str() {
        return Ok(false);
    }
    adopt_take(tx, &work, generation).await
}

/// Makes a piece of work follow this generation: it is what the work's lost call made.
pub(crate) async fn adopt_take(tx: &mut WriteTx, work: &str, generation: &Generation) -> Result<bool> {
    forget_noticed(tx, WorkKind::Generation, generation.id.as_str()).await?;
    sqlx::query("UPDATE work SET upstream_id = ? WHERE id = ?")
        .bind(generation.id.as_str())
        .bind(work)
        .execute(&mut **tx)
        .await?;
    moved(tx, generation).await
}

/// Begins to follow a generation that nobody here started; false when a call of ours may be the one that did.
async fn follow_others(
    tx: &mut WriteTx,
    place: &Place,
    kind: WorkKind,
    row: &RowId,
    cell: &CellId,
    generation: &Generation,
) -> Result<bool> {
    let now = tx.now();
    let settled = generation.status.is_final();
    let kept = sqlx::query(
        "INSERT INTO work (id, kind, agent_id, vidsheet_id, row_id, cell_id, key_id, body_hash, state, upstream_id,
                           cost, reason, started_at, settled_at, next_poll_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, '', ?8, ?9, ?10, ?11, ?12, CASE WHEN ?13 THEN ?12 END,
                CASE WHEN ?13 THEN NULL ELSE ?12 END
         WHERE NOT EXISTS (SELECT 1 FROM work WHERE cell_id = ?6 AND upstream_id IS NULL
                             AND (state = 'sending' OR (state = 'unknown' AND misses < ?14)))
           AND NOT EXISTS (SELECT 1 FROM work WHERE kind IN ('generation', 'render') AND upstream_id = ?9)",
    )
    .bind(uuid::Uuid::now_v7().to_string())
    .bind(kind.as_str())
    .bind(place.agent.as_str())
    .bind(place.vidsheet.as_str())
    .bind(row.as_str())
    .bind(cell.as_str())
    .bind(place.key)
    .bind(state_of(&generation.status))
    .bind(generation.id.as_str())
    .bind(generation.cost)
    .bind(&generation.failed_reason)
    .bind(now)
    .bind(settled)
    .bind(LOOKS)
    .execute(&mut **tx)
    .await?;
    Ok(kept.rows_affected() > 0)
}

/// Drops the record of work that looked as if it had been started elsewhere, once it turns out to be ours.
pub(super) async fn forget_noticed(
    conn: &mut SqliteConnection,
    kind: WorkKind,
    upstream_id: &str,
) -> Result<()> {
    // Only generations and renders are ever noticed, and they share GEN's numbers.
    if matches!(kind, WorkKind::Generation | WorkKind::Render) {
        sqlx::query(
            "DELETE FROM work WHERE person_id IS NULL AND upstream_id = ? AND kind IN ('generation', 'render')",
        )
        .bind(upstream_id)
        .execute(conn)
        .await?;
    }
    Ok(())
}
