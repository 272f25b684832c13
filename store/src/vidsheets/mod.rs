//! The registry of vidsheets, and their saved copies.

mod acts;
mod cells;
mod load;
mod plan;
mod registry;
mod remember;
mod takes;

pub(crate) use acts::Answers;
pub(crate) use load::column_of;
pub(crate) use plan::checked as checked_plan;
pub(crate) use registry::{Wanted, checked_title};
pub(crate) use remember::{Place, cell as remember_cell, row as remember_row};
pub(crate) use takes::{Found, merged, remember as remember_takes};

use std::collections::HashMap;

use gen_client::model::{Cell, Vidsheet};
use gen_client::{AgentId, CellId, GenClient, RowId, VidsheetId};
use model::{Cached, EditStands, SavedVidsheet, Shown, Topic, WaitingEdit, Work};

use crate::freshness::{Kind, Noun};
use crate::history::{into_list, work_where};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};
use acts::waiting_on;

impl Store {
    /// A vidsheet with its rows and cells: the saved copy at once, renewed behind when it is stale.
    pub async fn open_vidsheet(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<Cached<SavedVidsheet>> {
        let key = self.key_for(actor, agent).await?;
        let place = Place { agent: agent.clone(), vidsheet: vidsheet.clone(), key };
        let cached = self.cached(key, place).await?;
        let work = self.unfinished_work(vidsheet).await?;
        let mut conn = self.read().acquire().await?;
        let waiting = waiting_on(&mut conn, vidsheet).await?;
        let (archived_rows, archived_columns) = load::archived(&mut conn, vidsheet).await?;
        Ok(cached.map(|mut vidsheet| {
            show_waiting(vidsheet.rows.iter_mut().flat_map(|row| &mut row.cells), &waiting);
            let agent_id = agent.clone();
            let shown = Shown { all_rows: vidsheet.rows.len(), ..Shown::default() };
            SavedVidsheet { agent_id, vidsheet, work, waiting, archived_rows, archived_columns, shown }
        }))
    }

    /// Refuses a vidsheet that is not this agent's, or a row that is not in it, before GEN is asked.
    pub(crate) async fn must_have(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        row: Option<&RowId>,
    ) -> Result<()> {
        let known: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM vidsheet v WHERE v.id = ?1 AND v.agent_id = ?2
               AND (?3 IS NULL OR EXISTS (SELECT 1 FROM sheet_row r WHERE r.id = ?3 AND r.vidsheet_id = v.id)))",
        )
        .bind(vidsheet.as_str())
        .bind(agent.as_str())
        .bind(row.map(|row| row.as_str()))
        .fetch_one(self.read())
        .await?;
        if known { Ok(()) } else { Err(Error::NotFound(if row.is_some() { "row" } else { "vidsheet" })) }
    }

    /// Runs a call that changes something to its end, whoever waits for it.
    pub(crate) async fn finish<T: Send + 'static>(
        &self,
        task: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        self.spawn(task).await.map_err(|error| Error::Corrupt(format!("a task ended early: {error}")))?
    }

    /// The newest work per cell that the cell itself does not show: under way, or ended without a result.
    async fn unfinished_work(&self, vidsheet: &VidsheetId) -> Result<Vec<Work>> {
        let rows = sqlx::query_as(work_where!(
            "w.vidsheet_id = ? AND w.state <> 'completed'
             AND w.rowid = (SELECT n.rowid FROM work n WHERE n.cell_id = w.cell_id
                            ORDER BY n.rowid DESC LIMIT 1)"
        ))
        .bind(vidsheet.as_str())
        .fetch_all(self.read())
        .await?;
        into_list(rows)
    }
}

/// Puts values that wait where people look for them.
fn show_waiting<'a>(cells: impl Iterator<Item = &'a mut Cell>, waiting: &[WaitingEdit]) {
    let waits = waiting.iter().filter(|edit| edit.stands == EditStands::Waits);
    let waits: HashMap<&CellId, &String> = waits.map(|edit| (&edit.cell, &edit.value)).collect();
    if waits.is_empty() {
        return;
    }
    for cell in cells {
        if let Some(value) = waits.get(&cell.id) {
            cell.value = Some((*value).clone());
        }
    }
}

impl Noun for Place {
    const KIND: Kind = Kind::Vidsheet;
    type Saved = Vidsheet;
    type Answer = Vidsheet;

    fn id(&self) -> String {
        self.vidsheet.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Vidsheet { agent_id: self.agent.clone(), vidsheet_id: self.vidsheet.clone() }
    }

    async fn load(&self, store: &Store) -> Result<Option<Vidsheet>> {
        // One transaction, so that rows and takes of one moment are put together.
        let mut transaction = store.read().begin().await?;
        let saved = load::vidsheet(&mut transaction, &self.agent, &self.vidsheet, load::Which::Shown).await?;
        let Some(mut saved) = saved else { return Ok(None) };
        if let Some(alias) = registry::alias(&mut transaction, &self.vidsheet).await? {
            saved.title = alias;
        }
        Ok(Some(saved))
    }

    async fn fetch(&self, client: &GenClient) -> Result<Vidsheet, gen_client::Error> {
        client.open_vidsheet(&self.agent, &self.vidsheet).await
    }

    async fn remember(&self, tx: &mut WriteTx, answer: Vidsheet) -> Result<()> {
        remember::vidsheet(tx, self, answer).await
    }
}
