//! Rows from a file: looked at as a plan first, then written in steps, each of which says where to go on. The file comes
//! with every request and is kept by whoever imports it, so that nothing is lost when a step fails.

mod compare;
mod propose;
mod write;

use gen_client::{AgentId, VidsheetId};
use model::{Action, ImportMapping, ImportPlan, ImportStep, NewFile, SavedVidsheet};

use crate::vidsheets::Place;
use crate::{Actor, Error, Result, Store, tables};
use compare::Comparison;

impl Store {
    /// What an import would do, beginning with this line of the file (from zero, without the head); nothing is sent.
    /// Without a mapping one is proposed.
    pub async fn plan_import(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        file: NewFile,
        mapping: Option<ImportMapping>,
        from: u32,
    ) -> Result<ImportPlan> {
        actor.must(Action::Edit)?;
        let SavedVidsheet { vidsheet: sheet, .. } = self.open_vidsheet(actor, agent, vidsheet).await?.value;
        let table = tables::read(&file)?;
        let mapping = mapping.unwrap_or_else(|| propose::mapping(&sheet, &table));
        Ok(Comparison::of(&sheet, &table, &mapping, from as usize).into_plan(&sheet, &table, mapping))
    }

    /// Writes the next lines of a plan that a person has seen, some at a time; `seal` is the plan's. Beside how far it
    /// came, why it ended early: what was written stays, and `next` says where to go on. [`Error::Conflict`] when
    /// the import would do something else by now than what was seen; nothing is sent then.
    #[expect(clippy::too_many_arguments, reason = "who, where, what, how, and from which line")]
    pub async fn import_rows(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        file: NewFile,
        mapping: ImportMapping,
        from: u32,
        seal: String,
    ) -> Result<(ImportStep, Option<Error>)> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        self.must_have(agent, vidsheet, None).await?;
        let table = tables::read(&file)?;
        let place = Place { agent: agent.clone(), vidsheet: vidsheet.clone(), key };
        let store = self.clone();
        self.finish(async move {
            // Two imports into one vidsheet take turns, so that the second sees the first one's rows.
            let lock = store.lock_of(&format!("import/{}", place.vidsheet));
            let _turn = lock.lock().await;
            let sheet = store.copy_of(&place).await?;
            let comparison = Comparison::of(&sheet, &table, &mapping, from as usize);
            if let Some(message) = comparison.problem {
                return Err(Error::Invalid { field: "Import", message });
            }
            if comparison.seal != seal {
                let theirs = "The vidsheet changed since the preview was made.".to_owned();
                return Err(Error::Conflict { theirs });
            }
            let (written, trouble) = store.write_lines(&client, &place, sheet, comparison.lines).await;
            let next = from as usize + written.lines;
            let sheet = store.copy_of(&place).await?;
            let rest = Comparison::of(&sheet, &table, &mapping, next);
            let step = ImportStep {
                next: u32::try_from(next).unwrap_or(u32::MAX),
                done: next >= table.rows.len(),
                added: written.added,
                changed: written.changed,
                seal: rest.seal,
            };
            Ok((step, trouble))
        })
        .await
    }
}
