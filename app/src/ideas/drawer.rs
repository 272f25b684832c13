use gen_client::AgentId;
use gen_client::model::{Idea, InspirationSource};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde_json::Value;

use super::card::{Facts, shown_title};
use super::moves::Moves;
use super::status_menu::StatusButton;
use super::words::{count, host, read_aloud, safe_link, status_icon, words};
use crate::page::clock;
use crate::paths;
use crate::ui::{Drawer, Empty, Icon, IconName};

/// Everything about one idea, beside the board.
#[component]
pub fn IdeaDrawer(
    /// The ideas of the board.
    ideas: Memo<Vec<Idea>>,
    /// Which one is open, by its id.
    open: Memo<Option<String>>,
    /// Whose board.
    agent: Memo<Option<AgentId>>,
    /// The moves of this board.
    moves: Moves,
) -> impl IntoView {
    let idea = Memo::new(move |_| {
        let open = open.get()?;
        Some(ideas.with(|ideas| ideas.iter().find(|idea| idea.id.as_str() == open).cloned()))
    });
    let navigate = StoredValue::new(use_navigate());
    let close = move || {
        if let Some(agent) = agent.get_untracked() {
            let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate.with_value(|navigate| navigate(&paths::ideas(&agent), stay));
        }
    };
    move || {
        idea.get().map(|idea| {
            let title = idea.as_ref().map_or_else(|| "Idea".to_owned(), shown_title);
            view! {
                <Drawer title=title on_close=close>
                    {match idea {
                        Some(idea) => view! { <Body idea agent moves /> }.into_any(),
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
fn Body(idea: Idea, agent: Memo<Option<AgentId>>, moves: Moves) -> impl IntoView {
    let data = idea.data.clone();
    let status = words(idea.status.as_str());
    view! {
        <div class="idea-meta">
            <span class="state">
                <Icon name=status_icon(&idea.status) />
                {status}
            </span>
            <Facts idea=idea.clone() />
            <StatusButton idea=idea.id.clone() status=idea.status.clone() moves />
        </div>
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
        {data
            .project_manifest
            .filter(|manifest| !manifest.is_null())
            .map(|manifest| {
                view! {
                    <details class="idea-manifest">
                        <summary>"Planned timeline, as GEN sent it"</summary>
                        <pre>{format!("{manifest:#}")}</pre>
                    </details>
                }
            })}
        <div class="idea-next">
            <a
                class="button primary"
                href=move || agent.with(|agent| agent.as_ref().map(paths::templates))
            >
                <Icon name=IconName::Sheets />
                "Choose a template"
            </a>
            <span class="muted">"Cloning one is free; put the script into a row."</span>
        </div>
    }
}

/// A heading with what belongs to it.
#[component]
fn Part(
    title: &'static str,
    #[prop(optional, into)] aside: Option<AnyView>,
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
            let name = text(asset, "description").or(kind).unwrap_or_else(|| asset.to_string());
            let range = clip_range(asset);
            let usage = text(asset, "usage").filter(|usage| range.is_none() || !usage.starts_with("clip "));
            view! {
                <li class="asset">
                    <Icon name=icon />
                    <span class="asset-name">{name}</span>
                    <span class="asset-use num">{usage} " " {range}</span>
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

/// Which seconds of an asset the idea wants.
fn clip_range(asset: &Value) -> Option<String> {
    let range = asset.get("clip_range")?;
    let at = |key: &str| range.get(key).and_then(Value::as_f64).map(clock);
    Some(format!("{} to {}", at("start")?, at("end")?))
}

/// A link out of GEN's text: followed only where it is plain https, and told nothing about us.
#[component]
fn OutsideLink(url: String) -> impl IntoView {
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
