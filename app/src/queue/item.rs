use gen_client::model::GenerationType;
use leptos::prelude::*;
use model::{Progress, Work};

use crate::generations::{
    Elapsed, StateWord, UnclearCall, WorkButtons, href, is_late, money, name, settings_words, since,
    standing, who,
};
use crate::page::every_second;
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Icon, IconName, TimeAgo};

/// What changes when a piece of work must be drawn anew.
pub type Version = (String, Progress, Option<i64>, Option<i64>, Option<String>, Option<u64>, Option<String>);

/// Tells one drawing of a piece of work from the next.
pub fn version(work: &Work) -> Version {
    let money = work.cost.map(f64::to_bits);
    let refund = work.refund.map(|refund| format!("{refund:?}"));
    (work.id.clone(), work.progress, work.sent_at, work.settled_at, work.reason.clone(), money, refund)
}

/// One piece of work: what, where, who, how long, how much, and what can be done.
#[component]
pub fn Item(
    /// The work.
    work: Work,
    /// Called when something was done about it.
    changed: Callback<()>,
    /// Moves it one place, where its place can be changed.
    #[prop(optional)]
    moves: Option<Moves>,
) -> impl IntoView {
    let title = name(&work);
    let sheet = work.cell.as_ref().map(|cell| cell.vidsheet_title.clone());
    let money = money(&work);
    let unclear = (work.progress == Progress::Unknown).then(|| {
        view! {
            <UnclearCall
                work=work.id.clone()
                reason=work.reason.clone()
                code=work.error_code.clone()
                on_settled=move |_| changed.run(())
            />
        }
    });
    let tone = standing(work.progress, false).tone.class();
    let reason = work.reason.clone().filter(|_| work.progress != Progress::Unknown).map(|reason| {
        view! {
            <p class=format!("work-reason {tone}")>
                {reason} {work.error_code.clone().map(|code| view! { " " <code>{code}</code> })}
            </p>
        }
    });
    let label = title.clone();
    let surroundings = use_surroundings();
    let (started_by, person) = (work.started_by.clone(), work.started_by_id);
    let by = move || who(started_by.as_deref(), person, surroundings.me());
    view! {
        <li class="work" aria-label=label data-work=work.id.clone()>
            <Picture work=work.clone() />
            <div class="work-what">
                <p class="work-name">
                    <a class="work-link" id=format!("work-{}", work.id) href=href(&work)>
                        {title}
                    </a>
                    {sheet.map(|sheet| view! { <span class="muted cut">{sheet}</span> })}
                </p>
                <p class="meta">{settings_words(&work)} " · " {by}</p>
                {reason}
            </div>
            <div class="work-how">
                <State work=work.clone() />
            </div>
            <div class="work-money num">
                <p>{money.amount.clone()}</p>
                {money.word.map(|word| view! { <p class=format!("meta {}", money.tone.class())>{word}</p> })}
            </div>
            <div class="work-acts">
                {moves.map(|moves| view! { <MoveButtons id=work.id.clone() moves /> })}
                <WorkButtons work=work.clone() on_done=move |_| changed.run(()) />
            </div>
            {unclear}
        </li>
    }
}

/// State, and beside it the time that matters: elapsed while it runs, when it ended after.
#[component]
fn State(work: Work) -> impl IntoView {
    let now = every_second();
    let (progress, settled_at) = (work.progress, work.settled_at);
    let (begun, typical) = (since(&work), work.typical);
    let at_gen = matches!(progress, Progress::Sending | Progress::Pending | Progress::Processing);
    let late = Memo::new(move |_| is_late(&work, now.get()));
    view! {
        <StateWord progress late />
        <p class="meta num">
            {if at_gen {
                view! { <Elapsed since=begun typical /> }.into_any()
            } else {
                view! { <TimeAgo at=settled_at.unwrap_or(begun) /> }.into_any()
            }}
        </p>
        {move || late.get().then(|| view! { <p class="meta tone-warn">"longer than usual"</p> })}
    }
}

/// What it made, small; else a drawing for its kind.
#[component]
fn Picture(work: Work) -> impl IntoView {
    let output = work.generation.as_ref().and_then(|generation| generation.outputs.first());
    match output.and_then(|output| output.thumbnail_url.as_deref()) {
        Some(id) => {
            view! { <img class="work-picture" src=paths::media(id) alt="" loading="lazy" decoding="async" /> }
                .into_any()
        }
        None => {
            let icon = match (&work.cell, &work.generation_type) {
                (None, _) => IconName::Bulb,
                (Some(_), None) => IconName::Film,
                (Some(_), Some(GenerationType::Text)) => IconName::Text,
                (Some(_), Some(GenerationType::ImageFromText)) => IconName::Image,
                (Some(_), Some(GenerationType::SpeechFromText)) => IconName::Wave,
                (Some(_), Some(_)) => IconName::Video,
            };
            view! {
                <span class="work-picture is-empty">
                    <Icon name=icon />
                </span>
            }
            .into_any()
        }
    }
}

/// Moves waiting work by one place; the same with Alt and an arrow key.
#[derive(Clone, Copy)]
pub struct Moves {
    /// Whether the list shows every place there is.
    pub on: Signal<bool>,
    /// One place towards the front.
    pub up: Callback<String>,
    /// One place back.
    pub down: Callback<String>,
}

#[component]
fn MoveButtons(id: String, moves: Moves) -> impl IntoView {
    let off = move || !moves.on.get();
    let title = move |words: &'static str| move || if off() { "Clear the filter first" } else { words };
    let back = id.clone();
    view! {
        <button
            type="button"
            class="button icon-only"
            data-act="up"
            aria-label="Move up"
            title=title("Move up (Alt+↑)")
            disabled=off
            on:click=move |_| moves.up.run(id.clone())
        >
            <Icon name=IconName::ChevronUp />
        </button>
        <button
            type="button"
            class="button icon-only"
            data-act="down"
            aria-label="Move down"
            title=title("Move down (Alt+↓)")
            disabled=off
            on:click=move |_| moves.down.run(back.clone())
        >
            <Icon name=IconName::ChevronDown />
        </button>
    }
}
