use std::cmp::Ordering;

use gen_client::model::{Idea, IdeaStatus};
use leptos::prelude::*;

use super::card::{RowLink, shown_title, top_source};
use super::desk::Desk;
use super::status_menu::StatusButton;
use super::words::{count, millis, status_icon, words};
use crate::page::clock;
use crate::ui::{Empty, Icon, IconName, TimeAgo};

/// So many lines are in the document until a person wants more.
const AT_ONCE: usize = 100;

/// What the table is ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Title,
    Status,
    Type,
    Duration,
    Watched,
    Age,
}

impl By {
    fn words(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Status => "Status",
            Self::Type => "Type",
            Self::Duration => "Length",
            Self::Watched => "Top inspiration",
            Self::Age => "Proposed",
        }
    }

    fn compare(self, a: &Idea, b: &Idea) -> Ordering {
        let place = |idea: &Idea| IdeaStatus::ALL.iter().position(|one| *one == idea.status);
        let watched = |idea: &Idea| top_source(idea).and_then(|source| source.watch_count).unwrap_or(-1.0);
        let length = |idea: &Idea| idea.estimated_duration.unwrap_or(-1.0);
        match self {
            Self::Title => a.title.to_lowercase().cmp(&b.title.to_lowercase()),
            Self::Status => place(a).cmp(&place(b)),
            Self::Type => a.video_type.cmp(&b.video_type),
            Self::Duration => length(a).total_cmp(&length(b)),
            Self::Watched => watched(a).total_cmp(&watched(b)),
            Self::Age => a.created_at.cmp(&b.created_at),
        }
    }
}

/// All ideas as lines that can be ordered.
#[component]
pub fn Table(
    /// The ideas to show, after every filter.
    ideas: Memo<Vec<Idea>>,
    /// What the page works on.
    desk: Desk,
) -> impl IntoView {
    let order = RwSignal::new((By::Age, true));
    let shown = RwSignal::new(AT_ONCE);
    let status = RwSignal::new(None::<IdeaStatus>);
    let of_status = Memo::new(move |_| {
        let mut all = ideas.get();
        status.with(|status| all.retain(|idea| status.as_ref().is_none_or(|status| idea.status == *status)));
        let (by, falling) = order.get();
        all.sort_by(|a, b| if falling { by.compare(b, a) } else { by.compare(a, b) });
        all
    });
    let lines = move || of_status.with(|all| all.iter().take(shown.get()).cloned().collect::<Vec<_>>());
    let more = Memo::new(move |_| of_status.with(Vec::len).saturating_sub(shown.get()));
    let head = move |by: By| {
        let sorted = move || match order.get() {
            (now, true) if now == by => "descending",
            (now, false) if now == by => "ascending",
            _ => "none",
        };
        let turn = move |_| {
            order.update(|order| *order = if order.0 == by { (by, !order.1) } else { (by, false) });
        };
        view! {
            <th scope="col" aria-sort=sorted>
                <button type="button" class="sort" on:click=turn>
                    {by.words()}
                    <Icon name=IconName::ChevronDown />
                </button>
            </th>
        }
    };
    let statuses = IdeaStatus::ALL
        .iter()
        .map(|one| view! { <option value=one.as_str()>{words(one.as_str())}</option> })
        .collect_view();
    view! {
        <div class="ideas-table">
            <label class="table-filter">
                <span class="muted">"Status"</span>
                <select
                    class="input"
                    on:change:target=move |event| {
                        let chosen = event.target().value();
                        status.set((!chosen.is_empty()).then(|| IdeaStatus::from(chosen.as_str())));
                    }
                >
                    <option value="">"Every status"</option>
                    {statuses}
                </select>
            </label>
            <div class="table-frame" tabindex="0" role="region" aria-label="Ideas as a table">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">
                                <span class="visually-hidden">"Selected"</span>
                            </th>
                            {head(By::Title)} {head(By::Status)} {head(By::Type)} {head(By::Duration)} {head(By::Watched)}
                            <th scope="col">"Row"</th>
                            <th scope="col">"Assigned to"</th>
                            {head(By::Age)}
                            <th scope="col">
                                <span class="visually-hidden">"Change status"</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=lines key=|idea| (idea.id.clone(), idea.status.clone(), idea.title.clone()) let:idea>
                            <Line idea desk />
                        </For>
                    </tbody>
                </table>
            </div>
            <Show when=move || of_status.with(Vec::is_empty)>
                <Empty icon=IconName::Bulb title="No idea fits this." />
            </Show>
            <Show when=move || { more.get() > 0 }>
                <button type="button" class="button" on:click=move |_| shown.update(|shown| *shown += AT_ONCE)>
                    {move || format!("Show {} more", more.get().min(AT_ONCE))}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Line(idea: Idea, desk: Desk) -> impl IntoView {
    let title = shown_title(&idea);
    let (id, of_keeper) = (idea.id.clone(), idea.id.clone());
    let picked = {
        let id = idea.id.clone();
        Memo::new(move |_| desk.is_picked(&id))
    };
    let href = {
        let id = idea.id.clone();
        move || desk.beside("idea", id.as_str())
    };
    let keeper = move || desk.assignees.with(|all| all.get(&of_keeper).map(|one| one.name.clone()));
    let source = top_source(&idea).map(|source| {
        let watched = source.watch_count.map(|watched| format!(" · {}", count(watched)));
        view! { <span>{source.creator.clone()} {watched}</span> }
    });
    let picking = format!("Select {title}");
    view! {
        <tr class:idea-picked=picked>
            <td>
                <label class="idea-pick">
                    <input
                        type="checkbox"
                        prop:checked=picked
                        aria-label=picking
                        on:change:target=move |event| desk.pick(&id, event.target().checked())
                    />
                </label>
            </td>
            <th scope="row" class="table-title">
                <a href=href data-noscroll="">
                    {title}
                </a>
            </th>
            <td>
                <span class="state">
                    <Icon name=status_icon(&idea.status) />
                    {words(idea.status.as_str())}
                </span>
            </td>
            <td>{idea.video_type.as_deref().map(words)}</td>
            <td class="num">{idea.estimated_duration.map(clock)}</td>
            <td>{source}</td>
            <td>
                <RowLink idea=idea.id.clone() desk />
            </td>
            <td>{keeper}</td>
            <td>{idea.created_at.as_deref().and_then(millis).map(|at| view! { <TimeAgo at /> })}</td>
            <td>
                <StatusButton idea=idea.id.clone() status=idea.status.clone() moves=desk.moves />
            </td>
        </tr>
    }
}
