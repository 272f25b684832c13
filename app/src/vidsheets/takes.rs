//! All takes of a cell: played, compared by words, chosen.

use gen_client::CellId;
use gen_client::model::MediaKind;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Take, Work};

use super::acts;
use super::grid_state::GridState;
use super::server_fns::list_takes;
use crate::error::AppError;
use crate::generations::money;
use crate::paths;
use crate::ui::{ErrorNote, TimeAgo, credits};

/// The takes, newest first. `version` grows when the cell changed, so that they are asked for again.
#[component]
pub fn Takes(
    /// The open vidsheet.
    state: GridState,
    /// Whose takes.
    cell: CellId,
    /// Grows when the cell changed.
    #[prop(into)]
    version: Signal<usize>,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<AppError>);
    let takes = {
        let cell = cell.clone();
        Resource::new(
            move || version.get(),
            move |_| {
                let (agent, vidsheet) = state.ids.get_value();
                list_takes(agent, vidsheet, cell.clone())
            },
        )
    };
    view! {
        <section class="takes" aria-label="Takes">
            <h3>"Takes"</h3>
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
            <Transition>
                {move || {
                    let cell = cell.clone();
                    Suspend::new(async move {
                        match takes.await {
                            Ok(takes) if takes.is_empty() => view! { <p class="muted">"No takes yet."</p> }.into_any(),
                            Ok(takes) => {
                                let count = takes.len();
                                let takes = takes.into_iter().enumerate();
                                let takes = takes.map(|(at, take)| one(state, &cell, count - at, take, trouble));
                                view! { <ol class="take-list">{takes.collect_view()}</ol> }.into_any()
                            }
                            Err(error) => view! { <ErrorNote error /> }.into_any(),
                        }
                    })
                }}
            </Transition>
        </section>
    }
}

fn one(
    state: GridState,
    cell: &CellId,
    number: usize,
    take: Take,
    trouble: RwSignal<Option<AppError>>,
) -> impl IntoView {
    let generation = take.generation;
    let by = take.work.as_ref().and_then(|work| work.started_by.clone());
    let at = take.work.as_ref().map(|work| work.started_at);
    let choose = {
        let (cell, id) = (cell.clone(), generation.id.clone());
        move |_| {
            let (cell, id) = (cell.clone(), id.clone());
            spawn_local(async move {
                trouble.try_set(acts::choose_take(state, cell, id).await.err());
            });
        }
    };
    // What was expected beside what it took.
    let cost = match &take.work {
        Some(work) => money(&Work { cost: work.cost.or(generation.cost), ..work.clone() }).amount,
        None => generation.cost.map(credits).unwrap_or_default(),
    };
    let ready = generation.status == gen_client::model::GenerationStatus::Completed;
    let text = generation.text().map(str::to_owned);
    let reason = generation.failed_reason.clone();
    let media: Vec<_> = generation.outputs.iter().map(|output| player(output, number)).collect();
    view! {
        <li class="take" class:is-default=take.is_default>
            <div class="take-head">
                <strong>{format!("Take {number}")}</strong>
                <span class="muted">{generation.status.to_string()}</span>
                <span class="take-cost">{cost}</span>
            </div>
            {media}
            {text.map(|text| view! { <p class="take-text">{text}</p> })}
            {reason.map(|reason| view! { <p class="error">{reason}</p> })}
            <div class="take-foot">
                <span class="muted">
                    {by.map_or_else(|| "made elsewhere".to_owned(), |by| format!("by {by}"))} " " {at.map(|at| view! { <TimeAgo at /> })}
                </span>
                {if take.is_default {
                    view! { <span class="tag">"Shown"</span> }.into_any()
                } else {
                    view! {
                        <button type="button" class="button" disabled=!ready on:click=choose aria-label=format!("Use this one, take {number}")>
                            "Use this one"
                        </button>
                    }
                        .into_any()
                }}
            </div>
        </li>
    }
}

/// Plays one output, by our own media route.
pub fn player(output: &gen_client::model::ContentResource, number: usize) -> AnyView {
    let Some(id) = output.url.as_deref() else {
        return view! { <p class="muted">"No file yet."</p> }.into_any();
    };
    let source = paths::media(id);
    let poster = output.thumbnail_url.as_deref().map(paths::media);
    let name = format!("Take {number}");
    match output.kind() {
        MediaKind::Image => view! { <img class="take-media" src=source alt=name loading="lazy" /> }.into_any(),
        MediaKind::Video => view! {
            <video class="take-media" src=source poster=poster controls preload="metadata" playsinline aria-label=name></video>
        }
        .into_any(),
        MediaKind::Audio => view! { <audio class="take-media" src=source controls preload="none" aria-label=name></audio> }.into_any(),
        MediaKind::Other => view! { <a class="button" href=paths::media_download(id)>"Download"</a> }.into_any(),
    }
}
