//! What the Setup canvas holds while somebody types: the core as GEN last said, and as the person has it.

use std::time::Duration;

use gen_client::AgentId;
use gen_client::model::{AgentCore, CoreSaved};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Cached, Trouble};

use super::limits;
use super::merge::{Card, rebase, with_card};
use super::server_fns::{open_core, save_core};
use crate::error::{AppError, ErrorKind};
use crate::ui::{Saving, draft};

/// How long nobody types before a card saves itself.
const IDLE: Duration = Duration::from_secs(1);

/// The state behind the canvas; every copy is the same form.
#[derive(Clone, Copy)]
pub(super) struct CoreForm {
    agent: StoredValue<AgentId>,
    /// The core as GEN last said.
    seen: RwSignal<AgentCore>,
    /// The core as the person has it.
    pub(super) now: RwSignal<AgentCore>,
    /// Age of `seen`, whether it is being renewed, and why it could not be.
    pub(super) age: RwSignal<(i64, bool, Option<Trouble>)>,
    /// Why asking again failed, on our side.
    pub(super) renewing_failed: RwSignal<Option<AppError>>,
    /// Whether the person may only look.
    pub(super) locked: Signal<bool>,
    saving: StoredValue<[RwSignal<Saving>; Card::ALL.len()]>,
    timers: StoredValue<[Option<TimeoutHandle>; Card::ALL.len()]>,
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
            timers: StoredValue::new([None; Card::ALL.len()]),
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
            for card in Card::ALL {
                if untrack(|| self.is_dirty(card)) {
                    self.schedule(card);
                }
            }
        };
        draft("core", keep, restore);
    }

    /// How far the saving of a card has come.
    pub(super) fn saving(self, card: Card) -> RwSignal<Saving> {
        self.saving.with_value(|saving| saving[card as usize])
    }

    /// Whether a card holds something that is not saved.
    pub(super) fn is_dirty(self, card: Card) -> bool {
        self.now.with(|now| self.seen.with(|seen| with_card(card, seen, now) != *seen))
    }

    /// The label and reason of what keeps a card from being saved.
    pub(super) fn problem(self, card: Card) -> Option<(&'static str, String)> {
        self.now.with(|now| limits::problem(card, now))
    }

    /// Changes something on a card; it saves itself when the person pauses.
    pub(super) fn edit(self, card: Card, change: impl FnOnce(&mut AgentCore)) {
        self.now.update(change);
        self.schedule(card);
    }

    /// Changes something on a card and saves it at once.
    pub(super) fn edit_and_save(self, card: Card, change: impl FnOnce(&mut AgentCore)) {
        self.now.update(change);
        self.save(card);
    }

    /// Saves a card now. Text that GEN would refuse is not sent; the field says why.
    pub(super) fn save(self, card: Card) {
        self.cancel_timer(card);
        let saving = self.saving(card);
        let (seen, now) = (self.seen.get_untracked(), self.now.get_untracked());
        let sent = with_card(card, &seen, &now);
        if saving.get_untracked() == Saving::Saving {
            return self.schedule(card);
        }
        if let Some((label, reason)) = limits::problem(card, &now) {
            return saving.set(Saving::Failed(AppError::invalid(label, reason)));
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
                    let now = rebase(&self.seen.get_untracked(), &core.value, &self.now.get_untracked());
                    self.take(core.value, now);
                }
                // Nobody asked for this, so it must not lead away from a half-typed sentence; the next save will.
                Err(AppError { kind: ErrorKind::SignedOut, .. }) => {}
                Err(error) => self.renewing_failed.set(Some(error)),
            }
        });
    }

    /// After GEN's answer. A section it could not save keeps what the person typed.
    fn saved(self, card: Card, answer: &CoreSaved, (seen, sent): (&AgentCore, &AgentCore), fresh: AgentCore) {
        if self.now.is_disposed() {
            return;
        }
        let failed: Vec<_> =
            answer.failed().map(|(section, reason)| format!("{section}: {reason}")).collect();
        let base = if failed.is_empty() { sent } else { seen };
        let now = rebase(base, &fresh, &self.now.get_untracked());
        self.take(fresh, now);
        let saving = self.saving(card);
        if !failed.is_empty() {
            return saving.set(Saving::Failed(partly_saved(&failed)));
        }
        saving.set(Saving::Saved);
        if untrack(|| self.is_dirty(card)) {
            self.schedule(card);
        }
    }

    fn take(self, fresh: AgentCore, now: AgentCore) {
        self.seen.set(fresh);
        if now != self.now.get_untracked() {
            self.now.set(now);
        }
    }

    fn schedule(self, card: Card) {
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

    fn cancel_timer(self, card: Card) {
        self.timers.update_value(|timers| {
            if let Some(timer) = timers[card as usize].take() {
                timer.clear();
            }
        });
    }
}

fn partly_saved(failed: &[String]) -> AppError {
    let mut message = failed.join("; ");
    if let Some(first) = message.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    AppError {
        kind: ErrorKind::Gen { status: 207 },
        message,
        advice: "The rest is saved. What you chose here is kept; try again.".to_owned(),
        code: Some("partly_saved".to_owned()),
    }
}
