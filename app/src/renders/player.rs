use gen_client::AgentId;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::{Progress, Work};

use super::Filter;
use super::card::{poster, reason, title, video};
use crate::generations::{StateWord, UnclearCall, WorkButtons, href, money};
use crate::paths;
use crate::ui::{Drawer, Empty, Icon, IconName, TimeAgo};

/// The render that is open, beside the wall: to watch, to download.
#[component]
pub fn Player(
    /// All renders of the agent.
    all: Memo<Vec<Work>>,
    /// Which one is open, by its id.
    open: Memo<Option<String>>,
    /// Whose.
    agent: Memo<Option<AgentId>>,
    /// The filter that stays when the player closes.
    filter: Memo<Filter>,
    /// Called when something was done about a render.
    changed: Callback<()>,
) -> impl IntoView {
    let work = Memo::new(move |_| {
        let open = open.get()?;
        Some(all.with(|all| all.iter().find(|work| work.id == open).cloned()))
    });
    let navigate = StoredValue::new(use_navigate());
    let close = move || {
        if let Some(agent) = agent.get_untracked() {
            let back = paths::renders_with(&agent, filter.get_untracked().word(), None);
            let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate.with_value(|navigate| navigate(&back, stay));
        }
    };
    move || {
        work.get().map(|work| {
            let heading = work.as_ref().map_or_else(|| "Render".to_owned(), title);
            view! {
                <Drawer title=heading on_close=close>
                    {match work {
                        Some(work) => view! { <Body work changed /> }.into_any(),
                        None => view! { <Empty icon=IconName::Film title="There is no such render." /> }.into_any(),
                    }}
                </Drawer>
            }
        })
    }
}

#[component]
fn Body(work: Work, changed: Callback<()>) -> impl IntoView {
    let done = work.progress == Progress::Completed;
    let file = if done { video(&work) } else { None };
    let stage = file.clone().map(|file| {
        view! {
            <video
                class="player"
                src=paths::media(&file)
                poster=poster(&work).map(|poster| paths::media(&poster))
                controls
                playsinline
                preload="metadata"
                aria-label=title(&work)
            ></video>
        }
    });
    let download = file.map(|file| {
        view! {
            <a class="button primary large" href=paths::media_download(&file) download="" rel="external">
                <Icon name=IconName::Download />
                "Download"
            </a>
        }
    });
    let unknown = work.progress == Progress::Unknown;
    let unclear = unknown.then(|| {
        view! {
            <UnclearCall
                work=work.id.clone()
                reason=work.reason.clone()
                code=work.error_code.clone()
                on_settled=move |_| changed.run(())
            />
        }
    });
    let ended = !work.progress.is_running() && !work.progress.is_waiting();
    let failed = (ended && !done && !unknown).then(|| {
        view! {
            <div class="note note-error" role="alert">
                <Icon name=IconName::CrossCircle />
                <div>
                    <p class="note-message">
                        {reason(&work)} {work.error_code.clone().map(|code| view! { " " <code>{code}</code> })}
                    </p>
                    <p>{money(&work).words()}</p>
                </div>
            </div>
        }
    });
    let sheet = href(&work);
    let reserved = work.progress.is_waiting().then(|| work.reason.clone()).flatten();
    view! {
        {stage}
        {failed}
        {unclear}
        {reserved.map(|reason| view! { <p class="tone-warn">{reason}</p> })}
        <div class="buttons">
            {download} <a class="button large" href=sheet>
                <Icon name=IconName::Table />
                "Open in the vidsheet"
            </a>
        </div>
        <WorkButtons work=work.clone() on_done=move |_| changed.run(()) />
        <dl class="render-facts">
            <dt>"State"</dt>
            <dd>
                <StateWord progress=work.progress />
            </dd>
            <dt>"Cost"</dt>
            <dd class="num">{money(&work).words()}</dd>
            <dt>"Started"</dt>
            <dd>
                <TimeAgo at=work.started_at />
                {work.started_by.clone().map(|who| view! { " by " {who} })}
            </dd>
            {work
                .settled_at
                .map(|at| {
                    view! {
                        <dt>"Ended"</dt>
                        <dd>
                            <TimeAgo at />
                        </dd>
                    }
                })}
        </dl>
    }
}
