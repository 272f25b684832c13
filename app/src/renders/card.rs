use gen_client::AgentId;
use gen_client::model::MediaKind;
use leptos::prelude::*;
use model::{Progress, Work};

use super::Filter;
use crate::page::elapsed;
use crate::paths;
use crate::ui::{Icon, IconName, TimeAgo, credits, credits_estimate};

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
    view! {
        <li class="render" class:render-open=is_open aria-label=label>
            <a class="render-link" href=href data-noscroll="" aria-current=move || is_open().then_some("true")>
                <Frame work=work.clone() now />
                <h2 class="render-title">{title}</h2>
            </a>
            <p class="render-line">
                <StateWord progress=work.progress />
                <span class="num">{price(&work)}</span>
            </p>
            <p class="render-line">
                <span class="render-by">{who(&work)}</span>
                <TimeAgo at=work.settled_at.unwrap_or(work.started_at) />
            </p>
        </li>
    }
}

/// The poster, or in its place what there is to say until there is a video.
#[component]
fn Frame(work: Work, now: RwSignal<Option<i64>>) -> impl IntoView {
    let (started_at, progress) = (work.started_at, work.progress);
    if progress.is_running() {
        return view! {
            <div class="frame frame-wait">
                <span class="info">
                    <Icon name=IconName::Running />
                </span>
                <span class="num info">{move || elapsed(now.get(), started_at)}</span>
                <span>"Rendering"</span>
            </div>
        }
        .into_any();
    }
    if progress != Progress::Completed {
        return view! {
            <div class="frame frame-wait">
                <span class="error">
                    <Icon name=IconName::CrossCircle />
                </span>
                <span class="error frame-reason">{reason(&work)}</span>
                <span>{cost_words(&work)}</span>
            </div>
        }
        .into_any();
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

/// Where a render stands: drawing, word and colour.
#[component]
pub fn StateWord(
    /// Where it stands.
    progress: Progress,
) -> impl IntoView {
    let (class, icon) = match progress {
        Progress::Held | Progress::Queued | Progress::Sending => ("state", IconName::Clock),
        Progress::Pending | Progress::Processing => ("state info", IconName::Running),
        Progress::Completed => ("state ok", IconName::CheckCircle),
        Progress::Failed | Progress::Refused => ("state error", IconName::CrossCircle),
        Progress::Stopped => ("state", IconName::Stopped),
        Progress::NotSent | Progress::Unknown => ("state warn", IconName::Warning),
    };
    view! {
        <span class=class>
            <Icon name=icon />
            {progress.as_str()}
        </span>
    }
}

/// What a render is called: its vidsheet and row.
pub fn title(work: &Work) -> String {
    let sheet = work.cell.as_ref().map_or("", |cell| cell.vidsheet_title.trim());
    let sheet = if sheet.is_empty() { "Untitled vidsheet" } else { sheet };
    format!("{sheet}, {}", row_words(work).to_lowercase())
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

/// What a render that did not become a video cost.
pub fn cost_words(work: &Work) -> &'static str {
    match work.progress {
        Progress::Failed | Progress::Stopped => "0 cr, refunded",
        Progress::Refused | Progress::NotSent => "0 cr, nothing was charged",
        _ => "may have been charged",
    }
}

/// Its price before, what it took after.
pub fn price(work: &Work) -> String {
    match (work.progress, work.cost) {
        (Progress::Failed | Progress::Stopped | Progress::Refused | Progress::NotSent, _) => credits(0.0),
        (Progress::Completed, Some(cost)) => credits(cost),
        _ => work.estimate.map(credits_estimate).unwrap_or_default(),
    }
}

fn who(work: &Work) -> String {
    work.started_by.clone().unwrap_or_else(|| "started elsewhere".to_owned())
}

fn row_words(work: &Work) -> String {
    work.cell
        .as_ref()
        .and_then(|cell| cell.row_number)
        .map_or_else(|| "Row is gone".to_owned(), |number| format!("Row {number}"))
}

/// The video among what the render made. A render makes nothing else, so the first file is taken where none
/// says that it is a video.
fn video_file(work: &Work) -> Option<&gen_client::model::ContentResource> {
    let outputs = &work.generation.as_ref()?.outputs;
    outputs.iter().find(|file| file.kind() == MediaKind::Video).or_else(|| outputs.first())
}
