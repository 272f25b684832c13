use gen_client::IdeaId;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Action, IdeaDeed, IdeaEvent, PersonId, Topic};

use super::desk::Desk;
use super::drawer::Part;
use super::server_fns::{assign_idea, comment_idea, list_idea_events};
use super::words::words;
use crate::error::AppError;
use crate::live::on_change;
use crate::shell::use_surroundings;
use crate::ui::{ErrorNote, TimeAgo, draft_text};

/// Who takes care of an idea, and how to change that.
#[component]
pub fn KeeperChoice(
    /// Of which.
    idea: IdeaId,
    /// What the page works on.
    desk: Desk,
) -> impl IntoView {
    let trouble = RwSignal::new(None::<AppError>);
    let may = use_surroundings();
    let now = {
        let idea = idea.clone();
        Memo::new(move |_| desk.assignees.with(|all| all.get(&idea).map(|one| one.person_id)))
    };
    let choose = move |chosen: String| {
        let Some(agent) = desk.agent.get_untracked() else { return };
        let (idea, person) = (idea.clone(), chosen.parse::<PersonId>().ok());
        trouble.set(None);
        spawn_local(async move {
            if let Err(error) = assign_idea(agent, idea, person).await {
                trouble.set(Some(error));
            }
        });
    };
    let options = move || {
        let option = |(id, name): (PersonId, String)| {
            view! {
                <option value=id.to_string() selected=move || now.get() == Some(id)>
                    {name}
                </option>
            }
        };
        desk.people.get().into_iter().map(option).collect_view()
    };
    view! {
        <label class="keeper-choice">
            <span class="muted">"Assigned to"</span>
            <select
                class="input"
                disabled=move || !may.may(Action::Edit)
                on:change:target=move |event| choose(event.target().value())
            >
                <option value="" selected=move || now.get().is_none()>
                    "Nobody"
                </option>
                {options}
            </select>
        </label>
        {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
    }
}

/// What was said and done here about an idea, and a field to say more.
#[component]
pub fn History(
    /// About which.
    idea: IdeaId,
    /// What the page works on.
    desk: Desk,
) -> impl IntoView {
    let id = StoredValue::new(idea.clone());
    let events = Resource::new(
        move || desk.agent.get(),
        move |agent| async move {
            match agent {
                Some(agent) => list_idea_events(agent, id.get_value()).await,
                None => Err(AppError::not_found("agent")),
            }
        },
    );
    let concerns = move |topic: &Topic| matches!(topic, Topic::Ideas { agent_id } if desk.agent.with_untracked(|agent| agent.as_ref() == Some(agent_id)));
    on_change(concerns, move || events.refetch());
    let text = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<AppError>);
    draft_text(format!("comment-{idea}"), text);
    let say = move || {
        let Some(agent) = desk.agent.get_untracked() else { return };
        if busy.get_untracked() || text.with_untracked(|text| text.trim().is_empty()) {
            return;
        }
        busy.set(true);
        trouble.set(None);
        let said = text.get_untracked();
        spawn_local(async move {
            match comment_idea(agent, id.get_value(), said.clone()).await {
                Ok(()) => {
                    if text.try_get_untracked().is_some_and(|now| now == said) {
                        text.set(String::new());
                    }
                    events.refetch();
                }
                Err(error) => trouble.set(Some(error)),
            }
            busy.set(false);
        });
    };
    let list = move || {
        let events = events.get()?;
        Some(match events {
            Ok(events) => events.into_iter().map(|event| view! { <Event event /> }).collect_view().into_any(),
            Err(error) => view! { <li><ErrorNote error /></li> }.into_any(),
        })
    };
    view! {
        <Part title="History and comments">
            <Transition>
                <ul role="list" class="events" aria-label="History and comments">
                    {list}
                </ul>
            </Transition>
            <form
                class="comment"
                on:submit=move |event| {
                    event.prevent_default();
                    say();
                }
            >
                <label class="visually-hidden" for="comment">
                    "Comment"
                </label>
                <textarea id="comment" class="input" rows="2" placeholder="Only seen here, never by GEN" bind:value=text></textarea>
                <button type="submit" class="button" disabled=move || busy.get() || text.with(|text| text.trim().is_empty())>
                    "Comment"
                </button>
            </form>
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
        </Part>
    }
}

#[component]
fn Event(event: IdeaEvent) -> impl IntoView {
    let by = event.by.unwrap_or_else(|| "Somebody".to_owned());
    let what = match event.what {
        IdeaDeed::Commented { text } => view! { <p class="event-text">{text}</p> }.into_any(),
        IdeaDeed::Moved { from, to } => {
            let words = format!("{} → {}", words(from.as_str()), words(to.as_str()));
            view! { <p class="muted">{words}</p> }.into_any()
        }
    };
    view! {
        <li class="event">
            <p class="event-head">
                <strong>{by}</strong>
                <TimeAgo at=event.at />
            </p>
            {what}
        </li>
    }
}
