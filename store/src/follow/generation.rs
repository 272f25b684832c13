use gen_client::model::{Generation, GenerationStatus};
use gen_client::{AgentId, GenClient, GenerationId};
use model::WorkKind;

use super::Followed;
use crate::freshness::Kind as Noun;
use crate::ledger::{self, LOOK_AFTER_MS, LOOKS};
use crate::point::point;
use crate::saved::json;
use crate::vidsheets::{self, Place};
use crate::write_tx::WriteTx;
use crate::{Error, Result, Store, media};

/// How often a result is looked at again for its file.
const FILE_LOOKS: i64 = 5;

impl Store {
    /// The work that follows this generation of this agent's.
    pub(crate) async fn followed_by(&self, agent: &AgentId, generation: &GenerationId) -> Result<Followed> {
        let work: Option<String> = sqlx::query_scalar(
            "SELECT id FROM work WHERE kind IN ('generation', 'render') AND upstream_id = ? AND agent_id = ?",
        )
        .bind(generation.as_str())
        .bind(agent.as_str())
        .fetch_optional(self.read())
        .await?;
        self.followed(&work.ok_or(Error::NotFound("generation"))?).await
    }

    /// Looks at a generation at once, because a person just did something to it. GEN's failure is the error; another
    /// look comes later.
    pub(crate) async fn follow_generation(
        &self,
        followed: &Followed,
        client: &GenClient,
        generation: &GenerationId,
    ) -> Result<()> {
        let followed = self.take(&followed.id).await?;
        let looked = self.look_at_generation(&followed, client, generation).await;
        if let Err(Error::Gen(error)) = &looked {
            self.look_failed(&followed, error).await?;
        }
        looked
    }

    /// Asks GEN where a generation stands and saves what is new; with its end come the cell's new value, default
    /// take and cost. GEN's failure is the error and changes nothing.
    pub(super) async fn look_at_generation(
        &self,
        followed: &Followed,
        client: &GenClient,
        generation: &GenerationId,
    ) -> Result<()> {
        let mut fetched = self.noted(followed.key, client.open_generation(generation).await).await?;
        point("look/answered");
        let Some((vidsheet, row, cell)) = &followed.cell else {
            return Err(Error::NotFound("cell"));
        };
        let place = Place { agent: followed.agent.clone(), vidsheet: vidsheet.clone(), key: followed.key };
        let after = match fetched.status {
            GenerationStatus::Completed => Some(self.fetch_cell(client, &place, cell).await),
            _ => None,
        };
        let mut tx = self.write_tx().await?;
        if !followed.let_go(&mut tx).await? {
            return Ok(());
        }
        media::register(&mut tx, Some(&place.agent), &mut fetched).await?;
        media::localise(&mut fetched);
        let saved = saved_generation(&mut tx, generation).await?;
        let merged = match &saved {
            Some(saved) => vidsheets::merged(saved, &fetched),
            None => Some(fetched.clone()),
        };
        let settles = fetched.status.is_final() || followed.state == "unknown";
        if let Some(generation) = merged {
            let column = vidsheets::column_of(&mut tx, cell).await?.map(|column| column.id);
            let found = vec![(cell.clone(), column, row.clone(), generation)];
            vidsheets::remember_takes(&mut tx, &place, found).await?;
        } else if settles && ledger::moved(&mut tx, &fetched).await? {
            followed.announce(&mut tx).await?;
        }
        match after {
            Some(Ok(cell)) => vidsheets::remember_cell(&mut tx, &place, cell).await?,
            // The take is saved; the cell itself follows with the next reading of the vidsheet.
            Some(Err(Error::Gen(_))) => tx.outdate(Noun::Vidsheet, vidsheet.as_str()).await?,
            Some(Err(error)) => return Err(error),
            None => {}
        }
        if followed.lacks_file(&fetched) {
            self.look_for_file(&mut tx, followed).await?;
        }
        if fetched.status.is_final() {
            tx.wrote(Noun::Vidsheet, vidsheet.as_str()).await?;
            tx.outdate(Noun::Organizations, &place.key.to_string()).await?;
        } else {
            let is_word = !matches!(fetched.status, GenerationStatus::Unknown(_));
            let grown = (followed.interval() * 3 / 2).min(followed.pace.slowest);
            let interval = if is_word { grown } else { followed.pace.strange };
            self.look_again(&mut tx, followed, interval).await?;
        }
        point("look/written");
        tx.commit().await?;
        point("look/committed");
        match fetched.status {
            GenerationStatus::Failed | GenerationStatus::Stopped => self.check_refund(followed).await,
            _ => Ok(()),
        }
    }

    /// Looks at the cell of a call whose outcome is unknown: what is new there is what the call made. After the
    /// last look it stays unknown, and a person may decide to send it again.
    pub(super) async fn look_for_lost(&self, followed: &Followed, client: &GenClient) -> Result<()> {
        let Some((vidsheet, _, cell)) = &followed.cell else {
            return self.give_up(followed).await;
        };
        let place = Place { agent: followed.agent.clone(), vidsheet: vidsheet.clone(), key: followed.key };
        let fetched = self.fetch_cell(client, &place, cell).await?;
        let mut tx = self.write_tx().await?;
        if !followed.let_go(&mut tx).await? {
            return Ok(());
        }
        vidsheets::remember_cell(&mut tx, &place, fetched).await?;
        let misses = followed.misses + 1;
        let next = usize::try_from(misses).ok().and_then(|look| LOOK_AFTER_MS.get(look));
        let next_at = next.map(|wait| tx.now() + wait);
        let lost = sqlx::query(
            "UPDATE work SET misses = ?2, next_poll_at = ?3,
                 reason = CASE WHEN ?3 IS NULL THEN reason || ' GEN shows nothing new on this cell since.' ELSE reason END
             WHERE id = ?1 AND state = 'unknown' AND upstream_id IS NULL",
        )
        .bind(&followed.id)
        .bind(misses)
        .bind(next_at)
        .execute(&mut *tx)
        .await?;
        if lost.rows_affected() > 0 && misses >= LOOKS {
            followed.announce(&mut tx).await?;
        }
        tx.commit().await
    }

    /// GEN may say that something is done before its file is there: a few more looks.
    async fn look_for_file(&self, tx: &mut WriteTx, followed: &Followed) -> Result<()> {
        let next = tx.now() + followed.pace.slowest;
        sqlx::query("UPDATE work SET next_poll_at = ?, misses = ? WHERE id = ? AND state = 'completed'")
            .bind(next)
            .bind(followed.misses + 1)
            .bind(&followed.id)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }

    async fn give_up(&self, followed: &Followed) -> Result<()> {
        let mut tx = self.write_tx().await?;
        if !followed.let_go(&mut tx).await? {
            return Ok(());
        }
        sqlx::query("UPDATE work SET next_poll_at = NULL, misses = ? WHERE id = ?")
            .bind(LOOKS)
            .bind(&followed.id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }
}

impl Followed {
    /// Whether it is done and the file that this kind of work makes is missing, and worth another look.
    fn lacks_file(&self, generation: &Generation) -> bool {
        let makes_file = match (self.kind, self.generation_type.as_deref()) {
            (WorkKind::Render, _) => true,
            (_, Some(generation_type)) => !matches!(generation_type, "text" | "captions"),
            (_, None) => false,
        };
        let has_file = generation.outputs.iter().any(|output| output.url.is_some());
        let done = generation.status == GenerationStatus::Completed;
        done && makes_file && !has_file && self.misses < FILE_LOOKS
    }
}

async fn saved_generation(tx: &mut WriteTx, generation: &GenerationId) -> Result<Option<Generation>> {
    let saved: Option<String> = sqlx::query_scalar("SELECT json FROM generation WHERE id = ?")
        .bind(generation.as_str())
        .fetch_optional(&mut **tx)
        .await?;
    saved.as_deref().map(json).transpose()
}
