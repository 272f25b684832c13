//! The ideas of an agent: the board by status, the drawer of one idea, and the box that asks for more.

pub mod server_fns;

mod board;
mod card;
mod composer;
mod drawer;
mod moves;
mod runs;
mod status_menu;
mod words;

use gen_client::AgentId;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Cached, IdeasBoard, SavedRun, Topic};

use crate::live::on_change;
use crate::page::{self, Answer};
use crate::ui::{AsOf, ErrorNote};
use board::Board;
use composer::{Composer, Writing};
use drawer::IdeaDrawer;
use moves::Moves;
use runs::Runs;
use status_menu::StatusMenu;

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
            <Content agent board />
        </Transition>
    }
}

#[component]
fn Content(agent: Memo<Option<AgentId>>, board: Resource<Answer<Cached<IdeasBoard>>>) -> impl IntoView {
    let (cached, error) = page::kept(board);
    let moves = Moves::new(agent, board, cached);
    let writing = Writing::new();
    let now = page::every_second();
    let open = page::query("idea");
    let shown = Memo::new(move |_| {
        cached.with(|cached| cached.as_ref().map(|cached| cached.value.clone()).unwrap_or_default())
    });
    let ideas = Memo::new(move |_| moves.applied(shown.with(|board| board.ideas.clone())));
    let runs = Memo::new(move |_| shown.with(|board| board.runs.clone()));
    let running = Memo::new(move |_| {
        runs.get().into_iter().filter(|run| run.progress.is_running() && !run.awaiting_approval).collect()
    });
    let conversations = Memo::new(move |_| shown.with(|board| board.conversations.clone()));
    let started = Callback::new(move |run: SavedRun| {
        board.update(|answer| {
            if let Some((_, Ok(board))) = answer {
                board.value.runs.retain(|known| known.id != run.id);
                board.value.runs.insert(0, run);
            }
        });
    });
    let again = Callback::new(move |run: SavedRun| writing.again(&run));
    let age = Memo::new(move |_| {
        cached.with(|cached| {
            cached.as_ref().map(|cached| (cached.as_of, cached.refreshing, cached.trouble.clone()))
        })
    });
    view! {
        <div class="ideas">
            <section class="ideas-main" aria-label="Board">
                <header class="page-head">
                    <h1>"Ideas"</h1>
                    <span class="page-count num">{move || ideas.with(Vec::len)}</span>
                    <a class="button to-composer" href="#message">
                        "Ask for ideas"
                    </a>
                    {move || {
                        age.get()
                            .map(|(as_of, refreshing, trouble)| view! { <AsOf as_of refreshing trouble /> })
                    }}
                </header>
                {move || error.get().map(|error| view! { <ErrorNote error /> })}
                <Board ideas running now agent open moves />
                <div class="ask">
                    <Runs runs now agent retry=again />
                    <Composer agent conversations writing on_started=started />
                </div>
            </section>
            <IdeaDrawer ideas open agent moves />
            <StatusMenu moves />
            <p class="visually-hidden" role="status">
                {moves.said}
            </p>
        </div>
    }
}
