use gen_client::model::CreationCard;
use gen_client::{AgentId, CellId, ConversationId, GenClient, RowId, VidsheetId};
use model::{Ask, Typical, WorkKind};
use sha2::{Digest, Sha256};
use sqlx::FromRow;

use super::{LOOKS, announce, spending::Spending};
use crate::errands::Errand;
use crate::keys::KeyId;
use crate::point::point;
use crate::saved::{id, json, json_or_default, text};
use crate::write_tx::WriteTx;
use crate::{Error, Result, Store};

/// The cell that something is made for.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) vidsheet: VidsheetId,
    pub(crate) row: RowId,
    pub(crate) cell: CellId,
}

/// A paid call that a person decided on. It is all that is needed to send it, now or after a restart.
#[derive(Clone, Debug)]
pub(crate) struct Intent {
    /// Also the idempotency key.
    pub(crate) id: String,
    pub(crate) kind: WorkKind,
    pub(crate) agent: AgentId,
    pub(crate) key: KeyId,
    pub(crate) person: i64,
    pub(crate) batch: Option<String>,
    /// The browser's own name for the click, where no cell keeps a second one away.
    pub(crate) request: Option<String>,
    /// Whether it was sent before and nobody knows what became of that.
    pub(crate) was_sent: bool,
    pub(crate) target: Option<Target>,
    pub(crate) card: Option<CreationCard>,
    /// What it is about where there is no cell: of a run, what is asked.
    pub(crate) message: Option<String>,
    pub(crate) conversation: Option<ConversationId>,
    /// What is asked of the agent, where there is no cell.
    pub(crate) ask: Option<Ask>,
    /// Of a run: the vidsheet the agent should look at.
    pub(crate) context: Option<VidsheetId>,
    /// Of a run: the addresses the agent should look at.
    pub(crate) attachments: Vec<String>,
    /// What it sends, where it is neither about a cell nor a run.
    pub(crate) errand: Option<Errand>,
}

/// What a price and a duration depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Settings {
    pub(crate) kind: WorkKind,
    pub(crate) generation_type: Option<String>,
    pub(crate) model: Option<String>,
    pub(crate) seconds: Option<i64>,
    pub(crate) aspect_ratio: Option<String>,
}

/// What an intent is expected to take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected {
    pub(crate) credits: f64,
    pub(crate) typical: Option<Typical>,
}

impl Settings {
    /// Of a card; without one, of a render or of something that has no settings.
    pub(crate) fn of(kind: WorkKind, card: Option<&CreationCard>) -> Result<Self> {
        Ok(Self {
            kind,
            generation_type: card.map(|card| card.generation_type().to_string()),
            model: card.and_then(|card| card.model().map(|model| model.to_string())),
            seconds: card.and_then(CreationCard::duration).map(|length| i64::from(length.seconds())),
            aspect_ratio: card.and_then(CreationCard::aspect_ratio).map(str::to_owned),
        })
    }
}

impl Intent {
    /// A new one; `card` is `None` for a render.
    pub(crate) fn for_cell(
        agent: &AgentId,
        key: KeyId,
        person: i64,
        target: Target,
        card: Option<CreationCard>,
    ) -> Self {
        let kind = if card.is_some() { WorkKind::Generation } else { WorkKind::Render };
        Self { card, target: Some(target), ..Self::new(kind, agent, key, person) }
    }

    /// A new one that belongs to no cell.
    pub(crate) fn for_agent(
        kind: WorkKind,
        agent: &AgentId,
        key: KeyId,
        person: i64,
        message: String,
    ) -> Self {
        Self { message: Some(message), ..Self::new(kind, agent, key, person) }
    }

    /// A new one that belongs to no cell and is no run.
    pub(crate) fn for_errand(agent: &AgentId, key: KeyId, person: i64, errand: Errand) -> Self {
        let message = Some(errand.subject());
        Self { message, errand: Some(errand.clone()), ..Self::new(errand.kind(), agent, key, person) }
    }

    fn new(kind: WorkKind, agent: &AgentId, key: KeyId, person: i64) -> Self {
        Self {
            id: uuid::Uuid::now_v7().to_string(),
            kind,
            agent: agent.clone(),
            key,
            person,
            batch: None,
            request: None,
            was_sent: false,
            target: None,
            card: None,
            message: None,
            conversation: None,
            ask: None,
            context: None,
            attachments: Vec::new(),
            errand: None,
        }
    }

    /// What its price and duration depend on.
    pub(crate) fn settings(&self) -> Result<Settings> {
        let settings = Settings::of(self.kind, self.card.as_ref())?;
        Ok(match &self.ask {
            Some(ask) => Settings { model: Some(ask.as_str().to_owned()), ..settings },
            None => settings,
        })
    }

    /// Writes it down, without telling open pages: queued, or held with the reason when it would go over a cap. [`Error::AlreadyRunning`] if
    /// its cell has work that waits or is under way, or work whose outcome is unknown and was not looked for yet.
    pub(crate) async fn write(
        &self,
        tx: &mut WriteTx,
        expected: Expected,
        spending: &mut Spending,
    ) -> Result<()> {
        if self.is_cell_busy(tx).await? {
            return Err(Error::AlreadyRunning);
        }
        let over = spending.reserve(expected.credits).err();
        let (now, target, settings) = (tx.now(), self.target.as_ref(), self.settings()?);
        sqlx::query(
            "INSERT INTO work (id, kind, agent_id, vidsheet_id, row_id, cell_id, key_id, person_id, batch_id, request,
                               generation_type, model, seconds, aspect_ratio, card, body_hash, state, rank, estimate,
                               p50_ms, p90_ms, reason, started_at, message, conversation_id, attachments)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                     (SELECT coalesce(max(rank), 0) + 1 FROM work WHERE state IN ('held', 'queued')),
                     ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&self.id)
        .bind(self.kind.as_str())
        .bind(self.agent.as_str())
        .bind(target.map(|target| &target.vidsheet).or(self.context.as_ref()).map(|vidsheet| vidsheet.as_str()))
        .bind(target.map(|target| target.row.as_str()))
        .bind(target.map(|target| target.cell.as_str()))
        .bind(self.key)
        .bind(self.person)
        .bind(&self.batch)
        .bind(&self.request)
        .bind(settings.generation_type)
        .bind(settings.model)
        .bind(settings.seconds)
        .bind(settings.aspect_ratio)
        .bind(self.card.as_ref().map(text).transpose()?)
        .bind(self.body_hash()?)
        .bind(if over.is_some() { "held" } else { "queued" })
        .bind(expected.credits)
        .bind(expected.typical.map(|typical| typical.p50_ms))
        .bind(expected.typical.map(|typical| typical.p90_ms))
        .bind(over)
        .bind(now)
        .bind(&self.message)
        .bind(self.conversation.as_ref().map(|id| id.as_str()))
        .bind(Some(&self.attachments).filter(|all| !all.is_empty()).map(text).transpose()?)
        .execute(&mut **tx)
        .await?;
        match &self.errand {
            Some(errand) => errand.write(tx, self).await,
            None => Ok(()),
        }
    }

    async fn is_cell_busy(&self, tx: &mut WriteTx) -> Result<bool> {
        let Some(target) = &self.target else { return Ok(false) };
        Ok(sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM work WHERE cell_id = ?
               AND (state IN ('held', 'queued', 'sending', 'pending', 'processing')
                    OR (state = 'unknown' AND misses < ?)))",
        )
        .bind(target.cell.as_str())
        .bind(LOOKS)
        .fetch_one(&mut **tx)
        .await?)
    }

    /// Marks it as being sent; false when it is not waiting any more, or the process ends. To be committed before
    /// the socket is written to. What the cell held and what was left to spend is kept, so that a lost call can be judged;
    /// sending again does not change that.
    pub(crate) async fn mark_sending(&self, tx: &mut WriteTx, balance: Option<f64>) -> Result<bool> {
        if tx.is_among_the_last() {
            return Ok(false);
        }
        let now = tx.now();
        let marked = sqlx::query(
            "UPDATE work SET state = 'sending', reason = NULL,
                 takes_before = CASE WHEN sent_at IS NULL
                     THEN (SELECT coalesce(max(rowid), 0) FROM generation WHERE cell_id = work.cell_id)
                     ELSE takes_before END,
                 balance_before = CASE WHEN sent_at IS NULL THEN ?2 ELSE balance_before END,
                 sent_at = coalesce(sent_at, ?3)
             WHERE id = ?1 AND state = 'queued'",
        )
        .bind(&self.id)
        .bind(balance)
        .bind(now)
        .execute(&mut **tx)
        .await?;
        self.announce(tx).await?;
        Ok(marked.rows_affected() == 1)
    }

    /// Tells open pages.
    pub(crate) async fn announce(&self, tx: &mut WriteTx) -> Result<()> {
        announce(tx, &self.agent, self.target.as_ref().map(|target| (&target.vidsheet, &target.cell))).await
    }

    /// Equal for the same cell and the same settings; identifies the call when a charge is disputed.
    pub(crate) fn body_hash(&self) -> Result<String> {
        let card = match &self.errand {
            Some(errand) => Some(errand.hash()?),
            None => self.card.as_ref().map(text).transpose()?,
        };
        let what = card.as_deref().or(self.message.as_deref()).unwrap_or_default();
        let cell = self.target.as_ref().map_or("", |target| target.cell.as_str());
        let digest = Sha256::digest(format!("{}\n{cell}\n{what}", self.kind.as_str()));
        Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Store {
    /// Writes one intent down, committed.
    pub(crate) async fn write_down(&self, intent: &Intent) -> Result<()> {
        let expected = self.expected_of(intent).await?;
        let mut tx = self.write_tx().await?;
        let mut spending = Spending::of(&mut tx, intent.person).await?;
        intent.write(&mut tx, expected, &mut spending).await?;
        intent.announce(&mut tx).await?;
        point("intent/written");
        tx.commit().await?;
        point("intent/committed");
        Ok(())
    }

    /// Makes the one attempt of what belongs to no cell durable before its first byte leaves; false when it is not to be
    /// sent any more.
    pub(crate) async fn begin_sending(&self, intent: &Intent) -> Result<bool> {
        let balance = self.fresh_balance(&intent.agent, intent.key).await?;
        let mut tx = self.write_tx().await?;
        let marked = intent.mark_sending(&mut tx, balance).await?;
        point("mark/written");
        tx.commit().await?;
        point("mark/committed");
        Ok(marked)
    }

    /// The intent behind a piece of work that was started here.
    pub(crate) async fn intent(&self, work: &str) -> Result<Intent> {
        let row: Option<IntentRow> = sqlx::query_as(
            "SELECT id, kind, work.agent_id, key_id, person_id, batch_id, request, sent_at IS NOT NULL AS was_sent, vidsheet_id, row_id, cell_id, card,
                    model, message, conversation_id, attachments, errand.call
             FROM work LEFT JOIN errand ON errand.work_id = work.id
             WHERE id = ? AND person_id IS NOT NULL AND key_id IS NOT NULL",
        )
        .bind(work)
        .fetch_optional(self.read())
        .await?;
        row.ok_or(Error::NotFound("work"))?.into_intent()
    }

    /// A client for the key of an intent, if the person may still spend with it; else the reason in words.
    pub(crate) async fn client_of_intent(&self, intent: &Intent) -> Result<Result<GenClient, String>> {
        let may: bool = sqlx::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM reach JOIN person ON person.id = reach.person_id
               WHERE reach.person_id = ? AND reach.agent_id = ? AND reach.key_id = ?
                 AND person.disabled = 0 AND person.role <> 'viewer')",
        )
        .bind(intent.person)
        .bind(intent.agent.as_str())
        .bind(intent.key)
        .fetch_one(self.read())
        .await?;
        if !may {
            return Ok(Err("Whoever started this may not spend with this key any more.".to_owned()));
        }
        self.client_of_key(intent.key).await.map(Ok)
    }
}

#[derive(FromRow)]
struct IntentRow {
    id: String,
    kind: String,
    agent_id: String,
    key_id: i64,
    person_id: i64,
    batch_id: Option<String>,
    request: Option<String>,
    was_sent: bool,
    vidsheet_id: Option<String>,
    row_id: Option<String>,
    cell_id: Option<String>,
    card: Option<String>,
    model: Option<String>,
    message: Option<String>,
    conversation_id: Option<String>,
    attachments: Option<String>,
    call: Option<String>,
}

impl IntentRow {
    fn into_intent(self) -> Result<Intent> {
        let target = match (&self.vidsheet_id, &self.row_id, &self.cell_id) {
            (Some(vidsheet), Some(row), Some(cell)) => {
                Some(Target { vidsheet: id(vidsheet)?, row: id(row)?, cell: id(cell)? })
            }
            _ => None,
        };
        let kind = super::kind_of(&self.kind)?;
        let is_asked = matches!(kind, WorkKind::Run | WorkKind::Research);
        Ok(Intent {
            ask: is_asked.then(|| Ask::of(self.model.as_deref(), kind == WorkKind::Research)),
            context: self.vidsheet_id.as_deref().filter(|_| target.is_none()).map(id).transpose()?,
            kind,
            agent: id(&self.agent_id)?,
            key: self.key_id,
            person: self.person_id,
            batch: self.batch_id,
            request: self.request,
            was_sent: self.was_sent,
            target,
            card: self.card.as_deref().map(json).transpose()?,
            message: self.message,
            conversation: self.conversation_id.as_deref().map(id).transpose()?,
            attachments: json_or_default(self.attachments.as_deref())?,
            errand: self.call.as_deref().map(json).transpose()?,
            id: self.id,
        })
    }
}
