//! What runs, and what lately ended, over all agents.

pub mod server_fns;
mod work_row;

use leptos::prelude::*;
use leptos_meta::Title;
use model::{Topic, Work};

use crate::error::AppError;
use crate::live::on_change;
use crate::ui::{Empty, ErrorNote, IconName};
use server_fns::open_queue;
use work_row::WorkRow;

/// Every running and past generation that the person may see.
#[component]
pub fn QueuePage() -> impl IntoView {
    let work = Resource::new(
        || (),
        |()| async {
            let queue = open_queue().await?;
            Ok::<_, AppError>([queue.waiting, queue.running, queue.unknown, queue.ended].concat())
        },
    );
    on_change(|topic| matches!(topic, Topic::Work { .. }), move || work.refetch());
    let changed = Callback::new(move |()| work.refetch());
    view! {
        <Title text="Queue · Reelsheet" />
        <div class="page-head">
            <h1>"Queue"</h1>
        </div>
        <div class="page-body queue">
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {move || {
                    work.get()
                        .map(|work| match work {
                            Err(error) => view! { <ErrorNote error /> }.into_any(),
                            Ok(work) if work.is_empty() => {
                                view! {
                                    <Empty
                                        icon=IconName::Queue
                                        title="Nothing runs, and nothing has run. Generate something in a vidsheet."
                                    />
                                }
                                    .into_any()
                            }
                            Ok(work) => view! { <Lists work on_stopped=changed /> }.into_any(),
                        })
                }}
            </Transition>
        </div>
    }
}

#[component]
fn Lists(work: Vec<Work>, on_stopped: Callback<()>) -> impl IntoView {
    let (running, ended): (Vec<_>, Vec<_>) = work.into_iter().partition(|work| work.progress.is_running());
    let nothing = running.is_empty();
    view! {
        <section aria-labelledby="running">
            <h2 id="running">"Running" <span class="count num">{running.len()}</span></h2>
            {nothing.then(|| view! { <p class="meta">"Nothing runs at the moment."</p> })}
            <WorkTable work=running on_stopped />
        </section>
        <section aria-labelledby="ended">
            <h2 id="ended">"Ended" <span class="count num">{ended.len()}</span></h2>
            <WorkTable work=ended on_stopped />
        </section>
    }
}

#[component]
fn WorkTable(work: Vec<Work>, on_stopped: Callback<()>) -> impl IntoView {
    (!work.is_empty()).then(|| {
        view! {
            <div class="table-frame" tabindex="0" role="group" aria-label="Table, scrolls sideways">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">"State"</th>
                            <th scope="col">"Cell"</th>
                            <th scope="col">"Kind"</th>
                            <th scope="col" class="end">
                                "Cost"
                            </th>
                            <th scope="col">"When"</th>
                            <th scope="col">
                                <span class="visually-hidden">"Stop"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{work.into_iter().map(|work| view! { <WorkRow work on_stopped /> }).collect_view()}</tbody>
                </table>
            </div>
        }
    })
}
