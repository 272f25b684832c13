use gen_client::model::{Conversation, Message, Run};
use gen_client::{AgentId, ConversationId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Cached, Thread, Topic};

use super::desk::Desk;
use super::prose::Prose;
use super::server_fns::{delete_conversation, open_conversation, update_conversation};
use super::words::{millis, words};
use crate::error::AppError;
use crate::live::on_change;
use crate::page;
use crate::ui::{AsOf, Drawer, Empty, ErrorNote, Icon, IconName, Menu, TimeAgo, draft_text};

/// So many messages are shown at first, the newest; earlier ones come when asked for.
const AT_ONCE: usize = 30;

/// The threads of an agent, pinned first.
#[component]
pub fn ConversationMenu(
    /// All of them.
    conversations: Memo<Vec<Conversation>>,
    /// What the page works on.
    desk: Desk,
) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let found = move || {
        let wanted = words.with(|words| words.trim().to_lowercase());
        let mut all = conversations.get();
        all.retain(|one| name_of(one).to_lowercase().contains(&wanted));
        all
    };
    let line = move |conversation: Conversation| {
        let id = conversation.id.clone();
        let href = move || desk.beside("talk", id.as_str());
        let pinned = conversation.pinned.then(|| {
            view! {
                <Icon name=IconName::Pin />
                <span class="visually-hidden">"Pinned: "</span>
            }
        });
        view! {
            <li>
                <a href=href data-noscroll="">
                    {pinned}
                    {name_of(&conversation)}
                </a>
            </li>
        }
    };
    let key = |one: &Conversation| (one.id.clone(), one.title.clone(), one.pinned);
    view! {
        <Menu class="menu-plain conversations" summary=move || view! {
            <Icon name=IconName::Chat />
            "Conversations"
            <span class="num muted">{move || conversations.with(Vec::len)}</span>
            <Icon name=IconName::ChevronDown />
        }>
            <div class="menu-items">
                <label class="input-line" on:click=|event| event.stop_propagation()>
                    <Icon name=IconName::Search />
                    <span class="visually-hidden">"Search conversations"</span>
                    <input type="search" placeholder="Search" bind:value=words />
                </label>
                <ul role="list" aria-label="Conversations">
                    <For each=found key=key children=line />
                </ul>
                <Show when=move || conversations.with(Vec::is_empty)>
                    <p class="muted">"There is no conversation yet."</p>
                </Show>
            </div>
        </Menu>
    }
}

/// One thread beside the board.
#[component]
pub fn ConversationPanel(
    /// Which, by its id.
    talk: String,
    /// What the page works on.
    desk: Desk,
    /// Called when the person closes it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let id: Option<ConversationId> = talk.parse().ok();
    let thread = Resource::new(
        move || (desk.agent.get(), id.clone()),
        move |asked| async move {
            let answer = match asked.clone() {
                (Some(agent), Some(id)) => open_conversation(agent, id).await,
                _ => Err(AppError::not_found("conversation")),
            };
            (asked.0, answer)
        },
    );
    let concerns = move |topic: &Topic| matches!(topic, Topic::Ideas { agent_id } if desk.agent.with_untracked(|agent| agent.as_ref() == Some(agent_id)));
    on_change(concerns, move || thread.refetch());
    view! {
        <Drawer title="Conversation" on_close>
            <Transition>
                {page::after(async move { drop(thread.await) }, move || view! { <Shown thread desk on_close /> })}
            </Transition>
        </Drawer>
    }
}

#[component]
fn Shown(
    thread: Resource<page::Answer<Cached<Thread>>>,
    desk: Desk,
    on_close: Callback<()>,
) -> impl IntoView {
    let (cached, error) = page::kept(thread);
    let head = Memo::new(move |_| {
        cached.with(|cached| cached.as_ref().map(|cached| cached.value.conversation.clone()))
    });
    let age = Memo::new(move |_| {
        cached.with(|cached| {
            cached.as_ref().map(|cached| (cached.as_of, cached.refreshing, cached.trouble.clone()))
        })
    });
    let messages = Memo::new(move |_| {
        cached.with(|cached| cached.as_ref().map(|cached| cached.value.messages.clone()).unwrap_or_default())
    });
    let runs = Memo::new(move |_| {
        cached.with(|cached| cached.as_ref().map(|cached| cached.value.runs.clone()).unwrap_or_default())
    });
    view! {
        {move || error.get().map(|error| view! { <ErrorNote error /> })}
        {move || head.get().map(|conversation| view! { <Head conversation agent=desk.agent on_close /> })}
        {move || age.get().map(|(as_of, refreshing, trouble)| view! { <AsOf as_of refreshing trouble /> })}
        <Messages messages />
        <RunList runs />
        <button
            type="button"
            class="button"
            on:click=move |_| {
                if let Some(conversation) = head.get_untracked() {
                    desk.writing.answer(&conversation.id);
                }
            }
        >
            <Icon name=IconName::Edit />
            "Say something here"
        </button>
    }
}

/// The title with what can be done to the thread.
#[component]
fn Head(conversation: Conversation, agent: Memo<Option<AgentId>>, on_close: Callback<()>) -> impl IntoView {
    let id = StoredValue::new(conversation.id.clone());
    let pinned = conversation.pinned;
    let title = RwSignal::new(name_of(&conversation));
    let editing = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<AppError>);
    draft_text(format!("title-{}", conversation.id), title);
    let change = move |new_title: Option<String>, pin: Option<bool>| {
        let Some(agent) = agent.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            match update_conversation(agent, id.get_value(), new_title, pin).await {
                Ok(()) => editing.set(false),
                Err(error) => trouble.set(Some(error)),
            }
            busy.set(false);
        });
    };
    let delete = move |_| {
        let Some(agent) = agent.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        spawn_local(async move {
            match delete_conversation(agent, id.get_value()).await {
                Ok(()) => on_close.run(()),
                Err(error) => trouble.set(Some(error)),
            }
            busy.set(false);
        });
    };
    view! {
        <div class="talk-head">
            <Show
                when=move || editing.get()
                fallback=move || view! { <h3 class="talk-title">{title}</h3> }
            >
                <form
                    class="talk-rename"
                    on:submit=move |event| {
                        event.prevent_default();
                        change(Some(title.get_untracked()), None);
                    }
                >
                    <label class="visually-hidden" for="talk-title">
                        "Title"
                    </label>
                    <input id="talk-title" class="input" type="text" maxlength="200" bind:value=title />
                    <button type="submit" class="button primary" disabled=busy>
                        "Save"
                    </button>
                </form>
            </Show>
            <div class="buttons">
                <button type="button" class="button small" aria-pressed=pinned.to_string() disabled=busy on:click=move |_| change(None, Some(!pinned))>
                    <Icon name=IconName::Pin />
                    {if pinned { "Unpin" } else { "Pin" }}
                </button>
                <button type="button" class="button small" on:click=move |_| editing.update(|editing| *editing = !*editing)>
                    <Icon name=IconName::Edit />
                    "Rename"
                </button>
                <button type="button" class="button small danger" on:click=move |_| asking.set(true)>
                    <Icon name=IconName::Trash />
                    "Delete"
                </button>
            </div>
            <Show when=move || asking.get()>
                <div class="gate">
                    <p>"Its messages and requests are deleted at GEN, for everybody. Its ideas survive."</p>
                    <div class="gate-actions">
                        <button type="button" class="button danger" disabled=busy on:click=delete>
                            "Delete this conversation"
                        </button>
                        <button type="button" class="button" on:click=move |_| asking.set(false)>
                            "Keep it"
                        </button>
                    </div>
                </div>
            </Show>
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
        </div>
    }
}

#[component]
fn Messages(messages: Memo<Vec<Message>>) -> impl IntoView {
    let shown = RwSignal::new(AT_ONCE);
    let earlier = Memo::new(move |_| messages.with(Vec::len).saturating_sub(shown.get()));
    // A message never changes, so its place names it.
    let some =
        move || messages.with(|all| all.iter().cloned().enumerate().skip(earlier.get()).collect::<Vec<_>>());
    view! {
        <Show when=move || { earlier.get() > 0 }>
            <button type="button" class="button" on:click=move |_| shown.update(|shown| *shown += AT_ONCE)>
                {move || format!("Show earlier messages ({})", earlier.get())}
            </button>
        </Show>
        <Show when=move || messages.with(Vec::is_empty)>
            <Empty icon=IconName::Cards title="Nothing was said here yet." />
        </Show>
        <ol role="list" class="talk" aria-label="Messages">
            <For each=some key=|(place, message)| (*place, message.content.clone()) let((_, message))>
                <Said message />
            </For>
        </ol>
    }
}

#[component]
fn Said(message: Message) -> impl IntoView {
    let is_person = message.role == "user";
    let who = match message.role.as_str() {
        "user" => "You".to_owned(),
        "assistant" => "Agent".to_owned(),
        other => words(other),
    };
    let text = message.content.unwrap_or_default();
    let text = if is_person {
        view! { <p class="talk-text">{text}</p> }.into_any()
    } else {
        view! { <Prose text /> }.into_any()
    };
    view! {
        <li class="said" class:said-person=is_person>
            <p class="event-head">
                <strong>{who}</strong>
                {message.created_at.as_deref().and_then(millis).map(|at| view! { <TimeAgo at /> })}
            </p>
            {text}
        </li>
    }
}

/// The requests of a thread, also those that were made elsewhere.
#[component]
fn RunList(runs: Memo<Vec<Run>>) -> impl IntoView {
    let lines = move || {
        let line =
            |run: Run| view! { <li><code>{run.id.to_string()}</code> " " {words(run.status.as_str())}</li> };
        runs.get().into_iter().map(line).collect_view()
    };
    view! {
        <Show when=move || runs.with(|runs| !runs.is_empty())>
            <details class="runs-earlier">
                <summary>"Requests at GEN " <span class="num">{move || runs.with(Vec::len)}</span></summary>
                <ul role="list" class="talk-runs">
                    {lines}
                </ul>
            </details>
        </Show>
    }
}

/// What a thread is called, also where GEN gave it no title.
pub fn name_of(conversation: &Conversation) -> String {
    conversation.title.clone().unwrap_or_else(|| format!("Conversation {}", conversation.id))
}
