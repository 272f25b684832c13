//! What the Setup canvas holds while somebody types: the core as GEN last said, and as the person has it.

use std::time::Duration;

use gen_client::AgentId;
use gen_client::model::{AgentCore, CoreSaved};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Cached, CorePart, CoreProblem, Trouble, core_problems};

use super::super::server_fns::{open_core, save_core};
use super::merge::rebase;
use super::moved::{self, Moved};
use crate::error::{AppError, ErrorKind};
use crate::ui::{Saving, draft};

/// How long nobody types before a card saves itself.
const IDLE: Duration = Duration::from_secs(1);

/// The state behind the canvas; every copy is the same form.
#[derive(Clone, Copy)]
pub(in crate::agents) struct CoreForm {
    /// Whose core it is.
    pub(in crate::agents) agent: StoredValue<AgentId>,
    /// The core as GEN last said.
    pub(super) seen: RwSignal<AgentCore>,
    /// The core as the person has it.
    pub(in crate::agents) now: RwSignal<AgentCore>,
    /// Age of `seen`, whether it is being renewed, and why it could not be.
    pub(super) age: RwSignal<(i64, bool, Option<Trouble>)>,
    /// Why asking again failed, on our side.
    pub(super) renewing_failed: RwSignal<Option<AppError>>,
    /// Whether the person may only look.
    pub(in crate::agents) locked: Signal<bool>,
    saving: StoredValue<[RwSignal<Saving>; CorePart::ALL.len()]>,
    moved: StoredValue<[RwSignal<Option<Moved>>; CorePart::ALL.len()]>,
    timers: StoredValue<[Option<TimeoutHandle>; CorePart::ALL.len()]>,
}

impl CoreForm {
    /// A form that begins with what was loaded.
    pub(super) fn new(agent: AgentId, core: Cached<AgentCore>, locked: Signal<bool>) -> Self {
        Self {
            agent: StoredValue::new(agent),
            seen: RwSignal::new(core.value.clone()),
            now: RwSignal::new(core.value),
            age: RwSignal::new((core.as_of, core.refreshing, core.trouble)),
            renewing_failed: RwSignal::new(None),
            locked,
            saving: StoredValue::new(std::array::from_fn(|_| RwSignal::new(Saving::Idle))),
            moved: StoredValue::new(std::array::from_fn(|_| RwSignal::new(None))),
            timers: StoredValue::new([None; CorePart::ALL.len()]),
        }
    }

    /// Keeps what is not saved when the session ends, and takes it up again when the person is back.
    pub(super) fn keep_drafts(self) {
        let keep = move || {
            let (seen, now) = (self.seen.try_get_untracked()?, self.now.try_get_untracked()?);
            (seen != now).then(|| serde_json::to_string(&(seen, now)).ok())?
        };
        let restore = move |kept: String| {
            let Ok((seen, now)) = serde_json::from_str::<(AgentCore, AgentCore)>(&kept) else { return };
            self.now.set(rebase(&seen, &self.seen.get_untracked(), &now));
            for card in CorePart::ALL {
                if untrack(|| self.is_dirty(card)) {
                    self.schedule(card);
                }
            }
        };
        draft("core", keep, restore);
    }

    /// How far the saving of a card has come.
    pub(super) fn saving(self, card: CorePart) -> RwSignal<Saving> {
        self.saving.with_value(|saving| saving[card as usize])
    }

    /// Whether a card holds something that is not saved.
    pub(super) fn is_dirty(self, card: CorePart) -> bool {
        self.now.with(|now| self.seen.with(|seen| card.moved(now, seen) != *seen))
    }

    /// What keeps a card from being saved.
    pub(super) fn problem(self, card: CorePart) -> Option<CoreProblem> {
        let problems = self.seen.with(|seen| self.now.with(|now| core_problems(seen, now)));
        problems.into_iter().find(|problem| problem.part == card)
    }

    /// What others did to a card's lists while it was open.
    pub(super) fn moved(self, card: CorePart) -> RwSignal<Option<Moved>> {
        self.moved.with_value(|moved| moved[card as usize])
    }

    /// Changes something on a card; it saves itself when the person pauses.
    pub(super) fn edit(self, card: CorePart, change: impl FnOnce(&mut AgentCore)) {
        self.now.update(change);
        self.schedule(card);
    }

    /// Changes something on a card and saves it at once.
    pub(in crate::agents) fn edit_and_save(self, card: CorePart, change: impl FnOnce(&mut AgentCore)) {
        self.now.update(change);
        self.save(card);
    }

    /// Saves a card now. Text that GEN would refuse is not sent; the field says why.
    pub(super) fn save(self, card: CorePart) {
        self.cancel_timer(card);
        let saving = self.saving(card);
        let (seen, now) = (self.seen.get_untracked(), self.now.get_untracked());
        let sent = card.moved(&now, &seen);
        if saving.get_untracked() == Saving::Saving {
            return self.schedule(card);
        }
        if let Some(problem) = untrack(|| self.problem(card)) {
            return saving.set(Saving::Failed(AppError::invalid(problem.field, problem.message)));
        }
        if sent == seen {
            return saving.set(Saving::Idle);
        }
        saving.set(Saving::Saving);
        let agent = self.agent.get_value();
        spawn_local(async move {
            match save_core(agent, seen.clone(), sent.clone()).await {
                Ok((answer, fresh)) => self.saved(card, &answer, (&seen, &sent), fresh),
                Err(error) => {
                    saving.try_set(Saving::Failed(error));
                }
            }
        });
    }

    /// Takes over the core as GEN has it after something else than a card saved it.
    pub(super) fn replaced(self, fresh: AgentCore) {
        let now = rebase(&self.seen.get_untracked(), &fresh, &self.now.get_untracked());
        self.take(fresh, now);
    }

    /// Asks for the core again and takes over what the person has not touched.
    pub(super) fn renew(self) {
        let agent = self.agent.get_value();
        spawn_local(async move {
            let answer = open_core(agent).await;
            if self.now.is_disposed() {
                return;
            }
            match answer {
                Ok(core) => {
                    self.age.set((core.as_of, core.refreshing, core.trouble));
                    self.renewing_failed.set(None);
                    let (seen, mine) = (self.seen.get_untracked(), self.now.get_untracked());
                    let now = rebase(&seen, &core.value, &mine);
                    self.note_others(&seen, &core.value, &mine);
                    self.take(core.value, now);
                }
                // Nobody asked for this, so it must not lead away from a half-typed sentence; the next save will.
                Err(AppError { kind: ErrorKind::SignedOut, .. }) => {}
                Err(error) => self.renewing_failed.set(Some(error)),
            }
        });
    }

    /// After GEN's answer. A section it could not save keeps what the person typed.
    fn saved(
        self,
        card: CorePart,
        answer: &CoreSaved,
        (seen, sent): (&AgentCore, &AgentCore),
        fresh: AgentCore,
    ) {
        if self.now.is_disposed() {
            return;
        }
        let failed: Vec<_> =
            answer.failed().map(|(section, reason)| format!("{section}: {reason}")).collect();
        let (base, mine) = (if failed.is_empty() { sent } else { seen }, self.now.get_untracked());
        let now = rebase(base, &fresh, &mine);
        self.note_others(base, &fresh, &mine);
        self.take(fresh, now);
        let saving = self.saving(card);
        if !failed.is_empty() {
            return saving.set(Saving::Failed(AppError::partly_saved(&failed)));
        }
        saving.set(Saving::Saved);
        if untrack(|| self.is_dirty(card)) {
            self.schedule(card);
        }
    }

    /// Says on each card what others did to it, and asks who it was.
    fn note_others(self, seen: &AgentCore, fresh: &AgentCore, mine: &AgentCore) {
        for card in CorePart::ALL {
            if let Some(moved) = Moved::between(card, seen, fresh, mine) {
                self.moved(card).set(Some(moved));
                moved::ask_who(self.agent.get_value(), self.moved(card));
            }
        }
    }

    fn take(self, fresh: AgentCore, now: AgentCore) {
        self.seen.set(fresh);
        if now != self.now.get_untracked() {
            self.now.set(now);
        }
    }

    fn schedule(self, card: CorePart) {
        self.cancel_timer(card);
        let save = move || {
            if !self.now.is_disposed() {
                self.save(card);
            }
        };
        match set_timeout_with_handle(save, IDLE) {
            Ok(handle) => self.timers.update_value(|timers| timers[card as usize] = Some(handle)),
            Err(error) => {
                leptos::logging::error!("no timer, so this card is saved by its button only: {error:?}")
            }
        }
    }

    fn cancel_timer(self, card: CorePart) {
        self.timers.update_value(|timers| {
            if let Some(timer) = timers[card as usize].take() {
                timer.clear();
            }
        });
    }
}
