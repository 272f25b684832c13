//! The history of a vidsheet, and what somebody can take back or do again.

use gen_client::{AgentId, VidsheetId};
use model::{PersonId, SheetAct};
use sqlx::FromRow;

use super::Doer;
use super::step::Step;
use crate::saved::{json, text};
use crate::write_tx::WriteTx;
use crate::{Actor, Result, Store};

/// How many acts are listed at a time.
const PAGE: i64 = 50;

macro_rules! act_where {
    ($condition:literal) => {
        concat!(
            "SELECT a.id, a.at, a.person_id, p.name, a.what, a.steps, a.undone_at
             FROM sheet_act a JOIN person p ON p.id = a.person_id WHERE ",
            $condition
        )
    };
}

impl Store {
    /// The history of a vidsheet, newest first; at most 50, older than `before`.
    pub async fn list_acts(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        before: Option<i64>,
    ) -> Result<Vec<SheetAct>> {
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let rows: Vec<ActRow> = sqlx::query_as(act_where!(
            "a.vidsheet_id = ?1 AND (?2 IS NULL OR a.id < ?2) ORDER BY a.id DESC LIMIT ?3"
        ))
        .bind(vidsheet.as_str())
        .bind(before)
        .bind(PAGE)
        .fetch_all(self.read())
        .await?;
        Ok(rows.into_iter().map(ActRow::into_act).collect())
    }

    /// The person's last act that is not taken back.
    pub(super) async fn last_done(&self, vidsheet: &VidsheetId, person: PersonId) -> Result<Option<Logged>> {
        let row: Option<ActRow> = sqlx::query_as(act_where!(
            "a.vidsheet_id = ? AND a.person_id = ? AND a.undone_at IS NULL ORDER BY a.id DESC LIMIT 1"
        ))
        .bind(vidsheet.as_str())
        .bind(person)
        .fetch_optional(self.read())
        .await?;
        row.map(ActRow::into_logged).transpose()
    }

    /// What the person took back last, as long as they did nothing since.
    pub(super) async fn last_undone(
        &self,
        vidsheet: &VidsheetId,
        person: PersonId,
    ) -> Result<Option<Logged>> {
        let row: Option<ActRow> = sqlx::query_as(act_where!(
            "a.vidsheet_id = ?1 AND a.person_id = ?2 AND a.undone_at IS NOT NULL
             AND a.id > (SELECT coalesce(max(d.id), 0) FROM sheet_act d
                         WHERE d.vidsheet_id = ?1 AND d.person_id = ?2 AND d.undone_at IS NULL)
             ORDER BY a.id LIMIT 1"
        ))
        .bind(vidsheet.as_str())
        .bind(person)
        .fetch_optional(self.read())
        .await?;
        row.map(ActRow::into_logged).transpose()
    }
}

/// Writes an act down; an act without steps is none.
pub(super) async fn record(tx: &mut WriteTx, doer: &Doer, what: &str, steps: &[Step]) -> Result<Option<i64>> {
    if steps.is_empty() {
        return Ok(None);
    }
    let now = tx.now();
    let done =
        sqlx::query("INSERT INTO sheet_act (vidsheet_id, person_id, at, what, steps) VALUES (?, ?, ?, ?, ?)")
            .bind(doer.place.vidsheet.as_str())
            .bind(doer.person)
            .bind(now)
            .bind(what)
            .bind(text(&steps)?)
            .execute(&mut **tx)
            .await?;
    Ok(Some(done.last_insert_rowid()))
}

/// Notes that an act was taken back, or done again; when it was taken back.
pub(super) async fn mark(tx: &mut WriteTx, act: i64, undone: bool) -> Result<Option<i64>> {
    let at = undone.then_some(tx.now());
    sqlx::query("UPDATE sheet_act SET undone_at = ? WHERE id = ?")
        .bind(at)
        .bind(act)
        .execute(&mut **tx)
        .await?;
    Ok(at)
}

/// `3 cells`, `1 cell`.
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// An act with its steps.
pub(super) struct Logged {
    pub(super) act: SheetAct,
    pub(super) steps: Vec<Step>,
}

#[derive(FromRow)]
struct ActRow {
    id: i64,
    at: i64,
    person_id: PersonId,
    name: String,
    what: String,
    steps: String,
    undone_at: Option<i64>,
}

impl ActRow {
    fn into_act(self) -> SheetAct {
        let Self { id, at, person_id, name, what, undone_at, .. } = self;
        SheetAct { id, at, by_id: person_id, by: name, what, undone_at }
    }

    fn into_logged(self) -> Result<Logged> {
        let steps = json(&self.steps)?;
        Ok(Logged { act: self.into_act(), steps })
    }
}
