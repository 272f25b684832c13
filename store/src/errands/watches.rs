//! What GEN watches for an agent. GEN cannot list it, so the list is ours.

use gen_client::model::{Generation, Monitoring};
use gen_client::{AgentId, GenerationId};
use model::{Action, Bought, Topic, Watch, Watched};
use sqlx::FromRow;

use super::{BoughtRow, Errand, bought_where};
use crate::saved::{id, json, text};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

/// A watch is asked for again when what is known is so old, in milliseconds.
const STALE_MS: i64 = 60_000;
/// So many are asked for at a time.
const AT_ONCE: usize = 20;

impl Store {
    /// What GEN watches, and what waits here or was not taken. What is stale is asked for behind the reader's back.
    pub async fn list_watches(&self, actor: &Actor, agent: &AgentId) -> Result<Watched> {
        self.must_reach(actor, agent).await?;
        let rows: Vec<WatchRow> = sqlx::query_as(
            "SELECT m.job_id, m.spec, m.job, p.name AS person, m.added_at, m.checked_at
             FROM monitoring m LEFT JOIN person p ON p.id = m.person_id
             WHERE m.agent_id = ? ORDER BY m.added_at DESC, m.rowid DESC",
        )
        .bind(agent.as_str())
        .fetch_all(self.read())
        .await?;
        let watches = rows.into_iter().map(WatchRow::into_watch).collect::<Result<Vec<_>>>()?;
        let rows: Vec<BoughtRow> = sqlx::query_as(bought_where!(
            "e.agent_id = ? AND w.kind = 'monitoring' AND w.upstream_id IS NULL
             ORDER BY w.started_at DESC, w.rowid DESC LIMIT 20"
        ))
        .bind(agent.as_str())
        .fetch_all(self.read())
        .await?;
        let unsent = rows.into_iter().map(unsent).collect::<Result<_>>()?;
        self.renew_watches_behind(actor, agent, &watches);
        Ok(Watched { watches, unsent })
    }

    /// Has GEN look at what others post; paid by what is found.
    pub async fn start_watch(
        &self,
        actor: &Actor,
        agent: &AgentId,
        spec: Monitoring,
        request: String,
    ) -> Result<Watched> {
        actor.must(Action::Spend)?;
        self.must_reach(actor, agent).await?;
        spec.check().map_err(|error| Error::Invalid { field: "Monitoring", message: error.to_string() })?;
        self.buy(actor, agent, Errand::Watch { spec }, request).await?;
        self.list_watches(actor, agent).await
    }

    /// Changes what is watched, while it goes on.
    pub async fn update_watch(
        &self,
        actor: &Actor,
        agent: &AgentId,
        job: &GenerationId,
        spec: Monitoring,
    ) -> Result<Watch> {
        actor.must(Action::Spend)?;
        self.must_reach(actor, agent).await?;
        spec.check().map_err(|error| Error::Invalid { field: "Monitoring", message: error.to_string() })?;
        let known = self.watch(agent, job).await?;
        if known.job.is_some_and(|job| job.status.is_final()) {
            let message = "This has ended, so GEN cannot change it. Start a new one.".to_owned();
            return Err(Error::Invalid { field: "Monitoring", message });
        }
        let (key, client) = self.client_for(actor, agent).await?;
        let (store, agent, job) = (self.clone(), agent.clone(), job.clone());
        self.finish(async move {
            store.noted(key, client.update_monitoring(&agent, &job, &spec).await).await?;
            let mut tx = store.write_tx().await?;
            remember_watch(&mut tx, &agent, &job, Some(&spec), None).await?;
            tx.commit().await?;
            let fetched = store.noted(key, client.open_job(&agent, &job).await).await?;
            store.remember_job(&agent, &job, &fetched).await?;
            store.watch(&agent, &job).await
        })
        .await
    }

    /// Takes up something that was begun elsewhere, by GEN's number; GEN is asked whether there is such a thing.
    pub async fn adopt_watch(&self, actor: &Actor, agent: &AgentId, job: &GenerationId) -> Result<Watch> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        let fetched = self.noted(key, client.open_job(agent, job).await).await?;
        let mut tx = self.write_tx().await?;
        remember_watch(&mut tx, agent, job, None, Some(actor.person.id)).await?;
        tx.commit().await?;
        self.remember_job(agent, job, &fetched).await?;
        self.watch(agent, job).await
    }

    /// Asks GEN now where a watch stands.
    pub async fn check_watch(&self, actor: &Actor, agent: &AgentId, job: &GenerationId) -> Result<Watch> {
        let (key, client) = self.client_for(actor, agent).await?;
        self.watch(agent, job).await?;
        let fetched = self.noted(key, client.open_job(agent, job).await).await?;
        self.remember_job(agent, job, &fetched).await?;
        self.watch(agent, job).await
    }

    /// Keeps what GEN said of a watch.
    pub(crate) async fn remember_job(
        &self,
        agent: &AgentId,
        job: &GenerationId,
        fetched: &Generation,
    ) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        let saved: Option<Option<String>> = sqlx::query_scalar("SELECT job FROM monitoring WHERE job_id = ?")
            .bind(job.as_str())
            .fetch_optional(&mut *tx)
            .await?;
        let fetched = text(fetched)?;
        sqlx::query("UPDATE monitoring SET job = ?, checked_at = ? WHERE job_id = ?")
            .bind(&fetched)
            .bind(now)
            .bind(job.as_str())
            .execute(&mut *tx)
            .await?;
        if saved.flatten().as_ref() != Some(&fetched) {
            tx.announce(Topic::Work { agent_id: agent.clone() }).await?;
        }
        tx.commit().await
    }

    async fn watch(&self, agent: &AgentId, job: &GenerationId) -> Result<Watch> {
        let row: Option<WatchRow> = sqlx::query_as(
            "SELECT m.job_id, m.spec, m.job, p.name AS person, m.added_at, m.checked_at
             FROM monitoring m LEFT JOIN person p ON p.id = m.person_id
             WHERE m.job_id = ? AND m.agent_id = ?",
        )
        .bind(job.as_str())
        .bind(agent.as_str())
        .fetch_optional(self.read())
        .await?;
        row.ok_or(Error::NotFound("monitoring"))?.into_watch()
    }

    /// Asks for what still goes on and is stale, in one task per agent.
    fn renew_watches_behind(&self, actor: &Actor, agent: &AgentId, watches: &[Watch]) {
        let due = |watch: &&Watch| {
            let goes_on = watch.job.as_ref().is_none_or(|job| !job.status.is_final());
            goes_on && watch.checked_at.is_none_or(|at| self.now() - at >= STALE_MS)
        };
        let due: Vec<GenerationId> =
            watches.iter().filter(due).take(AT_ONCE).map(|watch| watch.job_id.clone()).collect();
        let lock = self.lock_of(&format!("watches/{agent}"));
        let Ok(turn) = lock.try_lock_owned() else { return };
        if due.is_empty() {
            return;
        }
        let (store, actor, agent) = (self.clone(), actor.clone(), agent.clone());
        self.spawn(async move {
            let _turn = turn;
            for job in due {
                match store.check_watch(&actor, &agent, &job).await {
                    Ok(_) => {}
                    Err(Error::Gen(error)) => tracing::info!(%error, "a watch could not be looked at"),
                    Err(error) => tracing::error!(%error, "a watch could not be looked at"),
                }
            }
        });
    }
}

/// Puts a watch on the list, or keeps its new terms; who begun it stays.
pub(crate) async fn remember_watch(
    tx: &mut WriteTx,
    agent: &AgentId,
    job: &GenerationId,
    spec: Option<&Monitoring>,
    person: Option<i64>,
) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "INSERT INTO monitoring (job_id, agent_id, spec, person_id, added_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (job_id) DO UPDATE SET spec = coalesce(excluded.spec, spec)",
    )
    .bind(job.as_str())
    .bind(agent.as_str())
    .bind(spec.map(text).transpose()?)
    .bind(person)
    .bind(now)
    .execute(&mut **tx)
    .await?;
    tx.announce(Topic::Work { agent_id: agent.clone() }).await
}

fn unsent(row: BoughtRow) -> Result<Bought<Monitoring>> {
    let Errand::Watch { spec } = json(&row.call)? else { return Err(Error::NotFound("monitoring")) };
    row.into_bought(spec)
}

#[derive(FromRow)]
struct WatchRow {
    job_id: String,
    spec: Option<String>,
    job: Option<String>,
    person: Option<String>,
    added_at: i64,
    checked_at: Option<i64>,
}

impl WatchRow {
    fn into_watch(self) -> Result<Watch> {
        Ok(Watch {
            job_id: id(&self.job_id)?,
            spec: self.spec.as_deref().map(json).transpose()?,
            job: self.job.as_deref().map(json).transpose()?,
            person: self.person,
            added_at: self.added_at,
            checked_at: self.checked_at,
        })
    }
}
