//! The order of rows and columns. GEN takes a whole order; ours is what it then says.

use std::collections::HashSet;
use std::hash::Hash;

use gen_client::{AgentId, ColumnId, RowId, VidsheetId};
use serde::de::DeserializeOwned;

use super::Doer;
use super::log::{count, record};
use super::step::Step;
use crate::freshness::Kind;
use crate::saved::{id, text};
use crate::vidsheets::remember;
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

impl Store {
    /// Puts rows, in this order, before another one, or at the end. Returns the act; `None` where nothing moved.
    pub async fn move_rows(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        rows: Vec<RowId>,
        before: Option<RowId>,
    ) -> Result<Option<i64>> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        let store = self.clone();
        self.finish(async move {
            let _turn = store.order_turn(&doer).await;
            let old: Vec<RowId> = store.order_of(&doer, "sheet_row").await?;
            let new = moved(&old, &rows, before.as_ref()).ok_or(Error::NotFound("row"))?;
            if new == old {
                return Ok(None);
            }
            let new = store.send_row_order(&doer, &new).await?;
            let what = format!("Moved {}", count(rows.len(), "row"));
            let step = Step::RowOrder { moved: rows, before: old, after: new.clone() };
            let mut tx = store.write_tx().await?;
            write_order(&mut tx, &doer, "sheet_row", &new).await?;
            let act = record(&mut tx, &doer, &what, &[step]).await?;
            tx.commit().await?;
            Ok(act)
        })
        .await
    }

    /// The same for columns.
    pub async fn move_columns(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        columns: Vec<ColumnId>,
        before: Option<ColumnId>,
    ) -> Result<Option<i64>> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        let store = self.clone();
        self.finish(async move {
            let _turn = store.order_turn(&doer).await;
            let old: Vec<ColumnId> = store.order_of(&doer, "sheet_column").await?;
            let new = moved(&old, &columns, before.as_ref()).ok_or(Error::NotFound("column"))?;
            if new == old {
                return Ok(None);
            }
            let new = store.send_column_order(&doer, &new).await?;
            let what = format!("Moved {}", count(columns.len(), "column"));
            let step = Step::ColumnOrder { moved: columns, before: old, after: new.clone() };
            let mut tx = store.write_tx().await?;
            write_order(&mut tx, &doer, "sheet_column", &new).await?;
            let act = record(&mut tx, &doer, &what, &[step]).await?;
            tx.commit().await?;
            Ok(act)
        })
        .await
    }

    /// Puts what an act moved where it stood, whatever came or moved meanwhile.
    pub(super) async fn reorder_rows(&self, doer: &Doer, moved: &[RowId], as_in: &[RowId]) -> Result<()> {
        let _turn = self.order_turn(doer).await;
        let old: Vec<RowId> = self.order_of(doer, "sheet_row").await?;
        let new = restored(&old, moved, as_in);
        if new != old {
            let new = self.send_row_order(doer, &new).await?;
            let mut tx = self.write_tx().await?;
            write_order(&mut tx, doer, "sheet_row", &new).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// The same for columns.
    pub(super) async fn reorder_columns(
        &self,
        doer: &Doer,
        moved: &[ColumnId],
        as_in: &[ColumnId],
    ) -> Result<()> {
        let _turn = self.order_turn(doer).await;
        let old: Vec<ColumnId> = self.order_of(doer, "sheet_column").await?;
        let new = restored(&old, moved, as_in);
        if new != old {
            let new = self.send_column_order(doer, &new).await?;
            let mut tx = self.write_tx().await?;
            write_order(&mut tx, doer, "sheet_column", &new).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Nobody else changes an order meanwhile.
    pub(super) async fn order_turn(&self, doer: &Doer) -> tokio::sync::OwnedMutexGuard<()> {
        self.lock_of(&format!("order/{}", doer.place.vidsheet)).lock_owned().await
    }

    /// The rows or columns as they stand, what is put away among them.
    pub(super) async fn order_of<I: DeserializeOwned>(
        &self,
        doer: &Doer,
        table: &'static str,
    ) -> Result<Vec<I>> {
        let sql = match table {
            "sheet_row" => "SELECT id FROM sheet_row WHERE vidsheet_id = ? AND hidden = 0 ORDER BY place",
            _ => "SELECT id FROM sheet_column WHERE vidsheet_id = ? AND hidden = 0 ORDER BY place",
        };
        let ids: Vec<String> =
            sqlx::query_scalar(sql).bind(doer.place.vidsheet.as_str()).fetch_all(self.read()).await?;
        ids.iter().map(|saved| id(saved)).collect()
    }

    /// Asks GEN for an order; what it then says it is.
    pub(super) async fn send_row_order(&self, doer: &Doer, order: &[RowId]) -> Result<Vec<RowId>> {
        let (agent, vidsheet, key) = (&doer.place.agent, &doer.place.vidsheet, doer.place.key);
        let mut rows = self.noted(key, doer.client.move_rows(agent, vidsheet, order).await).await?;
        if rows.is_empty() {
            rows = self.noted(key, doer.client.list_rows(agent, vidsheet).await).await?;
        }
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    async fn send_column_order(&self, doer: &Doer, order: &[ColumnId]) -> Result<Vec<ColumnId>> {
        let (agent, vidsheet, key) = (&doer.place.agent, &doer.place.vidsheet, doer.place.key);
        let mut columns = self.noted(key, doer.client.move_columns(agent, vidsheet, order).await).await?;
        if columns.is_empty() {
            columns = self.noted(key, doer.client.list_columns(agent, vidsheet).await).await?;
        }
        Ok(columns.into_iter().map(|column| column.id).collect())
    }
}

/// Writes an order down, with positions that say the same as the places. What GEN did not name stays behind the others.
pub(super) async fn write_order<I: ToString>(
    tx: &mut WriteTx,
    doer: &Doer,
    table: &'static str,
    order: &[I],
) -> Result<()> {
    let (behind, in_order) = match table {
        "sheet_row" => (
            "UPDATE sheet_row SET place = place + ?1, position = position + ?1 WHERE vidsheet_id = ?2 AND hidden = 0",
            "UPDATE sheet_row SET place = new.key, position = new.key FROM json_each(?1) AS new
             WHERE sheet_row.id = new.value AND sheet_row.vidsheet_id = ?2",
        ),
        _ => (
            "UPDATE sheet_column SET place = place + ?1, position = position + ?1 WHERE vidsheet_id = ?2 AND hidden = 0",
            "UPDATE sheet_column SET place = new.key, position = new.key FROM json_each(?1) AS new
             WHERE sheet_column.id = new.value AND sheet_column.vidsheet_id = ?2",
        ),
    };
    let vidsheet = doer.place.vidsheet.as_str();
    let length = i64::try_from(order.len()).unwrap_or(i64::MAX);
    sqlx::query(behind).bind(length).bind(vidsheet).execute(&mut **tx).await?;
    let ids: Vec<String> = order.iter().map(ToString::to_string).collect();
    sqlx::query(in_order).bind(text(&ids)?).bind(vidsheet).execute(&mut **tx).await?;
    tx.wrote(Kind::Vidsheet, doer.place.vidsheet.as_str()).await?;
    remember::announce_vidsheet(tx, &doer.place).await
}

/// An order after something was moved in it; `None` where something is not in it, or would go before itself.
fn moved<I: Clone + PartialEq + Eq + Hash>(order: &[I], moving: &[I], before: Option<&I>) -> Option<Vec<I>> {
    let moving_ones: HashSet<&I> = moving.iter().collect();
    let known: HashSet<&I> = order.iter().collect();
    if moving_ones.len() != moving.len() || !moving_ones.is_subset(&known) {
        return None;
    }
    let mut rest: Vec<I> = order.iter().filter(|one| !moving_ones.contains(one)).cloned().collect();
    let at = match before {
        Some(before) => rest.iter().position(|one| one == before)?,
        None => rest.len(),
    };
    rest.splice(at..at, moving.iter().cloned());
    Some(rest)
}

/// An order in which what was moved stands behind what it stood behind before; everything else stays.
fn restored<I: Clone + Eq + Hash>(order: &[I], moved: &[I], as_in: &[I]) -> Vec<I> {
    let moved: HashSet<&I> = moved.iter().filter(|one| order.contains(one)).collect();
    let mut result: Vec<I> = order.iter().filter(|one| !moved.contains(one)).cloned().collect();
    let mut placed: HashSet<I> = result.iter().cloned().collect();
    let mut predecessor: Option<&I> = None;
    for one in as_in {
        if moved.contains(one) {
            let at = predecessor.and_then(|before| result.iter().position(|known| known == before));
            result.insert(at.map_or(0, |at| at + 1), one.clone());
            placed.insert(one.clone());
        }
        if placed.contains(one) {
            predecessor = Some(one);
        }
    }
    // What the old order does not know keeps its place at the end.
    result.extend(order.iter().filter(|one| !placed.contains(*one)).cloned());
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_goes_before_what_was_named_in_its_own_order() {
        assert_eq!(moved(&[1, 2, 3, 4], &[4, 1], Some(&3)), Some(vec![2, 4, 1, 3]));
        assert_eq!(moved(&[1, 2, 3], &[1], None), Some(vec![2, 3, 1]));
        assert_eq!(moved(&[1, 2, 3], &[1], Some(&1)), None);
        assert_eq!(moved(&[1, 2, 3], &[9], None), None);
        assert_eq!(moved(&[1, 2, 3], &[1, 1], None), None);
    }

    #[test]
    fn what_is_taken_back_leaves_what_others_moved_and_added() {
        assert_eq!(restored(&[2, 3, 1], &[1], &[1, 2, 3]), [1, 2, 3]);
        assert_eq!(restored(&[3, 9, 2, 1], &[1], &[1, 2, 3]), [1, 3, 9, 2], "somebody swapped and added");
        assert_eq!(restored(&[4, 3, 2, 1], &[2, 1, 4, 3], &[1, 2, 3, 4]), [1, 2, 3, 4]);
        assert_eq!(restored(&[2, 3], &[1], &[1, 2, 3]), [2, 3], "it is gone");
    }
}
