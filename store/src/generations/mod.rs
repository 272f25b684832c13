//! Paid work on cells: generations and renders.

mod cards;
mod stop;

pub(crate) use cards::check_card;

use gen_client::model::{CreationCard, Generation, GenerationStarted, GenerationStatus};
use gen_client::{AgentId, CellId, GenClient, Idempotency, VidsheetId};
use model::{Action, Work};

use std::time::Duration;

use crate::ledger::{Intent, Outcome, Target};
use crate::point::point;
use crate::queue::Asked;
use crate::vidsheets::{self, Place};
use crate::{Actor, Error, Result, Store};

/// How long to wait before what GEN said is written again: at first, and at most.
const KEEP_AGAIN_MIN: Duration = Duration::from_millis(250);
const KEEP_AGAIN_MAX: Duration = Duration::from_secs(32);

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
            check_card(card)?;
        }
        let key = self.key_for(actor, agent).await?;
        let row = self.saved_cell(agent, vidsheet, cell).await?.row_id;
        match &card {
            Some(_) => self.must_be_ingredient(cell, "Cell").await?,
            None => self.must_be_final_video(cell).await?,
        }
        let target = Target { vidsheet: vidsheet.clone(), row, cell: cell.clone() };
        let intent = Intent::for_cell(agent, key, actor.person.id, target, card);
        self.start_now(&intent).await?;
        self.work(&intent.id).await
    }

    /// Writes an intent down and sends it, if it is its turn; both happen whoever goes away meanwhile.
    pub(crate) async fn start_now(&self, intent: &Intent) -> Result<()> {
        let (store, intent) = (self.clone(), intent.clone());
        self.finish(async move {
            store.write_down(&intent).await?;
            store.send_now(&intent.id).await
        })
        .await
    }

    /// The one attempt. The cell is read first: a call whose answer gets lost is found again by what is new on
    /// the cell, and a GEN that is down is noticed before anything can be charged.
    pub(crate) async fn send_for_cell(
        &self,
        intent: &Intent,
        target: &Target,
        client: &GenClient,
        asked: Asked,
    ) -> Result<()> {
        let place = Place { agent: intent.agent.clone(), vidsheet: target.vidsheet.clone(), key: intent.key };
        let (before, balance) = tokio::join!(
            self.fetch_cell(client, &place, &target.cell),
            self.fresh_balance(&place.agent, place.key)
        );
        let balance = balance?;
        let before = match before {
            Ok(before) => before,
            Err(error) => return self.not_reached(intent, error, asked).await,
        };
        let busy = before.running().is_some();
        let mut tx = self.write_tx().await?;
        if busy {
            let reason = "Something is already being made for this cell, started elsewhere.".to_owned();
            intent.settle(&mut tx, &Outcome::NotSent { reason }).await?;
        }
        vidsheets::remember_cell(&mut tx, &place, before).await?;
        let marked = !busy && intent.mark_sending(&mut tx, balance).await?;
        point("mark/written");
        tx.commit().await?;
        point("mark/committed");
        if busy {
            return Err(Error::AlreadyRunning);
        }
        if !marked {
            return Ok(());
        }
        let (agent, vidsheet, cell) = (&place.agent, &place.vidsheet, &target.cell);
        let name = Idempotency(intent.id.clone());
        let answer = match &intent.card {
            Some(card) => client.generate(agent, vidsheet, cell, card, &name).await,
            None => client.render(agent, vidsheet, cell, &name).await,
        };
        point("call/answered");
        match self.noted(place.key, answer).await {
            Ok(started) => {
                self.paces().taken(intent.key);
                self.kept(|| self.accepted(intent, &place, target, started.clone())).await?;
                self.heed_held(agent, &started.id).await;
                Ok(())
            }
            Err(error) => self.not_taken(intent, error).await,
        }
    }

    /// Nothing was sent, because GEN could not even be read. A person is told at once; the queue waits for GEN to
    /// come back.
    async fn not_reached(&self, intent: &Intent, error: Error, asked: Asked) -> Result<()> {
        let away = match &error {
            Error::Gen(gen_client::Error::Api { status, .. }) => *status == 429 || *status >= 500,
            Error::Gen(_) => true,
            _ => false,
        };
        if away && asked == Asked::Queue {
            self.paces().away(self.now());
            return Err(error);
        }
        let outcome = match &error {
            // What GEN refuses already to the one who looks, for lack of credits or of a good key, it would refuse to
            // the rest of the batch.
            Error::Gen(refusal) if refusal.needs_credits() || refusal.refuses_key() => {
                Outcome::of_error(refusal)
            }
            _ => Outcome::NotSent { reason: format!("Nothing was sent. {error}") },
        };
        self.settle(intent, outcome).await?;
        Err(error)
    }

    /// GEN did not take a paid call, or nobody knows whether it did; the error is GEN's where it is known.
    pub(crate) async fn not_taken(&self, intent: &Intent, error: Error) -> Result<()> {
        let Error::Gen(error) = error else { return Err(error) };
        let outcome = Outcome::of_error(&error);
        let unknown = matches!(outcome, Outcome::Unknown { .. });
        self.settle(intent, outcome).await?;
        if unknown { Ok(()) } else { Err(error.into()) }
    }

    async fn accepted(
        &self,
        intent: &Intent,
        place: &Place,
        target: &Target,
        started: GenerationStarted,
    ) -> Result<()> {
        let settings = intent.settings()?;
        let look_in_ms = self.first_look_ms(intent.kind, settings.generation_type.as_deref());
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
        point("settle/written");
        tx.commit().await?;
        point("settle/committed");
        Ok(())
    }

    /// Keeps what became of an attempt.
    pub(crate) async fn settle(&self, intent: &Intent, outcome: Outcome) -> Result<()> {
        self.kept(|| async {
            let mut tx = self.write_tx().await?;
            intent.settle(&mut tx, &outcome).await?;
            tx.commit().await
        })
        .await
    }

    /// Keeps what GEN said of a paid call. What cannot be written now, on a full disk for example, is held in
    /// memory and tried again for a minute; after that the call is unclear at the next start, and never lost.
    pub(crate) async fn kept<F: Future<Output = Result<()>>>(&self, keep: impl Fn() -> F) -> Result<()> {
        let mut wait = KEEP_AGAIN_MIN;
        loop {
            match keep().await {
                Err(error @ (Error::Database(_) | Error::Locked | Error::NoSpace))
                    if wait <= KEEP_AGAIN_MAX =>
                {
                    tracing::error!(%error, "what became of a paid call cannot be written; trying again");
                    tokio::time::sleep(wait).await;
                    wait *= 2;
                }
                ended => return ended,
            }
        }
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
