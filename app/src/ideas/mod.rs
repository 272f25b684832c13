//! The ideas of an agent: the board by status, the drawer of one idea, and the box that asks for more.

pub mod server_fns;

mod attached;
mod board;
mod card;
mod composer;
mod conversations;
mod convert;
mod desk;
mod drawer;
mod export;
mod history;
mod manifest;
mod moves;
mod preferences;
mod prose;
mod research;
mod row_idea;
mod runs;
mod scope;
mod selection;
mod status_menu;
mod table;
mod trends;
mod words;
mod writing;

pub use row_idea::RowIdea;
pub(crate) use words::safe_link;

use std::collections::HashMap;

use gen_client::AgentId;
use gen_client::model::Idea;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::{Ask, Cached, IdeasBoard, SavedRun, Topic};

use crate::live::on_change;
use crate::page::{self, Answer};
use crate::ui::{AsOf, Empty, ErrorNote, Icon, IconName};
use board::Board;
use composer::Composer;
use conversations::{ConversationMenu, ConversationPanel};
use convert::{Conversions, ConvertDialog};
use desk::Desk;
use drawer::IdeaDrawer;
use moves::Moves;
use preferences::PreferencesPanel;
use research::{ResearchDialog, ResearchPanel};
use runs::Runs;
use selection::{ExportMenu, SelectionBar};
use status_menu::StatusMenu;
use table::Table;
use trends::Trends;
use writing::Writing;

/// Narrower than this a drawer covers the page, as in `style/ui.css`; CSS pixels.
const PHONE: f64 = 768.0;

/// The ideas board.
#[component]
pub fn IdeasPage() -> impl IntoView {
    let agent = page::current_agent();
    let board = page::of_agent(agent, server_fns::open_board);
    let concerns = move |topic: &Topic| matches!(topic, Topic::Ideas { agent_id } if agent.with_untracked(|agent| agent.as_ref() == Some(agent_id)));
    on_change(concerns, move || board.refetch());
    view! {
        <Title text="Ideas · Reelsheet" />
        <Transition fallback=|| view! { <h1 class="visually-hidden">"Ideas"</h1> }>
            {page::after(async move { drop(board.await) }, move || view! { <Content agent board /> })}
        </Transition>
    }
}

#[component]
fn Content(agent: Memo<Option<AgentId>>, board: Resource<Answer<Cached<IdeasBoard>>>) -> impl IntoView {
    let (cached, error) = page::kept(board);
    // One clock for everything that counts below.
    page::every_second();
    let shown = Memo::new(move |_| {
        cached.with(|cached| cached.as_ref().map(|cached| cached.value.clone()).unwrap_or_default())
    });
    let moves = Moves::new(agent, board, cached);
    let desk = Desk {
        agent,
        ideas: Memo::new(move |_| moves.applied(shown.with(|board| board.ideas.clone()))),
        view: page::query("view"),
        open: page::query("idea"),
        moves,
        picked: RwSignal::new(Vec::new()),
        // The last of several rows of one idea stays.
        rows: Memo::new(move |_| shown.with(|board| keyed(&board.rows, |row| row.idea_id.clone()))),
        assignees: Memo::new(move |_| shown.with(|board| keyed(&board.assignees, |one| one.idea_id.clone()))),
        people: Memo::new(move |_| shown.with(|board| board.people.clone())),
        converting: RwSignal::new(None),
        researching: RwSignal::new(false),
        writing: Writing::new(),
    };
    let ideas = desk.ideas;
    let wanted = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let words = wanted.with(|words| words.trim().to_lowercase());
        ideas.with(|ideas| ideas.iter().filter(|idea| holds(idea, &words)).cloned().collect::<Vec<_>>())
    });
    let runs = Memo::new(move |_| shown.with(|board| board.runs.clone()));
    let running = Memo::new(move |_| {
        let brings_ideas = |run: &SavedRun| matches!(run.ask, Ask::Ideas | Ask::Refine);
        let goes_on = |run: &SavedRun| run.progress.is_running() && !run.awaiting_approval;
        runs.get().into_iter().filter(|run| goes_on(run) && brings_ideas(run)).collect()
    });
    let conversations = Memo::new(move |_| shown.with(|board| board.conversations.clone()));
    let conversions = Memo::new(move |_| shown.with(|board| board.conversions.clone()));
    let started = Callback::new(move |run: SavedRun| {
        board.update(|answer| {
            if let Some((_, Ok(board))) = answer {
                board.value.runs.retain(|known| known.id != run.id);
                board.value.runs.insert(0, run);
            }
        });
    });
    let age = Memo::new(move |_| {
        cached.with(|cached| {
            cached.as_ref().map(|cached| (cached.as_of, cached.refreshing, cached.trouble.clone()))
        })
    });
    let is_empty = Memo::new(move |_| {
        cached.with(Option::is_some)
            && ideas.with(Vec::is_empty)
            && running.with(|runs: &Vec<SavedRun>| runs.is_empty())
    });
    view! {
        <div class="ideas">
            <section class="ideas-main" aria-label="Board">
                <header class="page-head">
                    <h1>"Ideas"</h1>
                    <span class="page-count num">{move || ideas.with(Vec::len)}</span>
                    <ConversationMenu conversations desk />
                    <Views desk />
                    <label class="input-line ideas-search">
                        <Icon name=IconName::Search />
                        <span class="visually-hidden">"Search ideas"</span>
                        <input type="search" placeholder="Search" bind:value=wanted />
                    </label>
                    <a class="button to-composer" href="#message">
                        "Ask for ideas"
                    </a>
                    {move || {
                        age.get()
                            .map(|(as_of, refreshing, trouble)| view! { <AsOf as_of refreshing trouble /> })
                    }}
                    <span class="ideas-acts">
                        <ExportMenu ideas=found.into() label="Export all" />
                        <a class="button" href=move || desk.beside("panel", "rules") data-noscroll="">
                            <Icon name=IconName::Star />
                            "Rules"
                        </a>
                        <button type="button" class="button" on:click=move |_| desk.researching.set(true)>
                            <Icon name=IconName::Search />
                            "Research"
                        </button>
                        <button type="button" class="button primary" on:click=move |_| desk.writing.new_batch()>
                            "New batch"
                        </button>
                    </span>
                </header>
                <SelectionBar desk />
                {move || error.get().map(|error| view! { <ErrorNote error /> })}
                <Conversions conversions agent />
                {move || match desk.view.get().as_deref() {
                    Some("table") => view! { <Table ideas=found desk /> }.into_any(),
                    Some("trends") => view! { <Trends desk /> }.into_any(),
                    _ if is_empty.get() => view! { <Nothing desk /> }.into_any(),
                    _ => view! { <Board ideas=found running desk /> }.into_any(),
                }}
                <div class="ask">
                    <Runs runs desk />
                    <Composer desk conversations on_started=started />
                </div>
            </section>
            <Beside desk />
            <StatusMenu moves />
            <ConvertDialog desk />
            <ResearchDialog desk on_started=started />
            <p class="visually-hidden" role="status">
                {moves.said}
            </p>
        </div>
    }
}

/// What is open beside the board: an idea, a conversation, a report, the rules.
#[component]
fn Beside(desk: Desk) -> impl IntoView {
    let (talk, research, panel) = (page::query("talk"), page::query("research"), page::query("panel"));
    let navigate = StoredValue::new(use_navigate());
    let on_close = Callback::new(move |()| {
        if let Some(address) = untrack(|| desk.alone()) {
            let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate.with_value(|navigate| navigate(&address, stay));
        }
    });
    // On a phone what is open beside the board covers the box that somebody is led to.
    Effect::new(move |before: Option<u32>| {
        let led = desk.writing.led.get();
        let width = window().inner_width().ok().and_then(|width| width.as_f64());
        if before.is_some_and(|before| before != led) && width.is_some_and(|width| width < PHONE) {
            on_close.run(());
        }
        led
    });
    view! {
        <IdeaDrawer desk on_close />
        {move || talk.get().map(|talk| view! { <ConversationPanel talk desk on_close /> })}
        {move || research.get().map(|run| view! { <ResearchPanel run desk on_close /> })}
        {move || (panel.get().as_deref() == Some("rules")).then(|| view! { <PreferencesPanel desk on_close /> })}
    }
}

/// The ways to look at the same ideas.
#[component]
fn Views(desk: Desk) -> impl IntoView {
    let link = move |view: Option<&'static str>, words: &'static str| {
        let href = move || {
            let parts: Vec<_> = view.map(|view| ("view", view)).into_iter().collect();
            desk.agent.with(|agent| agent.as_ref().map(|agent| crate::paths::ideas_with(agent, &parts)))
        };
        let current = move || desk.view.with(|now| now.as_deref() == view).then_some("page");
        view! {
            <a href=href data-noscroll="" aria-current=current>
                {words}
            </a>
        }
    };
    view! {
        <nav class="segmented views" aria-label="View">
            {link(None, "Board")} {link(Some("table"), "Table")} {link(Some("trends"), "Trend sources")}
        </nav>
    }
}

/// An empty board.
#[component]
fn Nothing(desk: Desk) -> impl IntoView {
    let setup = move || desk.agent.with(|agent| agent.as_ref().map(crate::paths::setup));
    view! {
        <Empty icon=IconName::Bulb title="There is no idea yet. Ask for five; the better the agent knows you, the better they are.">
            <button type="button" class="button primary" on:click=move |_| desk.writing.new_batch()>
                "Ask for five ideas"
            </button>
            <a href=setup>"Fill the gaps in Setup"</a>
        </Empty>
    }
}

fn keyed<T: Clone>(all: &[T], key: impl Fn(&T) -> gen_client::IdeaId) -> HashMap<gen_client::IdeaId, T> {
    all.iter().map(|one| (key(one), one.clone())).collect()
}

/// Whether an idea holds these words, which are in small letters.
fn holds(idea: &Idea, words: &str) -> bool {
    let texts = [Some(&idea.title), idea.hook.as_ref(), idea.full_script.as_ref(), idea.video_type.as_ref()];
    words.is_empty() || texts.into_iter().flatten().any(|text| text.to_lowercase().contains(words))
}
