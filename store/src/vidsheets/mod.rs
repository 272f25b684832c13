//! The registry of vidsheets, and their saved copies.

mod acts;
mod cells;
mod load;
mod remember;
mod takes;

pub(crate) use acts::Answers;
pub(crate) use load::column_of;
pub(crate) use remember::{Place, cell as remember_cell, row as remember_row};
pub(crate) use takes::{Found, merged, remember as remember_takes};

use gen_client::model::{Cell, Vidsheet};
use std::collections::HashMap;

use gen_client::{AgentId, CellId, GenClient, RowId, VidsheetId};
use model::{Action, Cached, EditStands, SavedVidsheet, Topic, VidsheetSummary, WaitingEdit, Work};
use sqlx::FromRow;

use crate::freshness::{Kind, Noun};
use crate::history::{into_list, work_where};
use crate::keys::KeyId;
use crate::saved::id;
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};
use acts::waiting_on;

/// The longest title we take, in characters; GEN names no limit.
const TITLE_MAX: usize = 200;

impl Store {
    /// Our registry of an agent's vidsheets, the last changed first. GEN tells costs by row, by cell and by
    /// generation, each at another time: the largest sum is the one that misses least.
    pub async fn list_vidsheets(&self, actor: &Actor, agent: &AgentId) -> Result<Vec<VidsheetSummary>> {
        self.must_reach(actor, agent).await?;
        let rows: Vec<SummaryRow> = sqlx::query_as(
            "SELECT v.id, v.title, v.updated_at,
                 (SELECT count(*) FROM sheet_row r WHERE r.vidsheet_id = v.id AND r.hidden = 0
                    AND r.archived_at IS NULL) AS rows,
                 coalesce(i.filled, 0) AS filled, coalesce(i.cells, 0) AS cells,
                 (SELECT count(DISTINCT w.row_id) FROM work w
                  WHERE w.vidsheet_id = v.id AND w.kind = 'render' AND w.state = 'completed') AS renders,
                 max((SELECT total(r.cost) FROM sheet_row r WHERE r.vidsheet_id = v.id),
                     (SELECT total(c.cost) FROM cell c WHERE c.vidsheet_id = v.id),
                     (SELECT total(w.cost) FROM work w WHERE w.vidsheet_id = v.id)) AS spent
             FROM vidsheet v
             LEFT JOIN (SELECT c.vidsheet_id, count(*) AS cells,
                               sum(coalesce(c.value, '') <> '' OR c.default_generation IS NOT NULL) AS filled
                        FROM cell c
                        JOIN sheet_column s ON s.id = c.column_id AND s.role = 'ingredient' AND s.hidden = 0
                                            AND s.archived_at IS NULL
                        JOIN sheet_row r ON r.id = c.row_id AND r.hidden = 0 AND r.archived_at IS NULL
                        GROUP BY c.vidsheet_id) i ON i.vidsheet_id = v.id
             WHERE v.agent_id = ? ORDER BY v.updated_at DESC, v.id",
        )
        .bind(agent.as_str())
        .fetch_all(self.read())
        .await?;
        rows.into_iter().map(|row| row.into_summary(agent)).collect()
    }

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
            SavedVidsheet { agent_id, vidsheet, work, waiting, archived_rows, archived_columns }
        }))
    }

    /// Makes an empty vidsheet.
    pub async fn create_vidsheet(&self, actor: &Actor, agent: &AgentId, title: &str) -> Result<VidsheetId> {
        actor.must(Action::Edit)?;
        let title = title.trim().to_owned();
        if title.is_empty() || title.chars().count() > TITLE_MAX {
            return Err(Error::Invalid {
                field: "Title",
                message: format!("Give it 1 to {TITLE_MAX} characters."),
            });
        }
        let (key, client) = self.client_for(actor, agent).await?;
        let owner = agent.clone();
        self.keep_new(key, agent, async move { client.create_vidsheet(&owner, &title, false).await }).await
    }

    /// Takes a vidsheet made elsewhere into the registry. GEN cannot list them, so a person brings the id.
    pub async fn adopt_vidsheet(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<VidsheetId> {
        actor.must(Action::Edit)?;
        let key = self.key_for(actor, agent).await?;
        self.renew(key, &Place { agent: agent.clone(), vidsheet: vidsheet.clone(), key }).await?;
        Ok(vidsheet.clone())
    }

    /// Copies a vidsheet under the same agent.
    pub async fn clone_vidsheet(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<VidsheetId> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        let (owner, original) = (agent.clone(), vidsheet.clone());
        self.keep_new(key, agent, async move { client.clone_vidsheet(&owner, &original, None).await }).await
    }

    /// Keeps the vidsheet that a call makes, even if who asked is gone meanwhile: GEN would never name it again.
    pub(crate) async fn keep_new(
        &self,
        key: KeyId,
        agent: &AgentId,
        make: impl Future<Output = Result<Vidsheet, gen_client::Error>> + Send + 'static,
    ) -> Result<VidsheetId> {
        let (store, agent) = (self.clone(), agent.clone());
        self.finish(async move {
            let made = store.noted(key, make.await).await?;
            let place = Place { agent, vidsheet: made.id.clone(), key };
            let mut tx = store.write_tx().await?;
            remember::vidsheet(&mut tx, &place, made).await?;
            tx.commit().await?;
            Ok(place.vidsheet)
        })
        .await
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
        load::vidsheet(&mut transaction, &self.agent, &self.vidsheet, load::Which::Shown).await
    }

    async fn fetch(&self, client: &GenClient) -> Result<Vidsheet, gen_client::Error> {
        client.open_vidsheet(&self.agent, &self.vidsheet).await
    }

    async fn remember(&self, tx: &mut WriteTx, answer: Vidsheet) -> Result<()> {
        remember::vidsheet(tx, self, answer).await
    }
}

#[derive(FromRow)]
struct SummaryRow {
    id: String,
    title: String,
    updated_at: i64,
    rows: u32,
    filled: u32,
    cells: u32,
    renders: u32,
    spent: f64,
}

impl SummaryRow {
    fn into_summary(self, agent: &AgentId) -> Result<VidsheetSummary> {
        Ok(VidsheetSummary {
            id: id(&self.id)?,
            agent_id: agent.clone(),
            title: self.title,
            rows: self.rows,
            filled: (self.filled, self.cells),
            renders: self.renders,
            spent: self.spent,
            updated_at: self.updated_at,
        })
    }
}
