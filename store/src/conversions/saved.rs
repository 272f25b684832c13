use gen_client::{AgentId, IdeaId, RowId};
use model::{Conversion, IdeaRow, Topic};
use sqlx::FromRow;

use crate::saved::id;
use crate::{Actor, Error, Result, Store};

/// The one query behind every list of conversions; what follows says which.
macro_rules! conversions_where {
    ($tail:literal) => {
        concat!(
            "SELECT c.id, c.vidsheet_id, coalesce(v.alias, v.title) AS vidsheet_title, count(i.idea_id) AS ideas, count(i.row_id) AS rows,
                    total(i.filled) AS filled, c.ended_at IS NOT NULL AS ended, c.trouble, p.name AS started_by,
                    c.started_at
             FROM conversion c
             LEFT JOIN conversion_idea i ON i.conversion_id = c.id
             LEFT JOIN vidsheet v ON v.id = c.vidsheet_id
             LEFT JOIN person p ON p.id = c.person_id
             WHERE c.agent_id = ? AND ",
            $tail
        )
    };
}

impl Store {
    /// The conversions that have not ended, and the newest that has; newest first.
    pub(crate) async fn conversions_of(&self, agent: &AgentId) -> Result<Vec<Conversion>> {
        let rows: Vec<ConversionRow> = sqlx::query_as(conversions_where!(
            "(c.ended_at IS NULL OR c.id = (SELECT n.id FROM conversion n WHERE n.agent_id = c.agent_id
                                            AND n.ended_at IS NOT NULL ORDER BY n.started_at DESC, n.id DESC LIMIT 1))
             GROUP BY c.id ORDER BY c.started_at DESC, c.id DESC"
        ))
        .bind(agent.as_str())
        .fetch_all(self.read())
        .await?;
        rows.into_iter().map(ConversionRow::into_conversion).collect()
    }

    /// The rows that were made from an agent's ideas, oldest first.
    pub(crate) async fn idea_rows(&self, agent: &AgentId) -> Result<Vec<IdeaRow>> {
        let rows: Vec<LinkRow> = sqlx::query_as(
            "SELECT i.idea_id, c.vidsheet_id, coalesce(v.alias, v.title, '') AS vidsheet_title, i.row_id,
                    CASE WHEN r.hidden = 0 AND r.archived_at IS NULL
                         THEN r.place + 1 - (SELECT count(*) FROM sheet_row a WHERE a.vidsheet_id = r.vidsheet_id
                                             AND a.archived_at IS NOT NULL AND a.hidden = 0 AND a.place < r.place)
                    END AS row_number,
                    (SELECT total(w.cost) FROM work w WHERE w.row_id = i.row_id) AS spent
             FROM conversion_idea i
             JOIN conversion c ON c.id = i.conversion_id
             LEFT JOIN vidsheet v ON v.id = c.vidsheet_id
             LEFT JOIN sheet_row r ON r.id = i.row_id
             WHERE c.agent_id = ? AND i.row_id IS NOT NULL ORDER BY c.started_at, c.id, i.place",
        )
        .bind(agent.as_str())
        .fetch_all(self.read())
        .await?;
        rows.into_iter().map(LinkRow::into_link).collect()
    }

    /// The idea that a row was made from, by its id and title; `None` where it was made from none.
    pub async fn open_idea_of_row(
        &self,
        actor: &Actor,
        agent: &AgentId,
        row: &RowId,
    ) -> Result<Option<(IdeaId, String)>> {
        self.must_reach(actor, agent).await?;
        let found: Option<(String, String)> = sqlx::query_as(
            "SELECT i.id, i.json ->> 'title' FROM conversion_idea c JOIN idea i ON i.id = c.idea_id
             WHERE c.row_id = ? AND i.agent_id = ?",
        )
        .bind(row.as_str())
        .bind(agent.as_str())
        .fetch_optional(self.read())
        .await?;
        found.map(|(idea, title)| Ok((id(&idea)?, title))).transpose()
    }

    pub(super) async fn saved_conversion(&self, agent: &AgentId, conversion: &str) -> Result<Conversion> {
        let row: Option<ConversionRow> = sqlx::query_as(conversions_where!("c.id = ? GROUP BY c.id"))
            .bind(agent.as_str())
            .bind(conversion)
            .fetch_optional(self.read())
            .await?;
        row.ok_or(Error::NotFound("conversion"))?.into_conversion()
    }

    /// What this yes of the person's has started already.
    pub(super) async fn conversion_of(&self, actor: &Actor, request: &str) -> Result<Option<String>> {
        Ok(sqlx::query_scalar("SELECT id FROM conversion WHERE person_id = ? AND request = ?")
            .bind(actor.person.id)
            .bind(request)
            .fetch_optional(self.read())
            .await?)
    }

    /// Notes that a conversion ended, or why it stands still, and tells open pages.
    pub(super) async fn note_stop(
        &self,
        agent: &AgentId,
        conversion: &str,
        trouble: Option<String>,
    ) -> Result<()> {
        let mut tx = self.write_tx().await?;
        sqlx::query("UPDATE conversion SET trouble = ? WHERE id = ?")
            .bind(trouble)
            .bind(conversion)
            .execute(&mut *tx)
            .await?;
        tx.announce(Topic::Ideas { agent_id: agent.clone() }).await?;
        tx.commit().await
    }
}

#[derive(FromRow)]
struct ConversionRow {
    id: String,
    vidsheet_id: Option<String>,
    vidsheet_title: Option<String>,
    ideas: u32,
    rows: u32,
    filled: f64,
    ended: bool,
    trouble: Option<String>,
    started_by: Option<String>,
    started_at: i64,
}

impl ConversionRow {
    fn into_conversion(self) -> Result<Conversion> {
        Ok(Conversion {
            id: self.id,
            vidsheet_id: self.vidsheet_id.as_deref().map(id).transpose()?,
            vidsheet_title: self.vidsheet_title,
            ideas: self.ideas,
            rows: self.rows,
            filled: self.filled as u32,
            ended: self.ended,
            trouble: self.trouble,
            started_by: self.started_by,
            started_at: self.started_at,
        })
    }
}

#[derive(FromRow)]
struct LinkRow {
    idea_id: String,
    vidsheet_id: String,
    vidsheet_title: String,
    row_id: String,
    row_number: Option<u32>,
    spent: f64,
}

impl LinkRow {
    fn into_link(self) -> Result<IdeaRow> {
        Ok(IdeaRow {
            idea_id: id(&self.idea_id)?,
            vidsheet_id: id(&self.vidsheet_id)?,
            vidsheet_title: self.vidsheet_title,
            row_id: id(&self.row_id)?,
            row_number: self.row_number,
            spent: self.spent,
        })
    }
}
