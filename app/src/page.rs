//! What every page of an agent needs: whose page it is, data that stays in view while it is asked again, and a
//! clock for what is under way.

use std::future::Future;
use std::time::Duration;

use gen_client::AgentId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::AppError;

/// An answer with the agent it is about.
pub type Answer<T> = (Option<AgentId>, Result<T, AppError>);

/// The agent in the page's address; `None` where it is none.
pub fn current_agent() -> Memo<Option<AgentId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("agent_id")).and_then(|id| id.parse().ok()))
}

/// One word of the page's query, such as the idea whose drawer is open.
pub fn query(name: &'static str) -> Memo<Option<String>> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get(name)).filter(|word| !word.is_empty()))
}

/// Asks for something of the agent, and again whenever the agent is another.
pub fn of_agent<T, Asked>(agent: Memo<Option<AgentId>>, ask: fn(AgentId) -> Asked) -> Resource<Answer<T>>
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    Asked: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Resource::new(
        move || agent.get(),
        move |agent| async move {
            let answer = match agent.clone() {
                Some(agent) => ask(agent).await,
                None => Err(AppError::not_found("agent")),
            };
            (agent, answer)
        },
    )
}

/// Asks for something once the page lives, and again whenever what `ask` reads changes; for what a page can be read
/// without, such as the choices of a menu.
pub fn in_browser<T, Asked>(
    ask: impl Fn() -> Option<Asked> + 'static,
) -> RwSignal<Option<Result<T, AppError>>>
where
    T: Send + Sync + 'static,
    Asked: Future<Output = Result<T, AppError>> + 'static,
{
    let answer = RwSignal::new(None);
    Effect::new(move || {
        let Some(asked) = ask() else { return };
        spawn_local(async move {
            let answered = asked.await;
            // The page may be gone by then.
            answer.try_update(|answer| *answer = Some(answered));
        });
    });
    answer
}

/// Draws what reads resources through memos; `answers` waits for them. The server draws when they are there: a memo
/// that is computed while an answer arrives on another thread keeps what it saw before, and then the page in the
/// browser would be another one than the server's. The browser has one thread, and draws at once.
pub fn after<V: IntoView + 'static>(
    answers: impl Future<Output = ()> + Send + 'static,
    draw: impl FnOnce() -> V + Send + 'static,
) -> impl IntoView {
    Suspend::new(async move {
        if cfg!(feature = "ssr") {
            answers.await;
        }
        draw()
    })
}

/// What was last answered, which stays when asking again fails, and why that failed. To be called inside
/// [`after`], in the `Transition` that waits for the resource.
pub fn kept<T>(resource: Resource<Answer<T>>) -> (Memo<Option<T>>, Memo<Option<AppError>>)
where
    T: Clone + PartialEq + Send + Sync + Serialize + DeserializeOwned + 'static,
{
    let known = Memo::new(move |before: Option<&Option<(Option<AgentId>, T)>>| {
        let before = before.cloned().flatten();
        match resource.get() {
            Some((agent, Ok(value))) => Some((agent, value)),
            // Another agent's copy must not stand under this agent's name.
            Some((agent, Err(_))) => before.filter(|(of, _)| *of == agent),
            None => before,
        }
    });
    let value = Memo::new(move |_| known.with(|known| known.as_ref().map(|(_, value)| value.clone())));
    let error = Memo::new(move |_| resource.get().and_then(|(_, answer)| answer.err()));
    (value, error)
}

/// The clock of a page, for everything below it.
#[derive(Clone, Copy)]
struct Seconds(RwSignal<Option<i64>>);

/// The browser's clock in milliseconds since 1970, every second; `None` on the server and until the page is
/// taken over, so that both sides draw the same. Everything below the first caller shares one clock.
pub fn every_second() -> RwSignal<Option<i64>> {
    if let Some(Seconds(now)) = use_context() {
        return now;
    }
    let now = RwSignal::new(None);
    provide_context(Seconds(now));
    Effect::new(move || {
        let tick = move || now.set(Some(js_sys::Date::now() as i64));
        tick();
        match set_interval_with_handle(tick, Duration::from_secs(1)) {
            Ok(handle) => on_cleanup(move || handle.clear()),
            Err(error) => leptos::logging::error!("the clock cannot run: {error:?}"),
        }
    });
    now
}

/// How long something runs, such as `0:18`; empty until the browser's clock is known.
pub fn elapsed(now: Option<i64>, since: i64) -> String {
    now.map(|now| clock((now - since) as f64 / 1_000.0)).unwrap_or_default()
}

/// Seconds as a clock: `0:15`.
pub fn clock(seconds: f64) -> String {
    let seconds = seconds.round().max(0.0) as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_read_as_a_clock() {
        assert_eq!([15.0, 75.4, 600.0, -3.0].map(clock), ["0:15", "1:15", "10:00", "0:00"]);
        assert_eq!(elapsed(Some(20_000), 2_000), "0:18");
        assert_eq!(elapsed(None, 2_000), "");
    }
}
