use gen_client::model::Cell;
use gen_client::{AgentId, CellId, GenClient, VidsheetId};
use model::{CellEdit, SavedCell, Take};

use super::acts::waiting_on_cells;
use super::load::{self, number};
use super::{Place, show_waiting};
use crate::history::{newest_work_on, work_on};
use crate::{Actor, Error, Result, Store};

/// The most cells that are opened together.
const CELLS_MAX: usize = 500;

impl Store {
    /// One cell, from the saved copy alone: what a page asks for after a change was announced.
    pub async fn open_cell(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
    ) -> Result<SavedCell> {
        self.must_reach(actor, agent).await?;
        self.saved_cell(agent, vidsheet, cell).await
    }

    /// Several cells, from the saved copy alone: what a page asks for after news of many. Those that are not in the
    /// vidsheet are left out.
    pub async fn open_cells(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cells: &[CellId],
    ) -> Result<Vec<SavedCell>> {
        self.must_reach(actor, agent).await?;
        self.saved_cells(agent, vidsheet, cells.get(..CELLS_MAX).unwrap_or(cells)).await
    }

    /// Sets a cell's value at GEN, then here; `seen` is what the editor showed before typing began.
    /// [`Error::Conflict`] when something else is saved meanwhile; nothing is sent then.
    pub async fn set_cell_value(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        value: String,
        seen: Option<String>,
    ) -> Result<SavedCell> {
        let edit = CellEdit { cell: cell.clone(), value, seen };
        self.edit_cell(actor, agent, vidsheet, edit).await?;
        self.saved_cell(agent, vidsheet, cell).await
    }

    /// All takes of a cell, newest first, from the saved copy.
    pub async fn list_takes(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
    ) -> Result<Vec<Take>> {
        self.must_reach(actor, agent).await?;
        let mut conn = self.read().acquire().await?;
        let found = load::cell(&mut conn, agent, vidsheet, cell).await?;
        let (_, saved) = found.ok_or(Error::NotFound("cell"))?;
        let mut work = work_on(&mut conn, cell).await?;
        let chosen = saved.default_generation.map(|generation| generation.id);
        let mut takes = Vec::new();
        for generation in saved.generations.into_iter().rev() {
            let made_by = work.iter().position(|work| work.generation_id.as_ref() == Some(&generation.id));
            let is_default = chosen.as_ref() == Some(&generation.id);
            takes.push(Take { is_default, work: made_by.map(|place| work.swap_remove(place)), generation });
        }
        takes.sort_by_key(|take| std::cmp::Reverse(number(&take.generation.id)));
        Ok(takes)
    }

    /// The cell as it is at GEN now.
    pub(crate) async fn fetch_cell(&self, client: &GenClient, place: &Place, cell: &CellId) -> Result<Cell> {
        let answer = client.open_cell(&place.agent, &place.vidsheet, cell).await;
        let answer = self.noted(place.key, answer).await?;
        if answer.id != *cell {
            let reason = "it is about another cell".to_owned();
            return Err(gen_client::Error::Decode { operation: "open_cell", reason }.into());
        }
        Ok(answer)
    }

    /// Refuses to touch what the platform owns.
    pub(crate) async fn must_be_ingredient(&self, cell: &CellId, field: &'static str) -> Result<()> {
        let mut conn = self.read().acquire().await?;
        match load::column_of(&mut conn, cell).await? {
            Some(column) if column.role.is_system() => {
                let message = format!("GEN fills the column {} itself.", column.title);
                Err(Error::Invalid { field, message })
            }
            _ => Ok(()),
        }
    }

    /// The saved copy of a cell with the newest work on it.
    pub(crate) async fn saved_cell(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
    ) -> Result<SavedCell> {
        let found = self.saved_cells(agent, vidsheet, std::slice::from_ref(cell)).await?;
        found.into_iter().next().ok_or(Error::NotFound("cell"))
    }

    async fn saved_cells(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cells: &[CellId],
    ) -> Result<Vec<SavedCell>> {
        let mut conn = self.read().acquire().await?;
        let found = load::cells(&mut conn, agent, vidsheet, cells).await?;
        let mut work = newest_work_on(&mut conn, cells).await?;
        let mut waiting = waiting_on_cells(&mut conn, cells).await?;
        let mut edited = load::edited_by(&mut conn, cells).await?;
        let saved = found.into_iter().map(|(row_id, mut cell)| {
            let is_it = |other: &CellId| *other == cell.id;
            let waiting: Vec<_> = waiting.extract_if(.., |edit| is_it(&edit.cell)).collect();
            let work =
                work.extract_if(.., |work| work.cell.as_ref().is_some_and(|of| is_it(&of.cell_id))).next();
            let edited_by = edited.remove(&cell.id);
            show_waiting([&mut cell].into_iter(), &waiting);
            SavedCell { row_id, cell, work, edited_by, waiting }
        });
        Ok(saved.collect())
    }
}
