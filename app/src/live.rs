//! News from the server while a page is open: one stream per page, ids only.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use model::{Change, Topic};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

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

/// Where the news stood when the page was rendered, so that nothing is missed until the stream stands.
#[server(input = GetUrl)]
pub async fn latest_change() -> Result<i64, AppError> {
    let (store, _) = acting()?;
    Ok(store.changes().latest_seq().await?)
}

/// Opens the stream in the browser; on the server there is nothing to open.
pub fn provide_live() -> Live {
    let live = Live { latest: RwSignal::new(None), resets: RwSignal::new(0), connected: RwSignal::new(true) };
    provide_context(live);
    let since = Resource::new(|| (), |()| latest_change());
    #[cfg(feature = "hydrate")]
    Effect::new(move |opened: Option<bool>| {
        if let (false, Some(Ok(since))) = (opened.unwrap_or_default(), since.get()) {
            stream::open(live, since);
            return true;
        }
        opened.unwrap_or_default()
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = since;
    live
}

/// Calls `act` with every topic that changes, and with `None` when the stream lost its place, so that
/// everything must be asked again.
pub fn on_topic(act: impl Fn(Option<&Topic>) + 'static) {
    let Some(live) = use_context::<Live>() else { return };
    Effect::new(move |seen: Option<(i64, u32)>| {
        let seq = live.latest.with(|latest| latest.as_ref().map_or(0, |change| change.seq));
        let resets = live.resets.get();
        match seen {
            Some((_, resets_seen)) if resets_seen != resets => act(None),
            Some((seq_seen, _)) if seq_seen != seq => {
                live.latest.with_untracked(|latest| act(latest.as_ref().map(|change| &change.topic)));
            }
            _ => {}
        }
        (seq, resets)
    });
}

/// Calls `act` whenever something changed that `concerns` the caller, and whenever the stream lost its place.
pub fn on_change(concerns: impl Fn(&Topic) -> bool + 'static, act: impl Fn() + 'static) {
    on_topic(move |topic| {
        if topic.is_none_or(&concerns) {
            act();
        }
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
    pub(super) fn open(live: Live, since: i64) {
        let Ok(source) = EventSource::new(&crate::paths::events(since)) else { return };
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
