//! Rows: added, marked, put away. GEN cannot delete a row; a mark of ours hides it, which no answer takes back.

use std::collections::HashMap;

use gen_client::model::Row;
use gen_client::{AgentId, RowId, VidsheetId};
use model::{LABEL_MAX, RowMark};
use serde_json::{Map, Value};

use super::Doer;
use super::log::{count, record};
use super::order::write_order;
use super::step::{Step, Was};
use crate::freshness::Kind;
use crate::saved::text;
use crate::vidsheets::{load, remember};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

/// The most rows that are added at once.
pub(super) const ROWS_MAX: usize = 1_000;

impl Store {
    /// Adds empty rows below a row, or at the end, as one act. Where GEN made only some, those are kept and returned.
    pub async fn add_rows(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        number: u32,
        after: Option<RowId>,
    ) -> Result<Vec<Row>> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        self.must_have(agent, vidsheet, after.as_ref()).await?;
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        if number == 0 || number > ROWS_MAX {
            let message = format!("Add 1 to {ROWS_MAX} rows at once.");
            return Err(Error::Invalid { field: "Rows", message });
        }
        let store = self.clone();
        self.finish(async move {
            let _turn = store.order_turn(&doer).await;
            let (made, failed) = store.make_rows(&doer, number).await?;
            if let (true, Some(error)) = (made.is_empty(), failed) {
                return Err(error);
            }
            let ids: Vec<RowId> = made.iter().map(|row| row.id.clone()).collect();
            let mut tx = store.write_tx().await?;
            remember::rows_made(&mut tx, &doer.place, made).await?;
            tx.wrote(Kind::Vidsheet, doer.place.vidsheet.as_str()).await?;
            let step = Step::Rows { rows: ids.clone(), archived: false };
            record(&mut tx, &doer, &format!("Added {}", count(ids.len(), "row")), &[step]).await?;
            tx.commit().await?;
            if let Some(after) = after {
                store.put_below(&doer, &ids, &after).await?;
            }
            let mut conn = store.read().acquire().await?;
            load::rows_of(&mut conn, &ids).await
        })
        .await
    }

    /// Adds an empty row at the end.
    pub async fn add_row(&self, actor: &Actor, agent: &AgentId, vidsheet: &VidsheetId) -> Result<Row> {
        self.add_rows(actor, agent, vidsheet, 1, None).await?.pop().ok_or(Error::NotFound("row"))
    }

    /// Copies a row with its cells and layers; GEN decides where the copy goes.
    pub async fn duplicate_row(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        row: &RowId,
    ) -> Result<Row> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        self.must_have(agent, vidsheet, Some(row)).await?;
        let (store, original) = (self.clone(), row.clone());
        self.finish(async move {
            let (place, client) = (&doer.place, &doer.client);
            let made = client.duplicate_row(&place.agent, &place.vidsheet, &original).await;
            let made = store.with_cells(&doer, made).await?;
            let id = made.id.clone();
            let mut tx = store.write_tx().await?;
            remember::row(&mut tx, place, made).await?;
            tx.wrote(Kind::Vidsheet, place.vidsheet.as_str()).await?;
            // The copy may have gone anywhere; the whole order is asked for soon.
            tx.outdate(Kind::Vidsheet, place.vidsheet.as_str()).await?;
            let step = Step::Rows { rows: vec![id.clone()], archived: false };
            record(&mut tx, &doer, "Duplicated a row", &[step]).await?;
            let row = load::row(&mut tx, &id).await?.ok_or(Error::NotFound("row"))?;
            tx.commit().await?;
            Ok(row)
        })
        .await
    }

    /// Puts rows away, or shows them again. Returns the act; `None` where nothing changed.
    pub async fn archive_rows(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        rows: Vec<RowId>,
        archived: bool,
    ) -> Result<Option<i64>> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        let mut tx = self.write_tx().await?;
        let rows = write_archived_rows(&mut tx, &doer, &rows, archived).await?;
        let verb = if archived { "Archived" } else { "Restored" };
        let what = format!("{verb} {}", count(rows.len(), "row"));
        let steps = if rows.is_empty() { Vec::new() } else { vec![Step::Rows { rows, archived }] };
        let act = record(&mut tx, &doer, &what, &steps).await?;
        tx.commit().await?;
        Ok(act)
    }

    /// The rows that are put away, in the order of the sheet.
    pub async fn list_archived_rows(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<Vec<Row>> {
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let mut conn = self.read().acquire().await?;
        load::archived_rows(&mut conn, vidsheet).await
    }

    /// Gives rows a label and a colour; what else GEN keeps with them stays. Returns the act.
    pub async fn mark_rows(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        rows: Vec<RowId>,
        mark: RowMark,
    ) -> Result<Option<i64>> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        if mark.label.as_ref().is_some_and(|label| label.chars().count() > LABEL_MAX) {
            let message = format!("A label has at most {LABEL_MAX} characters.");
            return Err(Error::Invalid { field: "Label", message });
        }
        let store = self.clone();
        self.finish(async move {
            let wanted = rows.into_iter().map(|row| (row, mark.clone())).collect();
            let was = store.put_marks(&doer, wanted).await?;
            let steps = if was.is_empty() { Vec::new() } else { vec![Step::Marks { rows: was.clone() }] };
            let mut tx = store.write_tx().await?;
            let what = format!("Marked {}", count(was.len(), "row"));
            let act = record(&mut tx, &doer, &what, &steps).await?;
            tx.commit().await?;
            Ok(act)
        })
        .await
    }

    /// Marks rows at GEN and here; what each was before, those that were marked so already left out.
    pub(super) async fn put_marks(
        &self,
        doer: &Doer,
        wanted: Vec<(RowId, RowMark)>,
    ) -> Result<Vec<Was<RowId, RowMark>>> {
        let place = &doer.place;
        let lock = self.lock_of(&format!("marks/{}", place.vidsheet));
        let _turn = lock.lock().await;
        let known = self.marks_of(doer).await?;
        let mut was: Vec<Was<RowId, RowMark>> = Vec::new();
        let mut sent: Vec<(RowId, Map<String, Value>)> = Vec::new();
        for (row, mark) in wanted {
            let known = known.get(row.as_str()).ok_or(Error::NotFound("row"))?;
            if RowMark::of(known) != mark {
                // All of it, because GEN may replace instead of merging (D26).
                sent.push((known.id.clone(), mark.put_into(&known.additional_attributes)));
                was.push(Was { id: known.id.clone(), before: RowMark::of(known), after: mark });
            }
        }
        if sent.is_empty() {
            return Ok(was);
        }
        let answer = doer.client.mass_update_rows(&place.agent, &place.vidsheet, &sent).await;
        self.noted(place.key, answer).await?;
        let mut tx = self.write_tx().await?;
        let written: Vec<(&str, String)> =
            sent.iter().map(|(row, all)| Ok((row.as_str(), text(all)?))).collect::<Result<_>>()?;
        sqlx::query(
            "UPDATE sheet_row SET attributes = new.value ->> 1 FROM json_each(?1) AS new
             WHERE sheet_row.id = new.value ->> 0 AND sheet_row.vidsheet_id = ?2",
        )
        .bind(text(&written)?)
        .bind(place.vidsheet.as_str())
        .execute(&mut *tx)
        .await?;
        tx.wrote(Kind::Vidsheet, place.vidsheet.as_str()).await?;
        remember::announce_vidsheet(&mut tx, place).await?;
        tx.commit().await?;
        Ok(was)
    }

    /// The rows of a vidsheet without their cells.
    pub(super) async fn marks_of(&self, doer: &Doer) -> Result<HashMap<String, Row>> {
        let mut conn = self.read().acquire().await?;
        let rows = load::bare_rows(&mut conn, &doer.place.vidsheet).await?;
        Ok(rows.into_iter().map(|row| (row.id.to_string(), row)).collect())
    }

    /// Makes empty rows at GEN, one after the other because each goes to the end; why not all of them, if not.
    pub(super) async fn make_rows(&self, doer: &Doer, number: usize) -> Result<(Vec<Row>, Option<Error>)> {
        let mut made = Vec::new();
        for _ in 0..number {
            let row = doer.client.create_row(&doer.place.agent, &doer.place.vidsheet, None).await;
            match self.with_cells(doer, row).await {
                Ok(row) => made.push(row),
                Err(error @ Error::Gen(_)) => return Ok((made, Some(error))),
                Err(error) => return Err(error),
            }
        }
        Ok((made, None))
    }

    /// Some answers name the row only; its cells are needed to type into.
    async fn with_cells(&self, doer: &Doer, made: Result<Row, gen_client::Error>) -> Result<Row> {
        let (place, client) = (&doer.place, &doer.client);
        let made = self.noted(place.key, made).await?;
        if !made.cells.is_empty() {
            return Ok(made);
        }
        self.noted(place.key, client.open_row(&place.agent, &place.vidsheet, &made.id).await).await
    }

    async fn put_below(&self, doer: &Doer, rows: &[RowId], above: &RowId) -> Result<()> {
        let mut order: Vec<RowId> = self.order_of(doer, "sheet_row").await?;
        order.retain(|row| !rows.contains(row));
        let at = order.iter().position(|row| row == above).map_or(order.len(), |at| at + 1);
        order.splice(at..at, rows.iter().cloned());
        let order = self.send_row_order(doer, &order).await?;
        let mut tx = self.write_tx().await?;
        write_order(&mut tx, doer, "sheet_row", &order).await?;
        tx.commit().await
    }
}

/// Puts rows away or back; which of them that changed.
pub(super) async fn write_archived_rows(
    tx: &mut WriteTx,
    doer: &Doer,
    rows: &[RowId],
    archived: bool,
) -> Result<Vec<RowId>> {
    let asked: Vec<&str> = rows.iter().map(RowId::as_str).collect();
    let at = archived.then_some(tx.now());
    let changed: Vec<String> = sqlx::query_scalar(
        "UPDATE sheet_row SET archived_at = ?1
         WHERE id IN (SELECT value FROM json_each(?2)) AND vidsheet_id = ?3 AND (archived_at IS NULL) = (?1 IS NOT NULL)
         RETURNING id",
    )
    .bind(at)
    .bind(text(&asked)?)
    .bind(doer.place.vidsheet.as_str())
    .fetch_all(&mut **tx)
    .await?;
    if !changed.is_empty() {
        remember::announce_vidsheet(tx, &doer.place).await?;
    }
    Ok(rows.iter().filter(|row| changed.iter().any(|id| id == row.as_str())).cloned().collect())
}
