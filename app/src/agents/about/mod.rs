//! One agent as GEN lists it: its name, where it lives in time, its pictures, and its end.

mod avatars;
mod details;

use gen_client::AgentId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::{Action, Sketch, Topic};

use super::head::SetupHead;
use super::server_fns::{delete_agent, list_avatars, open_agent};
use crate::activity::Curl;
use crate::live::on_change;
use crate::page::{self, current_agent};
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Act, ErrorNote, TypedDelete};
use avatars::Avatars;
use details::Details;

/// Name, description, time zone, pictures, and the way to be rid of an agent.
#[component]
pub fn AboutPage() -> impl IntoView {
    let agent = current_agent();
    let overview = page::of_agent(agent, open_agent);
    let avatars = page::of_agent(agent, list_avatars);
    on_change(
        move |topic| matches!(topic, Topic::Agent { agent_id } if agent.with_untracked(|agent| agent.as_ref() == Some(agent_id))),
        move || {
            overview.refetch();
            avatars.refetch();
        },
    );
    view! {
        <Title text="Agent · Setup · Reelsheet" />
        <SetupHead />
        <div class="page-body about">
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {page::after(async move { drop((overview.await, avatars.await)) }, move || {
                    let (known, error) = page::kept(overview);
                    let name = Memo::new(move |_| known.get().map(|known| known.value.agent.name).unwrap_or_default());
                    let of = Memo::new(move |_| known.get().map(|known| known.value.agent.id));
                    view! {
                        {move || error.get().map(|error| view! { <ErrorNote error /> })}
                        // Made once per agent: what is typed stays when the agent is asked for again.
                        {move || {
                            of.get()
                                .and_then(|_| known.get_untracked())
                                .map(|known| view! { <Details agent=known.value.agent /> })
                        }}
                        {move || of.get().map(|agent| view! { <Avatars agent avatars /> })}
                        {move || of.get().map(|agent| view! { <Delete agent name /> })}
                    }
                })}
            </Transition>
        </div>
    }
}

/// The end of an agent, behind its typed name.
#[component]
fn Delete(agent: AgentId, name: Memo<String>) -> impl IntoView {
    let surroundings = use_surroundings();
    let (open, attempt) = (RwSignal::new(false), Act::idle());
    let navigate = StoredValue::new(use_navigate());
    let delete = move |(typed, _): (String, String)| {
        attempt.run(delete_agent(agent.clone(), typed), move |()| {
            surroundings.agents.refetch();
            navigate.with_value(|navigate| navigate(paths::AGENTS, NavigateOptions::default()));
        });
    };
    let may = move || surroundings.may(Action::Administer);
    let what = Signal::derive(move || {
        format!(
            "GEN deletes “{}” with its core, ideas, vidsheets and voices. It does not come back. What Reelsheet has saved of its vidsheets stays on this server, but nobody reaches it any more.",
            name.get()
        )
    });
    view! {
        <section class="card danger-zone" aria-labelledby="delete-agent">
            <h2 id="delete-agent">"Delete this agent"</h2>
            <p class="meta">"At GEN, for good, with all that is its own."</p>
            <div class="buttons">
                <button type="button" class="button danger" disabled=move || !may() on:click=move |_| open.set(true)>
                    "Delete agent…"
                </button>
                <Curl what=|()| Sketch::DeleteAgent />
                {move || {
                    (!may()).then(|| view! { <span class="meta">"Only an admin can delete an agent."</span> })
                }}
            </div>
            <TypedDelete open title="Delete this agent?" what name button="Delete agent" attempt on_delete=delete />
        </section>
    }
}
