//! The steps of a conversion. Each looks at what is noted, does what is left, and notes it; run again from any
//! place they come to the same end.

use std::collections::{HashMap, HashSet, VecDeque};

use gen_client::model::{Cell, Column, Idea, IdeaStatus, Row, Vidsheet};
use gen_client::{AgentId, CellId, GenClient, RowId, VidsheetId};
use model::{ColumnMapping, Topic};
use sqlx::FromRow;

use crate::keys::KeyId;
use crate::point::point;
use crate::saved::{id, json, text};
use crate::vidsheets::{self, Place, Wanted};
use crate::{Error, Result, Store};

/// So many rows are filled by one call.
const ROWS_AT_ONCE: usize = 25;

impl Store {
    /// Does what is left to do. The caller holds the agent's turn.
    pub(super) async fn carry_out(
        &self,
        agent: &AgentId,
        key: KeyId,
        person: i64,
        conversion: &str,
    ) -> Result<()> {
        let plan = self.saved_plan(conversion).await?;
        let client = self.client_of_key(key).await?;
        let vidsheet = match plan.vidsheet.clone() {
            Some(vidsheet) => vidsheet,
            None => self.clone_for(agent, key, &client, &plan).await?,
        };
        let place = Place { agent: agent.clone(), vidsheet, key };
        let mut sheet = self.fetch_sheet(&client, &place).await?;
        let before = self.rows_before(&plan, &sheet).await?;
        self.give_rows(&client, &place, &plan, &before, &mut sheet).await?;
        self.fill_rows(&client, &place, &plan, sheet).await?;
        self.move_converted(&client, &place, person, &plan).await?;
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        sqlx::query("UPDATE conversion SET ended_at = ? WHERE id = ?")
            .bind(now)
            .bind(conversion)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    async fn clone_for(
        &self,
        agent: &AgentId,
        key: KeyId,
        client: &GenClient,
        plan: &Plan,
    ) -> Result<VidsheetId> {
        let slug = plan.template.clone().ok_or(Error::NotFound("template"))?;
        let (owner, client) = (self.as_gen_sent(agent).await?, client.clone());
        let vidsheet =
            self.keep_new(key, agent, Wanted::default(), async move {
                client.clone_template(&slug, &owner).await
            })
            .await?;
        let mut tx = self.write_tx().await?;
        sqlx::query("UPDATE conversion SET vidsheet_id = ? WHERE id = ?")
            .bind(vidsheet.as_str())
            .bind(&plan.id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(vidsheet)
    }

    /// The rows that were there before this conversion made any: noted the first time it looks. All rows of a new
    /// clone are its own.
    async fn rows_before(&self, plan: &Plan, sheet: &Vidsheet) -> Result<HashSet<RowId>> {
        if let Some(before) = &plan.rows_before {
            return Ok(before.iter().cloned().collect());
        }
        let before: Vec<RowId> = match plan.template {
            Some(_) => Vec::new(),
            None => sheet.rows.iter().map(|row| row.id.clone()).collect(),
        };
        let mut tx = self.write_tx().await?;
        sqlx::query("UPDATE conversion SET rows_before = ? WHERE id = ?")
            .bind(text(&before)?)
            .bind(&plan.id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        point("convert/looked");
        Ok(before.into_iter().collect())
    }

    /// Gives every idea without a row one: an empty one that this conversion made without hearing of it, else a new
    /// one. `sheet` grows by what is made.
    async fn give_rows(
        &self,
        client: &GenClient,
        place: &Place,
        plan: &Plan,
        before: &HashSet<RowId>,
        sheet: &mut Vidsheet,
    ) -> Result<()> {
        let taken: Vec<String> =
            sqlx::query_scalar("SELECT row_id FROM conversion_idea WHERE row_id IS NOT NULL")
                .fetch_all(self.read())
                .await?;
        let is_free = |row: &&Row| {
            !before.contains(&row.id)
                && !taken.iter().any(|id| id == row.id.as_str())
                && is_empty(row, &sheet.columns)
        };
        let mut free: VecDeque<RowId> = sheet.rows.iter().filter(is_free).map(|row| row.id.clone()).collect();
        let columns: Vec<_> = sheet.columns.iter().map(|column| column.id.clone()).collect();
        for idea in plan.ideas.iter().filter(|idea| idea.row.is_none()) {
            let (row, made) = match free.pop_front() {
                Some(row) => (row, None),
                None => {
                    let mut made = self.make_row(client, place).await?;
                    point("convert/row_made");
                    made.fill_column_ids(&columns);
                    (made.id.clone(), Some(made))
                }
            };
            let mut tx = self.write_tx().await?;
            sqlx::query("UPDATE conversion_idea SET row_id = ? WHERE conversion_id = ? AND idea_id = ?")
                .bind(row.as_str())
                .bind(&plan.id)
                .bind(idea.idea.id.as_str())
                .execute(&mut *tx)
                .await?;
            if let Some(made) = made {
                vidsheets::remember_row(&mut tx, place, made.clone()).await?;
                sheet.rows.push(made);
            }
            point("convert/row_written");
            tx.commit().await?;
            point("convert/row_kept");
        }
        Ok(())
    }

    async fn make_row(&self, client: &GenClient, place: &Place) -> Result<Row> {
        let made = client.create_row(&place.agent, &place.vidsheet, None).await;
        let made = self.noted(place.key, made).await?;
        if !made.cells.is_empty() {
            return Ok(made);
        }
        // Some answers name the row only.
        self.noted(place.key, client.open_row(&place.agent, &place.vidsheet, &made.id).await).await
    }

    /// Writes the ideas into their rows by few calls, and looks whether GEN has taken it all. A cell that holds
    /// something already is left alone: somebody wrote there.
    async fn fill_rows(&self, client: &GenClient, place: &Place, plan: &Plan, sheet: Vidsheet) -> Result<()> {
        let rows: HashMap<RowId, Row> = sheet.rows.into_iter().map(|row| (row.id.clone(), row)).collect();
        let given = self.saved_plan(&plan.id).await?.ideas;
        let unfilled: Vec<Given> = given.into_iter().filter(|idea| !idea.filled).collect();
        if unfilled.is_empty() {
            return Ok(());
        }
        let mut sent = Vec::new();
        for some in unfilled.chunks(ROWS_AT_ONCE) {
            let mut values = Vec::new();
            for given in some {
                let row = given.row.as_ref().and_then(|row| rows.get(row)).ok_or(Error::NotFound("row"))?;
                values.extend(values_of(&given.idea, row, &sheet.columns, &plan.mapping));
            }
            if !values.is_empty() {
                let answer = client.mass_update_cells(&place.agent, &place.vidsheet, &values).await;
                self.noted(place.key, answer).await?;
                point("convert/filled");
                sent.extend(values);
            }
        }
        if !sent.is_empty() {
            self.see_filled(client, place, &sent).await?;
        }
        let mut tx = self.write_tx().await?;
        for given in unfilled {
            sqlx::query("UPDATE conversion_idea SET filled = 1 WHERE conversion_id = ? AND idea_id = ?")
                .bind(&plan.id)
                .bind(given.idea.id.as_str())
                .execute(&mut *tx)
                .await?;
        }
        tx.announce(Topic::Ideas { agent_id: place.agent.clone() }).await?;
        tx.commit().await?;
        point("convert/fill_kept");
        Ok(())
    }

    /// Reads the cells back; what a mass update left out is sent again cell by cell (D24).
    async fn see_filled(&self, client: &GenClient, place: &Place, sent: &[(CellId, String)]) -> Result<()> {
        let sheet = self.fetch_sheet(client, place).await?;
        let cells: HashMap<&CellId, &Cell> =
            sheet.rows.iter().flat_map(|row| &row.cells).map(|cell| (&cell.id, cell)).collect();
        for (cell, value) in sent {
            if cells.get(cell).is_some_and(|cell| cell.value.as_deref().is_none_or(str::is_empty)) {
                let answer = client.update_cell(&place.agent, &place.vidsheet, cell, value).await;
                let mut answer = self.noted(place.key, answer).await?;
                answer.value = answer.value.or_else(|| Some(value.clone()));
                let mut tx = self.write_tx().await?;
                vidsheets::remember_cell(&mut tx, place, answer).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }

    /// Moves the ideas on the board, those that are not that far already.
    async fn move_converted(
        &self,
        client: &GenClient,
        place: &Place,
        person: i64,
        plan: &Plan,
    ) -> Result<()> {
        for given in plan.ideas.iter().filter(|given| !given.moved) {
            if let Some(status) = plan.status.as_ref().filter(|status| is_ahead(status, &given.idea.status)) {
                self.put_status(client, place.key, &place.agent, person, &given.idea, status.clone()).await?;
                point("convert/moved");
            }
            let mut tx = self.write_tx().await?;
            sqlx::query("UPDATE conversion_idea SET moved = 1 WHERE conversion_id = ? AND idea_id = ?")
                .bind(&plan.id)
                .bind(given.idea.id.as_str())
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn saved_plan(&self, conversion: &str) -> Result<Plan> {
        let head: PlanRow = sqlx::query_as(
            "SELECT id, template, vidsheet_id, mapping, status, rows_before FROM conversion WHERE id = ?",
        )
        .bind(conversion)
        .fetch_one(self.read())
        .await?;
        let ideas: Vec<(String, Option<String>, bool, bool)> = sqlx::query_as(
            "SELECT i.json, c.row_id, c.filled, c.moved FROM conversion_idea c JOIN idea i ON i.id = c.idea_id
             WHERE c.conversion_id = ? ORDER BY c.place",
        )
        .bind(conversion)
        .fetch_all(self.read())
        .await?;
        let given = |(idea, row, filled, moved): (String, Option<String>, bool, bool)| {
            Ok(Given { idea: json(&idea)?, row: row.as_deref().map(id).transpose()?, filled, moved })
        };
        Ok(Plan {
            id: head.id,
            template: head.template,
            vidsheet: head.vidsheet_id.as_deref().map(id).transpose()?,
            mapping: json(&head.mapping)?,
            status: head.status.as_deref().map(IdeaStatus::from),
            rows_before: head.rows_before.as_deref().map(json).transpose()?,
            ideas: ideas.into_iter().map(given).collect::<Result<_>>()?,
        })
    }
}

/// A conversion as it is written down.
struct Plan {
    id: String,
    template: Option<String>,
    vidsheet: Option<VidsheetId>,
    mapping: ColumnMapping,
    status: Option<IdeaStatus>,
    rows_before: Option<Vec<RowId>>,
    ideas: Vec<Given>,
}

/// How far one idea has come.
struct Given {
    idea: Idea,
    row: Option<RowId>,
    filled: bool,
    moved: bool,
}

#[derive(FromRow)]
struct PlanRow {
    id: String,
    template: Option<String>,
    vidsheet_id: Option<String>,
    mapping: String,
    status: Option<String>,
    rows_before: Option<String>,
}

/// What the cells of a row get of an idea; people's own columns only, and empty cells only.
fn values_of(idea: &Idea, row: &Row, columns: &[Column], mapping: &ColumnMapping) -> Vec<(CellId, String)> {
    let fillable = columns.iter().filter(|column| !column.role.is_system());
    fillable
        .filter_map(|column| {
            let value = mapping.get(&column.title)?.of(idea);
            let cell = row.cell(&column.id)?;
            let is_free = cell.value.as_deref().is_none_or(str::is_empty);
            (is_free && !value.is_empty()).then(|| (cell.id.clone(), value))
        })
        .collect()
}

/// Whether nobody has put anything into a row; what the platform keeps in its own columns does not count.
fn is_empty(row: &Row, columns: &[Column]) -> bool {
    let is_own = |cell: &Cell| {
        let column = columns.iter().find(|column| cell.column_id.as_ref() == Some(&column.id));
        column.is_none_or(|column| !column.role.is_system())
    };
    let has_value = |cell: &Cell| cell.value.as_deref().is_some_and(|value| !value.is_empty());
    row.cells.iter().all(|cell| cell.generations.is_empty() && !(is_own(cell) && has_value(cell)))
}

/// Whether a status lies further along the flow; what stands aside is before all of it.
fn is_ahead(status: &IdeaStatus, of: &IdeaStatus) -> bool {
    let place = |status: &IdeaStatus| match status {
        IdeaStatus::Generated => 1,
        IdeaStatus::ApproveToCreate => 2,
        IdeaStatus::ReadyForReview => 3,
        IdeaStatus::ApprovedToPost => 4,
        IdeaStatus::Posted => 5,
        _ => 0,
    };
    place(status) > place(of)
}
