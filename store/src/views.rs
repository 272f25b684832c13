//! Ways of looking at a vidsheet that people saved, each the team's or one person's.

use gen_client::{AgentId, VidsheetId};
use model::{Action, SavedView, SheetView, Topic};

use crate::saved::{json, text};
use crate::{Actor, Error, Result, Store};

/// The longest name, in characters.
const NAME_MAX: usize = 60;
/// The most views of a vidsheet that one person sees, and the longest document of one, in bytes.
const VIEWS_MAX: i64 = 100;
const SPEC_MAX: usize = 64 * 1024;

impl Store {
    /// The team's views and the actor's own, by name.
    pub async fn list_views(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<Vec<SavedView>> {
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let rows: Vec<(i64, Option<i64>, String, String)> = sqlx::query_as(
            "SELECT id, person_id, name, spec FROM sheet_view
             WHERE vidsheet_id = ?1 AND (person_id IS NULL OR person_id = ?2)
             ORDER BY person_id IS NOT NULL, name, id",
        )
        .bind(vidsheet.as_str())
        .bind(actor.person.id)
        .fetch_all(self.read())
        .await?;
        let view = |(id, owner, name, spec): (_, _, _, String)| {
            Ok(SavedView { id, owner, name, view: json(&spec)? })
        };
        rows.into_iter().map(view).collect()
    }

    /// Saves a view under a name, in the place of one with the same name and owner. A view for the whole team needs a
    /// role that may edit; one's own does not.
    pub async fn save_view(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        name: &str,
        for_team: bool,
        view: SheetView,
    ) -> Result<SavedView> {
        if for_team {
            actor.must(Action::Edit)?;
        }
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > NAME_MAX {
            let message = format!("Give it 1 to {NAME_MAX} characters.");
            return Err(Error::Invalid { field: "Name of the view", message });
        }
        let spec = text(&view)?;
        let owner = (!for_team).then_some(actor.person.id);
        let mut tx = self.write_tx().await?;
        let others: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM sheet_view
             WHERE vidsheet_id = ?1 AND coalesce(person_id, 0) = coalesce(?2, 0) AND name <> ?3",
        )
        .bind(vidsheet.as_str())
        .bind(owner)
        .bind(&name)
        .fetch_one(&mut *tx)
        .await?;
        if others >= VIEWS_MAX || spec.len() > SPEC_MAX {
            let message = format!("At most {VIEWS_MAX} views of {SPEC_MAX} bytes each are kept.");
            return Err(Error::Invalid { field: "View", message });
        }
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO sheet_view (vidsheet_id, person_id, name, spec) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (vidsheet_id, coalesce(person_id, 0), name) DO UPDATE SET spec = excluded.spec
             RETURNING id",
        )
        .bind(vidsheet.as_str())
        .bind(owner)
        .bind(&name)
        .bind(spec)
        .fetch_one(&mut *tx)
        .await?;
        let (agent_id, vidsheet_id) = (agent.clone(), vidsheet.clone());
        tx.announce(Topic::Vidsheet { agent_id, vidsheet_id }).await?;
        tx.commit().await?;
        Ok(SavedView { id, owner, name, view })
    }

    /// Forgets a view: one's own, or the team's with a role that may edit.
    pub async fn delete_view(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        view: i64,
    ) -> Result<()> {
        self.must_reach(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let owner: Option<Option<i64>> =
            sqlx::query_scalar("SELECT person_id FROM sheet_view WHERE id = ?1 AND vidsheet_id = ?2")
                .bind(view)
                .bind(vidsheet.as_str())
                .fetch_optional(self.read())
                .await?;
        match owner {
            Some(Some(owner)) if owner == actor.person.id => {}
            Some(None) => actor.must(Action::Edit)?,
            _ => return Err(Error::NotFound("view")),
        }
        let mut tx = self.write_tx().await?;
        sqlx::query("DELETE FROM sheet_view WHERE id = ?").bind(view).execute(&mut *tx).await?;
        let (agent_id, vidsheet_id) = (agent.clone(), vidsheet.clone());
        tx.announce(Topic::Vidsheet { agent_id, vidsheet_id }).await?;
        tx.commit().await
    }
}
