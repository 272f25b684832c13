//! Values that GEN does not have yet. They are kept in SQLite, shown to everybody, and sent when GEN answers again; what
//! was changed at GEN meanwhile is not overwritten.

use std::sync::atomic::{AtomicBool, Ordering};

use gen_client::{AgentId, CellId, Error as Gen, VidsheetId};
use model::{EditStands, EditedBy, PersonId, WaitingEdit};
use serde_json::json;
use sqlx::{FromRow, SqliteConnection};
use tokio::sync::Notify;

use super::Doer;
use super::edit::write_values;
use super::send::Sent;
use super::step::Was;
use super::target::targets;
use crate::freshness::Kind;
use crate::keys::KeyId;
use crate::saved::{id, json as read, text};
use crate::vidsheets::{Place, remember};
use crate::write_tx::WriteTx;
use crate::{Error, Result, Store};

/// So often GEN may answer that it cannot, before a person has to look at it.
const FAILURES_MAX: i64 = 5;

/// Wakes who sends what waits, as soon as GEN has answered anybody.
#[derive(Default)]
pub(crate) struct Answers {
    wanted: AtomicBool,
    heard: Notify,
}

impl Answers {
    /// GEN has answered somebody.
    pub(crate) fn heard(&self) {
        if self.wanted.load(Ordering::Relaxed) {
            self.heard.notify_one();
        }
    }

    /// Something waits; one attempt is worth making.
    pub(crate) fn want(&self) {
        self.wanted.store(true, Ordering::Relaxed);
        self.heard.notify_one();
    }
}

/// A value that is to wait.
pub(super) struct Waits {
    pub(super) was: Was<CellId, String>,
    /// What was at GEN when it was typed.
    pub(super) at_gen: String,
    pub(super) may_have_arrived: bool,
}

impl Store {
    /// Comes back when GEN has answered somebody while values wait, or when the first one does.
    pub async fn edits_may_go(&self) {
        self.answers().heard.notified().await;
    }

    /// Sends the values that wait, unless GEN changed meanwhile; returns how many still wait.
    pub async fn send_waiting_edits(&self) -> Result<u32> {
        let turn = self.lock_of("waiting edits");
        let _turn = turn.lock().await;
        // What GEN answers to these calls is no news for who makes them.
        self.answers().wanted.store(false, Ordering::Relaxed);
        let sent = self.send_all_waiting().await;
        let left: u32 = sqlx::query_scalar("SELECT count(*) FROM pending_edit WHERE stands = 'waits'")
            .fetch_one(self.read())
            .await?;
        self.answers().wanted.store(left > 0, Ordering::Relaxed);
        sent?;
        Ok(left)
    }

    pub(crate) fn answers(&self) -> &Answers {
        &self.inner.answers
    }

    pub(super) async fn has_waiting(&self, vidsheet: &VidsheetId) -> Result<bool> {
        Ok(sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM pending_edit WHERE vidsheet_id = ? AND stands = 'waits')",
        )
        .bind(vidsheet.as_str())
        .fetch_one(self.read())
        .await?)
    }

    async fn send_all_waiting(&self) -> Result<()> {
        let all: Vec<(String, String, PersonId)> = sqlx::query_as(
            "SELECT agent_id, vidsheet_id, person_id FROM pending_edit WHERE stands = 'waits'
             GROUP BY agent_id, vidsheet_id, person_id ORDER BY min(id)",
        )
        .fetch_all(self.read())
        .await?;
        for (agent, vidsheet, person) in all {
            let (agent, vidsheet): (AgentId, VidsheetId) = (id(&agent)?, id(&vidsheet)?);
            let Some(key) = self.editing_key(person, &agent).await? else {
                let place = Place { agent, vidsheet, key: 0 };
                let reason = "Whoever typed this may not change this vidsheet any more.";
                self.refuse_waiting(&place, person, reason).await?;
                continue;
            };
            if self.paces().asked_until(key, self.now()).is_some() {
                continue;
            }
            let place = Place { agent, vidsheet, key };
            match self.send_waiting_of(&place, person).await {
                Ok(()) => {}
                // Nobody there: the others need not be tried.
                Err(Error::Gen(Gen::Unreachable { .. })) => return Ok(()),
                Err(Error::Gen(error @ Gen::Api { status: 403 | 404, .. })) => {
                    self.refuse_waiting(&place, person, &error.to_string()).await?;
                }
                Err(Error::Gen(error)) => tracing::info!(%error, "waiting edits could not be sent"),
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Sends what one person typed into one vidsheet, after a look at what is there now.
    async fn send_waiting_of(&self, place: &Place, person: PersonId) -> Result<()> {
        let client = self.client_of_key(place.key).await?;
        let doer = Doer { place: place.clone(), person, client };
        self.renew(place.key, place).await?;
        let cells: Vec<CellId> =
            self.pending_of(place, person).await?.into_iter().map(|one| one.cell).collect();
        let _turns = self.turns_of(&place.vidsheet, cells.iter()).await;
        // Read again: somebody may have typed anew while this waited for its turn.
        let pending = self.pending_of(place, person).await?;
        let mut conn = self.read().acquire().await?;
        let found = targets(&mut conn, &place.vidsheet, pending.iter().map(|one| &one.cell)).await?;
        drop(conn);
        let (mut there, mut conflicts, mut to_send) = (Vec::new(), Vec::new(), Vec::new());
        for one in pending.into_iter().filter(|one| cells.contains(&one.cell)) {
            let Some(target) = found.get(one.cell.as_str()) else { continue };
            if target.at_gen == one.value {
                there.push(one);
            } else if target.at_gen == one.seen || one.tried.contains(&target.at_gen) {
                to_send.push(one);
            } else {
                conflicts.push(one);
            }
        }
        let values: Vec<(CellId, String)> =
            to_send.iter().map(|one| (one.cell.clone(), one.value.clone())).collect();
        let mut outcomes = self.send_values(place, &doer.client, &values).await?;
        let mut tx = self.write_tx().await?;
        let mut changed: Vec<CellId> = Vec::new();
        for one in to_send {
            match outcomes.remove(&one.cell) {
                Some(Sent::Saved(answer)) => {
                    if let Some(answer) = answer {
                        remember::cell(&mut tx, place, *answer).await?;
                    }
                    there.push(one);
                }
                Some(Sent::Refused(error)) => {
                    stand(&mut tx, one.id, "refused", Some(&error.to_string())).await?;
                    changed.push(one.cell);
                }
                Some(Sent::Away(error)) => fail(&mut tx, &one, &error).await?,
                None => {}
            }
        }
        let values: Vec<_> = there.iter().map(|one| json!([one.cell.as_str(), one.value])).collect();
        write_values(&mut tx, &doer, &values).await?;
        no_longer_waits(&mut tx, there.iter().map(|one| &one.cell)).await?;
        for one in &conflicts {
            stand(&mut tx, one.id, "conflict", None).await?;
        }
        changed.extend(there.into_iter().chain(conflicts).map(|one| one.cell));
        tx.wrote(Kind::Vidsheet, place.vidsheet.as_str()).await?;
        remember::announce_changed(&mut tx, place, changed).await?;
        tx.commit().await
    }

    /// The key with which the person may still change what is this agent's.
    async fn editing_key(&self, person: PersonId, agent: &AgentId) -> Result<Option<KeyId>> {
        Ok(sqlx::query_scalar(
            "SELECT r.key_id FROM reach r JOIN person p ON p.id = r.person_id
             WHERE r.person_id = ? AND r.agent_id = ? AND p.disabled = 0 AND p.role <> 'viewer'
             ORDER BY r.shared, r.refused, r.key_id LIMIT 1",
        )
        .bind(person)
        .bind(agent.as_str())
        .fetch_optional(self.read())
        .await?)
    }

    async fn refuse_waiting(&self, place: &Place, person: PersonId, reason: &str) -> Result<()> {
        let pending = self.pending_of(place, person).await?;
        let mut tx = self.write_tx().await?;
        for one in &pending {
            stand(&mut tx, one.id, "refused", Some(reason)).await?;
        }
        remember::announce_changed(&mut tx, place, pending.into_iter().map(|one| one.cell).collect()).await?;
        tx.commit().await
    }

    async fn pending_of(&self, place: &Place, person: PersonId) -> Result<Vec<Pending>> {
        let rows: Vec<(i64, String, String, String, String, i64)> = sqlx::query_as(
            "SELECT id, cell_id, value, seen, tried, failures FROM pending_edit
             WHERE vidsheet_id = ? AND person_id = ? AND stands = 'waits' ORDER BY id",
        )
        .bind(place.vidsheet.as_str())
        .bind(person)
        .fetch_all(self.read())
        .await?;
        let pending = |(number, cell, value, seen, tried, failures): (_, String, _, _, String, _)| {
            Ok(Pending { id: number, cell: id(&cell)?, value, seen, tried: read(&tried)?, failures })
        };
        rows.into_iter().map(pending).collect()
    }
}

struct Pending {
    id: i64,
    cell: CellId,
    value: String,
    seen: String,
    tried: Vec<String>,
    failures: i64,
}

/// Keeps values until GEN takes them. A newer text for the same cell takes the place of one that waits there already.
pub(super) async fn keep_waiting(tx: &mut WriteTx, doer: &Doer, waits: &[Waits]) -> Result<()> {
    let record = |waits: &Waits| {
        let value = &waits.was.after;
        let tried = if waits.may_have_arrived { json!([value]) } else { json!([]) };
        json!([waits.was.id.as_str(), value, waits.at_gen, tried.to_string()])
    };
    let records: Vec<_> = waits.iter().map(record).collect();
    let now = tx.now();
    for some in records.chunks(1000) {
        sqlx::query(
            "INSERT INTO pending_edit (agent_id, vidsheet_id, cell_id, person_id, at, value, seen, tried)
             SELECT ?1, ?2, new.value ->> 0, ?3, ?4, new.value ->> 1, new.value ->> 2, new.value ->> 3
             FROM json_each(?5) AS new WHERE true
             ON CONFLICT (cell_id) WHERE stands = 'waits' DO UPDATE
             SET value = excluded.value, person_id = excluded.person_id, at = excluded.at, failures = 0,
                 tried = (SELECT json_group_array(t.value)
                          FROM (SELECT value FROM json_each(pending_edit.tried)
                                UNION SELECT value FROM json_each(excluded.tried)) t)",
        )
        .bind(doer.place.agent.as_str())
        .bind(doer.place.vidsheet.as_str())
        .bind(doer.person)
        .bind(now)
        .bind(text(&some)?)
        .execute(&mut **tx)
        .await?;
    }
    if !waits.is_empty() {
        // Taken back before anything left, there is nothing to send.
        sqlx::query(
            "DELETE FROM pending_edit WHERE vidsheet_id = ? AND stands = 'waits' AND value = seen AND tried = '[]'",
        )
        .bind(doer.place.vidsheet.as_str())
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Forgets what waits for these cells: GEN has it, or something newer.
pub(super) async fn no_longer_waits(tx: &mut WriteTx, cells: impl Iterator<Item = &CellId>) -> Result<()> {
    let cells: Vec<&str> = cells.map(CellId::as_str).collect();
    sqlx::query(
        "DELETE FROM pending_edit WHERE stands = 'waits' AND cell_id IN (SELECT value FROM json_each(?))",
    )
    .bind(text(&cells)?)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Whatever a vidsheet's cells have that GEN does not, oldest first.
pub(crate) async fn waiting_on(
    conn: &mut SqliteConnection,
    vidsheet: &VidsheetId,
) -> Result<Vec<WaitingEdit>> {
    let rows = sqlx::query_as::<_, WaitingRow>(concat!(waiting_where!(), "e.vidsheet_id = ? ORDER BY e.id"))
        .bind(vidsheet.as_str())
        .fetch_all(conn)
        .await?;
    rows.into_iter().map(WaitingRow::into_waiting).collect()
}

/// The same for some cells.
pub(crate) async fn waiting_on_cells(
    conn: &mut SqliteConnection,
    cells: &[CellId],
) -> Result<Vec<WaitingEdit>> {
    let cells: Vec<&str> = cells.iter().map(CellId::as_str).collect();
    let rows = sqlx::query_as::<_, WaitingRow>(concat!(
        waiting_where!(),
        "e.cell_id IN (SELECT value FROM json_each(?)) ORDER BY e.id"
    ))
    .bind(text(&cells)?)
    .fetch_all(conn)
    .await?;
    rows.into_iter().map(WaitingRow::into_waiting).collect()
}

async fn stand(tx: &mut WriteTx, edit: i64, stands: &str, reason: Option<&str>) -> Result<()> {
    sqlx::query("UPDATE pending_edit SET stands = ?, reason = ? WHERE id = ?")
        .bind(stands)
        .bind(reason)
        .bind(edit)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes an attempt that came to nothing. That nobody was there, or asked for patience, counts for nothing.
async fn fail(tx: &mut WriteTx, one: &Pending, error: &Gen) -> Result<()> {
    let counts = !matches!(error, Gen::Unreachable { .. } | Gen::Api { status: 429, .. });
    let failures = one.failures + i64::from(counts);
    if failures >= FAILURES_MAX {
        return stand(tx, one.id, "refused", Some(&error.to_string())).await;
    }
    let mut tried = one.tried.clone();
    if error.may_have_been_sent() && !tried.contains(&one.value) {
        tried.push(one.value.clone());
    }
    sqlx::query("UPDATE pending_edit SET failures = ?, tried = ? WHERE id = ?")
        .bind(failures)
        .bind(text(&tried)?)
        .bind(one.id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

#[derive(FromRow)]
struct WaitingRow {
    id: i64,
    cell_id: String,
    row_id: String,
    title: Option<String>,
    value: String,
    theirs: Option<String>,
    person_id: PersonId,
    name: String,
    at: i64,
    stands: String,
    reason: Option<String>,
}

impl WaitingRow {
    fn into_waiting(self) -> Result<WaitingEdit> {
        let stands = match self.stands.as_str() {
            "waits" => EditStands::Waits,
            "conflict" => EditStands::Conflict,
            _ => EditStands::Refused { reason: self.reason.unwrap_or_default() },
        };
        Ok(WaitingEdit {
            id: self.id,
            cell: id(&self.cell_id)?,
            row: id(&self.row_id)?,
            column_title: self.title.unwrap_or_default(),
            value: self.value,
            theirs: self.theirs.unwrap_or_default(),
            by: EditedBy { id: self.person_id, name: self.name, at: self.at },
            stands,
        })
    }
}

macro_rules! waiting_where {
    () => {
        "SELECT e.id, e.cell_id, c.row_id, s.title, e.value, c.value AS theirs, e.person_id, p.name, e.at, e.stands,
                e.reason
         FROM pending_edit e JOIN cell c ON c.id = e.cell_id JOIN person p ON p.id = e.person_id
         LEFT JOIN sheet_column s ON s.id = c.column_id WHERE "
    };
}
use waiting_where;
