//! Ideas, and the runs and conversations they come from.

mod assets;
mod conversations;
mod notes;
mod preferences;
mod research;
mod runs;

pub(crate) use research::save_report;

use gen_client::model::{Conversation, Idea, IdeaStatus};
use gen_client::{AgentId, GenClient, IdeaId};
use model::{Action, Cached, IdeasBoard, Topic};
use sqlx::SqliteConnection;

use crate::documents::{load_document, save_document};
use crate::freshness::{Kind, Noun};
use crate::keys::KeyId;
use crate::media;
use crate::saved::{json, text};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

impl Store {
    /// Everything the ideas board shows.
    pub async fn open_board(&self, actor: &Actor, agent: &AgentId) -> Result<Cached<IdeasBoard>> {
        let key = self.key_for(actor, agent).await?;
        let cached = self.cached(key, Board { agent: agent.clone() }).await?;
        let board = IdeasBoard {
            runs: self.runs_of(agent).await?,
            rows: self.idea_rows(agent).await?,
            conversions: self.conversions_of(agent).await?,
            assignees: self.assignees_of(agent).await?,
            people: self.assignable_people().await?,
            ..IdeasBoard::default()
        };
        Ok(cached.map(|(ideas, conversations)| IdeasBoard { ideas, conversations, ..board }))
    }

    /// Sets an idea's status.
    pub async fn move_idea(
        &self,
        actor: &Actor,
        agent: &AgentId,
        idea: &IdeaId,
        status: IdeaStatus,
    ) -> Result<Idea> {
        actor.must(Action::Edit)?;
        if !IdeaStatus::ALL.contains(&status) {
            return Err(Error::Invalid {
                field: "Status",
                message: format!("GEN knows no status {status}."),
            });
        }
        let (key, client) = self.client_for(actor, agent).await?;
        let saved = self.saved_idea(agent, idea).await?;
        let (store, agent, person) = (self.clone(), agent.clone(), actor.person.id);
        self.finish(async move { store.put_status(&client, key, &agent, person, &saved, status).await }).await
    }

    /// Lets GEN choose the status that follows. Two of these skip one, so it is sent once for each click on the
    /// button that says so, and nothing else sends it.
    pub async fn cycle_idea(&self, actor: &Actor, agent: &AgentId, idea: &IdeaId) -> Result<Idea> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        let saved = self.saved_idea(agent, idea).await?;
        let (store, agent, person) = (self.clone(), agent.clone(), actor.person.id);
        self.finish(async move {
            let answer = store.noted(key, client.cycle_idea_status(&saved.id).await).await?;
            let moved = match answer.filter(|idea| idea.id == saved.id && !idea.title.is_empty()) {
                Some(moved) => moved,
                // GEN did not say which one it chose (D19).
                None => {
                    store.renew(key, &Board { agent: agent.clone() }).await?;
                    store.saved_idea(&agent, &saved.id).await?
                }
            };
            store.keep_moved(&agent, person, &saved, moved).await
        })
        .await
    }

    /// The one way in which a status is set at GEN and kept here.
    pub(crate) async fn put_status(
        &self,
        client: &GenClient,
        key: KeyId,
        agent: &AgentId,
        person: i64,
        saved: &Idea,
        status: IdeaStatus,
    ) -> Result<Idea> {
        let answer = self.noted(key, client.set_idea_status(agent, &saved.id, &status).await).await?;
        let moved = answer.filter(|idea| idea.id == saved.id && !idea.title.is_empty());
        let moved = moved.unwrap_or_else(|| Idea { status, ..saved.clone() });
        self.keep_moved(agent, person, saved, moved).await
    }

    async fn keep_moved(&self, agent: &AgentId, person: i64, before: &Idea, mut moved: Idea) -> Result<Idea> {
        let mut tx = self.write_tx().await?;
        sqlx::query("UPDATE idea SET status = ?, json = ? WHERE id = ?")
            .bind(moved.status.as_str())
            .bind(text(&moved)?)
            .bind(moved.id.as_str())
            .execute(&mut *tx)
            .await?;
        notes::moved(&mut tx, agent, person, before, &moved).await?;
        tx.wrote(Kind::Ideas, agent.as_str()).await?;
        tx.announce(Topic::Ideas { agent_id: agent.clone() }).await?;
        tx.commit().await?;
        assets::name_media(self, &mut moved);
        Ok(moved)
    }

    async fn saved_idea(&self, agent: &AgentId, idea: &IdeaId) -> Result<Idea> {
        let saved: Option<String> = sqlx::query_scalar("SELECT json FROM idea WHERE id = ? AND agent_id = ?")
            .bind(idea.as_str())
            .bind(agent.as_str())
            .fetch_optional(self.read())
            .await?;
        json(&saved.ok_or(Error::NotFound("idea"))?)
    }
}

/// An agent's ideas and conversations.
#[derive(Clone)]
pub(crate) struct Board {
    pub(crate) agent: AgentId,
}

impl Noun for Board {
    const KIND: Kind = Kind::Ideas;
    type Saved = (Vec<Idea>, Vec<Conversation>);
    type Answer = (Vec<Idea>, Vec<Conversation>);

    fn id(&self) -> String {
        self.agent.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Ideas { agent_id: self.agent.clone() }
    }

    async fn load(&self, store: &Store) -> Result<Option<Self::Saved>> {
        let saved: Vec<String> =
            sqlx::query_scalar("SELECT json FROM idea WHERE agent_id = ? AND hidden = 0 ORDER BY place")
                .bind(self.agent.as_str())
                .fetch_all(store.read())
                .await?;
        let mut ideas = saved.iter().map(|document| json(document)).collect::<Result<Vec<Idea>>>()?;
        ideas.iter_mut().for_each(|idea| assets::name_media(store, idea));
        let mut conversations: Vec<Conversation> =
            load_document(store, Self::KIND, self.agent.as_str()).await?.unwrap_or_default();
        conversations.sort_by_key(|conversation| !conversation.pinned);
        Ok(Some((ideas, conversations)))
    }

    async fn fetch(&self, client: &GenClient) -> Result<Self::Answer, gen_client::Error> {
        let ideas = client.list_ideas(&self.agent, None).await?;
        Ok((ideas, client.list_conversations(&self.agent).await?))
    }

    async fn remember(&self, tx: &mut WriteTx, (mut ideas, conversations): Self::Answer) -> Result<()> {
        // Newest first; those without a time keep GEN's order among themselves.
        ideas.sort_by(|a, b| b.created_at.cmp(&a.created_at));
        media::register(tx, Some(&self.agent), &mut assets::addresses(&ideas)).await?;
        let changed = remember_ideas(tx, &self.agent, &ideas).await?;
        if save_document(tx, Self::KIND, self.agent.as_str(), &conversations).await? || changed {
            tx.announce(self.topic()).await?;
        }
        Ok(())
    }
}

/// Keeps the list; ideas that are not in it any more are hidden. An empty list where there were some is taken
/// for a mistake: GEN has no way of deleting ideas.
async fn remember_ideas(conn: &mut SqliteConnection, agent: &AgentId, ideas: &[Idea]) -> Result<bool> {
    if ideas.is_empty() {
        return Ok(false);
    }
    let mut changed = 0;
    for (place, idea) in ideas.iter().enumerate() {
        let kept = sqlx::query(
            "INSERT INTO idea (id, agent_id, status, json, place) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET status = excluded.status, json = excluded.json,
                 place = excluded.place, hidden = 0
             WHERE agent_id = excluded.agent_id
               AND (json, place, hidden) <> (excluded.json, excluded.place, 0)",
        )
        .bind(idea.id.as_str())
        .bind(agent.as_str())
        .bind(idea.status.as_str())
        .bind(text(idea)?)
        .bind(i64::try_from(place).unwrap_or(i64::MAX))
        .execute(&mut *conn)
        .await?;
        changed += kept.rows_affected();
    }
    let kept: Vec<&str> = ideas.iter().map(|idea| idea.id.as_str()).collect();
    let gone = sqlx::query(
        "UPDATE idea SET hidden = 1
         WHERE agent_id = ? AND hidden = 0 AND id NOT IN (SELECT value FROM json_each(?))",
    )
    .bind(agent.as_str())
    .bind(text(&kept)?)
    .execute(conn)
    .await?;
    Ok(changed + gone.rows_affected() > 0)
}
