//! Paid work on cells: generations and renders.

mod cards;
mod queue;
mod stop;

use gen_client::model::{CreationCard, Generation, GenerationStarted, GenerationStatus};
use gen_client::{AgentId, CellId, GenClient, Idempotency, VidsheetId};
use model::{Action, Work};

use crate::ledger::{Intent, Kind, Outcome, Target};
use crate::saved::text;
use crate::vidsheets::{self, Place};
use crate::{Actor, Error, Result, Store, history};

/// Another system column's cell cannot be rendered.
const FINAL_VIDEO: &str = "Only a cell of the final video column can be rendered.";

impl Store {
    /// Starts a generation on a cell; paid, and sent at most once. Work whose outcome is unknown is an answer
    /// like any other; where GEN refused or was not reached, the error holds its words and nothing was charged.
    pub async fn start_generation(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        card: CreationCard,
    ) -> Result<Work> {
        self.start(actor, agent, vidsheet, cell, Some(card)).await
    }

    /// Starts a render of a row's final video; paid, and otherwise as [`Store::start_generation`].
    pub async fn start_render(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
    ) -> Result<Work> {
        self.start(actor, agent, vidsheet, cell, None).await
    }

    async fn start(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cell: &CellId,
        card: Option<CreationCard>,
    ) -> Result<Work> {
        actor.must(Action::Spend)?;
        if let Some(card) = &card {
            cards::check(card)?;
        }
        let (key, client) = self.client_for(actor, agent).await?;
        let saved = self.saved_cell(agent, vidsheet, cell).await?;
        match &card {
            Some(_) => self.must_be_ingredient(cell, "Cell").await?,
            None => self.must_be_final_video(cell).await?,
        }
        let intent = Intent {
            id: uuid::Uuid::now_v7().to_string(),
            kind: if card.is_some() { Kind::Generation } else { Kind::Render },
            agent: agent.clone(),
            key,
            person: actor.person.id,
            target: Some(Target { vidsheet: vidsheet.clone(), row: saved.row_id, cell: cell.clone() }),
            generation_type: card.as_ref().map(|card| card.generation_type().to_string()),
            model: card.as_ref().and_then(cards::model),
            card: card.as_ref().map(text).transpose()?,
            estimate: Some(self.estimate(card.as_ref()).await?),
            message: None,
            conversation: None,
        };
        let place = Place { agent: agent.clone(), vidsheet: vidsheet.clone(), key };
        let (store, sent) = (self.clone(), intent.clone());
        self.finish(async move {
            store.write_down(&sent).await?;
            store.send(&sent, &client, &place, card).await
        })
        .await?;
        let mut conn = self.read().acquire().await?;
        history::work(&mut conn, &intent.id).await
    }

    /// The one attempt. The cell is read first: a call whose answer gets lost is found again by what is new on
    /// the cell, and a GEN that is down is noticed before anything can be charged.
    async fn send(
        &self,
        intent: &Intent,
        client: &GenClient,
        place: &Place,
        card: Option<CreationCard>,
    ) -> Result<()> {
        let Some(target) = &intent.target else {
            return Err(Error::NotFound("cell"));
        };
        let before = match self.fetch_cell(client, place, &target.cell).await {
            Ok(before) => before,
            Err(error) => {
                self.settle(intent, &Outcome::NotSent { reason: format!("Nothing was sent. {error}") })
                    .await?;
                return Err(error);
            }
        };
        let busy = before.running().is_some();
        let mut tx = self.write_tx().await?;
        if busy {
            let reason = "Something is already being made for this cell, started elsewhere.".to_owned();
            intent.settle(&mut tx, &Outcome::NotSent { reason }).await?;
        }
        vidsheets::remember_cell(&mut tx, place, before).await?;
        intent.mark_sending(&mut tx).await?;
        tx.commit().await?;
        if busy {
            return Err(Error::AlreadyRunning);
        }
        let (agent, vidsheet, cell) = (&place.agent, &place.vidsheet, &target.cell);
        let name = Idempotency(intent.id.clone());
        let answer = match &card {
            Some(card) => client.generate(agent, vidsheet, cell, card, &name).await,
            None => client.render(agent, vidsheet, cell, &name).await,
        };
        match self.noted(place.key, answer).await {
            Ok(started) => self.accepted(intent, place, target, started).await,
            Err(Error::Gen(error)) => {
                let outcome = Outcome::of_error(&error);
                self.settle(intent, &outcome).await?;
                if matches!(outcome, Outcome::Unknown { .. }) { Ok(()) } else { Err(error.into()) }
            }
            Err(error) => Err(error),
        }
    }

    async fn accepted(
        &self,
        intent: &Intent,
        place: &Place,
        target: &Target,
        started: GenerationStarted,
    ) -> Result<()> {
        let look_in_ms = self.first_look_ms(intent.kind, intent.generation_type.as_deref());
        let mut tx = self.write_tx().await?;
        let outcome =
            Outcome::Accepted { upstream_id: started.id.to_string(), conversation: None, look_in_ms };
        intent.settle(&mut tx, &outcome).await?;
        let column = vidsheets::column_of(&mut tx, &target.cell).await?.map(|column| column.id);
        let generation = pending(started);
        let found = vec![(target.cell.clone(), column, target.row.clone(), generation)];
        vidsheets::remember_takes(&mut tx, place, found).await?;
        // Credits are pre-charged, so what is left has changed already.
        tx.outdate(crate::freshness::Kind::Organizations, &place.key.to_string()).await?;
        tx.commit().await
    }

    /// Keeps what became of an attempt.
    pub(crate) async fn settle(&self, intent: &Intent, outcome: &Outcome) -> Result<()> {
        let mut tx = self.write_tx().await?;
        intent.settle(&mut tx, outcome).await?;
        tx.commit().await
    }

    async fn must_be_final_video(&self, cell: &CellId) -> Result<()> {
        use gen_client::model::ColumnRole;
        let mut conn = self.read().acquire().await?;
        let column = vidsheets::column_of(&mut conn, cell).await?;
        if column.is_none_or(|column| column.role == ColumnRole::FinalVideo) {
            return Ok(());
        }
        Err(Error::Invalid { field: "Cell", message: FINAL_VIDEO.to_owned() })
    }
}

/// What is known of a generation the moment it was accepted. A word of GEN's that means its end is left to the
/// first look, which brings the outputs along.
fn pending(started: GenerationStarted) -> Generation {
    let processing = started.status == GenerationStatus::Processing;
    Generation {
        id: started.id,
        status: if processing { GenerationStatus::Processing } else { GenerationStatus::Pending },
        job_type: None,
        result: None,
        failed_reason: None,
        outputs: Vec::new(),
        cost: None,
    }
}
