//! The cells that somebody wants to change: what they hold, and whether they may be changed.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use gen_client::model::ColumnRole;
use gen_client::{CellId, VidsheetId};
use model::{CellEdit, EditOutcome, EditedCell, VALUE_MAX};
use sqlx::{FromRow, SqliteConnection};
use tokio::sync::OwnedMutexGuard;

use crate::saved::{id, text};
use crate::{Error, Result, Store};

/// Cells share so many locks per vidsheet: few enough to take them all, enough that people rarely wait for each other.
const LOCKS: u64 = 64;

/// A cell as it is now.
pub(crate) struct Target {
    /// As GEN sent it.
    pub(crate) cell: CellId,
    /// What people see in it.
    pub(crate) shown: String,
    /// What GEN has, as far as we know.
    pub(crate) at_gen: String,
    /// Who put it there, if it was somebody here.
    by: Option<String>,
    /// The title of the platform's column it is in.
    system: Option<String>,
}

/// What is to be done about an edit.
pub(crate) enum Checked {
    /// Nothing is sent.
    Decided(EditedCell<Error>),
    /// GEN is to be told.
    Send { cell: CellId, value: String, shown: String, at_gen: String },
}

impl Store {
    /// Waits for the turn of these cells: two people who save at once come one after the other, so that the second
    /// meets what the first one saved.
    pub(crate) async fn turns_of(
        &self,
        vidsheet: &VidsheetId,
        cells: impl Iterator<Item = &CellId>,
    ) -> Vec<OwnedMutexGuard<()>> {
        let number = |cell: &CellId| {
            let mut hasher = DefaultHasher::new();
            cell.as_str().hash(&mut hasher);
            hasher.finish() % LOCKS
        };
        let mut turns = Vec::new();
        // In one order for everybody, so that nobody waits for somebody who waits for them.
        for lock in cells.map(number).collect::<BTreeSet<_>>() {
            turns.push(self.lock_of(&format!("cells/{vidsheet}/{lock}")).lock_owned().await);
        }
        turns
    }
}

/// These cells by their ids; those that are not in the vidsheet are left out.
pub(crate) async fn targets(
    conn: &mut SqliteConnection,
    vidsheet: &VidsheetId,
    cells: impl Iterator<Item = &CellId>,
) -> Result<HashMap<String, Target>> {
    let asked: Vec<&str> = cells.map(CellId::as_str).collect();
    let rows: Vec<TargetRow> = sqlx::query_as(
        "SELECT c.id, c.value, p.value AS waits, s.role, s.title, coalesce(w.name, e.name) AS by_name
         FROM json_each(?1) asked JOIN cell c ON c.id = asked.value
         LEFT JOIN sheet_column s ON s.id = c.column_id
         LEFT JOIN pending_edit p ON p.cell_id = c.id AND p.stands = 'waits'
         LEFT JOIN person w ON w.id = p.person_id
         LEFT JOIN person e ON e.id = c.edited_by
         WHERE c.vidsheet_id = ?2",
    )
    .bind(text(&asked)?)
    .bind(vidsheet.as_str())
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(|row| Ok((row.id.clone(), row.into_target()?))).collect()
}

/// Looks at an edit before GEN is asked: what cannot be sent, what would overwrite something unseen, what is there
/// already.
pub(crate) fn check(edit: CellEdit, target: Option<&Target>) -> Checked {
    let CellEdit { cell, value, seen } = edit;
    let decided = |outcome| Checked::Decided(EditedCell { cell: cell.clone(), outcome });
    let refused = |error| decided(EditOutcome::Refused { error });
    let Some(target) = target else { return refused(Error::NotFound("cell")) };
    if let Some(error) = target.refusal(&value) {
        return refused(error);
    }
    if target.shown != seen.unwrap_or_default() && target.shown != value {
        return decided(EditOutcome::Conflict { theirs: target.shown.clone(), by: target.by.clone() });
    }
    if target.shown == value && target.at_gen == value {
        return decided(EditOutcome::Saved);
    }
    let (shown, at_gen) = (target.shown.clone(), target.at_gen.clone());
    Checked::Send { cell: target.cell.clone(), value, shown, at_gen }
}

impl Target {
    /// Why this cell cannot hold this value.
    fn refusal(&self, value: &str) -> Option<Error> {
        if let Some(title) = &self.system {
            let message = format!("GEN fills the column {title} itself.");
            return Some(Error::Invalid { field: "Value", message });
        }
        let length = value.chars().count();
        (length > VALUE_MAX).then(|| {
            let message = format!("A cell holds at most {VALUE_MAX} characters; this has {length}.");
            Error::Invalid { field: "Value", message }
        })
    }
}

#[derive(FromRow)]
struct TargetRow {
    id: String,
    value: Option<String>,
    waits: Option<String>,
    role: Option<String>,
    title: Option<String>,
    by_name: Option<String>,
}

impl TargetRow {
    fn into_target(self) -> Result<Target> {
        let role: Option<ColumnRole> = self.role.as_deref().map(id).transpose()?;
        let at_gen = self.value.unwrap_or_default();
        Ok(Target {
            cell: id(&self.id)?,
            shown: self.waits.unwrap_or_else(|| at_gen.clone()),
            at_gen,
            by: self.by_name,
            system: self.title.filter(|_| role.is_some_and(ColumnRole::is_system)),
        })
    }
}
