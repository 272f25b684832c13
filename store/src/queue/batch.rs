//! Many cells run by one yes: what that will cost, and the intents it becomes.

use std::collections::HashMap;

use gen_client::model::{ColumnRole, CreationCard};
use gen_client::{AgentId, CellId, VidsheetId};
use model::{Action, Batch, BatchQuote, QuoteLine, Skipped, Topic, Typical};
use sqlx::FromRow;

use super::pace::KEY_AT_ONCE;
use crate::generations::check_card;
use crate::keys::KeyId;
use crate::ledger::{Expected, Intent, Settings, Spending, Target};
use crate::point::point;
use crate::saved::{id, json, text};
use crate::{Actor, Error, Result, Store};

/// The most that may wait in the whole queue.
const WAITING_MAX: i64 = 10_000;

impl Store {
    /// What running these cells would cost and take. With a card it is used for each of them; without one each
    /// cell's own last settings are, else those last used in its column; cells of the final video are rendered.
    pub async fn quote_batch(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cells: Vec<CellId>,
        card: Option<CreationCard>,
    ) -> Result<BatchQuote> {
        let key = self.key_for(actor, agent).await?;
        let plan = self.plan(actor, agent, vidsheet, key, &cells, card.as_ref()).await?;
        let balance = self.balance_now(agent, key).await?;
        let funds = self.funds_with(actor, agent, balance).await?;
        let mut quote = BatchQuote {
            lines: Vec::new(),
            cells: Vec::new(),
            credits: 0.0,
            fits: 0,
            fits_credits: 0.0,
            already: 0,
            skipped: plan.skipped,
            funds,
            typical: spread(plan.intents.iter().map(|planned| planned.expected.typical)),
        };
        let spendable = funds.spendable().unwrap_or(f64::INFINITY);
        for Planned { intent, settings, expected } in &plan.intents {
            quote.credits += expected.credits;
            if quote.credits <= spendable {
                quote.fits += 1;
                quote.fits_credits = quote.credits;
            }
            if self.already_made(intent).await?.is_some() {
                quote.already += 1;
            }
            quote.cells.extend(intent.target.as_ref().map(|target| target.cell.clone()));
            add_line(&mut quote.lines, settings, expected.credits);
        }
        Ok(quote)
    }

    /// Writes all of it down at once and lets the queue send it; over a cap it is held. The same `request` again
    /// is the same batch. Cells that cannot be run are left out; [`Error::Invalid`] when none is left.
    pub async fn start_batch(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        cells: Vec<CellId>,
        card: Option<CreationCard>,
        request: String,
    ) -> Result<Batch> {
        actor.must(Action::Spend)?;
        if let Some(card) = &card {
            check_card(card)?;
        }
        let key = self.key_for(actor, agent).await?;
        let plan = self.plan(actor, agent, vidsheet, key, &cells, card.as_ref()).await?;
        let batch = uuid::Uuid::now_v7().to_string();
        let mut tx = self.write_tx().await?;
        let known: Option<String> =
            sqlx::query_scalar("SELECT id FROM batch WHERE person_id = ? AND request = ?")
                .bind(actor.person.id)
                .bind(&request)
                .fetch_optional(&mut *tx)
                .await?;
        if let Some(known) = known {
            drop(tx);
            return self.batch(actor, &known).await;
        }
        let size = plan.intents.len();
        if size == 0 {
            let why = plan
                .skipped
                .into_iter()
                .next()
                .map_or_else(|| "Choose cells first.".to_owned(), |one| one.why);
            return Err(Error::Invalid { field: "Cells", message: why });
        }
        let waiting: i64 = sqlx::query_scalar("SELECT count(*) FROM work WHERE state IN ('held', 'queued')")
            .fetch_one(&mut *tx)
            .await?;
        if waiting + i64::try_from(size).unwrap_or(i64::MAX) > WAITING_MAX {
            let message = format!("At most {WAITING_MAX} pieces of work can wait; {waiting} do already.");
            return Err(Error::Invalid { field: "Cells", message });
        }
        let now = tx.now();
        sqlx::query(
            "INSERT INTO batch (id, person_id, agent_id, vidsheet_id, started_at, request)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&batch)
        .bind(actor.person.id)
        .bind(agent.as_str())
        .bind(vidsheet.as_str())
        .bind(now)
        .bind(&request)
        .execute(&mut *tx)
        .await?;
        let mut spending = Spending::of(&mut tx, actor.person.id).await?;
        let mut written = 0;
        for Planned { mut intent, expected, .. } in plan.intents {
            intent.batch = Some(batch.clone());
            match intent.write(&mut tx, expected, &mut spending).await {
                Ok(()) => written += 1,
                // Somebody started the cell since the plan was made: it is simply not part of this.
                Err(Error::AlreadyRunning) => {}
                Err(error) => return Err(error),
            }
        }
        if written == 0 {
            return Err(Error::AlreadyRunning);
        }
        // Once for the sheet, not once for each of a thousand cells.
        tx.announce(Topic::Vidsheet { agent_id: agent.clone(), vidsheet_id: vidsheet.clone() }).await?;
        tx.announce(Topic::Work { agent_id: agent.clone() }).await?;
        point("intent/written");
        tx.commit().await?;
        point("intent/committed");
        self.batch(actor, &batch).await
    }

    /// Batches with something left to send or under way, newest first.
    pub(super) async fn open_batches(&self, actor: &Actor) -> Result<Vec<Batch>> {
        let open: Vec<String> = sqlx::query_scalar(
            "SELECT b.id FROM batch b
             WHERE b.agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?)
               AND EXISTS (SELECT 1 FROM work w WHERE w.batch_id = b.id
                             AND w.state IN ('held', 'queued', 'sending', 'pending', 'processing'))
             ORDER BY b.started_at DESC",
        )
        .bind(actor.person.id)
        .fetch_all(self.read())
        .await?;
        let mut batches = Vec::new();
        for batch in open {
            batches.push(self.batch(actor, &batch).await?);
        }
        Ok(batches)
    }

    async fn batch(&self, actor: &Actor, batch: &str) -> Result<Batch> {
        let row: Option<BatchRow> = sqlx::query_as(
            "SELECT b.id, p.name AS started_by, b.person_id, b.started_at, b.paused, b.reason,
                    count(*) AS size,
                    sum(w.state IN ('held', 'queued')) AS waiting,
                    sum(w.state IN ('sending', 'pending', 'processing')) AS running,
                    sum(w.state = 'completed') AS completed,
                    sum(w.state IN ('failed', 'stopped', 'refused', 'not_sent')) AS ended_otherwise
             FROM batch b JOIN work w ON w.batch_id = b.id LEFT JOIN person p ON p.id = b.person_id
             WHERE b.id = ? AND b.agent_id IN (SELECT agent_id FROM reach WHERE person_id = ?)
             GROUP BY b.id",
        )
        .bind(batch)
        .bind(actor.person.id)
        .fetch_optional(self.read())
        .await?;
        let row = row.ok_or(Error::NotFound("batch"))?;
        let left: Vec<(Option<i64>, Option<i64>)> = sqlx::query_as(
            "SELECT p50_ms, p90_ms FROM work WHERE batch_id = ?
               AND state IN ('held', 'queued', 'sending', 'pending', 'processing')",
        )
        .bind(batch)
        .fetch_all(self.read())
        .await?;
        let typical = |(p50, p90): (Option<i64>, Option<i64>)| {
            p50.zip(p90).map(|(p50_ms, p90_ms)| Typical { p50_ms, p90_ms })
        };
        Ok(row.into_batch(spread(left.into_iter().map(typical))))
    }

    /// The intents that running these cells comes to, and why some cells are left out.
    async fn plan(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        key: KeyId,
        cells: &[CellId],
        card: Option<&CreationCard>,
    ) -> Result<Plan> {
        let asked: Vec<&str> = cells.iter().map(CellId::as_str).collect();
        let rows: Vec<CellRow> = sqlx::query_as(
            "SELECT c.id, c.row_id, s.role, s.title,
                    (SELECT w.card FROM work w WHERE w.cell_id = c.id AND w.card IS NOT NULL
                     ORDER BY w.started_at DESC, w.rowid DESC LIMIT 1) AS own_card,
                    c.column_id,
                    EXISTS (SELECT 1 FROM work w WHERE w.cell_id = c.id
                              AND w.state IN ('held', 'queued', 'sending', 'pending', 'processing')) AS busy
             -- CROSS: the list is gone through once. SQLite would rather read it again for every cell of the sheet.
             FROM json_each(?1) asked
             CROSS JOIN cell c ON c.id = asked.value
             JOIN vidsheet v ON v.id = c.vidsheet_id
             JOIN sheet_row r ON r.id = c.row_id
             JOIN sheet_column s ON s.id = c.column_id
             WHERE v.id = ?2 AND v.agent_id = ?3 AND r.hidden = 0 AND r.archived_at IS NULL
             ORDER BY r.place, s.place",
        )
        .bind(text(&asked)?)
        .bind(vidsheet.as_str())
        .bind(agent.as_str())
        .fetch_all(self.read())
        .await?;
        let mut plan = Plan::default();
        let mut columns = HashMap::<String, Option<CreationCard>>::new();
        let mut prices = HashMap::<Settings, Expected>::new();
        for row in rows {
            let cell: CellId = id(&row.id)?;
            let mut skip =
                |why: &str| plan.skipped.push(Skipped { cell_id: cell.clone(), why: why.to_owned() });
            if row.busy {
                skip("Something is already being made for it.");
                continue;
            }
            let role: ColumnRole = id(&row.role)?;
            let card = match (role, card) {
                (ColumnRole::FinalVideo, _) => None,
                (ColumnRole::Ingredient, Some(card)) => Some(card.clone()),
                (ColumnRole::Ingredient, None) => {
                    let own = match &row.own_card {
                        Some(own) => Some(json(own)?),
                        None => self.card_of_column(&mut columns, &row.column_id).await?,
                    };
                    let Some(own) = own else {
                        skip(&format!(
                            "Nothing was generated in {} yet, so there are no settings to use.",
                            row.title
                        ));
                        continue;
                    };
                    Some(own)
                }
                _ => {
                    skip(&format!("GEN fills the column {} itself.", row.title));
                    continue;
                }
            };
            let target = Target { vidsheet: vidsheet.clone(), row: id(&row.row_id)?, cell };
            let intent = Intent::for_cell(agent, key, actor.person.id, target, card);
            let settings = intent.settings()?;
            let expected = match prices.get(&settings) {
                Some(expected) => *expected,
                None => *prices.entry(settings.clone()).or_insert(self.expected(&settings).await?),
            };
            plan.intents.push(Planned { intent, settings, expected });
        }
        Ok(plan)
    }

    /// The settings last used anywhere in a column.
    async fn card_of_column(
        &self,
        known: &mut HashMap<String, Option<CreationCard>>,
        column: &str,
    ) -> Result<Option<CreationCard>> {
        if let Some(card) = known.get(column) {
            return Ok(card.clone());
        }
        let saved: Option<String> = sqlx::query_scalar(
            "SELECT w.card FROM work w JOIN cell c ON c.id = w.cell_id
             WHERE c.column_id = ? AND w.card IS NOT NULL ORDER BY w.started_at DESC, w.rowid DESC LIMIT 1",
        )
        .bind(column)
        .fetch_optional(self.read())
        .await?;
        let card: Option<CreationCard> = saved.as_deref().map(json).transpose()?;
        known.insert(column.to_owned(), card.clone());
        Ok(card)
    }
}

/// What a yes to some cells comes to.
#[derive(Default)]
struct Plan {
    intents: Vec<Planned>,
    skipped: Vec<Skipped>,
}

struct Planned {
    intent: Intent,
    settings: Settings,
    expected: Expected,
}

fn add_line(lines: &mut Vec<QuoteLine>, settings: &Settings, credits: f64) {
    let generation_type = settings.generation_type.as_deref().map(Into::into);
    let same = |line: &&mut QuoteLine| {
        line.kind == settings.kind && line.generation_type == generation_type && line.model == settings.model
    };
    match lines.iter_mut().find(same) {
        Some(line) => {
            line.count += 1;
            line.credits += credits;
        }
        None => lines.push(QuoteLine {
            kind: settings.kind,
            generation_type,
            model: settings.model.clone(),
            count: 1,
            credits,
        }),
    }
}

/// How long many take when as many run at once as may; `None` unless all of them are known.
fn spread(all: impl Iterator<Item = Option<Typical>>) -> Option<Typical> {
    let all: Vec<Typical> = all.collect::<Option<_>>()?;
    let longest = |of: fn(&Typical) -> i64| {
        let sum: i64 = all.iter().map(of).sum();
        let slots = i64::try_from(all.len()).unwrap_or(i64::MAX).min(KEY_AT_ONCE as i64).max(1);
        (sum / slots).max(all.iter().map(of).max().unwrap_or(0))
    };
    (!all.is_empty())
        .then(|| Typical { p50_ms: longest(|one| one.p50_ms), p90_ms: longest(|one| one.p90_ms) })
}

#[derive(FromRow)]
struct CellRow {
    id: String,
    row_id: String,
    role: String,
    title: String,
    own_card: Option<String>,
    column_id: String,
    busy: bool,
}

#[derive(FromRow)]
struct BatchRow {
    id: String,
    started_by: Option<String>,
    person_id: i64,
    started_at: i64,
    size: u32,
    paused: bool,
    reason: Option<String>,
    waiting: u32,
    running: u32,
    completed: u32,
    ended_otherwise: u32,
}

impl BatchRow {
    fn into_batch(self, left: Option<Typical>) -> Batch {
        Batch {
            id: self.id,
            started_by: self.started_by,
            started_by_id: self.person_id,
            started_at: self.started_at,
            size: self.size,
            waiting: self.waiting,
            running: self.running,
            completed: self.completed,
            ended_otherwise: self.ended_otherwise,
            paused: self.paused,
            reason: self.reason,
            left,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_at_once_take_their_share_and_never_less_than_the_longest() {
        let one = Some(Typical { p50_ms: 60_000, p90_ms: 90_000 });
        assert_eq!(spread(std::iter::repeat_n(one, 20)), Some(Typical { p50_ms: 120_000, p90_ms: 180_000 }));
        assert_eq!(spread(std::iter::repeat_n(one, 3)), one);
        assert_eq!(spread([one, None].into_iter()), None);
        assert_eq!(spread(std::iter::empty()), None);
    }
}
