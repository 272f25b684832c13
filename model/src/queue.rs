use gen_client::model::GenerationType;
use gen_client::{CellId, GenerationId};
use serde::{Deserialize, Serialize};

use crate::{PersonId, Typical, Work, WorkKind};

/// The queue page: everything that waits, runs, needs a person or lately ended, over all agents the person reaches.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Queue {
    /// What GEN has seen nothing of yet, in the order it will be sent.
    pub waiting: Vec<Work>,
    /// What is being sent or made, newest first.
    pub running: Vec<Work>,
    /// Calls whose outcome nobody knows, newest first: each needs a person's word.
    pub unknown: Vec<Work>,
    /// The newest hundred that ended.
    pub ended: Vec<Work>,
    /// Batches with something left to send.
    pub batches: Vec<Batch>,
    /// Whether the person's own work is paused.
    pub paused: bool,
    /// Generations of theirs that run at once, by key in use, and how many may: it shrinks when GEN asks for patience.
    pub running_at_once: (u32, u32),
    /// Until when GEN asked to wait, in milliseconds since 1970.
    pub wait_until: Option<i64>,
    /// What the person may spend today.
    pub budget: Budget,
}

/// Many pieces of work that were started together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// Ours.
    pub id: String,
    /// Who started it.
    pub started_by: Option<String>,
    /// Our number for that person.
    pub started_by_id: PersonId,
    /// When, in milliseconds since 1970.
    pub started_at: i64,
    /// How many there are in all.
    pub size: u32,
    /// How many wait, held ones included.
    pub waiting: u32,
    /// How many are being sent or made.
    pub running: u32,
    /// How many are done.
    pub completed: u32,
    /// How many failed, were refused, stopped or not sent.
    pub ended_otherwise: u32,
    /// Whether it is paused.
    pub paused: bool,
    /// Why it paused itself: GEN's words when the credits ran out.
    pub reason: Option<String>,
    /// How long what is left will take, by what the same took before.
    pub left: Option<Typical>,
}

/// What a person may spend in a day of UTC. Credits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// The person's cap; `None` for none.
    pub cap: Option<f64>,
    /// What the person spent or reserved today.
    pub committed: f64,
    /// The whole team's cap; `None` for none.
    pub team_cap: Option<f64>,
    /// What the whole team spent or reserved today.
    pub team_committed: f64,
}

impl Budget {
    /// What is left until the nearer cap; `None` without a cap.
    pub fn left(&self) -> Option<f64> {
        let own = self.cap.map(|cap| cap - self.committed);
        let team = self.team_cap.map(|cap| cap - self.team_committed);
        match (own, team) {
            (Some(own), Some(team)) => Some(own.min(team).max(0.0)),
            (own, team) => own.or(team).map(|left| left.max(0.0)),
        }
    }
}

/// A cap on what is spent in a day of UTC, as admins see and set it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cap {
    /// Whose.
    pub scope: CapScope,
    /// The person's name, where it is one person's.
    pub name: Option<String>,
    /// Credits a day; `None` for no cap.
    pub credits: Option<f64>,
    /// What was spent or reserved today within it.
    pub committed: f64,
}

/// Whose spending a cap limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum CapScope {
    /// Everybody together.
    Team,
    /// Each person who has no cap of their own.
    Each,
    /// One person.
    Person {
        /// Who.
        id: PersonId,
    },
}

/// What one generation or render will probably cost and take, before it is started.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Credits.
    pub credits: f64,
    /// Where that figure comes from.
    pub basis: Basis,
    /// How long the same took before.
    pub typical: Option<Typical>,
    /// A finished take of the same cell with the very same settings: using it costs nothing.
    pub already: Option<AlreadyMade>,
    /// What there is to spend.
    pub funds: Funds,
}

/// Where an estimate comes from, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Basis {
    /// What GEN charged for this very cell with these settings.
    Cell,
    /// The median of what the same kind, model, duration and ratio cost before.
    Past {
        /// Of how many.
        count: u32,
    },
    /// GEN's published figure.
    Published,
}

/// A take that need not be paid for again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlreadyMade {
    /// Which take.
    pub generation_id: GenerationId,
    /// When it was made, in milliseconds since 1970.
    pub at: i64,
}

/// What there is to spend.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Funds {
    /// The organization's credits by GEN's last word; `None` when the key may not see them.
    pub balance: Option<f64>,
    /// Credits that our waiting work will take.
    pub reserved: f64,
    /// What the person may still spend today; `None` without a cap.
    pub cap_left: Option<f64>,
}

impl Funds {
    /// What can be spent now; `None` when nothing limits it or nothing is known.
    pub fn spendable(&self) -> Option<f64> {
        let free = self.balance.map(|balance| (balance - self.reserved).max(0.0));
        match (free, self.cap_left) {
            (Some(free), Some(cap)) => Some(free.min(cap)),
            (free, cap) => free.or(cap),
        }
    }
}

/// What running many cells will probably cost, before a person says yes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BatchQuote {
    /// One line per kind and model.
    pub lines: Vec<QuoteLine>,
    /// Cells that would be run, in sheet order.
    pub cells: Vec<CellId>,
    /// Credits in all.
    pub credits: f64,
    /// How many of the first ones can be paid.
    pub fits: u32,
    /// What those take, in credits.
    pub fits_credits: f64,
    /// How many have a finished take with the very same settings.
    pub already: u32,
    /// Cells that cannot be run, with the reason.
    pub skipped: Vec<Skipped>,
    /// What there is to spend.
    pub funds: Funds,
    /// How long all of it will take, by what the same took before.
    pub typical: Option<Typical>,
}

/// A line of a batch's estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteLine {
    /// What is paid for.
    pub kind: WorkKind,
    /// Which kind of generation; `None` for renders.
    pub generation_type: Option<GenerationType>,
    /// Which model, where there is one.
    pub model: Option<String>,
    /// How many.
    pub count: u32,
    /// Credits for all of them.
    pub credits: f64,
}

/// A cell that a batch leaves out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skipped {
    /// Which.
    pub cell_id: CellId,
    /// Why, in words.
    pub why: String,
}

/// What is known of a call whose outcome nobody knows, so that a person can decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unclear {
    /// The call.
    pub work: Work,
    /// The organization's credits before it was sent, by GEN's last word then.
    pub balance_before: Option<f64>,
    /// The organization's credits by GEN's last word now.
    pub balance_now: Option<f64>,
    /// What appeared at GEN since and nobody claims: it may be what the call made.
    pub candidates: Vec<Candidate>,
    /// Until when sending again bears the same idempotency key, so that GEN charges once; milliseconds since 1970.
    pub same_key_until: i64,
}

/// Something at GEN that a lost call may have made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// GEN's number: of a generation, or of a run.
    pub id: String,
    /// In words: its state, and for a run what was asked. Hostile text.
    pub label: String,
}
