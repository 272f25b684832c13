//! The registry of vidsheets, and their saved copies.

mod cells;
mod load;
mod plan;
mod registry;
mod remember;
mod rows;
mod takes;

pub(crate) use cells::VALUE_MAX;
pub(crate) use load::column_of;
pub(crate) use plan::checked as checked_plan;
pub(crate) use registry::{Wanted, checked_title};
pub(crate) use remember::{Place, cell as remember_cell, row as remember_row};
pub(crate) use takes::{Found, merged, remember as remember_takes};

use gen_client::model::Vidsheet;
use gen_client::{AgentId, GenClient, VidsheetId};
use model::{Cached, SavedVidsheet, Topic, Work};

use crate::freshness::{Kind, Noun};
use crate::history::{into_list, work_where};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

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
        Ok(cached.map(|vidsheet| SavedVidsheet { agent_id: agent.clone(), vidsheet, work }))
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
        let saved = load::vidsheet(&mut transaction, &self.agent, &self.vidsheet).await?;
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
