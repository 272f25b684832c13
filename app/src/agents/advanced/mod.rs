//! The profile that GEN kept about an agent before the core: three sections, another view of the same agent.

mod editor;
pub mod server_fns;

use gen_client::AgentId;
use gen_client::model::AgentProfile;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Action, Cached, Sketch, Topic};

use super::head::SetupHead;
use super::server_fns::open_agent;
use crate::activity::Curl;
use crate::live::on_change;
use crate::page::{self, current_agent};
use crate::shell::use_surroundings;
use crate::ui::{Act, AsOf, ErrorNote, TypedDelete};
use editor::Editor;
use server_fns::{open_profile, reset_profile};

/// The profile: read, set up, changed section by section, emptied.
#[component]
pub fn AdvancedPage() -> impl IntoView {
    let agent = current_agent();
    let profile = page::of_agent(agent, open_profile);
    let overview = page::of_agent(agent, open_agent);
    on_change(
        move |topic| matches!(topic, Topic::Agent { agent_id } if agent.with_untracked(|agent| agent.as_ref() == Some(agent_id))),
        move || profile.refetch(),
    );
    let changed = Callback::new(move |()| profile.refetch());
    view! {
        <Title text="Advanced · Setup · Reelsheet" />
        <SetupHead />
        <div class="page-body about">
            <p class="settings-lead">
                "GEN's older profile of this agent. It and the core are two views of one agent: what is saved here changes the canvas as well. Most people never need it."
            </p>
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {page::after(async move { drop((profile.await, overview.await)) }, move || {
                    let (known, error) = page::kept(profile);
                    let (of, _) = page::kept(overview);
                    let name = Memo::new(move |_| of.get().map(|known| known.value.agent.name).unwrap_or_default());
                    let age = move || {
                        known
                            .get()
                            .map(|Cached { as_of, refreshing, trouble, .. }| view! { <AsOf as_of refreshing trouble /> })
                    };
                    let sections = Signal::derive(move || known.get().map(|known| known.value).unwrap_or_default());
                    view! {
                        {move || error.get().map(|error| view! { <ErrorNote error /> })}
                        {age}
                        <Sections sections />
                        <Effects />
                        {move || agent.get().map(|agent| view! { <Editor agent sections changed /> })}
                        {move || agent.get().map(|agent| view! { <Reset agent name changed /> })}
                    }
                })}
            </Transition>
        </div>
    }
}

/// The three sections as GEN keeps them; keys of other services are left out.
#[component]
fn Sections(sections: Signal<AgentProfile>) -> impl IntoView {
    let json = Memo::new(move |_| sections.with(|all| serde_json::to_string_pretty(all).unwrap_or_default()));
    view! {
        <section class="card" aria-labelledby="profile">
            <h2 id="profile">"Profile"</h2>
            <p class="card-lead">"As GEN keeps it, without keys of other services."</p>
            <pre class="document" tabindex="0" role="region" aria-label="Profile as JSON">
                {json}
            </pre>
        </section>
    }
}

/// What each act does to the core.
#[component]
fn Effects() -> impl IntoView {
    let lines = [
        ("Set up", "Writes the sections given for an agent that has none. The core shows them at once."),
        (
            "Save",
            "Replaces the sections given; a list in them is replaced whole, so what is left out of it is gone.",
        ),
        (
            "Reset",
            "Empties the brand section: brand name, description, goal, keywords, target platforms, formats and brand socials of the core go with it. Identity and voice stay.",
        ),
    ];
    view! {
        <section class="card" aria-labelledby="effects">
            <h2 id="effects">"What this does to the core"</h2>
            <dl class="effects">
                {lines
                    .map(|(act, effect)| {
                        view! {
                            <dt>{act}</dt>
                            <dd>{effect}</dd>
                        }
                    })
                    .into_iter()
                    .collect_view()}
            </dl>
        </section>
    }
}

/// Empties the brand section, behind the agent's typed name.
#[component]
fn Reset(agent: AgentId, name: Memo<String>, changed: Callback<()>) -> impl IntoView {
    let surroundings = use_surroundings();
    let (open, attempt) = (RwSignal::new(false), Act::idle());
    let reset = move |(typed, _): (String, String)| {
        attempt.run(reset_profile(agent.clone(), typed), move |_| {
            open.set(false);
            changed.run(());
        });
    };
    view! {
        <section class="card danger-zone" aria-labelledby="reset-profile">
            <h2 id="reset-profile">"Reset the brand section"</h2>
            <p class="meta">"The history of the canvas keeps what the core was, so its fields can be restored there."</p>
            <div class="buttons">
                <button
                    type="button"
                    class="button danger"
                    disabled=move || !surroundings.may(Action::Edit)
                    on:click=move |_| open.set(true)
                >
                    "Reset…"
                </button>
                <Curl what=|()| Sketch::ResetProfile />
            </div>
            <TypedDelete
                open
                title="Reset the brand section?"
                what=Signal::derive(|| {
                    "GEN empties brand name, description, goal, keywords, platforms, formats and brand socials of this agent.".to_owned()
                })
                name
                button="Reset"
                attempt
                on_delete=reset
            />
        </section>
    }
}
