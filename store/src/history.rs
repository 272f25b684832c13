//! Reads the ledger back as the history that people see.

use gen_client::model::{Generation, GenerationType};
use gen_client::{CellId, GenerationId};
use model::{Progress, Refund, Typical, Work, WorkCell};
use sqlx::{FromRow, SqliteConnection};

use crate::ledger::kind_of;
use crate::saved::{id, json, text};
use crate::{Error, Result};

/// The one query behind every list of work; what follows says which. A macro, because SQL is never put together
/// at run time.
macro_rules! work_where {
    ($tail:literal) => {
        concat!(
            "SELECT w.id, w.kind, w.upstream_id, w.agent_id, w.vidsheet_id, coalesce(v.alias, v.title, '') AS vidsheet_title,
                    w.row_id, CASE WHEN r.hidden = 0 AND r.archived_at IS NULL
                         THEN r.place + 1 - (SELECT count(*) FROM sheet_row a WHERE a.vidsheet_id = r.vidsheet_id
                                             AND a.archived_at IS NOT NULL AND a.hidden = 0 AND a.place < r.place)
                    END AS row_number, w.cell_id,
                    coalesce(s.title, '') AS column_title, w.message, w.generation_type, w.card, w.state,
                    g.json AS generation, w.reason, w.error_code, w.batch_id, p.name AS started_by, w.person_id,
                    w.started_at, w.sent_at, w.settled_at, w.p50_ms, w.p90_ms, w.estimate, w.cost, w.refund
             FROM work w
             LEFT JOIN vidsheet v ON v.id = w.vidsheet_id
             LEFT JOIN sheet_row r ON r.id = w.row_id
             LEFT JOIN cell c ON c.id = w.cell_id
             LEFT JOIN sheet_column s ON s.id = c.column_id
             LEFT JOIN person p ON p.id = w.person_id
             LEFT JOIN generation g ON g.id = w.upstream_id AND w.cell_id IS NOT NULL
             WHERE ",
            $tail
        )
    };
}
pub(crate) use work_where;

/// One piece of work by our id.
pub(crate) async fn work(conn: &mut SqliteConnection, work: &str) -> Result<Work> {
    let row: Option<WorkRow> =
        sqlx::query_as(work_where!("w.id = ?")).bind(work).fetch_optional(conn).await?;
    row.ok_or(Error::NotFound("work"))?.into_work()
}

/// The work that follows a generation of GEN's.
pub(crate) async fn work_of(conn: &mut SqliteConnection, generation: &GenerationId) -> Result<Option<Work>> {
    let row: Option<WorkRow> = sqlx::query_as(work_where!("w.cell_id IS NOT NULL AND w.upstream_id = ?"))
        .bind(generation.as_str())
        .fetch_optional(conn)
        .await?;
    row.map(WorkRow::into_work).transpose()
}

/// All work on a cell, newest first, whatever the clock said when it was written down.
pub(crate) async fn work_on(conn: &mut SqliteConnection, cell: &CellId) -> Result<Vec<Work>> {
    let rows: Vec<WorkRow> = sqlx::query_as(work_where!("w.cell_id = ? ORDER BY w.rowid DESC"))
        .bind(cell.as_str())
        .fetch_all(conn)
        .await?;
    into_list(rows)
}

/// The newest work on each of these cells.
pub(crate) async fn newest_work_on(conn: &mut SqliteConnection, cells: &[CellId]) -> Result<Vec<Work>> {
    let asked: Vec<&str> = cells.iter().map(CellId::as_str).collect();
    let rows: Vec<WorkRow> = sqlx::query_as(work_where!(
        "w.rowid IN (SELECT max(n.rowid) FROM json_each(?) asked JOIN work n ON n.cell_id = asked.value
                     GROUP BY n.cell_id)"
    ))
    .bind(text(&asked)?)
    .fetch_all(conn)
    .await?;
    into_list(rows)
}

/// Reads rows of [`work_where`].
pub(crate) fn into_list(rows: Vec<WorkRow>) -> Result<Vec<Work>> {
    rows.into_iter().map(WorkRow::into_work).collect()
}

/// A row of [`work_where`].
#[derive(FromRow)]
pub(crate) struct WorkRow {
    id: String,
    kind: String,
    upstream_id: Option<String>,
    agent_id: String,
    vidsheet_id: Option<String>,
    vidsheet_title: String,
    row_id: Option<String>,
    row_number: Option<u32>,
    cell_id: Option<String>,
    column_title: String,
    message: Option<String>,
    generation_type: Option<String>,
    card: Option<String>,
    state: String,
    generation: Option<String>,
    reason: Option<String>,
    error_code: Option<String>,
    batch_id: Option<String>,
    started_by: Option<String>,
    person_id: Option<i64>,
    started_at: i64,
    sent_at: Option<i64>,
    settled_at: Option<i64>,
    p50_ms: Option<i64>,
    p90_ms: Option<i64>,
    estimate: Option<f64>,
    cost: Option<f64>,
    refund: Option<String>,
}

impl WorkRow {
    fn into_work(self) -> Result<Work> {
        let cell = match (&self.vidsheet_id, &self.row_id, &self.cell_id) {
            (Some(vidsheet), Some(row), Some(cell)) => Some(WorkCell {
                vidsheet_id: id(vidsheet)?,
                vidsheet_title: self.vidsheet_title,
                row_id: id(row)?,
                row_number: self.row_number,
                cell_id: id(cell)?,
                column_title: self.column_title,
            }),
            _ => None,
        };
        Ok(Work {
            kind: kind_of(&self.kind)?,
            // The numbers of runs are of another kind.
            generation_id: self.upstream_id.as_deref().filter(|_| cell.is_some()).map(id).transpose()?,
            agent_id: id(&self.agent_id)?,
            cell,
            subject: self.message,
            generation_type: self.generation_type.as_deref().map(GenerationType::from),
            card: self.card.as_deref().map(json).transpose()?,
            progress: progress(&self.state)?,
            generation: self.generation.as_deref().map(json::<Generation>).transpose()?,
            reason: self.reason,
            error_code: self.error_code,
            batch_id: self.batch_id,
            started_by: self.started_by,
            started_by_id: self.person_id,
            started_at: self.started_at,
            sent_at: self.sent_at,
            settled_at: self.settled_at,
            typical: self.p50_ms.zip(self.p90_ms).map(|(p50_ms, p90_ms)| Typical { p50_ms, p90_ms }),
            estimate: self.estimate,
            cost: self.cost,
            refund: self.refund.as_deref().map(refund).transpose()?,
            id: self.id,
        })
    }
}

/// What people see of a state in the ledger.
pub(crate) fn progress(state: &str) -> Result<Progress> {
    Ok(match state {
        "held" => Progress::Held,
        "queued" => Progress::Queued,
        "sending" => Progress::Sending,
        "pending" => Progress::Pending,
        "processing" => Progress::Processing,
        "completed" => Progress::Completed,
        "failed" => Progress::Failed,
        "stopped" => Progress::Stopped,
        "refused" => Progress::Refused,
        "not_sent" => Progress::NotSent,
        "unknown" => Progress::Unknown,
        other => return Err(Error::Corrupt(format!("{other:?} is no state of work"))),
    })
}

fn refund(word: &str) -> Result<Refund> {
    Ok(match word {
        "verified" => Refund::Verified,
        "missing" => Refund::Missing,
        "unsaid" => Refund::Unsaid,
        other => return Err(Error::Corrupt(format!("{other:?} is no word about a refund"))),
    })
}
