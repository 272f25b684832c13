//! Choosing which take a cell shows.

use gen_client::{AgentId, CellId, GenerationId, VidsheetId};
use model::SavedCell;

use super::Doer;
use super::log::record;
use super::step::{Step, Was};
use crate::freshness::Kind;
use crate::vidsheets::{load, remember};
use crate::{Actor, Error, Result, Store};

/// What choosing a take changed.
pub(super) struct Chosen {
    pub(super) take: Was<CellId, Option<GenerationId>>,
    pub(super) value: Was<CellId, String>,
}

impl Store {
    /// Makes a take the one that the cell shows.
    pub async fn choose_take(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        generation: &GenerationId,
    ) -> Result<SavedCell> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        let (store, cell, generation) = (self.clone(), cell.clone(), generation.clone());
        self.finish(async move {
            let _turns = store.turns_of(&doer.place.vidsheet, [&cell].into_iter()).await;
            let Chosen { take, value } = store.send_take(&doer, &cell, &generation).await?;
            if take.before != take.after {
                let mut tx = store.write_tx().await?;
                record(&mut tx, &doer, "Chose a take", &[Step::Take { take, value }]).await?;
                tx.commit().await?;
            }
            store.saved_cell(&doer.place.agent, &doer.place.vidsheet, &cell).await
        })
        .await
    }

    /// Chooses a take at GEN, then here. The caller holds the cell's turn.
    pub(super) async fn send_take(
        &self,
        doer: &Doer,
        cell: &CellId,
        generation: &GenerationId,
    ) -> Result<Chosen> {
        let place = &doer.place;
        let mut conn = self.read().acquire().await?;
        let found = load::cell(&mut conn, &place.agent, &place.vidsheet, cell).await?;
        drop(conn);
        let (_, before) = found.ok_or(Error::NotFound("cell"))?;
        // The saved id, because it has the JSON type in which GEN sent it.
        let take = before.generations.iter().find(|take| take.id == *generation);
        let take = take.ok_or(Error::NotFound("take"))?.id.clone();
        let answer = doer.client.set_default_generation(&place.agent, &place.vidsheet, cell, &take).await;
        let answer = self.noted(place.key, answer).await?;
        let answer = if answer.default_generation.as_ref().is_some_and(|chosen| chosen.id == take) {
            answer
        } else {
            self.fetch_cell(&doer.client, place, cell).await?
        };
        let mut tx = self.write_tx().await?;
        remember::cell(&mut tx, place, answer).await?;
        tx.wrote(Kind::Vidsheet, place.vidsheet.as_str()).await?;
        let after = load::cell(&mut tx, &place.agent, &place.vidsheet, cell).await?;
        tx.commit().await?;
        let (_, after) = after.ok_or(Error::NotFound("cell"))?;
        let chosen = before.default_generation.map(|chosen| chosen.id);
        let (old, new) = (before.value.unwrap_or_default(), after.value.unwrap_or_default());
        Ok(Chosen {
            take: Was { id: cell.clone(), before: chosen, after: Some(take) },
            value: Was { id: cell.clone(), before: old, after: new },
        })
    }
}
