//! Any edits, pastes and steps back and forth by two people, GEN here or away: in the end SQLite and GEN hold the same.

use model::{CellEdit, Gesture, Paste, PasteColumn};
use proptest::prelude::*;
use store::Actor;

use crate::bench::{Bench, Sheet, cells};
use crate::size;

const CELLS: usize = 4;

/// What somebody does; the first number says who.
#[derive(Clone, Debug)]
enum Act {
    /// Sets cells to a text, having seen what is there or not.
    Edit(usize, Vec<(usize, u8)>, bool),
    /// Pastes below.
    Paste(usize, u8),
    Undo(usize),
    Redo(usize),
    /// Puts the first row at the end.
    Move(usize),
    /// Puts a row away.
    Archive(usize, usize),
    /// GEN goes, or comes back.
    Away(bool),
    /// The process ends and begins again.
    Restart,
}

fn act() -> impl Strategy<Value = Act> {
    let who = 0..2_usize;
    let some = proptest::collection::vec((0..CELLS, 0..4_u8), 1..4);
    prop_oneof![
        5 => (who.clone(), some, any::<bool>()).prop_map(|(who, cells, seen)| Act::Edit(who, cells, seen)),
        1 => (who.clone(), any::<u8>()).prop_map(|(who, text)| Act::Paste(who, text)),
        4 => who.clone().prop_map(Act::Undo),
        2 => who.clone().prop_map(Act::Redo),
        1 => who.clone().prop_map(Act::Move),
        1 => (who, 0..CELLS).prop_map(|(who, row)| Act::Archive(who, row)),
        1 => any::<bool>().prop_map(Act::Away),
        1 => Just(Act::Restart),
    ]
}

struct World {
    bench: Bench,
    sheet: Sheet,
    cells: Vec<gen_client::CellId>,
    people: [Actor; 2],
}

impl World {
    async fn new() -> Self {
        let bench = Bench::open().await;
        let sheet = bench.sheet().await;
        let cells = cells(&bench, &sheet, CELLS).await;
        let people = [bench.actor.clone(), bench.colleague("Ana").await];
        Self { bench, sheet, cells, people }
    }

    /// What cannot be done because GEN is away is told and changes nothing.
    async fn act(&mut self, act: Act) {
        let (agent, sheet) = (self.bench.agent.clone(), self.sheet.id.clone());
        match act {
            Act::Edit(who, texts, seen) => {
                let mut edits = Vec::new();
                for (at, text) in texts {
                    let cell = self.cells[at].clone();
                    let shown = self.bench.cell(&self.sheet, &cell).await.cell.value;
                    let value = if text == 0 { String::new() } else { format!("text {text}") };
                    edits.push(CellEdit { cell, value, seen: if seen { shown } else { None } });
                }
                let store = &self.bench.store;
                store.edit_cells(&self.people[who], &agent, &sheet, edits, Gesture::Typed).await.unwrap();
            }
            Act::Paste(who, text) => {
                let column = self.bench.vidsheet(&sheet).await.vidsheet.columns[0].id.clone();
                let row = vec![(PasteColumn::Known(column), format!("pasted {text}"))];
                let paste = Paste { new_rows: vec![row], ..Paste::default() };
                self.bench.store.paste(&self.people[who], &agent, &sheet, paste).await.unwrap();
            }
            Act::Undo(who) => {
                drop(self.bench.store.undo(&self.people[who], &agent, &sheet, Vec::new()).await);
            }
            Act::Redo(who) => {
                drop(self.bench.store.redo(&self.people[who], &agent, &sheet, Vec::new()).await);
            }
            Act::Move(who) => {
                let rows = self.bench.vidsheet(&sheet).await.vidsheet.rows;
                if let Some(row) = rows.first() {
                    let moved = vec![row.id.clone()];
                    drop(self.bench.store.move_rows(&self.people[who], &agent, &sheet, moved, None).await);
                }
            }
            Act::Archive(who, row) => {
                let rows = self.bench.vidsheet(&sheet).await.vidsheet.rows;
                if let (Some(row), true) = (rows.get(row), rows.len() > 2) {
                    let rows = vec![row.id.clone()];
                    let store = &self.bench.store;
                    store.archive_rows(&self.people[who], &agent, &sheet, rows, true).await.unwrap();
                }
            }
            Act::Away(away) => self.bench.down(away).await,
            Act::Restart => self.bench.restart().await,
        }
    }

    /// GEN comes back, and everything that waits is sent; nobody changed anything elsewhere, so nothing conflicts.
    async fn end(&self) {
        let Bench { store, actor, agent, .. } = &self.bench;
        self.bench.down(false).await;
        while store.send_waiting_edits().await.unwrap() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(store.list_conflicts(actor, agent, &self.sheet.id).await.unwrap().is_empty());
        let away: Vec<String> = store
            .list_archived_rows(actor, agent, &self.sheet.id)
            .await
            .unwrap()
            .into_iter()
            .map(|row| row.id.to_string())
            .collect();
        if !away.is_empty() {
            let rows = store.list_archived_rows(actor, agent, &self.sheet.id).await.unwrap();
            let rows = rows.into_iter().map(|row| row.id).collect();
            store.archive_rows(actor, agent, &self.sheet.id, rows, false).await.unwrap();
        }
        let (here, there) =
            (self.bench.rows_here(&self.sheet.id).await, self.bench.rows_at_gen(&self.sheet.id).await);
        assert_eq!(here, there);
        // And a look at GEN finds nothing that was not known.
        store.adopt_vidsheet(actor, agent, &self.sheet.id).await.unwrap();
        assert_eq!(self.bench.rows_here(&self.sheet.id).await, there);
    }
}

proptest! {
    // `SHEET_CASES`: how many sequences are tried. A failure prints the shortest one that fails.
    #![proptest_config(ProptestConfig {
        cases: u32::try_from(size("SHEET_CASES", 12)).unwrap(),
        max_shrink_iters: 100,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_two_people_do_here_and_gen_hold_the_same(acts in proptest::collection::vec(act(), 1..20)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut world = World::new().await;
            for act in acts {
                world.act(act).await;
            }
            world.end().await;
        });
    }
}
