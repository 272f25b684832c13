//! Ideas become rows: a plan is written down, then carried out step by step, each step noted once GEN answered.
//!
//! Making a row is the one step that GEN would do twice. So the rows that were there before are noted first, and
//! when a plan goes on after an answer was lost, a row that is new, empty and nobody's is taken before another is
//! made: one row per idea, wherever it stopped. Making the clone is free and cannot be looked up at GEN; a clone
//! whose answer was lost stays there, empty and out of sight, and another one is made.

mod carry_out;
mod plan;
mod saved;

use std::collections::HashSet;

use gen_client::model::Idea;
use gen_client::{AgentId, IdeaId, VidsheetId};
use model::{Action, Conversion, ConversionOrder, ConversionTarget, IdeaField, Topic, VALUE_MAX};

use crate::saved::{json, text};
use crate::templates::checked_slug;
use crate::{Actor, Error, Result, Store};

/// More ideas than this are not turned into rows at once.
const IDEAS_MAX: usize = 200;

impl Store {
    /// Turns ideas into rows, one each. What was decided is written down before the first call to GEN; where a call
    /// fails, the answer says how far it came and why, and [`Store::resume_conversion`] goes on. `request` is the
    /// browser's name for the yes: the same one again is the same conversion.
    pub async fn start_conversion(
        &self,
        actor: &Actor,
        agent: &AgentId,
        order: ConversionOrder,
        request: String,
    ) -> Result<Conversion> {
        actor.must(Action::Edit)?;
        let key = self.key_for(actor, agent).await?;
        if let Some(known) = self.conversion_of(actor, &request).await? {
            return self.saved_conversion(agent, &known).await;
        }
        let (template, vidsheet) = match &order.target {
            ConversionTarget::Template { slug } => (Some(checked_slug(slug)?), None),
            ConversionTarget::Vidsheet { id } => {
                self.must_have(agent, id, None).await?;
                (None, Some(id))
            }
        };
        let ideas = self.ideas_to_convert(agent, &order).await?;
        let id = uuid::Uuid::now_v7().to_string();
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        sqlx::query(
            "INSERT INTO conversion (id, agent_id, person_id, request, template, vidsheet_id, mapping, status, started_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&id)
        .bind(agent.as_str())
        .bind(actor.person.id)
        .bind(&request)
        .bind(template)
        .bind(vidsheet.map(VidsheetId::as_str))
        .bind(text(&order.mapping)?)
        .bind(order.status.as_ref().map(|status| status.as_str()))
        .bind(now)
        .execute(&mut *tx)
        .await?;
        for (place, idea) in ideas.iter().enumerate() {
            sqlx::query("INSERT INTO conversion_idea (conversion_id, idea_id, place) VALUES (?, ?, ?)")
                .bind(&id)
                .bind(idea.id.as_str())
                .bind(i64::try_from(place).unwrap_or(i64::MAX))
                .execute(&mut *tx)
                .await?;
        }
        plan::remember_mapping(&mut tx, agent, &order.target, &order.mapping).await?;
        tx.announce(Topic::Ideas { agent_id: agent.clone() }).await?;
        tx.commit().await?;
        self.go_on(actor, agent, key, id).await
    }

    /// Goes on with a conversion that stopped.
    pub async fn resume_conversion(
        &self,
        actor: &Actor,
        agent: &AgentId,
        conversion: &str,
    ) -> Result<Conversion> {
        actor.must(Action::Edit)?;
        let key = self.key_for(actor, agent).await?;
        let saved = self.saved_conversion(agent, conversion).await?;
        if saved.ended {
            return Ok(saved);
        }
        self.go_on(actor, agent, key, saved.id).await
    }

    /// Leaves a conversion that stopped as it is: the rows it made stay, nothing more is made.
    pub async fn end_conversion(&self, actor: &Actor, agent: &AgentId, conversion: &str) -> Result<()> {
        actor.must(Action::Edit)?;
        self.must_reach(actor, agent).await?;
        let lock = self.lock_of(&turn_of(agent));
        let _turn = lock.lock().await;
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        let ended = sqlx::query(
            "UPDATE conversion SET ended_at = coalesce(ended_at, ?) WHERE id = ? AND agent_id = ?",
        )
        .bind(now)
        .bind(conversion)
        .bind(agent.as_str())
        .execute(&mut *tx)
        .await?;
        if ended.rows_affected() == 0 {
            return Err(Error::NotFound("conversion"));
        }
        tx.announce(Topic::Ideas { agent_id: agent.clone() }).await?;
        tx.commit().await
    }

    /// Says of conversions that were under way when the process ended that they stand still.
    pub(crate) async fn recover_conversions(&self) -> Result<()> {
        let mut tx = self.write_tx().await?;
        sqlx::query(
            "UPDATE conversion SET trouble = 'Reelsheet was stopped in the middle of it.'
             WHERE ended_at IS NULL AND trouble IS NULL",
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// Carries the plan out as far as it goes, whoever waits for it.
    async fn go_on(
        &self,
        actor: &Actor,
        agent: &AgentId,
        key: i64,
        conversion: String,
    ) -> Result<Conversion> {
        let (store, agent, person) = (self.clone(), agent.clone(), actor.person.id);
        self.finish(async move {
            // One at a time: an empty row that one of them just made is not there for another to take.
            let lock = store.lock_of(&turn_of(&agent));
            let _turn = lock.lock().await;
            store.note_stop(&agent, &conversion, None).await?;
            let trouble = match store.carry_out(&agent, key, person, &conversion).await {
                Ok(()) => None,
                Err(error @ (Error::Gen(_) | Error::NotFound(_))) => Some(error.to_string()),
                Err(error) => return Err(error),
            };
            store.note_stop(&agent, &conversion, trouble).await?;
            store.saved_conversion(&agent, &conversion).await
        })
        .await
    }

    /// The ideas of an order, checked: each is this agent's, once, and what it holds fits into a cell.
    async fn ideas_to_convert(&self, agent: &AgentId, order: &ConversionOrder) -> Result<Vec<Idea>> {
        let refuse = |message: String| Err(Error::Invalid { field: "Ideas", message });
        let distinct: HashSet<&IdeaId> = order.ideas.iter().collect();
        if order.ideas.is_empty() || order.ideas.len() > IDEAS_MAX || distinct.len() < order.ideas.len() {
            return refuse(format!("Choose 1 to {IDEAS_MAX} ideas, each once."));
        }
        if order.mapping.is_empty() {
            let message = "Choose at least one column to fill.".to_owned();
            return Err(Error::Invalid { field: "Columns", message });
        }
        let mut ideas = Vec::new();
        for id in &order.ideas {
            let saved: Option<String> =
                sqlx::query_scalar("SELECT json FROM idea WHERE id = ? AND agent_id = ?")
                    .bind(id.as_str())
                    .bind(agent.as_str())
                    .fetch_optional(self.read())
                    .await?;
            let idea: Idea = json(&saved.ok_or(Error::NotFound("idea"))?)?;
            let length = |field: &IdeaField| field.of(&idea).chars().count();
            if let Some(field) = order.mapping.values().find(|field| length(field) > VALUE_MAX) {
                let (what, length) = (field.as_str(), length(field));
                return refuse(format!(
                    "“{what}” of “{}” has {length} characters; a cell holds at most {VALUE_MAX}.",
                    idea.title
                ));
            }
            ideas.push(idea);
        }
        Ok(ideas)
    }
}

/// The lock of all conversions of an agent.
fn turn_of(agent: &AgentId) -> String {
    format!("conversions/{agent}")
}
