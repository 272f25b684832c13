use gen_client::model::Vidsheet;
use gen_client::{AgentId, GenClient, VidsheetId};
use model::{Action, Topic, VidsheetPlan, VidsheetSummary};
use sqlx::{FromRow, SqliteConnection};

use super::{Place, plan, remember};
use crate::freshness::Noun;
use crate::keys::KeyId;
use crate::saved::{id, json};
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

/// The longest title we take, in characters; GEN names no limit.
const TITLE_MAX: usize = 200;
/// The longest label, in characters, and how many a vidsheet has at most.
const LABEL_MAX: usize = 40;
const LABELS_MAX: usize = 20;

/// What a new vidsheet is to be, beyond what the call that makes it says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Our name for it, where GEN takes none.
    pub(crate) title: Option<String>,
    /// What it is still to get.
    pub(crate) plan: Option<VidsheetPlan>,
}

impl Store {
    /// Our registry of an agent's vidsheets, the last changed first, archived ones included. GEN tells costs by row,
    /// by cell and by generation, each at another time: the largest sum is the one that misses least.
    pub async fn list_vidsheets(&self, actor: &Actor, agent: &AgentId) -> Result<Vec<VidsheetSummary>> {
        self.must_reach(actor, agent).await?;
        let rows: Vec<SummaryRow> = sqlx::query_as(
            "SELECT v.id, coalesce(v.alias, v.title) AS title, v.updated_at, v.archived_at IS NOT NULL AS archived,
                 (SELECT json_group_array(l.label) FROM
                      (SELECT label FROM vidsheet_label WHERE vidsheet_id = v.id ORDER BY label) l) AS labels,
                 p.columns AS planned, coalesce(p.rows, 0) AS planned_rows,
                 (SELECT json_group_array(s.title) FROM sheet_column s
                  WHERE s.vidsheet_id = v.id AND s.hidden = 0) AS titles,
                 (SELECT count(*) FROM sheet_row r WHERE r.vidsheet_id = v.id AND r.hidden = 0
                    AND r.archived_at IS NULL) AS rows,
                 coalesce(i.filled, 0) AS filled, coalesce(i.cells, 0) AS cells,
                 (SELECT count(DISTINCT w.row_id) FROM work w
                  WHERE w.vidsheet_id = v.id AND w.kind = 'render' AND w.state = 'completed') AS renders,
                 max((SELECT total(r.cost) FROM sheet_row r WHERE r.vidsheet_id = v.id),
                     (SELECT total(c.cost) FROM cell c WHERE c.vidsheet_id = v.id),
                     (SELECT total(w.cost) FROM work w WHERE w.vidsheet_id = v.id)) AS spent
             FROM vidsheet v
             LEFT JOIN vidsheet_plan p ON p.vidsheet_id = v.id
             LEFT JOIN (SELECT c.vidsheet_id, count(*) AS cells,
                               sum(coalesce(c.value, '') <> '' OR c.default_generation IS NOT NULL) AS filled
                        FROM cell c
                        JOIN sheet_column s ON s.id = c.column_id AND s.role = 'ingredient' AND s.hidden = 0
                                            AND s.archived_at IS NULL
                        JOIN sheet_row r ON r.id = c.row_id AND r.hidden = 0 AND r.archived_at IS NULL
                        GROUP BY c.vidsheet_id) i ON i.vidsheet_id = v.id
             WHERE v.agent_id = ? ORDER BY v.updated_at DESC, v.id",
        )
        .bind(agent.as_str())
        .fetch_all(self.read())
        .await?;
        rows.into_iter().map(|row| row.into_summary(agent)).collect()
    }

    /// Makes an empty vidsheet that is to get these columns and rows; [`Store::complete_vidsheet`] makes them.
    pub async fn create_vidsheet(
        &self,
        actor: &Actor,
        agent: &AgentId,
        title: &str,
        plan: VidsheetPlan,
    ) -> Result<VidsheetId> {
        actor.must(Action::Edit)?;
        let title = checked_title(title)?;
        let wanted = Wanted { title: None, plan: plan::checked(plan)? };
        let (key, client) = self.client_for(actor, agent).await?;
        let owner = agent.clone();
        let make = async move { client.create_vidsheet(&owner, &title, false).await };
        self.keep_new(key, agent, wanted, make).await
    }

    /// Takes a vidsheet made elsewhere into the registry. GEN cannot list them, so a person brings the id.
    pub async fn adopt_vidsheet(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<VidsheetId> {
        actor.must(Action::Edit)?;
        let key = self.key_for(actor, agent).await?;
        self.renew(key, &Place { agent: agent.clone(), vidsheet: vidsheet.clone(), key }).await?;
        Ok(vidsheet.clone())
    }

    /// Copies a vidsheet under the same agent, or under another that one key reaches together with this one.
    pub async fn clone_vidsheet(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        to: Option<&AgentId>,
        title: Option<&str>,
    ) -> Result<VidsheetId> {
        actor.must(Action::Edit)?;
        let title = title.map(checked_title).transpose()?;
        self.must_reach(actor, agent).await?;
        let target = to.unwrap_or(agent);
        self.must_reach(actor, target).await?;
        let key = self.key_for_both(actor, agent, target).await?;
        let client = self.client_of_key(key).await?;
        let (owner, original) = (agent.clone(), vidsheet.clone());
        let named = match to {
            Some(to) => Some(self.as_gen_sent(to).await?),
            None => None,
        };
        let make = async move { client.clone_vidsheet(&owner, &original, named.as_ref()).await };
        self.keep_new(key, target, Wanted { title, plan: None }, make).await
    }

    /// Says what people here call a vidsheet, and its labels. GEN is not told: it can do neither.
    pub async fn describe_vidsheet(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        title: &str,
        labels: Vec<String>,
    ) -> Result<()> {
        actor.must(Action::Edit)?;
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let title = checked_title(title)?;
        let labels = checked_labels(labels)?;
        let mut tx = self.write_tx().await?;
        name(&mut tx, vidsheet, &title).await?;
        sqlx::query("DELETE FROM vidsheet_label WHERE vidsheet_id = ?")
            .bind(vidsheet.as_str())
            .execute(&mut *tx)
            .await?;
        for label in labels {
            sqlx::query("INSERT INTO vidsheet_label (vidsheet_id, label) VALUES (?, ?)")
                .bind(vidsheet.as_str())
                .bind(label)
                .execute(&mut *tx)
                .await?;
        }
        let (agent_id, vidsheet_id) = (agent.clone(), vidsheet.clone());
        tx.announce(Topic::Vidsheets { agent_id: agent_id.clone() }).await?;
        tx.announce(Topic::Vidsheet { agent_id, vidsheet_id }).await?;
        tx.commit().await
    }

    /// Puts a vidsheet out of sight here, or back. At GEN it stays: GEN has no way of deleting one.
    pub async fn archive_vidsheet(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        archived: bool,
    ) -> Result<()> {
        actor.must(Action::Edit)?;
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let mut tx = self.write_tx().await?;
        let at = archived.then_some(tx.now());
        sqlx::query("UPDATE vidsheet SET archived_at = ? WHERE id = ?")
            .bind(at)
            .bind(vidsheet.as_str())
            .execute(&mut *tx)
            .await?;
        tx.announce(Topic::Vidsheets { agent_id: agent.clone() }).await?;
        tx.commit().await
    }

    /// Keeps the vidsheet that a call makes, even if who asked is gone meanwhile: GEN would never name it again.
    pub(crate) async fn keep_new(
        &self,
        key: KeyId,
        agent: &AgentId,
        wanted: Wanted,
        make: impl Future<Output = Result<Vidsheet, gen_client::Error>> + Send + 'static,
    ) -> Result<VidsheetId> {
        let (store, agent) = (self.clone(), agent.clone());
        self.finish(async move {
            let made = store.noted(key, make.await).await?;
            let place = Place { agent, vidsheet: made.id.clone(), key };
            let mut tx = store.write_tx().await?;
            remember::vidsheet(&mut tx, &place, made).await?;
            if let Some(title) = wanted.title {
                name(&mut tx, &place.vidsheet, &title).await?;
            }
            if let Some(plan) = wanted.plan {
                plan::save(&mut tx, &place.vidsheet, &plan).await?;
            }
            tx.commit().await?;
            Ok(place.vidsheet)
        })
        .await
    }

    /// The vidsheet as it is at GEN now, which is also kept.
    pub(crate) async fn fetch_sheet(&self, client: &GenClient, place: &Place) -> Result<Vidsheet> {
        let fetched = client.open_vidsheet(&place.agent, &place.vidsheet).await;
        let mut fetched = self.noted(place.key, fetched).await?;
        let mut tx = self.write_tx().await?;
        place.remember(&mut tx, fetched.clone()).await?;
        tx.commit().await?;
        fetched.fill_column_ids();
        Ok(fetched)
    }

    /// The saved copy alone; GEN is not asked.
    pub(crate) async fn copy_of(&self, place: &Place) -> Result<Vidsheet> {
        place.load(self).await?.ok_or(Error::NotFound("vidsheet"))
    }

    /// One key that reaches both agents, for a call that names both.
    async fn key_for_both(&self, actor: &Actor, one: &AgentId, other: &AgentId) -> Result<KeyId> {
        let key: Option<KeyId> = sqlx::query_scalar(
            "SELECT a.key_id FROM reach a JOIN reach b ON b.key_id = a.key_id AND b.person_id = a.person_id
             WHERE a.person_id = ?1 AND a.agent_id = ?2 AND b.agent_id = ?3
             ORDER BY a.shared, a.refused, a.key_id LIMIT 1",
        )
        .bind(actor.person.id)
        .bind(one.as_str())
        .bind(other.as_str())
        .fetch_optional(self.read())
        .await?;
        key.ok_or_else(|| {
            let message = "No key of yours reaches both agents, so GEN would refuse the copy.".to_owned();
            Error::Invalid { field: "Agent", message }
        })
    }
}

/// What people here call it, if that is something else than GEN says.
pub(super) async fn alias(conn: &mut SqliteConnection, vidsheet: &VidsheetId) -> Result<Option<String>> {
    let alias: Option<Option<String>> = sqlx::query_scalar("SELECT alias FROM vidsheet WHERE id = ?")
        .bind(vidsheet.as_str())
        .fetch_optional(conn)
        .await?;
    Ok(alias.flatten())
}

/// A name that is GEN's own follows GEN's.
async fn name(tx: &mut WriteTx, vidsheet: &VidsheetId, title: &str) -> Result<()> {
    sqlx::query("UPDATE vidsheet SET alias = nullif(?, title) WHERE id = ?")
        .bind(title)
        .bind(vidsheet.as_str())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Without the spaces around it.
pub(crate) fn checked_title(title: &str) -> Result<String> {
    let title = title.trim();
    if title.is_empty() || title.chars().count() > TITLE_MAX {
        let message = format!("Give it 1 to {TITLE_MAX} characters.");
        return Err(Error::Invalid { field: "Title", message });
    }
    Ok(title.to_owned())
}

/// Each once, whatever its case.
fn checked_labels(labels: Vec<String>) -> Result<Vec<String>> {
    let invalid = |message: String| Error::Invalid { field: "Labels", message };
    let mut kept: Vec<String> = Vec::new();
    for label in labels {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        if label.chars().count() > LABEL_MAX {
            return Err(invalid(format!("A label has at most {LABEL_MAX} characters.")));
        }
        let known = kept.iter().any(|kept| kept.to_lowercase() == label.to_lowercase());
        if !label.is_empty() && !known {
            kept.push(label);
        }
    }
    if kept.len() > LABELS_MAX {
        return Err(invalid(format!("A vidsheet has at most {LABELS_MAX} labels.")));
    }
    Ok(kept)
}

#[derive(FromRow)]
struct SummaryRow {
    id: String,
    title: String,
    updated_at: i64,
    archived: bool,
    labels: String,
    planned: Option<String>,
    planned_rows: u32,
    titles: String,
    rows: u32,
    filled: u32,
    cells: u32,
    renders: u32,
    spent: f64,
}

impl SummaryRow {
    fn into_summary(self, agent: &AgentId) -> Result<VidsheetSummary> {
        let missing = match &self.planned {
            Some(columns) => VidsheetPlan { columns: json(columns)?, rows: self.planned_rows }
                .left(&json::<Vec<String>>(&self.titles)?, self.rows),
            None => None,
        };
        Ok(VidsheetSummary {
            id: id(&self.id)?,
            agent_id: agent.clone(),
            title: self.title,
            rows: self.rows,
            filled: (self.filled, self.cells),
            renders: self.renders,
            spent: self.spent,
            updated_at: self.updated_at,
            labels: json(&self.labels)?,
            archived: self.archived,
            missing,
        })
    }
}
