use gen_client::model::{Attachment, NewRun, Run};
use gen_client::{AgentId, GenClient, Idempotency, RunId};
use model::{Action, Ask, RunOrder, SavedRun, Typical, WorkKind};
use sqlx::FromRow;

use crate::history::progress;
use crate::ledger::{self, Intent, Outcome};
use crate::media::is_public;
use crate::point::point;
use crate::saved::{id, json, json_or_default};
use crate::{Actor, Error, Result, Store};

/// The longest message we send, in characters.
const MESSAGE_MAX: usize = 20_000;
/// GEN names no limit; more than anybody means.
const ATTACHMENTS_MAX: usize = 20;

/// The one query behind every list of runs; what follows says which.
macro_rules! runs_where {
    ($tail:literal) => {
        concat!(
            "SELECT w.id, w.kind, w.model, w.upstream_id, w.conversation_id, w.message, w.attachments, w.steps, w.state, w.awaiting_approval,
                    w.reply, w.reason, w.error_code, p.name AS started_by, w.started_at, w.settled_at, w.p50_ms, w.p90_ms
             FROM work w LEFT JOIN person p ON p.id = w.person_id
             WHERE w.kind IN ('run', 'research') AND w.agent_id = ? AND ",
            $tail
        )
    };
}

impl Store {
    /// Asks the agent for something; paid, and sent at most once. What is said in a thread whose last run has not
    /// ended waits for its end. `request` is the browser's name for the click: the same one again is the same run.
    /// Otherwise as [`Store::start_generation`].
    pub async fn start_run(
        &self,
        actor: &Actor,
        agent: &AgentId,
        order: RunOrder,
        request: String,
    ) -> Result<SavedRun> {
        actor.must(Action::Spend)?;
        let message = order.message.trim().to_owned();
        if order.attachments.len() > ATTACHMENTS_MAX || !order.attachments.iter().all(|one| is_public(one)) {
            let reason = format!("At most {ATTACHMENTS_MAX} addresses that begin with https:// go along.");
            return Err(Error::Invalid { field: "Attachments", message: reason });
        }
        if message.is_empty() || message.chars().count() > MESSAGE_MAX {
            let reason = format!("Ask in 1 to {MESSAGE_MAX} characters.");
            return Err(Error::Invalid { field: "Message", message: reason });
        }
        let key = self.key_for(actor, agent).await?;
        if let Some(conversation) = &order.conversation {
            self.must_be_of(agent, conversation).await?;
        }
        if let Some(vidsheet) = &order.vidsheet {
            self.must_have(agent, vidsheet, None).await?;
        }
        if let Some(known) = self.requested(actor, &request).await? {
            return self.saved_run(agent, &known).await;
        }
        let payer = self.as_gen_sent(agent).await?;
        let kind = if matches!(order.ask, Ask::Research(_)) { WorkKind::Research } else { WorkKind::Run };
        let mut intent = Intent::for_agent(kind, &payer, key, actor.person.id, message);
        intent.conversation = order.conversation;
        intent.ask = Some(order.ask);
        intent.context = order.vidsheet;
        intent.attachments = order.attachments;
        intent.request = Some(request);
        self.start_now(&intent).await?;
        self.saved_run(agent, &intent.id).await
    }

    /// What this click of the person's has started already.
    pub(crate) async fn requested(&self, actor: &Actor, request: &str) -> Result<Option<String>> {
        Ok(sqlx::query_scalar("SELECT id FROM work WHERE person_id = ? AND request = ?")
            .bind(actor.person.id)
            .bind(request)
            .fetch_optional(self.read())
            .await?)
    }

    /// Says yes or no to what a run wants to do. What follows a yes may cost credits.
    pub async fn approve_run(
        &self,
        actor: &Actor,
        agent: &AgentId,
        run: &str,
        approved: bool,
    ) -> Result<SavedRun> {
        actor.must(Action::Spend)?;
        let (key, client) = self.client_for(actor, agent).await?;
        let saved = self.saved_run(agent, run).await?;
        let upstream =
            saved.run_id.filter(|_| saved.awaiting_approval).ok_or(Error::NotFound("run that waits"))?;
        let (store, agent, run) = (self.clone(), agent.clone(), run.to_owned());
        self.finish(async move {
            // Committed before it is sent: of two clicks one gets through, and after a lost answer the next look
            // at the run says whether it still waits.
            if !store.mark_answered(&agent, &run, true).await? {
                return Err(Error::NotFound("run that waits"));
            }
            let answer = store.noted(key, client.approve_run(&upstream, approved).await).await;
            if matches!(&answer, Err(Error::Gen(error)) if !error.may_have_been_sent()) {
                store.mark_answered(&agent, &run, false).await?;
            }
            answer?;
            store.saved_run(&agent, &run).await
        })
        .await
    }

    /// Notes that a person has answered a run that waits, or that the answer did not arrive; false when it was
    /// noted already.
    async fn mark_answered(&self, agent: &AgentId, run: &str, answered: bool) -> Result<bool> {
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        let marked = sqlx::query(
            "UPDATE work SET awaiting_approval = NOT ?1, next_poll_at = ?2, poll_ms = ?3
             WHERE id = ?4 AND settled_at IS NULL AND awaiting_approval = ?1",
        )
        .bind(answered)
        .bind(now)
        .bind(self.first_look_ms(WorkKind::Run, None))
        .bind(run)
        .execute(&mut *tx)
        .await?;
        ledger::announce(&mut tx, agent, None).await?;
        tx.commit().await?;
        Ok(marked.rows_affected() == 1)
    }

    /// The newest runs that were started here.
    pub(super) async fn runs_of(&self, agent: &AgentId) -> Result<Vec<SavedRun>> {
        let rows: Vec<RunRow> =
            sqlx::query_as(runs_where!("true ORDER BY w.started_at DESC, w.rowid DESC LIMIT 20"))
                .bind(agent.as_str())
                .fetch_all(self.read())
                .await?;
        rows.into_iter().map(RunRow::into_run).collect()
    }

    pub(super) async fn saved_run(&self, agent: &AgentId, run: &str) -> Result<SavedRun> {
        let row: Option<RunRow> = sqlx::query_as(runs_where!("w.id = ?"))
            .bind(agent.as_str())
            .bind(run)
            .fetch_optional(self.read())
            .await?;
        row.ok_or(Error::NotFound("run"))?.into_run()
    }

    /// The one attempt.
    pub(crate) async fn send_run(&self, intent: &Intent, client: &GenClient) -> Result<()> {
        if !self.begin_sending(intent).await? {
            return Ok(());
        }
        let new = NewRun {
            message: intent.message.clone().unwrap_or_default(),
            conversation_id: intent.conversation.clone(),
            vidsheet_id: intent.context.clone(),
            attachments: intent.attachments.iter().cloned().map(Attachment::Address).collect(),
            ..NewRun::default()
        };
        let name = Idempotency(intent.id.clone());
        let answer = match &intent.ask {
            Some(Ask::Research(depth)) => {
                client.start_research(&intent.agent, &new.message, depth, &name).await
            }
            _ => client.start_run(&intent.agent, &new, &name).await,
        };
        point("call/answered");
        match self.noted(intent.key, answer).await {
            Ok(run) => {
                self.paces().taken(intent.key);
                let progress_path = run.progress_path.clone();
                let accepted = self.accepted_run(run);
                self.kept(|| async {
                    let mut tx = self.write_tx().await?;
                    intent.settle(&mut tx, &accepted).await?;
                    sqlx::query("UPDATE work SET progress_path = ? WHERE id = ?")
                        .bind(&progress_path)
                        .bind(&intent.id)
                        .execute(&mut *tx)
                        .await?;
                    tx.outdate(crate::freshness::Kind::Organizations, &intent.key.to_string()).await?;
                    tx.outdate(crate::freshness::Kind::Ideas, intent.agent.as_str()).await?;
                    tx.commit().await
                })
                .await
            }
            Err(error) => self.not_taken(intent, error).await,
        }
    }

    fn accepted_run(&self, run: Run) -> Outcome {
        Outcome::Accepted {
            upstream_id: run.id.to_string(),
            conversation: run.conversation_id.map(|id| id.to_string()),
            look_in_ms: self.first_look_ms(WorkKind::Run, None),
        }
    }
}

#[derive(FromRow)]
struct RunRow {
    id: String,
    kind: String,
    model: Option<String>,
    upstream_id: Option<String>,
    conversation_id: Option<String>,
    message: String,
    attachments: Option<String>,
    steps: Option<String>,
    state: String,
    awaiting_approval: bool,
    reply: Option<String>,
    reason: Option<String>,
    error_code: Option<String>,
    started_by: Option<String>,
    started_at: i64,
    settled_at: Option<i64>,
    p50_ms: Option<i64>,
    p90_ms: Option<i64>,
}

impl RunRow {
    fn into_run(self) -> Result<SavedRun> {
        Ok(SavedRun {
            ask: Ask::of(self.model.as_deref(), self.kind == WorkKind::Research.as_str()),
            id: self.id,
            run_id: self.upstream_id.as_deref().map(id::<RunId>).transpose()?,
            conversation_id: self.conversation_id.as_deref().map(id).transpose()?,
            message: self.message,
            attachments: json_or_default(self.attachments.as_deref())?,
            progress: progress(&self.state)?,
            steps: self.steps.as_deref().map(json).transpose()?,
            awaiting_approval: self.awaiting_approval,
            reply: self.reply,
            reason: self.reason,
            error_code: self.error_code,
            started_by: self.started_by,
            started_at: self.started_at,
            settled_at: self.settled_at,
            typical: self.p50_ms.zip(self.p90_ms).map(|(p50_ms, p90_ms)| Typical { p50_ms, p90_ms }),
        })
    }
}
