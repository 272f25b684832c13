use gen_client::IdeaId;
use gen_client::model::{Idea, IdeaStatus, InspirationSource};
use leptos::ev::{DragEvent, Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::desk::Desk;
use super::status_menu::StatusButton;
use super::words::{count, initials, millis, next, previous, video_icon, words};
use crate::page::clock;
use crate::paths;
use crate::ui::{ErrorNote, Icon, IconName, TimeAgo, credits};

/// One idea on the board. Arrows, J and K go from card to card; `[` and `]` move it along the flow, S opens the
/// menu of statuses, Delete rejects it.
#[component]
pub fn Card(
    /// Which idea.
    idea: Idea,
    /// What the page works on.
    desk: Desk,
) -> impl IntoView {
    let moves = desk.moves;
    let (id, status) = (idea.id.clone(), idea.status.clone());
    let link = NodeRef::<html::A>::new();
    let place = (id.clone(), status.clone());
    Effect::new(move || {
        let ours = moves.focus.with(|focus| focus.as_ref() == Some(&place));
        if let (true, Some(link)) = (ours, link.get()) {
            moves.focus.set(None);
            if let Err(error) = link.focus() {
                leptos::logging::error!("the focus cannot be set: {error:?}");
            }
        }
    });
    let href = {
        let id = id.clone();
        move || desk.beside("idea", id.as_str())
    };
    let is_open = {
        let id = id.clone();
        move || desk.open.with(|open| open.as_deref() == Some(id.as_str()))
    };
    let under_way = {
        let id = id.clone();
        move || moves.is_under_way(&id)
    };
    let refusal = {
        let id = id.clone();
        move || moves.refusal(&id).map(|error| view! { <ErrorNote error /> })
    };
    let on_drag = {
        let id = id.clone();
        move |event: DragEvent| {
            // Some browsers drag nothing that carries no data.
            if let Some(data) = event.data_transfer()
                && let Err(error) = data.set_data("text/plain", id.as_str())
            {
                leptos::logging::error!("the card cannot be dragged: {error:?}");
            }
            moves.dragged.set(Some(id.clone()));
        }
    };
    let on_key = {
        let (id, status) = (id.clone(), status.clone());
        move |event: KeyboardEvent| {
            let Some(card) = link.get_untracked().and_then(|link| link.closest("li").ok().flatten()) else {
                return;
            };
            let to = match event.key().as_str() {
                "]" => next(&status),
                "[" => previous(&status),
                "Delete" => Some(IdeaStatus::Rejected),
                key => {
                    let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
                    if plain && (go(&card, key) || act(desk, &id, key)) {
                        event.prevent_default();
                    }
                    None
                }
            };
            if let Some(to) = to {
                event.prevent_default();
                moves.focus.set(Some((id.clone(), to.clone())));
                moves.to(id.clone(), &status, to);
            }
        }
    };
    let title = shown_title(&idea);
    let label = title.clone();
    let picking = format!("Select {title}");
    let picked = {
        let id = id.clone();
        Memo::new(move |_| desk.is_picked(&id))
    };
    let on_pick = {
        let id = id.clone();
        move |event: Event| desk.pick(&id, event_target_checked(&event))
    };
    view! {
        <li
            class="idea"
            class:idea-picked=picked
            class:idea-open=is_open
            class:idea-moving=under_way
            aria-label=label
            draggable="true"
            on:dragstart=on_drag
            on:dragend=move |_| moves.dragged.set(None)
            on:keydown=on_key
        >
            <h3 class="idea-title">
                <a href=href data-noscroll="" node_ref=link>
                    {title}
                </a>
            </h3>
            <label class="idea-pick">
                <input type="checkbox" prop:checked=picked on:change=on_pick aria-label=picking />
            </label>
            {idea.hook.as_ref().map(|hook| view! { <p class="idea-hook">"“" {hook.clone()} "”"</p> })}
            {top_source(&idea).map(|source| view! { <Source source=source.clone() /> })} <RowLink idea=idea.id.clone() desk />
            <div class="idea-foot">
                <Facts idea=idea.clone() />
                <Keeper idea=idea.id.clone() desk />
                <StatusButton idea=id status moves />
            </div> {refusal}
        </li>
    }
}

/// Does what a key on a card asks for; whether it asked for anything.
fn act(desk: Desk, idea: &IdeaId, key: &str) -> bool {
    let chosen = || {
        let picked = desk.picked.get_untracked();
        if picked.is_empty() { vec![idea.clone()] } else { picked }
    };
    match key {
        "x" => desk.pick(idea, !desk.picked.with_untracked(|picked| picked.contains(idea))),
        "X" => {
            let lane = desk.ideas.with_untracked(|ideas| {
                let status = ideas.iter().find(|known| known.id == *idea).map(|known| known.status.clone());
                let beside = ideas.iter().filter(|known| Some(&known.status) == status.as_ref());
                beside.map(|known| known.id.clone()).collect::<Vec<_>>()
            });
            desk.pick_to(idea, &lane);
        }
        "v" => desk.converting.set(Some(chosen())),
        "e" => {
            desk.picked.set(chosen());
            desk.writing.refine();
        }
        "n" => desk.writing.new_batch(),
        "r" => desk.researching.set(true),
        _ => return false,
    }
    true
}

/// The row that was made from an idea, with what it has cost.
#[component]
pub fn RowLink(
    /// From which.
    idea: IdeaId,
    /// What the page works on.
    desk: Desk,
) -> impl IntoView {
    let row = Memo::new(move |_| desk.rows.with(|rows| rows.get(&idea).cloned()));
    move || {
        row.get().map(|row| {
            let href = desk
                .agent
                .with(|agent| agent.as_ref().map(|agent| paths::row(agent, &row.vidsheet_id, &row.row_id)));
            let place = match row.row_number {
                Some(number) => format!("{}, row {number}", row.vidsheet_title),
                None => row.vidsheet_title.clone(),
            };
            let spent = (row.spent > 0.0).then(|| view! { <span class="num">{credits(row.spent)}</span> });
            view! {
                <p class="idea-row">
                    <Icon name=IconName::Sheets />
                    <a href=href>{place}</a>
                    {spent}
                </p>
            }
        })
    }
}

/// Who takes care of an idea, by the first letters of the name.
#[component]
fn Keeper(idea: IdeaId, desk: Desk) -> impl IntoView {
    let keeper = Memo::new(move |_| desk.assignees.with(|all| all.get(&idea).map(|one| one.name.clone())));
    move || {
        keeper.get().map(|name| {
            let (letters, words) = (initials(&name), format!("Assigned to {name}"));
            view! {
                <span class="keeper" title=name>
                    <span aria-hidden="true">{letters}</span>
                    <span class="visually-hidden">{words}</span>
                </span>
            }
        })
    }
}

/// Goes where a key leads from this card; whether it led anywhere.
fn go(card: &web_sys::Element, key: &str) -> bool {
    let lane = || card.closest(".lane").ok().flatten();
    let (place, what) = match key {
        "ArrowDown" | "j" => (card.next_element_sibling(), "a"),
        "ArrowUp" | "k" => (card.previous_element_sibling(), "a"),
        "ArrowRight" => (lane().and_then(|lane| lane.next_element_sibling()), ".idea-title a"),
        "ArrowLeft" => (lane().and_then(|lane| lane.previous_element_sibling()), ".idea-title a"),
        "s" => (Some(card.clone()), ".idea-status"),
        _ => return false,
    };
    let found = place.and_then(|place| place.query_selector(what).ok().flatten());
    let Some(target) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return false;
    };
    if key == "s" {
        target.click();
    } else if let Err(error) = target.focus() {
        leptos::logging::error!("the focus cannot be set: {error:?}");
    }
    true
}

/// What an idea is called, also where GEN gave it no title.
pub fn shown_title(idea: &Idea) -> String {
    let title = idea.title.trim();
    if title.is_empty() { format!("Idea {}", idea.id) } else { title.to_owned() }
}

/// Kind, length, shape and age of an idea.
#[component]
pub fn Facts(
    /// Which idea.
    idea: Idea,
) -> impl IntoView {
    let kind = idea.video_type.as_ref().map(|kind| {
        view! {
            <span class="idea-kind" title=words(kind)>
                <Icon name=video_icon(kind) />
                <span class="visually-hidden">{words(kind)}</span>
            </span>
        }
    });
    view! {
        <p class="idea-facts">
            {kind} {idea.estimated_duration.map(|seconds| view! { <span>{clock(seconds)}</span> })}
            {idea.aspect_ratio.map(|ratio| view! { <span>{ratio}</span> })}
            {idea.created_at.as_deref().and_then(millis).map(|at| view! { <TimeAgo at /> })}
        </p>
    }
}

#[component]
fn Source(source: InspirationSource) -> impl IntoView {
    view! {
        <p class="idea-source">
            <Icon name=IconName::Eye />
            <span>
                {source.creator} {source.watch_count.map(|views| format!(" · {} views", count(views)))}
            </span>
        </p>
    }
}

/// The most watched of the videos that the idea learned from.
pub fn top_source(idea: &Idea) -> Option<&InspirationSource> {
    let watched = |source: &InspirationSource| source.watch_count.unwrap_or(0.0);
    idea.data
        .inspiration_sources
        .iter()
        .filter(|source| source.creator.is_some())
        .max_by(|a, b| watched(a).total_cmp(&watched(b)))
}
