//! What people here say and decide about an idea; GEN knows none of it.

use gen_client::model::{Idea, IdeaStatus};
use gen_client::{AgentId, IdeaId};
use model::{Action, Assignee, IdeaDeed, IdeaEvent, PersonId, Topic};
use sqlx::FromRow;

use crate::saved::id;
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

/// The longest comment, in characters.
const COMMENT_MAX: usize = 4_000;

impl Store {
    /// What was said and done here about an idea, oldest first.
    pub async fn list_idea_events(
        &self,
        actor: &Actor,
        agent: &AgentId,
        idea: &IdeaId,
    ) -> Result<Vec<IdeaEvent>> {
        self.must_reach(actor, agent).await?;
        let rows: Vec<EventRow> = sqlx::query_as(
            "SELECT p.name AS by_name, c.at, c.text, NULL AS from_status, NULL AS to_status FROM idea_comment c
             LEFT JOIN person p ON p.id = c.person_id WHERE c.agent_id = ?1 AND c.idea_id = ?2
             UNION ALL
             SELECT p.name, m.at, NULL, m.from_status, m.to_status FROM idea_move m
             LEFT JOIN person p ON p.id = m.person_id WHERE m.agent_id = ?1 AND m.idea_id = ?2
             ORDER BY at",
        )
        .bind(agent.as_str())
        .bind(idea.as_str())
        .fetch_all(self.read())
        .await?;
        rows.into_iter().map(EventRow::into_event).collect()
    }

    /// Writes a comment under an idea.
    pub async fn comment_idea(
        &self,
        actor: &Actor,
        agent: &AgentId,
        idea: &IdeaId,
        text: &str,
    ) -> Result<()> {
        actor.must(Action::Edit)?;
        self.must_reach(actor, agent).await?;
        let text = text.trim();
        if text.is_empty() || text.chars().count() > COMMENT_MAX {
            let message = format!("Write 1 to {COMMENT_MAX} characters.");
            return Err(Error::Invalid { field: "Comment", message });
        }
        self.saved_idea(agent, idea).await?;
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        sqlx::query(
            "INSERT INTO idea_comment (agent_id, idea_id, person_id, text, at) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(agent.as_str())
        .bind(idea.as_str())
        .bind(actor.person.id)
        .bind(text)
        .bind(now)
        .execute(&mut *tx)
        .await?;
        tx.announce(Topic::Ideas { agent_id: agent.clone() }).await?;
        tx.commit().await
    }

    /// Gives an idea to somebody, or to nobody.
    pub async fn assign_idea(
        &self,
        actor: &Actor,
        agent: &AgentId,
        idea: &IdeaId,
        person: Option<PersonId>,
    ) -> Result<()> {
        actor.must(Action::Edit)?;
        self.must_reach(actor, agent).await?;
        self.saved_idea(agent, idea).await?;
        if let Some(person) = person
            && !self.assignable_people().await?.iter().any(|(known, _)| *known == person)
        {
            return Err(Error::NotFound("person"));
        }
        let mut tx = self.write_tx().await?;
        let query = match person {
            Some(person) => sqlx::query(
                "INSERT INTO idea_assignee (agent_id, idea_id, person_id) VALUES (?, ?, ?)
                 ON CONFLICT (agent_id, idea_id) DO UPDATE SET person_id = excluded.person_id",
            )
            .bind(agent.as_str())
            .bind(idea.as_str())
            .bind(person),
            None => sqlx::query("DELETE FROM idea_assignee WHERE agent_id = ? AND idea_id = ?")
                .bind(agent.as_str())
                .bind(idea.as_str()),
        };
        query.execute(&mut *tx).await?;
        tx.announce(Topic::Ideas { agent_id: agent.clone() }).await?;
        tx.commit().await
    }

    /// Who takes care of which of an agent's ideas.
    pub(super) async fn assignees_of(&self, agent: &AgentId) -> Result<Vec<Assignee>> {
        let rows: Vec<(String, PersonId, String)> = sqlx::query_as(
            "SELECT a.idea_id, a.person_id, p.name FROM idea_assignee a JOIN person p ON p.id = a.person_id
             WHERE a.agent_id = ? ORDER BY a.idea_id",
        )
        .bind(agent.as_str())
        .fetch_all(self.read())
        .await?;
        let assignee = |(idea, person_id, name): (String, PersonId, String)| {
            Ok(Assignee { idea_id: id(&idea)?, person_id, name })
        };
        rows.into_iter().map(assignee).collect()
    }

    /// Whom an idea can be given to, by name.
    pub(super) async fn assignable_people(&self) -> Result<Vec<(PersonId, String)>> {
        Ok(sqlx::query_as("SELECT id, name FROM person WHERE disabled = 0 ORDER BY name, id")
            .fetch_all(self.read())
            .await?)
    }
}

/// Notes that somebody changed an idea's status.
pub(super) async fn moved(
    tx: &mut WriteTx,
    agent: &AgentId,
    person: PersonId,
    before: &Idea,
    after: &Idea,
) -> Result<()> {
    if before.status == after.status {
        return Ok(());
    }
    let now = tx.now();
    sqlx::query(
        "INSERT INTO idea_move (agent_id, idea_id, person_id, from_status, to_status, at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(agent.as_str())
    .bind(before.id.as_str())
    .bind(person)
    .bind(before.status.as_str())
    .bind(after.status.as_str())
    .bind(now)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct EventRow {
    by_name: Option<String>,
    at: i64,
    text: Option<String>,
    from_status: Option<String>,
    to_status: Option<String>,
}

impl EventRow {
    fn into_event(self) -> Result<IdeaEvent> {
        let status = |word: &str| IdeaStatus::from(word);
        let what = match (self.text, self.from_status, self.to_status) {
            (Some(text), ..) => IdeaDeed::Commented { text },
            (None, Some(from), Some(to)) => IdeaDeed::Moved { from: status(&from), to: status(&to) },
            _ => return Err(Error::Corrupt("an event of an idea that says nothing".to_owned())),
        };
        Ok(IdeaEvent { by: self.by_name, at: self.at, what })
    }
}
