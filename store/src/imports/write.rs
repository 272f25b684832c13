//! The one place in which an import writes to GEN.

use gen_client::model::{Cell, Row, Vidsheet};
use gen_client::{CellId, GenClient};

use super::compare::Line;
use crate::freshness::Kind;
use crate::vidsheets::{Place, remember_cell, remember_row};
use crate::{Error, Result, Store};

/// So many lines are written by one call of the browser, and so many of them at once: rows first, then their cells by
/// one mass update. A row that was made and not filled is empty, and the next attempt takes it.
const LINES_A_STEP: usize = 100;
const LINES_AT_ONCE: usize = 25;
/// The most cells in one call.
const CELLS_AT_ONCE: usize = 500;

/// What was written.
#[derive(Default)]
pub(super) struct Written {
    pub(super) lines: usize,
    pub(super) added: u32,
    pub(super) changed: u32,
}

impl Store {
    /// Writes the first lines; the error, if any, is why it ended before them all.
    pub(super) async fn write_lines(
        &self,
        client: &GenClient,
        place: &Place,
        sheet: Vidsheet,
        lines: Vec<Line>,
    ) -> (Written, Option<Error>) {
        let mut written = Written::default();
        let some = &lines[..lines.len().min(LINES_A_STEP)];
        for unit in some.chunks(LINES_AT_ONCE) {
            if let Err(error) = self.write_unit(client, place, &sheet, unit).await {
                return (written, Some(error));
            }
            written.lines += unit.len();
            for line in unit {
                if line.is_new() {
                    written.added += 1;
                } else if !line.cells.is_empty() {
                    written.changed += 1;
                }
            }
        }
        (written, None)
    }

    async fn write_unit(
        &self,
        client: &GenClient,
        place: &Place,
        sheet: &Vidsheet,
        unit: &[Line],
    ) -> Result<()> {
        let mut values: Vec<(Cell, String)> = Vec::new();
        for line in unit {
            let made;
            let row = match line.row.and_then(|row| sheet.rows.get(row)) {
                Some(row) => row,
                None => {
                    made = self.import_row(client, place, sheet).await?;
                    &made
                }
            };
            for (column, _, after) in &line.cells {
                let cell = row.cell(column).ok_or(Error::NotFound("cell"))?;
                values.push((cell.clone(), after.clone()));
            }
        }
        for some in values.chunks(CELLS_AT_ONCE) {
            let sent: Vec<(CellId, String)> =
                some.iter().map(|(cell, value)| (cell.id.clone(), value.clone())).collect();
            let answer = client.mass_update_cells(&place.agent, &place.vidsheet, &sent).await;
            self.noted(place.key, answer).await?;
            let mut tx = self.write_tx().await?;
            for (cell, value) in some {
                remember_cell(&mut tx, place, Cell { value: Some(value.clone()), ..cell.clone() }).await?;
            }
            tx.wrote(Kind::Vidsheet, place.vidsheet.as_str()).await?;
            // Whether a mass update took every cell is seen with the next look at the sheet (D24).
            tx.outdate(Kind::Vidsheet, place.vidsheet.as_str()).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn import_row(&self, client: &GenClient, place: &Place, sheet: &Vidsheet) -> Result<Row> {
        let (agent, vidsheet) = (&place.agent, &place.vidsheet);
        let mut made = self.noted(place.key, client.create_row(agent, vidsheet, None).await).await?;
        if made.cells.is_empty() {
            // Some answers name the row only; its cells are needed to write into.
            made = self.noted(place.key, client.open_row(agent, vidsheet, &made.id).await).await?;
        }
        let columns: Vec<_> = sheet.columns.iter().map(|column| column.id.clone()).collect();
        made.fill_column_ids(&columns);
        let mut tx = self.write_tx().await?;
        remember_row(&mut tx, place, made.clone()).await?;
        tx.wrote(Kind::Vidsheet, vidsheet.as_str()).await?;
        tx.commit().await?;
        Ok(made)
    }
}
