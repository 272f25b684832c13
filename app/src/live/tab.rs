//! What one tab knows of the news, and how the tabs of a browser tell each other.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Change, Topic};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::Live;
use super::server_fns::list_changes;
use crate::error::AppError;

const CHANNEL: &str = "reelsheet-live";

/// One tab. Every clone is the same one.
#[derive(Clone)]
pub(super) struct Tab(Rc<Inner>);

struct Inner {
    live: Live,
    /// The last change that this tab knows of; `None` until it has asked.
    at: Cell<Option<i64>>,
    /// Changes that were not handed out yet.
    waiting: RefCell<VecDeque<Change>>,
    /// How much passing news there was.
    passed: Cell<i64>,
    /// Whether somebody hands them out already.
    handing_out: Cell<bool>,
    /// The other tabs of this browser.
    others: Option<BroadcastChannel>,
}

/// What one tab tells the others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Told {
    /// Something changed.
    Change(Change),
    /// Something that is true for a moment only, and has no place among the changes.
    Passing(Topic),
    /// Nobody knows what changed up to here: everything has to be asked again.
    Lost(i64),
    /// Whether news arrive.
    Connected(bool),
}

impl Tab {
    /// Begins to hear what other tabs tell.
    pub(super) fn open(live: Live, since: Option<i64>) -> Self {
        let others = BroadcastChannel::new(CHANNEL).ok();
        let tab = Self(Rc::new(Inner {
            live,
            at: Cell::new(since),
            waiting: RefCell::default(),
            passed: Cell::default(),
            handing_out: Cell::default(),
            others,
        }));
        let hearing = tab.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            // A tab that runs another release may say things that this one does not understand.
            if let Ok(told) = serde_json::from_str(&text) {
                hearing.hear(told);
            }
        });
        if let Some(others) = &tab.0.others {
            others.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        // Heard for as long as the page lives.
        on_message.forget();
        tab
    }

    /// The last change that this tab knows of.
    pub(super) fn at(&self) -> Option<i64> {
        self.0.at.get()
    }

    /// Takes news in and tells the other tabs.
    pub(super) fn tell(&self, told: Told) {
        if let (Some(others), Ok(text)) = (&self.0.others, serde_json::to_string(&told))
            && let Err(error) = others.post_message(&text.into())
        {
            leptos::logging::error!("the other tabs cannot be told: {error:?}");
        }
        self.hear(told);
    }

    /// Asks the server what changed and takes it in; the other tabs are told as well when this one `leads`.
    pub(super) async fn ask(&self, leads: bool) -> Result<(), AppError> {
        let take_in = |told| if leads { self.tell(told) } else { self.hear(told) };
        let asked = list_changes(self.at()).await;
        take_in(Told::Connected(asked.is_ok()));
        let news = asked?;
        if news.lost {
            take_in(Told::Lost(news.reached));
        }
        news.changes.into_iter().for_each(|change| take_in(Told::Change(change)));
        // What did not concern this person moves the place on too; a stream may have gone further meanwhile.
        self.0.at.set(self.at().max(Some(news.reached)));
        Ok(())
    }

    fn hear(&self, told: Told) {
        let inner = &self.0;
        match told {
            // Told twice, by a stream and by an answer for example, it is news once.
            Told::Change(change) if inner.at.get().is_some_and(|at| change.seq <= at) => {}
            Told::Change(change) => {
                inner.at.set(Some(change.seq));
                inner.waiting.borrow_mut().push_back(change);
                self.hand_out();
            }
            Told::Passing(topic) => {
                // Below zero, so that it is never taken for a place among the changes.
                inner.passed.set(inner.passed.get() - 1);
                inner.waiting.borrow_mut().push_back(Change { seq: inner.passed.get(), topic });
                self.hand_out();
            }
            Told::Lost(reached) => {
                inner.at.set(Some(reached));
                inner.waiting.borrow_mut().clear();
                inner.live.resets.update(|resets| *resets += 1);
            }
            Told::Connected(connected) => {
                if inner.live.connected.get_untracked() != connected {
                    inner.live.connected.set(connected);
                }
            }
        }
    }

    /// Hands changes out one per turn, so that effects see each. A second one who did so at the same time would put
    /// the next before effects have seen the last.
    fn hand_out(&self) {
        if self.0.handing_out.replace(true) {
            return;
        }
        let tab = self.clone();
        spawn_local(async move {
            loop {
                let next = tab.0.waiting.borrow_mut().pop_front();
                let Some(change) = next else { break };
                tab.0.live.latest.set(Some(change));
                leptos::task::tick().await;
            }
            tab.0.handing_out.set(false);
        });
    }
}
