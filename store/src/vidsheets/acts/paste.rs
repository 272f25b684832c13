//! Texts from elsewhere, with the columns and rows they need, as one act.

use std::collections::{HashMap, HashSet};

use gen_client::model::ColumnKind;
use gen_client::{AgentId, CellId, ColumnId, RowId, VidsheetId};
use model::{CellEdit, Paste, PasteColumn, Pasted};

use super::edit::CELLS_MAX;
use super::log::{count, record};
use super::rows::ROWS_MAX;
use super::step::Step;
use super::{Doer, IfAway};
use crate::freshness::Kind;
use crate::saved::{id, text};
use crate::vidsheets::remember;
use crate::{Actor, Error, Result, Store};

/// The most columns that a paste adds.
const COLUMNS_MAX: usize = 50;

/// The cells of a vidsheet by row and column.
type Cells = HashMap<(String, String), CellId>;

impl Store {
    /// Makes the columns and rows of a paste, then sets all values by few calls. One act: taking it back empties the
    /// values and puts away what it added.
    pub async fn paste(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        paste: Paste,
    ) -> Result<Pasted<Error>> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        must_fit(&paste)?;
        let store = self.clone();
        self.finish(async move {
            let _order = store.order_turn(&doer).await;
            let (columns, rows, failed) = store.make_room(&doer, &paste).await?;
            let edits = store.edits_of(&doer, paste, &columns, &rows).await?;
            let _turns = store.turns_of(&doer.place.vidsheet, edits.iter().map(|edit| &edit.cell)).await;
            let mut set = store.set_values(&doer, edits, IfAway::Keep).await?;
            let mut steps = Vec::new();
            let mut what = vec![format!("Pasted {}", count(set.changed(), "cell"))];
            if !columns.is_empty() {
                what.push(count(columns.len(), "new column"));
                steps.push(Step::Columns { columns: columns.clone(), archived: false });
            }
            if !rows.is_empty() {
                what.push(count(rows.len(), "new row"));
                steps.push(Step::Rows { rows: rows.clone(), archived: false });
            }
            steps.extend(set.step());
            let mut tx = store.write_tx().await?;
            set.keep(&mut tx, &doer).await?;
            let act = record(&mut tx, &doer, &what.join(", "), &steps).await?;
            tx.commit().await?;
            store.send_soon(&set);
            let edited = model::Edited { act, cells: set.cells };
            Ok(Pasted { edited, columns, rows, failed })
        })
        .await
    }

    /// Makes columns, then rows, and learns of their cells; why not all of them, if not.
    async fn make_room(
        &self,
        doer: &Doer,
        paste: &Paste,
    ) -> Result<(Vec<ColumnId>, Vec<RowId>, Option<Error>)> {
        let (mut columns, mut failed) = (Vec::new(), None);
        let mut titles = self.titles(doer).await?;
        for new in &paste.new_columns {
            let title = free_title(&titles, &new.title);
            match self.make_column(doer, &title, &ColumnKind::Text).await {
                Ok(made) => columns.push(made.id),
                Err(error @ Error::Gen(_)) => {
                    failed = Some(error);
                    break;
                }
                Err(error) => return Err(error),
            }
            titles.insert(title);
        }
        let mut rows = Vec::new();
        if failed.is_none() {
            (rows, failed) = self.make_rows(doer, paste.new_rows.len()).await?;
        }
        let ids: Vec<RowId> = rows.iter().map(|row| row.id.clone()).collect();
        if columns.is_empty() && rows.is_empty() {
            return Ok((columns, ids, failed));
        }
        let (vidsheet, is_wider) = (doer.place.vidsheet.as_str(), !columns.is_empty());
        let mut tx = self.write_tx().await?;
        if !is_wider {
            remember::rows_made(&mut tx, &doer.place, rows).await?;
        }
        tx.wrote(Kind::Vidsheet, vidsheet).await?;
        if is_wider {
            tx.outdate(Kind::Vidsheet, vidsheet).await?;
        }
        tx.commit().await?;
        if is_wider {
            // Every row has new cells, whose numbers only GEN knows.
            match self.renew(doer.place.key, &doer.place).await {
                Err(error @ Error::Gen(_)) => failed = failed.or(Some(error)),
                renewed => renewed?,
            }
        }
        Ok((columns, ids, failed))
    }

    /// The paste as values of cells that are there by now.
    async fn edits_of(
        &self,
        doer: &Doer,
        paste: Paste,
        columns: &[ColumnId],
        rows: &[RowId],
    ) -> Result<Vec<CellEdit>> {
        let Paste { mut edits, new_columns, new_rows } = paste;
        if columns.is_empty() && rows.is_empty() {
            return Ok(edits);
        }
        let cells = self.cells_at(doer, columns, rows).await?;
        let mut put = |row: &RowId, column: &ColumnId, value: String| {
            if let (Some(cell), false) = (cells.get(&(row.to_string(), column.to_string())), value.is_empty())
            {
                edits.push(CellEdit { cell: cell.clone(), value, seen: None });
            }
        };
        for (column, new) in columns.iter().zip(new_columns) {
            new.values.into_iter().for_each(|(row, value)| put(&row, column, value));
        }
        for (row, values) in rows.iter().zip(new_rows) {
            for (column, value) in values {
                match column {
                    PasteColumn::Known(column) => put(row, &column, value),
                    PasteColumn::New(number) => {
                        if let Some(column) = columns.get(number) {
                            put(row, column, value);
                        }
                    }
                }
            }
        }
        Ok(edits)
    }

    /// The cells of these columns and of these rows.
    async fn cells_at(&self, doer: &Doer, columns: &[ColumnId], rows: &[RowId]) -> Result<Cells> {
        let columns: Vec<&str> = columns.iter().map(ColumnId::as_str).collect();
        let rows: Vec<&str> = rows.iter().map(RowId::as_str).collect();
        let found: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT row_id, column_id, id FROM cell
             WHERE vidsheet_id = ?1 AND column_id IS NOT NULL
               AND (column_id IN (SELECT value FROM json_each(?2)) OR row_id IN (SELECT value FROM json_each(?3)))",
        )
        .bind(doer.place.vidsheet.as_str())
        .bind(text(&columns)?)
        .bind(text(&rows)?)
        .fetch_all(self.read())
        .await?;
        found.into_iter().map(|(row, column, cell)| Ok(((row, column), id(&cell)?))).collect()
    }

    /// What columns are called, those that were put away or are gone among them.
    async fn titles(&self, doer: &Doer) -> Result<HashSet<String>> {
        let titles: Vec<String> = sqlx::query_scalar("SELECT title FROM sheet_column WHERE vidsheet_id = ?")
            .bind(doer.place.vidsheet.as_str())
            .fetch_all(self.read())
            .await?;
        Ok(titles.into_iter().collect())
    }
}

/// Refuses what is too large before anything is sent.
fn must_fit(paste: &Paste) -> Result<()> {
    let inside = paste.new_columns.iter().map(|column| column.values.len()).sum::<usize>();
    let below = paste.new_rows.iter().map(Vec::len).sum::<usize>();
    let refuse = |message: String| Err(Error::Invalid { field: "Paste", message });
    if paste.edits.len() + inside + below > CELLS_MAX {
        return refuse(format!("Paste at most {CELLS_MAX} cells at once."));
    }
    if paste.new_rows.len() > ROWS_MAX {
        return refuse(format!("A paste adds at most {ROWS_MAX} rows."));
    }
    if paste.new_columns.len() > COLUMNS_MAX {
        return refuse(format!("A paste adds at most {COLUMNS_MAX} columns."));
    }
    Ok(())
}

/// GEN takes each title once in a vidsheet.
fn free_title(taken: &HashSet<String>, wanted: &str) -> String {
    let wanted = wanted.trim();
    let wanted = if wanted.is_empty() { "TEXT" } else { wanted };
    let numbered = (2..).map(|number| format!("{wanted} {number}"));
    let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
    names.find(|name| !taken.contains(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_is_taken_gets_a_number() {
        let taken = ["HOOK".to_owned(), "HOOK 2".to_owned(), "TEXT".to_owned()].into();
        assert_eq!(free_title(&taken, "CTA"), "CTA");
        assert_eq!(free_title(&taken, " HOOK "), "HOOK 3");
        assert_eq!(free_title(&taken, ""), "TEXT 2");
    }
}
