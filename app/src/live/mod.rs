//! News from the server while a page is open, ids only. One tab of a browser listens and tells the others; where no
//! stream can be had, it asks every few seconds instead.

#[cfg(feature = "hydrate")]
mod lead;
pub mod server_fns;
#[cfg(feature = "hydrate")]
mod stream;
#[cfg(feature = "hydrate")]
mod tab;

use leptos::prelude::*;
use model::{Change, Topic};

/// The newest change that the server announced, for whoever listens.
#[derive(Clone, Copy)]
pub struct Live {
    latest: RwSignal<Option<Change>>,
    /// Grows when the place among the news got lost, so that everything must be asked again.
    resets: RwSignal<u32>,
    /// Whether news arrive, one way or the other.
    connected: RwSignal<bool>,
}

impl Live {
    /// Whether news arrive; `true` on the server and until it turned out otherwise.
    pub fn is_connected(self) -> bool {
        self.connected.get()
    }
}

/// Begins to listen in the browser; on the server there is nothing to listen to.
pub fn provide_live() -> Live {
    let live = Live { latest: RwSignal::new(None), resets: RwSignal::new(0), connected: RwSignal::new(true) };
    provide_context(live);
    // Read here, before anything that the page shows is asked for: what changes after that is told.
    let since = SharedValue::new(newest_change).into_inner();
    #[cfg(feature = "hydrate")]
    Effect::new(move |begun: Option<()>| {
        if begun.is_none() {
            lead::begin(live, since);
        }
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = since;
    live
}

/// Calls `act` with every topic that changes, and with `None` when the place among the news got lost, so that
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

/// Calls `act` whenever something changed that `concerns` the caller, and whenever the place among the news got lost.
pub fn on_change(concerns: impl Fn(&Topic) -> bool + 'static, act: impl Fn() + 'static) {
    on_topic(move |topic| {
        if topic.is_none_or(&concerns) {
            act();
        }
    });
}

/// Calls `act` a moment later, once for however many calls there were until then. Work that moves by the hundred
/// makes news by the hundred.
pub fn soon(act: impl Fn() + Copy + 'static) -> impl Fn() + Copy + 'static {
    const MOMENT: std::time::Duration = std::time::Duration::from_millis(250);
    let waiting = StoredValue::new(false);
    move || {
        if waiting.get_value() {
            return;
        }
        waiting.set_value(true);
        set_timeout(
            move || {
                // Whoever left the page meanwhile asks for nothing.
                if waiting.try_set_value(false).is_none() {
                    act();
                }
            },
            MOMENT,
        );
    }
}

/// Where the news stand at this moment. The browser takes the server's word for it; a page that no server rendered
/// knows no place and asks.
fn newest_change() -> Option<i64> {
    #[cfg(feature = "ssr")]
    return use_context::<store::Store>().map(|store| store.changes().newest());
    #[cfg(not(feature = "ssr"))]
    None
}
