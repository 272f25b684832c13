//! Which tab of a browser listens: the one that holds the lock. When it is closed, the next one gets the lock and goes
//! on from where it was, so nothing is missed.

use std::time::Duration;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use wasm_bindgen_futures::JsFuture;
use web_sys::VisibilityState;

use super::tab::Tab;
use super::{Live, stream};

const LOCK: &str = "reelsheet-live";
/// How often a browser without a stream asks.
const ASK_EVERY: Duration = Duration::from_secs(5);
/// The same after answers that did not come, at most.
const ASK_RARELY: Duration = Duration::from_secs(60);
/// How long to do without a stream before the next attempt, at first and at most.
const WITHOUT: [Duration; 2] = [Duration::from_secs(15), Duration::from_secs(60)];

/// Makes this page live, for as long as it is open.
pub(super) fn begin(live: Live, since: Option<i64>) {
    let tab = Tab::open(live, since);
    catch_up_when_seen(tab.clone());
    spawn_local(async move {
        match turn(&tab).await {
            Ok(()) => lead(&tab).await,
            Err(why) => {
                leptos::logging::warn!("no tab can lead here, so this one asks: {why:?}");
                ask_forever(&tab).await;
            }
        }
    });
}

/// Waits until it is this tab's turn to listen for all. A page that came over plain http from another machine has no
/// locks, and a stream for each tab would take all the connections that a browser has for one server.
async fn turn(tab: &Tab) -> Result<(), JsValue> {
    let knows_place = tab.at().is_some();
    let locks = Reflect::get(&window().navigator(), &"locks".into())?;
    let leads = hold(&locks, true).await?;
    if !leads || !knows_place {
        // Between the page's rendering and now, others may have been told what this tab was not.
        ask(tab, leads).await;
    }
    if !leads {
        hold(&locks, false).await?;
    }
    Ok(())
}

/// Listens while a stream can be had, and asks meanwhile.
async fn lead(tab: &Tab) {
    let mut without = WITHOUT[0];
    loop {
        let stood = stream::listen(tab).await;
        without = if stood { WITHOUT[0] } else { (without * 2).min(WITHOUT[1]) };
        // Not all browsers at once when a server is back.
        let until = now() + millis(without) * (0.75 + js_sys::Math::random() / 2.0);
        let mut pause = ASK_EVERY;
        while now() < until {
            pause = if ask(tab, true).await { ASK_EVERY } else { (pause * 2).min(ASK_RARELY) };
            sleep(pause).await;
        }
    }
}

/// Does without a stream.
async fn ask_forever(tab: &Tab) {
    let mut pause = ASK_EVERY;
    loop {
        pause = if ask(tab, false).await { ASK_EVERY } else { (pause * 2).min(ASK_RARELY) };
        sleep(pause).await;
    }
}

/// Asks once; a failure shows at the top of the page.
async fn ask(tab: &Tab, leads: bool) -> bool {
    tab.ask(leads).await.inspect_err(|error| leptos::logging::warn!("no news: {}", error.message)).is_ok()
}

/// A tab that nobody saw may have been put to sleep and have missed what the others told.
fn catch_up_when_seen(tab: Tab) {
    let on_seen = Closure::<dyn Fn()>::new(move || {
        if document().visibility_state() == VisibilityState::Visible {
            let tab = tab.clone();
            spawn_local(async move {
                ask(&tab, false).await;
            });
        }
    });
    let listened =
        document().add_event_listener_with_callback("visibilitychange", on_seen.as_ref().unchecked_ref());
    if let Err(error) = listened {
        leptos::logging::error!("cannot tell when the page is seen: {error:?}");
    }
    on_seen.forget();
}

/// Waits for the lock and keeps it until the tab is closed; with `if_free`, does not wait and says whether it has it.
/// By name, because web-sys has no settled type for locks.
async fn hold(locks: &JsValue, if_free: bool) -> Result<bool, JsValue> {
    let mut asked = Err(JsValue::UNDEFINED);
    let granted = Promise::new(&mut |resolve, _| {
        let on_turn = Closure::once_into_js(move |lock: JsValue| {
            let has = lock.is_object();
            resolve.call1(&JsValue::NULL, &has.into()).unwrap_throw();
            // The lock is held until this promise is kept, which is never.
            if has { Promise::new(&mut |_, _| {}).into() } else { JsValue::UNDEFINED }
        });
        asked = request(locks, if_free, &on_turn);
    });
    // The second says nothing while the lock is held; what it says earlier is why there is none.
    let outcome = Promise::race(&Array::of2(&granted, &asked?));
    Ok(JsFuture::from(outcome).await?.is_truthy())
}

fn request(locks: &JsValue, if_free: bool, on_turn: &JsValue) -> Result<JsValue, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"ifAvailable".into(), &if_free.into())?;
    let request: Function = Reflect::get(locks, &"request".into())?.dyn_into()?;
    request.call3(locks, &LOCK.into(), &options, on_turn)
}

/// Milliseconds since 1970.
pub(super) fn now() -> f64 {
    js_sys::Date::now()
}

/// Waits; longer than asked for in a tab that nobody sees.
pub(super) async fn sleep(pause: Duration) {
    let passed = Promise::new(&mut |resolve, _| {
        set_timeout(move || drop(resolve.call0(&JsValue::NULL)), pause);
    });
    drop(JsFuture::from(passed).await);
}

pub(super) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
