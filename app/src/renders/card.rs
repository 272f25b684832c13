use gen_client::AgentId;
use gen_client::model::MediaKind;
use leptos::prelude::*;
use model::{Progress, Work};

use super::Filter;
use crate::generations::{Elapsed, StateWord, is_late, money, since, standing, who};
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Icon, IconName, TimeAgo};

/// One render on the wall.
#[component]
pub fn RenderCard(
    /// The render.
    work: Work,
    /// The browser's clock.
    now: RwSignal<Option<i64>>,
    /// Whose.
    agent: Memo<Option<AgentId>>,
    /// The filter that stays when the player opens.
    filter: Memo<Filter>,
    /// The render whose player is open, by its id.
    open: Memo<Option<String>>,
) -> impl IntoView {
    let id = StoredValue::new(work.id.clone());
    let href = move || {
        agent.with(|agent| {
            agent
                .as_ref()
                .map(|agent| id.with_value(|id| paths::renders_with(agent, filter.get().word(), Some(id))))
        })
    };
    let is_open = move || id.with_value(|id| open.with(|open| open.as_ref() == Some(id)));
    let title = title(&work);
    let label = title.clone();
    let surroundings = use_surroundings();
    let (started_by, person) = (work.started_by.clone(), work.started_by_id);
    let by = move || who(started_by.as_deref(), person, surroundings.me());
    view! {
        <li class="render" class:render-open=is_open aria-label=label>
            <a class="render-link" href=href data-noscroll="" aria-current=move || is_open().then_some("true")>
                <Frame work=work.clone() now />
                <h2 class="render-title">{title}</h2>
            </a>
            <p class="render-line">
                <StateWord progress=work.progress />
                <span class="num">{money(&work).amount}</span>
            </p>
            <p class="render-line">
                <span class="render-by">{by}</span>
                <TimeAgo at=work.settled_at.unwrap_or(work.started_at) />
            </p>
        </li>
    }
}

/// The poster, or in its place what there is to say until there is a video.
#[component]
fn Frame(work: Work, now: RwSignal<Option<i64>>) -> impl IntoView {
    if work.progress != Progress::Completed {
        return view! { <Waiting work now /> }.into_any();
    }
    let picture = match (poster(&work), video(&work)) {
        (Some(poster), _) => view! { <img src=paths::media(&poster) alt="" loading="lazy" decoding="async" /> }.into_any(),
        // GEN made no small picture of it, so the browser shows the first frame.
        (None, Some(video)) => {
            view! { <video src=paths::media(&video) preload="metadata" muted playsinline tabindex="-1" aria-hidden="true"></video> }
                .into_any()
        }
        (None, None) => view! { <span class="frame-none">"GEN named no file"</span> }.into_any(),
    };
    view! {
        <div class="frame">
            {picture}
            <span class="frame-play">
                <Icon name=IconName::Play />
            </span>
        </div>
    }
    .into_any()
}

/// What there is to say of a render that is no video: how long it runs, or why it does not.
#[component]
fn Waiting(work: Work, now: RwSignal<Option<i64>>) -> impl IntoView {
    let progress = work.progress;
    let at_gen = matches!(progress, Progress::Sending | Progress::Pending | Progress::Processing);
    let (begun, typical) = (since(&work), work.typical);
    let about = if at_gen { String::new() } else { money(&work).words() };
    let reason = (!progress.is_running()).then(|| reason(&work));
    let late = Memo::new(move |_| is_late(&work, now.get()));
    let drawn = move || standing(progress, late.get());
    view! {
        <div class="frame frame-wait">
            <span class=move || drawn().tone.class()>{move || view! { <Icon name=drawn().icon /> }}</span>
            {at_gen.then(|| view! { <span class="num tone-running"><Elapsed since=begun typical /></span> })}
            {move || late.get().then(|| view! { <span class="tone-warn">"longer than usual"</span> })}
            {reason.map(|reason| view! { <span class="frame-reason">{reason}</span> })}
            <span>{about}</span>
        </div>
    }
}

/// What a render is called: its vidsheet and row.
pub fn title(work: &Work) -> String {
    let sheet = work.cell.as_ref().map(|cell| cell.vidsheet_title.trim()).unwrap_or_default();
    let sheet = if sheet.is_empty() { "Untitled vidsheet" } else { sheet };
    let row = work.cell.as_ref().and_then(|cell| cell.row_number);
    match row {
        Some(row) => format!("{sheet}, row {row}"),
        None => format!("{sheet}, row is gone"),
    }
}

/// Our id for its small picture.
pub fn poster(work: &Work) -> Option<String> {
    video_file(work).and_then(|file| file.thumbnail_url.clone())
}

/// Our id for the video.
pub fn video(work: &Work) -> Option<String> {
    video_file(work).and_then(|file| file.url.clone())
}

/// Why there is no video.
pub fn reason(work: &Work) -> String {
    let by_gen = || work.generation.as_ref().and_then(|generation| generation.failed_reason.clone());
    work.reason.clone().or_else(by_gen).unwrap_or_else(|| match work.progress {
        Progress::Stopped => "Stopped".to_owned(),
        _ => "GEN gave no reason.".to_owned(),
    })
}

/// The video among what the render made. A render makes nothing else, so the first file is taken where none
/// says that it is a video.
fn video_file(work: &Work) -> Option<&gen_client::model::ContentResource> {
    let outputs = &work.generation.as_ref()?.outputs;
    outputs.iter().find(|file| file.kind() == MediaKind::Video).or_else(|| outputs.first())
}
