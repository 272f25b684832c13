//! What people change about work that waits: pause, order, withdraw, release.

use model::{Action, Topic};

use crate::ledger;
use crate::saved::{id, text};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

impl Store {
    /// Pauses or goes on with the actor's own work. What GEN has already is not touched.
    pub async fn pause_queue(&self, actor: &Actor, paused: bool) -> Result<()> {
        actor.must(Action::Spend)?;
        let mut tx = self.write_tx().await?;
        let query = match paused {
            true => "INSERT OR IGNORE INTO queue_pause (person_id) VALUES (?)",
            false => "DELETE FROM queue_pause WHERE person_id = ?",
        };
        sqlx::query(query).bind(actor.person.id).execute(&mut *tx).await?;
        announce_waiting(&mut tx, actor).await?;
        tx.commit().await
    }

    /// Pauses or goes on with a batch.
    pub async fn pause_batch(&self, actor: &Actor, batch: &str, paused: bool) -> Result<()> {
        actor.must(Action::Spend)?;
        let mut tx = self.write_tx().await?;
        let done = sqlx::query(
            "UPDATE batch SET paused = ?1, reason = NULL
             WHERE id = ?2 AND agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?3)",
        )
        .bind(paused)
        .bind(batch)
        .bind(actor.person.id)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Err(Error::NotFound("batch"));
        }
        announce_waiting(&mut tx, actor).await?;
        tx.commit().await
    }

    /// Puts waiting work before everything else that waits, in the order given.
    pub async fn move_to_front(&self, actor: &Actor, works: &[String]) -> Result<()> {
        actor.must(Action::Spend)?;
        let first: Option<f64> =
            sqlx::query_scalar("SELECT min(rank) FROM work WHERE state IN ('held', 'queued')")
                .fetch_one(self.read())
                .await?;
        let ranks = (1..=works.len()).rev().map(|steps| first.unwrap_or(0.0) - steps as f64);
        self.rank(actor, works.iter().map(String::as_str).zip(ranks)).await
    }

    /// Puts what waits of a batch before everything else that waits, in the order it has.
    pub async fn move_batch_to_front(&self, actor: &Actor, batch: &str) -> Result<()> {
        let works: Vec<String> = sqlx::query_scalar(
            "SELECT id FROM work WHERE batch_id = ? AND state IN ('held', 'queued') ORDER BY rank, rowid",
        )
        .bind(batch)
        .fetch_all(self.read())
        .await?;
        self.move_to_front(actor, &works).await
    }

    /// Puts one piece of waiting work before another one, or at the end.
    pub async fn move_before(&self, actor: &Actor, work: &str, before: Option<&str>) -> Result<()> {
        actor.must(Action::Spend)?;
        let (lower, upper): (Option<f64>, Option<f64>) = sqlx::query_as(
            "WITH goal AS (SELECT rank FROM work WHERE id = ?1 AND state IN ('held', 'queued'))
             SELECT (SELECT max(rank) FROM work WHERE state IN ('held', 'queued') AND id <> ?2
                       AND ((SELECT rank FROM goal) IS NULL OR rank < (SELECT rank FROM goal))),
                    (SELECT rank FROM goal)",
        )
        .bind(before)
        .bind(work)
        .fetch_one(self.read())
        .await?;
        let rank = match (lower, upper) {
            (Some(lower), Some(upper)) => f64::midpoint(lower, upper),
            (None, Some(upper)) => upper - 1.0,
            (Some(lower), None) => lower + 1.0,
            (None, None) => return Ok(()),
        };
        self.rank(actor, std::iter::once((work, rank))).await
    }

    /// Lets held work go although it is over a cap; only an admin may.
    pub async fn release_work(&self, actor: &Actor, works: &[String]) -> Result<()> {
        actor.must(Action::Administer)?;
        let mut tx = self.write_tx().await?;
        sqlx::query(
            "UPDATE work SET state = 'queued', reason = NULL
             WHERE state = 'held' AND id IN (SELECT value FROM json_each(?))",
        )
        .bind(text(&works)?)
        .execute(&mut *tx)
        .await?;
        announce(&mut tx, works).await?;
        tx.commit().await
    }

    /// Takes waiting work out of the queue; GEN has seen nothing of it. What does not wait any more stays.
    pub(super) async fn withdraw(&self, actor: &Actor, works: &[String]) -> Result<()> {
        actor.must(Action::Spend)?;
        // What was chosen to be sent a moment ago is marked as sending next; that mark decides.
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        sqlx::query(
            "UPDATE work SET state = 'not_sent', settled_at = ?1, reason = 'Withdrawn before it was sent.'
             WHERE state IN ('held', 'queued') AND id IN (SELECT value FROM json_each(?2))
               AND agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?3)",
        )
        .bind(now)
        .bind(text(&works)?)
        .bind(actor.person.id)
        .execute(&mut *tx)
        .await?;
        announce(&mut tx, works).await?;
        tx.commit().await
    }

    /// Whether the person's work is paused.
    pub(super) async fn is_paused(&self, person: i64) -> Result<bool> {
        Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM queue_pause WHERE person_id = ?)")
            .bind(person)
            .fetch_one(self.read())
            .await?)
    }

    async fn rank<'a>(&self, actor: &Actor, ranks: impl Iterator<Item = (&'a str, f64)>) -> Result<()> {
        let mut tx = self.write_tx().await?;
        for (work, rank) in ranks {
            sqlx::query(
                "UPDATE work SET rank = ?1 WHERE id = ?2 AND state IN ('held', 'queued')
                   AND agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?3)",
            )
            .bind(rank)
            .bind(work)
            .bind(actor.person.id)
            .execute(&mut *tx)
            .await?;
        }
        announce_waiting(&mut tx, actor).await?;
        tx.commit().await
    }
}

/// From so many on a page reads its sheet again rather than each cell.
const MANY: usize = 20;

/// Tells open pages that these pieces of work moved.
async fn announce(tx: &mut WriteTx, works: &[String]) -> Result<()> {
    let moved: Vec<(String, Option<String>, Option<String>)> = sqlx::query_as(
        "SELECT agent_id, vidsheet_id, cell_id FROM work WHERE id IN (SELECT value FROM json_each(?))",
    )
    .bind(text(&works)?)
    .fetch_all(&mut **tx)
    .await?;
    let many = moved.len() > MANY;
    for (agent, vidsheet, cell) in moved {
        if let (true, Some(vidsheet)) = (many, &vidsheet) {
            let (agent_id, vidsheet_id) = (id(&agent)?, id(vidsheet)?);
            tx.announce(Topic::Vidsheet { agent_id, vidsheet_id }).await?;
            tx.announce(Topic::Work { agent_id: id(&agent)? }).await?;
            continue;
        }
        let cell = vidsheet.as_deref().map(id).transpose()?.zip(cell.as_deref().map(id).transpose()?);
        let place = cell.as_ref().map(|(vidsheet, cell)| (vidsheet, cell));
        ledger::announce(tx, &id(&agent)?, place).await?;
    }
    Ok(())
}

/// Tells open pages that the queue looks different: wherever the actor has something waiting.
async fn announce_waiting(tx: &mut WriteTx, actor: &Actor) -> Result<()> {
    let agents: Vec<String> = sqlx::query_scalar("SELECT DISTINCT agent_id FROM reach WHERE person_id = ?")
        .bind(actor.person.id)
        .fetch_all(&mut **tx)
        .await?;
    for agent in agents {
        tx.announce(Topic::Work { agent_id: id(&agent)? }).await?;
    }
    Ok(())
}
