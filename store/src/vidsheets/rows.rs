use gen_client::model::Row;
use gen_client::{AgentId, RowId, VidsheetId};
use model::Action;

use super::{Place, load, remember};
use crate::freshness::Kind;
use crate::{Actor, Error, Result, Store};

impl Store {
    /// Adds an empty row at the end.
    pub async fn add_row(&self, actor: &Actor, agent: &AgentId, vidsheet: &VidsheetId) -> Result<Row> {
        self.new_row(actor, agent, vidsheet, None).await
    }

    /// Copies a row with its cells and layers; GEN decides where the copy goes.
    pub async fn duplicate_row(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        row: &RowId,
    ) -> Result<Row> {
        self.new_row(actor, agent, vidsheet, Some(row)).await
    }

    async fn new_row(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        original: Option<&RowId>,
    ) -> Result<Row> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        self.must_have(agent, vidsheet, original).await?;
        let place = Place { agent: agent.clone(), vidsheet: vidsheet.clone(), key };
        let (store, original) = (self.clone(), original.cloned());
        self.finish(async move {
            let (agent, vidsheet) = (&place.agent, &place.vidsheet);
            let made = match &original {
                Some(row) => client.duplicate_row(agent, vidsheet, row).await,
                None => client.create_row(agent, vidsheet, None).await,
            };
            let mut made = store.noted(key, made).await?;
            if made.cells.is_empty() {
                // Some answers name the row only; its cells are needed to type into.
                made = store.noted(key, client.open_row(agent, vidsheet, &made.id).await).await?;
            }
            let id = made.id.clone();
            let mut tx = store.write_tx().await?;
            remember::row(&mut tx, &place, made).await?;
            tx.wrote(Kind::Vidsheet, place.vidsheet.as_str()).await?;
            if original.is_some() {
                // The copy may have gone anywhere; the whole order is asked for soon.
                tx.outdate(Kind::Vidsheet, place.vidsheet.as_str()).await?;
            }
            let row = load::row(&mut tx, &id).await?.ok_or(Error::NotFound("row"))?;
            tx.commit().await?;
            Ok(row)
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
}
