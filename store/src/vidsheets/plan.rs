//! What a new vidsheet is still to get. GEN makes columns and rows one call at a time, so a plan is written down with
//! the vidsheet, and carried out as often as it takes: what GEN has already is not made again.

use gen_client::{AgentId, GenClient, VidsheetId};
use model::{Action, Topic, VidsheetPlan};

use super::Place;
use crate::saved::{json, text};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

impl Store {
    /// Makes the columns and rows that a vidsheet was made for and does not have yet. The first call that fails ends
    /// it: what was made stays, and the rest can be made by asking again.
    pub async fn complete_vidsheet(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<()> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let place = Place { agent: agent.clone(), vidsheet: vidsheet.clone(), key };
        let store = self.clone();
        self.finish(async move {
            // Two people who ask at once must not make a column twice.
            let lock = store.lock_of(&format!("plan/{}", place.vidsheet));
            let _turn = lock.lock().await;
            let Some(plan) = store.saved_plan_of(&place.vidsheet).await? else { return Ok(()) };
            let made = store.make_missing(&client, &place, &plan).await;
            // What was made is seen at GEN, also after a call whose answer was lost.
            let seen = store.fetch_sheet(&client, &place).await;
            made?;
            seen?;
            store.forget_plan(&place.agent, &place.vidsheet).await
        })
        .await
    }

    /// Leaves a vidsheet as it is: what is missing is wanted no longer.
    pub async fn drop_plan(&self, actor: &Actor, agent: &AgentId, vidsheet: &VidsheetId) -> Result<()> {
        actor.must(Action::Edit)?;
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        self.forget_plan(agent, vidsheet).await
    }

    async fn make_missing(&self, client: &GenClient, place: &Place, plan: &VidsheetPlan) -> Result<()> {
        let sheet = self.fetch_sheet(client, place).await?;
        let (agent, vidsheet) = (&place.agent, &place.vidsheet);
        let titles: Vec<String> = sheet.columns.iter().map(|column| column.title.clone()).collect();
        let rows = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
        let Some(left) = plan.left(&titles, rows) else { return Ok(()) };
        for column in &left.columns {
            let at = plan.columns.iter().position(|planned| planned == column);
            let at = at.and_then(|at| u32::try_from(at).ok());
            let made = client.create_column(agent, vidsheet, column.title.trim(), &column.kind, at).await;
            self.noted(place.key, made).await?;
        }
        for _ in 0..left.rows {
            let made = client.create_row(agent, vidsheet, None).await;
            self.noted(place.key, made).await?;
        }
        Ok(())
    }

    async fn saved_plan_of(&self, vidsheet: &VidsheetId) -> Result<Option<VidsheetPlan>> {
        let saved: Option<(String, u32)> =
            sqlx::query_as("SELECT columns, rows FROM vidsheet_plan WHERE vidsheet_id = ?")
                .bind(vidsheet.as_str())
                .fetch_optional(self.read())
                .await?;
        saved.map(|(columns, rows)| Ok(VidsheetPlan { columns: json(&columns)?, rows })).transpose()
    }

    async fn forget_plan(&self, agent: &AgentId, vidsheet: &VidsheetId) -> Result<()> {
        let mut tx = self.write_tx().await?;
        sqlx::query("DELETE FROM vidsheet_plan WHERE vidsheet_id = ?")
            .bind(vidsheet.as_str())
            .execute(&mut *tx)
            .await?;
        tx.announce(Topic::Vidsheets { agent_id: agent.clone() }).await?;
        tx.commit().await
    }
}

/// The plan, if it asks for anything; [`Error::Invalid`] where it cannot be made.
pub(crate) fn checked(plan: VidsheetPlan) -> Result<Option<VidsheetPlan>> {
    if let Some(message) = plan.problem() {
        return Err(Error::Invalid { field: "Columns and rows", message });
    }
    Ok((plan.calls() > 0).then_some(plan))
}

pub(super) async fn save(tx: &mut WriteTx, vidsheet: &VidsheetId, plan: &VidsheetPlan) -> Result<()> {
    sqlx::query("INSERT INTO vidsheet_plan (vidsheet_id, columns, rows) VALUES (?, ?, ?)")
        .bind(vidsheet.as_str())
        .bind(text(&plan.columns)?)
        .bind(plan.rows)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
