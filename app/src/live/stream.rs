//! One stream of events, for as long as it can be relied on.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::task::spawn_local;
use model::{Change, Topic};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

use super::lead::{millis, now, sleep};
use super::tab::{Tab, Told};

/// How long to wait for the server's first word: what stands between may hold it back.
const GREETING: Duration = Duration::from_secs(10);
/// The server says something every fifteen seconds; who hears nothing for so long hears nothing any more.
const SILENCE: Duration = Duration::from_secs(40);
/// How often the browser may try again by itself.
const ATTEMPTS: u32 = 3;
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How a stream fares.
struct Fares {
    /// Whether the server has greeted.
    stands: Cell<bool>,
    heard_at: Cell<f64>,
    failures: Cell<u32>,
}

/// Listens and tells, until no more news can be expected this way; whether any could be. The browser mends a broken
/// connection by itself, and the server goes on where it was.
pub(super) async fn listen(tab: &Tab) -> bool {
    let Ok(source) = EventSource::new(&crate::paths::events(tab.at())) else { return false };
    let fares =
        Rc::new(Fares { stands: Cell::new(false), heard_at: Cell::new(now()), failures: Cell::new(0) });
    let closures = [
        on(&source, "hello", &fares, {
            let (tab, fares) = (tab.clone(), fares.clone());
            move |_| {
                fares.stands.set(true);
                fares.failures.set(0);
                tab.tell(Told::Connected(true));
            }
        }),
        on(&source, "ping", &fares, |_| {}),
        on(&source, "change", &fares, {
            let tab = tab.clone();
            move |data| {
                if let Ok(change) = serde_json::from_str::<Change>(data) {
                    tab.tell(Told::Change(change));
                }
            }
        }),
        on(&source, "presence", &fares, {
            let tab = tab.clone();
            move |data| {
                if let Ok(topic) = serde_json::from_str::<Topic>(data) {
                    tab.tell(Told::Passing(topic));
                }
            }
        }),
        on(&source, "reset", &fares, {
            let tab = tab.clone();
            move |data| {
                if let Ok(reached) = data.parse() {
                    tab.tell(Told::Lost(reached));
                }
            }
        }),
        on(&source, "error", &fares, {
            let (tab, fares) = (tab.clone(), fares.clone());
            move |_| {
                fares.failures.set(fares.failures.get() + 1);
                let tab = tab.clone();
                // Whether the page is cut off, or only the stream is, an answer tells.
                spawn_local(async move { drop(tab.ask(true).await) });
            }
        }),
    ];
    loop {
        sleep(LOOK_EVERY).await;
        let patience = if fares.stands.get() { SILENCE } else { GREETING };
        let silent = now() - fares.heard_at.get() > millis(patience);
        if source.ready_state() == EventSource::CLOSED || fares.failures.get() >= ATTEMPTS || silent {
            break;
        }
    }
    source.close();
    drop(closures);
    fares.stands.get()
}

/// Calls `act` with what an event holds.
fn on(
    source: &EventSource,
    name: &str,
    fares: &Rc<Fares>,
    act: impl Fn(&str) + 'static,
) -> Closure<dyn Fn(MessageEvent)> {
    let fares = fares.clone();
    let closure = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        fares.heard_at.set(now());
        act(&event.data().as_string().unwrap_or_default());
    });
    if let Err(error) = source.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()) {
        leptos::logging::error!("cannot listen for {name}: {error:?}");
    }
    closure
}
