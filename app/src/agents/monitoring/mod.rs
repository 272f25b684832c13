//! What GEN watches for an agent: looks at what others post, once or kept up.

mod adopt;
mod begin;
pub mod server_fns;
mod terms;
mod watch_row;

use leptos::prelude::*;
use leptos_meta::Title;
use model::Topic;

use super::bought::bought_note;
use super::head::SetupHead;
use crate::live::{on_change, soon};
use crate::page::{self, current_agent};
use crate::ui::{Empty, ErrorNote, IconName};
use adopt::Adopt;
use begin::Begin;
use server_fns::list_watches;
use terms::{Platforms, terms_words};
use watch_row::WatchRow;

/// Looks at others' posts: what each costs, those that go on, and a form to begin one.
#[component]
pub fn MonitoringPage() -> impl IntoView {
    let agent = current_agent();
    let watched = page::of_agent(agent, list_watches);
    on_change(
        move |topic| matches!(topic, Topic::Work { agent_id } if agent.with_untracked(|agent| agent.as_ref() == Some(agent_id))),
        soon(move || watched.refetch()),
    );
    let changed = Callback::new(move |()| watched.refetch());
    view! {
        <Title text="Monitoring · Setup · Reelsheet" />
        <SetupHead />
        <div class="page-body monitoring">
            <p class="settings-lead">
                "GEN reads what creators post and uses it for ideas and research. It shows no raw results: ask the agent about them."
            </p>
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {page::after(async move { drop(watched.await) }, move || {
                    let (known, error) = page::kept(watched);
                    let watches = move || known.get().map(|known| known.watches).unwrap_or_default();
                    let unsent = move || known.get().map(|known| known.unsent).unwrap_or_default();
                    view! {
                        {move || agent.get().map(|agent| view! { <Begin agent changed /> })}
                        {move || error.get().map(|error| view! { <ErrorNote error /> })}
                        <Show when=move || !unsent().is_empty()>
                            <section class="card" aria-labelledby="not-with-gen">
                                <h2 id="not-with-gen">"Not with GEN"</h2>
                                <ul class="rows" aria-label="Not with GEN">
                                    {move || {
                                        unsent()
                                            .into_iter()
                                            .map(|one| {
                                                view! {
                                                    <li class="watch">
                                                        <p>{terms_words(&one.what)}</p>
                                                        {bought_note(&one)}
                                                    </li>
                                                }
                                            })
                                            .collect_view()
                                    }}
                                </ul>
                            </section>
                        </Show>
                        <section class="card" aria-labelledby="watches">
                            <header class="card-head">
                                <h2 id="watches">"With GEN"</h2>
                                <span class="count">{move || watches().len()}</span>
                            </header>
                            <p class="card-lead">"GEN cannot list these, so this list is Reelsheet's own."</p>
                            <Show when=move || watches().is_empty()>
                                <Empty icon=IconName::Search title="Nothing was begun here yet." />
                            </Show>
                            <ul class="rows" aria-label="With GEN">
                                <For each=watches key=|watch| watch.clone().job_id let:watch>
                                    {
                                        let id = watch.job_id.clone();
                                        let first = watch;
                                        let one = Memo::new(move |_| {
                                            known
                                                .get()
                                                .and_then(|known| known.watches.into_iter().find(|one| one.job_id == id))
                                                .unwrap_or_else(|| first.clone())
                                        });
                                        view! { <WatchRow agent watch=one changed /> }
                                    }
                                </For>
                            </ul>
                            {move || agent.get().map(|agent| view! { <Adopt agent changed /> })}
                        </section>
                    }
                })}
            </Transition>
            <Platforms />
        </div>
    }
}
