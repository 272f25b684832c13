//! News from the server while a page is open: one stream per page, ids only.

use leptos::prelude::*;
use model::{Change, Topic};

/// The newest change that the server announced, for whoever listens.
#[derive(Clone, Copy)]
pub struct Live {
    latest: RwSignal<Option<Change>>,
    /// Grows when the stream lost its place, so that everything must be asked again.
    resets: RwSignal<u32>,
    /// Whether the stream stands.
    connected: RwSignal<bool>,
}

impl Live {
    /// Whether the stream stands; `true` on the server and before the first attempt.
    pub fn is_connected(self) -> bool {
        self.connected.get()
    }
}

/// Opens the stream in the browser; on the server there is nothing to open.
pub fn provide_live() -> Live {
    let live = Live { latest: RwSignal::new(None), resets: RwSignal::new(0), connected: RwSignal::new(true) };
    provide_context(live);
    #[cfg(feature = "hydrate")]
    Effect::new(move || stream::open(live));
    live
}

/// Calls `act` whenever something changed that `concerns` the caller, and whenever the stream lost its place.
/// Several changes may arrive within one turn of the browser's loop, so a signal is not enough: see `stream`.
pub fn on_change(concerns: impl Fn(&Topic) -> bool + 'static, act: impl Fn() + 'static) {
    let Some(live) = use_context::<Live>() else { return };
    Effect::new(move |resets_before: Option<u32>| {
        let resets = live.resets.get();
        let concerned = live.latest.with(|latest| latest.as_ref().is_some_and(|change| concerns(&change.topic)));
        if concerned || resets_before.is_some_and(|before| before != resets) {
            act();
        }
        resets
    });
}

#[cfg(feature = "hydrate")]
mod stream {
    use std::cell::RefCell;
    use std::collections::VecDeque;
    use std::rc::Rc;

    use leptos::prelude::*;
    use model::Change;
    use wasm_bindgen::JsCast;
    use wasm_bindgen::prelude::Closure;
    use web_sys::{EventSource, MessageEvent};

    use super::Live;

    /// Listens for the life of the page. Changes are handed out one per microtask, so that effects see each.
    pub(super) fn open(live: Live) {
        let Ok(source) = EventSource::new(crate::paths::EVENTS) else { return };
        let waiting: Rc<RefCell<VecDeque<Change>>> = Rc::default();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            let Ok(change) = serde_json::from_str::<Change>(&text) else { return };
            waiting.borrow_mut().push_back(change);
            let waiting = waiting.clone();
            wasm_bindgen_futures::spawn_local(async move {
                loop {
                    let next = waiting.borrow_mut().pop_front();
                    let Some(change) = next else { break };
                    live.latest.set(Some(change));
                    leptos::task::tick().await;
                }
            });
        });
        let on_reset = Closure::<dyn Fn()>::new(move || live.resets.update(|resets| *resets += 1));
        let on_open = Closure::<dyn Fn()>::new(move || live.connected.set(true));
        let on_error = Closure::<dyn Fn()>::new(move || live.connected.set(false));
        let listen = |name: &str, closure: &wasm_bindgen::JsValue| {
            if let Err(error) = source.add_event_listener_with_callback(name, closure.unchecked_ref()) {
                leptos::logging::error!("cannot listen for {name}: {error:?}");
            }
        };
        listen("change", on_message.as_ref());
        listen("reset", on_reset.as_ref());
        listen("open", on_open.as_ref());
        listen("error", on_error.as_ref());
        // The stream lives as long as the page does, and its closures with it.
        on_message.forget();
        on_reset.forget();
        on_open.forget();
        on_error.forget();
        std::mem::forget(source);
    }
}
