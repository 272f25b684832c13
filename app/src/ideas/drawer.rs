use gen_client::model::{Idea, InspirationSource};
use leptos::prelude::*;
use serde_json::Value;

use super::card::{Facts, RowLink, shown_title};
use super::desk::Desk;
use super::history::{History, KeeperChoice};
use super::manifest::{ClipBar, Manifest};
use super::status_menu::StatusButton;
use super::words::{count, host, read_aloud, safe_link, status_icon, words};
use crate::page::clock;
use crate::paths;
use crate::ui::{Drawer, Empty, ErrorNote, Icon, IconName};

/// Everything about one idea, beside the board.
#[component]
pub fn IdeaDrawer(
    /// What the page works on.
    desk: Desk,
    /// Called when the person closes it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let idea = Memo::new(move |_| {
        let open = desk.open.get()?;
        Some(desk.ideas.with(|ideas| ideas.iter().find(|idea| idea.id.as_str() == open).cloned()))
    });
    move || {
        idea.get().map(|idea| {
            let title = idea.as_ref().map_or_else(|| "Idea".to_owned(), shown_title);
            view! {
                <Drawer title=title on_close>
                    {match idea {
                        Some(idea) => view! { <Body idea desk /> }.into_any(),
                        None => {
                            view! { <Empty icon=IconName::Bulb title="There is no such idea on this board." /> }
                                .into_any()
                        }
                    }}
                </Drawer>
            }
        })
    }
}

#[component]
fn Body(idea: Idea, desk: Desk) -> impl IntoView {
    let moves = desk.moves;
    let data = idea.data.clone();
    let (id, next_of) = (idea.id.clone(), idea.id.clone());
    let waits = {
        let id = idea.id.clone();
        move || moves.is_cycling(&id) || moves.is_under_way(&id)
    };
    let refusal = {
        let id = idea.id.clone();
        move || moves.refusal(&id).map(|error| view! { <ErrorNote error /> })
    };
    let status = words(idea.status.as_str());
    view! {
        <div class="idea-meta">
            <span class="state">
                <Icon name=status_icon(&idea.status) />
                {status}
            </span>
            <Facts idea=idea.clone() />
            <span class="idea-acts">
                <button
                    type="button"
                    class="button small"
                    title="GEN chooses which one that is"
                    disabled=waits
                    on:click=move |_| moves.next(next_of.clone())
                >
                    "Next status"
                </button>
                <StatusButton idea=idea.id.clone() status=idea.status.clone() moves />
            </span>
        </div>
        {refusal}
        <RowLink idea=idea.id.clone() desk />
        <KeeperChoice idea=idea.id.clone() desk />
        {idea.hook.clone().map(|hook| view! { <Part title="Hook"><p class="read">{hook}</p></Part> })}
        {idea
            .full_script
            .clone()
            .map(|script| {
                view! {
                    <Part title="Full script" aside=timing(&script, idea.estimated_duration)>
                        <p class="read script">{script}</p>
                    </Part>
                }
            })}
        {idea.description.clone().map(|text| view! { <Part title="What is shown"><p class="read">{text}</p></Part> })}
        {data.rationale.map(|why| view! { <Part title="Why this idea"><p class="muted">{why}</p></Part> })}
        {(!data.inspiration_sources.is_empty()).then(|| view! { <Sources sources=data.inspiration_sources /> })}
        {(!data.selected_assets.is_empty()).then(|| view! { <Assets assets=data.selected_assets /> })}
        {data.project_manifest.filter(|manifest| !manifest.is_null()).map(|manifest| view! { <Manifest manifest /> })}
        <div class="idea-next">
            <button type="button" class="button primary" on:click=move |_| desk.converting.set(Some(vec![id.clone()]))>
                <Icon name=IconName::Sheets />
                "Convert to vidsheet"
            </button>
            <span class="muted">"Free: a row with these texts. Making the video costs later."</span>
        </div>
        <History idea=idea.id desk />
    }
}

/// A heading with what belongs to it.
#[component]
pub fn Part(
    /// The heading.
    title: &'static str,
    /// What stands at its end.
    #[prop(optional, into)]
    aside: Option<AnyView>,
    /// What belongs to it.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="idea-part">
            <h3>
                <span>{title}</span>
                {aside}
            </h3>
            {children()}
        </section>
    }
}

/// How long the script takes to read aloud, beside what is planned; said as a warning where it does not fit.
fn timing(script: &str, planned: Option<f64>) -> AnyView {
    let reads = read_aloud(script);
    let Some(planned) = planned else {
        return view! { <span>"reads " {clock(reads)}</span> }.into_any();
    };
    let words = format!("reads {}, planned {}", clock(reads), clock(planned));
    if reads > planned * 1.1 {
        view! {
            <span class="state warn">
                <Icon name=IconName::Warning />
                {words}
                <span class="visually-hidden">", too long"</span>
            </span>
        }
        .into_any()
    } else {
        view! { <span>{words}</span> }.into_any()
    }
}

#[component]
fn Sources(sources: Vec<InspirationSource>) -> impl IntoView {
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), count);
    let lines = sources
        .into_iter()
        .map(|source| {
            let name = source.creator.or_else(|| source.kind.clone()).unwrap_or_else(|| "Unknown".to_owned());
            view! {
                <tr>
                    <th scope="row">
                        {name} {source.what_was_used.map(|used| view! { <span class="source-used">{used}</span> })}
                        {source.url.map(|url| view! { <OutsideLink url /> })}
                    </th>
                    <td class="num">{number(source.watch_count)}</td>
                    <td class="num">{number(source.like_count)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="sources">
            <thead>
                <tr>
                    <th scope="col">"Inspired by"</th>
                    <th scope="col" class="num">
                        "Watched"
                    </th>
                    <th scope="col" class="num">
                        "Likes"
                    </th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
}

#[component]
fn Assets(assets: Vec<Value>) -> impl IntoView {
    let total = assets.len();
    let text = |asset: &Value, key: &str| asset.get(key).and_then(Value::as_str).map(str::to_owned);
    let lines = assets
        .iter()
        .map(|asset| {
            let kind = text(asset, "type");
            let icon = match kind.as_deref() {
                Some("video") => IconName::Video,
                Some("image") => IconName::Image,
                Some("audio") => IconName::Audio,
                _ => IconName::Layers,
            };
            let name = text(asset, "description").or(kind.clone()).unwrap_or_else(|| asset.to_string());
            let range = clip_range(asset);
            let span = clip_seconds(asset);
            let usage = text(asset, "usage").filter(|usage| range.is_none() || !usage.starts_with("clip "));
            view! {
                <li class="asset">
                    <Icon name=icon />
                    <span class="asset-name">{name.clone()}</span>
                    <span class="asset-use num">{usage} " " {range}</span>
                    {span.map(|span| view! { <ClipBar span /> })}
                    {text(asset, "media").map(|media| player(&media, kind.as_deref(), span, &name))}
                    {text(asset, "url").map(|url| view! { <OutsideLink url /> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <Part title="Selected assets" aside=view! { <span class="num">{total}</span> }.into_any()>
            <ul role="list" class="assets">
                {lines}
            </ul>
        </Part>
    }
}

/// The asset itself, where it lies at GEN: of a clip or a sound the part that is meant.
fn player(media: &str, kind: Option<&str>, span: Option<(f64, f64)>, name: &str) -> AnyView {
    // A browser plays from here to there by itself.
    let part = span.map(|(start, end)| format!("#t={start},{end}")).unwrap_or_default();
    let (src, name) = (format!("{}{part}", paths::media(media)), name.to_owned());
    match kind {
        Some("video") => {
            view! { <video class="asset-media" src=src controls playsinline preload="metadata" aria-label=name></video> }
                .into_any()
        }
        Some("audio") => {
            view! { <audio class="asset-media" src=src controls preload="none" aria-label=name></audio> }.into_any()
        }
        Some("image") => view! { <img class="asset-media" src=src alt=name loading="lazy" /> }.into_any(),
        _ => ().into_any(),
    }
}

/// Which seconds of an asset the idea wants, in words.
fn clip_range(asset: &Value) -> Option<String> {
    let (start, end) = clip_seconds(asset)?;
    Some(format!("{} to {}", clock(start), clock(end)))
}

fn clip_seconds(asset: &Value) -> Option<(f64, f64)> {
    let at = |key: &str| asset.get("clip_range")?.get(key)?.as_f64();
    let (start, end) = (at("start")?, at("end")?);
    (start >= 0.0 && end > start).then_some((start, end))
}

/// A link out of GEN's text: followed only where it is plain https, and told nothing about us.
#[component]
pub fn OutsideLink(
    /// Hostile text.
    url: String,
) -> impl IntoView {
    match safe_link(&url) {
        Some(safe) => view! {
            <a class="outside" href=safe.to_owned() target="_blank" rel="noopener noreferrer nofollow">
                {host(safe).to_owned()}
                <Icon name=IconName::External />
                <span class="visually-hidden">" (opens in a new tab)"</span>
            </a>
        }
        .into_any(),
        None => view! { <span class="outside muted">{url}</span> }.into_any(),
    }
}
