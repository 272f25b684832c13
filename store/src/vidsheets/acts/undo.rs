//! Taking one's own last act back, and doing it again. What somebody changed since is left alone and told.

use gen_client::{AgentId, CellId, VidsheetId};
use model::{CellEdit, EditOutcome, EditedCell, Undone};

use super::columns::{Words, write_archived_columns};
use super::log::{Logged, mark};
use super::rows::write_archived_rows;
use super::step::{Step, Was};
use super::target::targets;
use super::{Doer, IfAway};
use crate::{Actor, Error, Result, Store};

/// Which way through the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Back,
    Again,
}

/// What became of the steps of an act.
#[derive(Default)]
struct Outcome {
    cells: Vec<EditedCell<Error>>,
    left: Vec<String>,
}

impl Store {
    /// Takes the person's last act on this vidsheet back; `None` where there is none. Cells that somebody changed since
    /// stay and are told as conflicts; naming them in `over` right after takes them back all the same.
    pub async fn undo(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        over: Vec<CellId>,
    ) -> Result<Option<Undone<Error>>> {
        self.go(actor, agent, vidsheet, Way::Back, over).await
    }

    /// Does again what the person took back last, as long as they did nothing since; else as [`Store::undo`].
    pub async fn redo(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        over: Vec<CellId>,
    ) -> Result<Option<Undone<Error>>> {
        self.go(actor, agent, vidsheet, Way::Again, over).await
    }

    async fn go(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        way: Way,
        over: Vec<CellId>,
    ) -> Result<Option<Undone<Error>>> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        let store = self.clone();
        self.finish(async move {
            // A key that is held down is many steps, one after the other.
            let lock = store.lock_of(&format!("undo/{}/{}", doer.place.vidsheet, doer.person));
            let _turn = lock.lock().await;
            let vidsheet = &doer.place.vidsheet;
            // Who insists means the act whose conflicts they were just told.
            let found = if (way == Way::Back) == over.is_empty() {
                store.last_done(vidsheet, doer.person).await?
            } else {
                store.last_undone(vidsheet, doer.person).await?
            };
            let Some(Logged { mut act, steps }) = found else { return Ok(None) };
            let steps: Vec<Step> = match way {
                Way::Back => steps.into_iter().rev().map(Step::inverse).collect(),
                Way::Again => steps,
            };
            let mut outcome = Outcome::default();
            for step in steps {
                store.take_step(&doer, step, &over, &mut outcome).await?;
            }
            let mut tx = store.write_tx().await?;
            act.undone_at = mark(&mut tx, act.id, way == Way::Back).await?;
            tx.commit().await?;
            Ok(Some(Undone { act, cells: outcome.cells, left: outcome.left }))
        })
        .await
    }

    /// Does one step, unless what it starts from is not there any more. Done twice it is done once. Whoever insists is
    /// about cells alone.
    async fn take_step(&self, doer: &Doer, step: Step, over: &[CellId], outcome: &mut Outcome) -> Result<()> {
        match step {
            Step::Values { cells } => self.step_values(doer, cells, over, outcome).await,
            Step::Take { take, value } => self.step_take(doer, take, value, over, outcome).await,
            _ if !over.is_empty() => Ok(()),
            Step::Rows { rows, archived } => {
                let mut tx = self.write_tx().await?;
                write_archived_rows(&mut tx, doer, &rows, archived).await?;
                tx.commit().await
            }
            Step::Columns { columns, archived } => {
                let mut tx = self.write_tx().await?;
                write_archived_columns(&mut tx, doer, &columns, archived).await?;
                tx.commit().await
            }
            Step::RowOrder { moved, after, .. } => self.reorder_rows(doer, &moved, &after).await,
            Step::ColumnOrder { moved, after, .. } => self.reorder_columns(doer, &moved, &after).await,
            Step::Title(was) => self.step_words(doer, Words::Title, was, outcome).await,
            Step::Description(was) => self.step_words(doer, Words::Description, was, outcome).await,
            Step::Marks { rows } => {
                let known = self.marks_of(doer).await?;
                let mut wanted = Vec::new();
                for was in rows {
                    match known.get(was.id.as_str()).map(model::RowMark::of) {
                        Some(mark) if mark == was.before || mark == was.after => {
                            wanted.push((was.id, was.after))
                        }
                        Some(_) => outcome.left.push("A row that was marked otherwise since.".to_owned()),
                        None => {}
                    }
                }
                self.put_marks(doer, wanted).await.map(drop)
            }
        }
    }

    async fn step_values(
        &self,
        doer: &Doer,
        cells: Vec<Was<CellId, String>>,
        over: &[CellId],
        outcome: &mut Outcome,
    ) -> Result<()> {
        let cells: Vec<_> =
            cells.into_iter().filter(|was| over.is_empty() || over.contains(&was.id)).collect();
        let _turns = self.turns_of(&doer.place.vidsheet, cells.iter().map(|was| &was.id)).await;
        let mut conn = self.read().acquire().await?;
        let found = targets(&mut conn, &doer.place.vidsheet, cells.iter().map(|was| &was.id)).await?;
        drop(conn);
        let edit = |was: Was<CellId, String>| {
            let shown = found.get(was.id.as_str()).map(|target| target.shown.clone());
            let seen = if over.is_empty() { Some(was.before) } else { shown };
            CellEdit { cell: was.id, value: was.after, seen }
        };
        let edits = cells.into_iter().map(edit).collect();
        let mut set = self.set_values(doer, edits, IfAway::Keep).await?;
        let mut tx = self.write_tx().await?;
        set.keep(&mut tx, doer).await?;
        tx.commit().await?;
        self.send_soon(&set);
        outcome.cells.extend(set.cells);
        Ok(())
    }

    async fn step_take(
        &self,
        doer: &Doer,
        take: Was<CellId, Option<gen_client::GenerationId>>,
        value: Was<CellId, String>,
        over: &[CellId],
        outcome: &mut Outcome,
    ) -> Result<()> {
        let cell = take.id;
        if !over.is_empty() && !over.contains(&cell) {
            return Ok(());
        }
        let Some(generation) = take.after else {
            outcome
                .left
                .push("The take: before it the cell had none, and GEN cannot take a choice back.".to_owned());
            return Ok(());
        };
        let _turns = self.turns_of(&doer.place.vidsheet, [&cell].into_iter()).await;
        let now = self.saved_cell(&doer.place.agent, &doer.place.vidsheet, &cell).await?;
        let shown = now.cell.value.unwrap_or_default();
        let chosen = now.cell.default_generation.map(|chosen| chosen.id);
        let is_as_left = chosen == take.before && shown == value.before;
        if !is_as_left && over.is_empty() {
            let by = now.edited_by.map(|by| by.name);
            outcome.cells.push(EditedCell { cell, outcome: EditOutcome::Conflict { theirs: shown, by } });
            return Ok(());
        }
        let changed = self.send_take(doer, &cell, &generation).await?;
        if changed.value.after == value.after {
            outcome.cells.push(EditedCell { cell, outcome: EditOutcome::Saved });
            return Ok(());
        }
        // A take brings its own text along; what was typed over it stood there.
        let edit = CellEdit { cell, value: value.after, seen: Some(changed.value.after) };
        let mut set = self.set_values(doer, vec![edit], IfAway::Keep).await?;
        let mut tx = self.write_tx().await?;
        set.keep(&mut tx, doer).await?;
        tx.commit().await?;
        self.send_soon(&set);
        outcome.cells.extend(set.cells);
        Ok(())
    }

    async fn step_words(
        &self,
        doer: &Doer,
        words: Words,
        was: Was<gen_client::ColumnId, String>,
        outcome: &mut Outcome,
    ) -> Result<()> {
        let column = self.own_column(doer, &was.id).await?;
        let now = words.of(&column);
        if now == was.before {
            return self.put_words(doer, &was.id, words, &was.after).await;
        }
        if now != was.after {
            let what = match words {
                Words::Title => format!("The column that is called {now} by now."),
                Words::Description => {
                    format!("The description of {}, which was changed since.", column.title)
                }
            };
            outcome.left.push(what);
        }
        Ok(())
    }
}
