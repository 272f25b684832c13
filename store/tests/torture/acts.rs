//! Any acts in any order against a small model of what may become of a cell.

use gen_client::CellId;
use model::Progress;
use proptest::prelude::*;
use serde_json::json;
use store::Error;

use crate::bench::{Bench, HOUR, MINUTE, Sheet, cells, text_card};
use crate::size;

const CELLS: usize = 3;

/// What somebody, GEN or the machine does.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Generate is pressed.
    Click(usize),
    /// Twice at once: a double click, or two tabs.
    TwoClicks(usize),
    /// The answer gets lost; the call arrived or did not.
    LostClick(usize, bool),
    Stop(usize),
    Continue(usize),
    /// GEN goes one step on, and we look.
    Poll,
    /// GEN ends everything, and we look.
    Finish,
    /// GEN, or somebody who pretends to be GEN, says that a cell has news; or that a number has that nobody knows.
    Webhook(Option<usize>),
    /// The process dies and starts again.
    Crash,
    /// The clock is set, by hours.
    Jump(i64),
}

fn act() -> impl Strategy<Value = Act> {
    let cell = 0..CELLS;
    prop_oneof![
        4 => cell.clone().prop_map(Act::Click),
        2 => cell.clone().prop_map(Act::TwoClicks),
        3 => (cell.clone(), any::<bool>()).prop_map(|(cell, arrives)| Act::LostClick(cell, arrives)),
        2 => cell.clone().prop_map(Act::Stop),
        2 => cell.clone().prop_map(Act::Continue),
        2 => proptest::option::of(cell).prop_map(Act::Webhook),
        3 => Just(Act::Poll),
        1 => Just(Act::Finish),
        2 => Just(Act::Crash),
        1 => (-3..=3_i64).prop_map(Act::Jump),
    ]
}

/// What the model knows of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stand {
    /// Nothing is under way; what there was has ended.
    Free,
    /// GEN has it.
    Running,
    /// A person stopped it.
    Stopped,
    /// Nobody knows; it had arrived at GEN or not.
    Lost { arrived: bool },
}

struct World {
    bench: Bench,
    sheet: Sheet,
    cells: Vec<CellId>,
    stands: [Stand; CELLS],
    /// Calls that arrived at GEN, which charges for each.
    charges: usize,
}

impl World {
    async fn new() -> Self {
        let bench = Bench::open().await;
        bench.credits(1e6).await;
        let sheet = bench.sheet().await;
        let cells = cells(&bench, &sheet, CELLS).await;
        Self { bench, sheet, cells, stands: [Stand::Free; CELLS], charges: 0 }
    }

    async fn act(&mut self, act: Act) {
        match act {
            Act::Click(cell) => {
                let started = self.start(cell).await;
                self.note(cell, started.is_ok());
            }
            Act::TwoClicks(cell) => {
                let (one, other) = tokio::join!(self.start(cell), self.start(cell));
                assert!(!(one.is_ok() && other.is_ok()), "of two clicks one gets through");
                self.note(cell, one.is_ok() || other.is_ok());
            }
            Act::LostClick(cell, arrived) => {
                let lost = json!({"match": {"method": "POST", "path_contains": "/generate"}, "times": 1, "kind": "close", "after": arrived});
                self.bench.fault(lost).await;
                let started = self.start(cell).await;
                self.bench.control("DELETE", "fault", json!(null)).await;
                if started.is_ok() {
                    self.stands[cell] = Stand::Lost { arrived };
                    self.charges += usize::from(arrived);
                }
            }
            Act::Stop(cell) => {
                let work = self.work(cell).await;
                if let Some(generation) =
                    work.and_then(|work| work.generation_id.filter(|_| work.progress.can_stop()))
                {
                    let store = &self.bench.store;
                    store.stop_generation(&self.bench.actor, &self.bench.agent, &generation).await.unwrap();
                    self.stands[cell] = Stand::Stopped;
                }
            }
            Act::Continue(cell) => {
                let work = self.work(cell).await.filter(|work| work.progress == Progress::Stopped);
                if let Some(generation) = work.and_then(|work| work.generation_id) {
                    let store = &self.bench.store;
                    store
                        .continue_generation(&self.bench.actor, &self.bench.agent, &generation)
                        .await
                        .unwrap();
                    self.stands[cell] = Stand::Running;
                    self.charges += 1;
                }
            }
            Act::Poll => {
                self.bench.control("POST", "step", json!(null)).await;
                self.bench.follow().await;
            }
            Act::Finish => self.bench.drain().await,
            Act::Webhook(cell) => {
                let bench = &self.bench;
                let secret = bench.store.webhook_secret(&bench.actor, &bench.agent).await.unwrap();
                let webhook = bench.store.webhook(&secret).await.unwrap();
                let work = match cell {
                    Some(cell) => self.work(cell).await,
                    None => None,
                };
                let number = work.and_then(|work| work.generation_id);
                let number = number.unwrap_or_else(|| "999999".parse().unwrap());
                bench.store.hint(&webhook, &number).await.unwrap();
                bench.store.follow_due().await.unwrap();
            }
            Act::Crash => {
                self.bench.restart().await;
                self.bench.store.recover().await.unwrap();
            }
            Act::Jump(hours) => {
                self.bench.clock.advance(hours * HOUR);
                self.bench.store.follow_due().await.unwrap();
            }
        }
    }

    /// What the pages show must be something that the model allows, and every call and charge must be one of ours.
    async fn check(&mut self) {
        for cell in 0..CELLS {
            let Some(work) = self.work(cell).await else {
                assert_eq!(self.stands[cell], Stand::Free);
                continue;
            };
            self.stands[cell] = match (self.stands[cell], work.progress) {
                (
                    Stand::Running | Stand::Lost { arrived: true },
                    Progress::Pending | Progress::Processing,
                ) => Stand::Running,
                (Stand::Running | Stand::Lost { arrived: true } | Stand::Free, Progress::Completed) => {
                    Stand::Free
                }
                (Stand::Stopped, Progress::Stopped) => Stand::Stopped,
                (Stand::Lost { arrived }, Progress::Unknown) => Stand::Lost { arrived },
                (stand, shown) => panic!("{stand:?} is shown as {shown:?}"),
            };
        }
        assert_eq!(self.bench.posts().await, self.charges, "each call once, and none that nobody wanted");
        assert_eq!(
            self.bench.entries("charge").await,
            self.charges,
            "what GEN charged is what we wrote down"
        );
    }

    async fn start(&self, cell: usize) -> Result<model::Work, Error> {
        let (store, card) = (&self.bench.store, text_card("a hook"));
        store
            .start_generation(&self.bench.actor, &self.bench.agent, &self.sheet.id, &self.cells[cell], card)
            .await
    }

    /// A click that got through was charged; one that did not must have had a reason.
    fn note(&mut self, cell: usize, started: bool) {
        if started {
            assert_ne!(self.stands[cell], Stand::Running, "it was under way already");
            self.stands[cell] = Stand::Running;
            self.charges += 1;
        } else {
            assert!(
                matches!(self.stands[cell], Stand::Running | Stand::Lost { .. }),
                "{:?}",
                self.stands[cell]
            );
        }
    }

    async fn work(&self, cell: usize) -> Option<model::Work> {
        self.bench.cell(&self.sheet, &self.cells[cell]).await.work
    }
}

proptest! {
    // `MODEL_CASES`: how many sequences are tried. A failure prints the shortest one that fails.
    #![proptest_config(ProptestConfig {
        cases: u32::try_from(size("MODEL_CASES", 24)).unwrap(),
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_each_call_is_made_once_and_every_charge_is_accounted_for(acts in proptest::collection::vec(act(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut world = World::new().await;
            for act in acts {
                world.act(act).await;
                world.check().await;
            }
            // In the end everything is known that can be: a call that arrived is found, and nothing runs any more.
            world.bench.clock.advance(30 * MINUTE);
            for _ in 0..4 {
                world.act(Act::Finish).await;
            }
            world.check().await;
            let done = [Stand::Free, Stand::Stopped, Stand::Lost { arrived: false }];
            assert!(world.stands.iter().all(|stand| done.contains(stand)), "{:?}", world.stands);
        });
    }
}
