//! Texts that cannot be sent as they are: somebody decides which one stays.

use gen_client::{AgentId, VidsheetId};
use model::{CellEdit, EditOutcome, EditStands, EditedCell, Gesture, Keep, WaitingEdit};

use super::IfAway;
use super::waiting::waiting_on;
use crate::vidsheets::remember;
use crate::{Actor, Error, Result, Store};

impl Store {
    /// The texts of a vidsheet that GEN does not have and that somebody has to decide about.
    pub async fn list_conflicts(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<Vec<WaitingEdit>> {
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let all = waiting_on(&mut *self.read().acquire().await?, vidsheet).await?;
        Ok(all.into_iter().filter(|edit| edit.stands != EditStands::Waits).collect())
    }

    /// Decides about such a text. `seen` is what was shown as being at GEN: something newer there is not overwritten
    /// by keeping one's own either, and the text stays in the list.
    pub async fn settle_conflict(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        edit: i64,
        keep: Keep,
        seen: Option<String>,
    ) -> Result<EditedCell<Error>> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        let open = self.list_conflicts(actor, agent, vidsheet).await?;
        let open = open.into_iter().find(|one| one.id == edit).ok_or(Error::NotFound("conflict"))?;
        let store = self.clone();
        self.finish(async move {
            let cell = open.cell;
            let _turns = store.turns_of(&doer.place.vidsheet, [&cell].into_iter()).await;
            let edited = match keep {
                Keep::Theirs => EditedCell { cell, outcome: EditOutcome::Saved },
                Keep::Mine => {
                    let edits = vec![CellEdit { cell, value: open.value, seen }];
                    let set = store.set_values(&doer, edits, IfAway::Keep).await?;
                    let mut edited = store.keep_as_act(&doer, set, Gesture::Typed).await?;
                    edited.cells.pop().ok_or(Error::NotFound("cell"))?
                }
            };
            if matches!(edited.outcome, EditOutcome::Saved | EditOutcome::Waiting) {
                let mut tx = store.write_tx().await?;
                sqlx::query("DELETE FROM pending_edit WHERE id = ?").bind(edit).execute(&mut *tx).await?;
                remember::announce_changed(&mut tx, &doer.place, vec![edited.cell.clone()]).await?;
                tx.commit().await?;
            }
            Ok(edited)
        })
        .await
    }
}
