//! Values that people set, one or thousands at a time.

use std::collections::HashMap;

use gen_client::model::Cell;
use gen_client::{AgentId, CellId, Error as Gen, VidsheetId};
use model::{CellEdit, EditOutcome, Edited, EditedCell, Gesture};
use serde_json::json;

use super::log::{count, record};
use super::send::{Outcomes, Sent};
use super::step::{Step, Was};
use super::target::{Checked, check, targets};
use super::waiting::{Waits, keep_waiting, no_longer_waits};
use super::{Doer, IfAway};
use crate::freshness::Kind;
use crate::saved::text;
use crate::vidsheets::remember;
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store};

/// The most cells of one act.
pub(super) const CELLS_MAX: usize = 20_000;

impl Store {
    /// Sets values of cells at GEN, then here, as one act. Each cell goes its own way: what would overwrite something
    /// unseen, or cannot be taken, is left out; what GEN cannot take now waits.
    pub async fn edit_cells(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        edits: Vec<CellEdit>,
        gesture: Gesture,
    ) -> Result<Edited<Error>> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        if edits.len() > CELLS_MAX {
            let message = format!("Change at most {CELLS_MAX} cells at once.");
            return Err(Error::Invalid { field: "Cells", message });
        }
        let store = self.clone();
        self.finish(async move {
            let _turns = store.turns_of(&doer.place.vidsheet, edits.iter().map(|edit| &edit.cell)).await;
            let set = store.set_values(&doer, edits, IfAway::Keep).await?;
            store.keep_as_act(&doer, set, gesture).await
        })
        .await
    }

    /// Sets one value; what did not become of it as it should is the error. Nothing waits.
    pub(crate) async fn edit_cell(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        edit: CellEdit,
    ) -> Result<()> {
        let doer = self.doer(actor, agent, vidsheet).await?;
        let store = self.clone();
        self.finish(async move {
            let _turns = store.turns_of(&doer.place.vidsheet, [&edit.cell].into_iter()).await;
            let set = store.set_values(&doer, vec![edit], IfAway::Say).await?;
            let mut edited = store.keep_as_act(&doer, set, Gesture::Typed).await?;
            match edited.cells.pop().map(|edited| edited.outcome) {
                Some(EditOutcome::Conflict { theirs, .. }) => Err(Error::Conflict { theirs }),
                Some(EditOutcome::Refused { error }) => Err(error),
                Some(EditOutcome::Saved | EditOutcome::Waiting) => Ok(()),
                None => Err(Error::NotFound("cell")),
            }
        })
        .await
    }

    /// Sends what may be sent. The caller holds the turns of the cells, and keeps the outcome.
    pub(super) async fn set_values(
        &self,
        doer: &Doer,
        edits: Vec<CellEdit>,
        if_away: IfAway,
    ) -> Result<ValuesSet> {
        let place = &doer.place;
        let edits = last_of_each(edits);
        let mut conn = self.read().acquire().await?;
        let found = targets(&mut conn, &place.vidsheet, edits.iter().map(|edit| &edit.cell)).await?;
        drop(conn);
        let checked: Vec<Checked> = edits
            .into_iter()
            .map(|edit| {
                let target = found.get(edit.cell.as_str());
                check(edit, target)
            })
            .collect();
        let values: Vec<(CellId, String)> = checked
            .iter()
            .filter_map(|checked| match checked {
                Checked::Send { cell, value, .. } => Some((cell.clone(), value.clone())),
                Checked::Decided(_) => None,
            })
            .collect();
        // While others wait for GEN nobody goes before them, and nobody waits for an answer that will not come.
        let outcomes = if if_away == IfAway::Keep && self.has_waiting(&place.vidsheet).await? {
            None
        } else {
            Some(self.send_values(place, &doer.client, &values).await?)
        };
        Ok(ValuesSet::of(checked, outcomes, if_away))
    }

    /// Keeps what became of values, as one act by itself.
    pub(super) async fn keep_as_act(
        &self,
        doer: &Doer,
        mut set: ValuesSet,
        gesture: Gesture,
    ) -> Result<Edited<Error>> {
        let step = set.step();
        let what = format!("{} {}", gesture.words(), count(set.changed(), "cell"));
        let mut tx = self.write_tx().await?;
        set.keep(&mut tx, doer).await?;
        let act = record(&mut tx, doer, &what, step.as_slice()).await?;
        tx.commit().await?;
        self.send_soon(&set);
        Ok(Edited { act, cells: set.cells })
    }

    /// Has what waits sent soon.
    pub(super) fn send_soon(&self, set: &ValuesSet) {
        if !set.waits.is_empty() {
            self.answers().want();
        }
    }
}

/// What became of values, before it is written down.
pub(super) struct ValuesSet {
    /// One per cell, in the order of the question.
    pub(super) cells: Vec<EditedCell<Error>>,
    saved: Vec<Saved>,
    waits: Vec<Waits>,
}

struct Saved {
    was: Was<CellId, String>,
    answer: Option<Box<Cell>>,
}

impl ValuesSet {
    fn of(checked: Vec<Checked>, mut outcomes: Option<Outcomes>, if_away: IfAway) -> Self {
        let mut set = Self { cells: Vec::new(), saved: Vec::new(), waits: Vec::new() };
        for checked in checked {
            let edited = match checked {
                Checked::Decided(edited) => edited,
                Checked::Send { cell, value, shown, at_gen } => {
                    let sent = outcomes.as_mut().map(|outcomes| outcomes.remove(&cell));
                    let outcome = match sent {
                        Some(Some(Sent::Saved(answer))) => {
                            // GEN may have made something else of it.
                            let now = answer.as_ref().and_then(|cell| cell.value.clone()).unwrap_or(value);
                            let was = Was { id: cell.clone(), before: shown, after: now };
                            set.saved.push(Saved { was, answer });
                            EditOutcome::Saved
                        }
                        Some(Some(Sent::Refused(error))) => EditOutcome::Refused { error: error.into() },
                        Some(Some(Sent::Away(error))) if if_away == IfAway::Say => {
                            EditOutcome::Refused { error: error.into() }
                        }
                        Some(Some(Sent::Away(error))) => {
                            set.wait(&cell, shown, value, at_gen, Some(&error));
                            EditOutcome::Waiting
                        }
                        // Nothing was sent for it.
                        Some(None) | None => {
                            set.wait(&cell, shown, value, at_gen, None);
                            EditOutcome::Waiting
                        }
                    };
                    EditedCell { cell, outcome }
                }
            };
            set.cells.push(edited);
        }
        set
    }

    fn wait(&mut self, cell: &CellId, shown: String, value: String, at_gen: String, away: Option<&Gen>) {
        let may_have_arrived = away.is_some_and(Gen::may_have_been_sent);
        let was = Was { id: cell.clone(), before: shown, after: value };
        self.waits.push(Waits { was, at_gen, may_have_arrived });
    }

    /// How many cells show something else now.
    pub(super) fn changed(&self) -> usize {
        self.saved.len() + self.waits.len()
    }

    /// What can be taken back of it.
    pub(super) fn step(&self) -> Option<Step> {
        let saved = self.saved.iter().map(|saved| &saved.was);
        let all = saved.chain(self.waits.iter().map(|waits| &waits.was));
        let cells: Vec<_> = all.filter(|was| was.before != was.after).cloned().collect();
        (!cells.is_empty()).then_some(Step::Values { cells })
    }

    /// Writes down what became of it and announces it.
    pub(super) async fn keep(&mut self, tx: &mut WriteTx, doer: &Doer) -> Result<()> {
        let place = &doer.place;
        for saved in &mut self.saved {
            if let Some(answer) = saved.answer.take() {
                remember::cell(tx, place, *answer).await?;
            }
        }
        let values: Vec<_> =
            self.saved.iter().map(|saved| json!([saved.was.id.as_str(), saved.was.after])).collect();
        write_values(tx, doer, &values).await?;
        no_longer_waits(tx, self.saved.iter().map(|saved| &saved.was.id)).await?;
        keep_waiting(tx, doer, &self.waits).await?;
        if !self.saved.is_empty() {
            tx.wrote(Kind::Vidsheet, place.vidsheet.as_str()).await?;
        }
        let saved = self.saved.iter().map(|saved| saved.was.id.clone());
        let changed = saved.chain(self.waits.iter().map(|waits| waits.was.id.clone())).collect();
        remember::announce_changed(tx, place, changed).await
    }
}

/// Writes values and who set them; each is a cell's id and its text.
pub(super) async fn write_values(tx: &mut WriteTx, doer: &Doer, values: &[serde_json::Value]) -> Result<()> {
    let now = tx.now();
    for some in values.chunks(1000) {
        sqlx::query(
            "UPDATE cell SET value = new.value ->> 1, edited_by = ?1, edited_at = ?2
             FROM json_each(?3) AS new WHERE cell.id = new.value ->> 0 AND cell.vidsheet_id = ?4",
        )
        .bind(doer.person)
        .bind(now)
        .bind(text(&some)?)
        .bind(doer.place.vidsheet.as_str())
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// A cell that is named twice is set once, to what was said last.
fn last_of_each(edits: Vec<CellEdit>) -> Vec<CellEdit> {
    let mut place = HashMap::new();
    let mut kept: Vec<CellEdit> = Vec::with_capacity(edits.len());
    for edit in edits {
        match place.get(&edit.cell) {
            Some(at) => {
                let first: &mut CellEdit = &mut kept[*at];
                first.value = edit.value;
            }
            None => {
                place.insert(edit.cell.clone(), kept.len());
                kept.push(edit);
            }
        }
    }
    kept
}
