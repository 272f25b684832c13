use gen_client::model::Conversation;
use gen_client::{ConversationId, VidsheetId};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{RunOrder, SavedRun};

use super::attached::Attached;
use super::card::shown_title;
use super::conversations::name_of;
use super::desk::Desk;
use super::scope::Scope;
use super::server_fns::start_run;
use super::writing::Writing;
use crate::error::{AppError, ErrorKind};
use crate::ui::{Counter, ErrorNote, Icon, IconName, credits_estimate, draft_text, new_request};

/// More than anybody types; beyond it the text is refused before anything is sent.
const MESSAGE_MAX: usize = 10_000;

/// The one box that asks the agent; paid, so it says its price.
#[component]
pub fn Composer(
    /// What the page works on.
    desk: Desk,
    /// The threads that can be refined, pinned first.
    conversations: Memo<Vec<Conversation>>,
    /// Called with what was started.
    on_started: Callback<SavedRun>,
) -> impl IntoView {
    let (agent, writing) = (desk.agent, desk.writing);
    let Writing { text, scope, thread, area, links, .. } = writing;
    let vidsheet = RwSignal::new(None::<VidsheetId>);
    let sending = RwSignal::new(false);
    let trouble = RwSignal::new(None::<AppError>);
    let request = StoredValue::new(new_request());
    draft_text("message", text);
    // The newest thread, until the person chooses another; a chat may begin one of its own.
    let chosen = Memo::new(move |_| {
        let (must, may) = scope.get().threads();
        let first = || conversations.with(|all| all.first().map(|conversation| conversation.id.clone()));
        if may { thread.get().or_else(|| must.then(first).flatten()) } else { None }
    });
    let about =
        Memo::new(move |_| if scope.get() == Scope::Refine { desk.picked_ideas() } else { Vec::new() });
    let send = move || {
        let Some(agent) = agent.get_untracked() else { return };
        let typed = text.get_untracked();
        if sending.get_untracked() {
            return;
        }
        let asked = scope.get_untracked();
        let titles: Vec<String> = about.with_untracked(|ideas| ideas.iter().map(shown_title).collect());
        let message = asked.message(&about_ideas(typed.trim(), &titles));
        if let Err(error) = checked(&message) {
            trouble.set(Some(error));
            return;
        }
        let order = RunOrder {
            ask: asked.ask(),
            message,
            conversation: chosen.get_untracked(),
            vidsheet: vidsheet.get_untracked(),
            attachments: links.get_untracked(),
        };
        sending.set(true);
        trouble.set(None);
        spawn_local(async move {
            match start_run(agent, order, request.get_value()).await {
                Ok(run) => {
                    request.set_value(new_request());
                    // What was typed meanwhile is kept.
                    if text.try_get_untracked().is_some_and(|now| now == typed) {
                        text.set(String::new());
                        links.set(Vec::new());
                    }
                    on_started.run(run);
                }
                Err(error) => {
                    // Unless the server was not reached at all, the next click is another request.
                    if error.kind != ErrorKind::Offline {
                        request.set_value(new_request());
                    }
                    trouble.set(Some(error));
                }
            }
            sending.set(false);
        });
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send();
        }
    };
    let starters = move || {
        let starter = |(words, message): &(&'static str, &'static str)| {
            let (words, message) = (*words, *message);
            let write = move |_| {
                text.set(message.to_owned());
                writing.turn_to(scope.get_untracked());
            };
            view! {
                <button type="button" class="starter" on:click=write>
                    {words}
                </button>
            }
        };
        scope.get().starters().iter().map(starter).collect_view()
    };
    view! {
        <form
            class="composer"
            aria-label="Ask for ideas"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <div class="composer-scope">
                <ScopeSwitch scope />
                <Show when=move || scope.get().threads().1>
                    <ThreadChoice conversations chosen thread scope />
                </Show>
                <span class="composer-hint">{move || scope.get().explained()}</span>
            </div>
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
            <div class="composer-box">
                <Show when=move || !about.with(Vec::is_empty)>
                    <p class="about-ideas">
                        <span class="tag on">
                            <Icon name=IconName::Bulb />
                            {move || match about.with(Vec::len) {
                                1 => "Refine 1 idea".to_owned(),
                                count => format!("Refine {count} ideas"),
                            }}
                        </span>
                        <button type="button" class="button small quiet" on:click=move |_| desk.picked.set(Vec::new())>
                            "All ideas instead"
                        </button>
                    </p>
                </Show>
                <label class="visually-hidden" for="message">
                    "Message"
                </label>
                <textarea
                    id="message"
                    name="message"
                    rows="2"
                    placeholder="What should the next videos be about?"
                    node_ref=area
                    bind:value=text
                    on:keydown=on_key
                ></textarea>
                <div class="composer-bar">
                    <Attached links vidsheet agent />
                    <div class="starters">{starters}</div>
                    <Show when=move || text.with(|text| text.chars().count() * 10 > MESSAGE_MAX * 9)>
                        <Counter text max=MESSAGE_MAX />
                    </Show>
                    <button
                        type="submit"
                        class="button primary"
                        disabled=move || sending.get() || text.with(|text| text.trim().is_empty())
                    >
                        <Icon name=IconName::Send />
                        {move || if sending.get() { "Sending" } else { "Send" }}
                        <span class="price">{move || price(scope.get())}</span>
                    </button>
                </div>
            </div>
        </form>
    }
}

#[component]
fn ScopeSwitch(scope: RwSignal<Scope>) -> impl IntoView {
    let choices = Scope::ALL
        .into_iter()
        .map(|one| {
            view! {
                <label>
                    <input
                        type="radio"
                        name="scope"
                        checked=one == Scope::New
                        prop:checked=move || scope.get() == one
                        on:change=move |_| scope.set(one)
                    />
                    <span>{one.words()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="segmented" role="radiogroup" aria-label="What to ask for">
            {choices}
        </div>
    }
}

#[component]
fn ThreadChoice(
    conversations: Memo<Vec<Conversation>>,
    chosen: Memo<Option<ConversationId>>,
    thread: RwSignal<Option<ConversationId>>,
    scope: RwSignal<Scope>,
) -> impl IntoView {
    let options = move || {
        let option = |conversation: Conversation| {
            let id = conversation.id.clone();
            let selected = move || chosen.with(|chosen| chosen.as_ref() == Some(&id));
            let title = name_of(&conversation);
            view! {
                <option value=conversation.id.to_string() selected=selected>
                    {title}
                </option>
            }
        };
        conversations.get().into_iter().map(option).collect_view()
    };
    view! {
        <Show
            when=move || conversations.with(|all| !all.is_empty())
            fallback=|| view! { <span class="composer-hint">"There is no conversation yet."</span> }
        >
            <select
                class="thread-choice"
                aria-label="Conversation"
                on:change:target=move |event| thread.set(event.target().value().parse().ok())
            >
                <Show when=move || scope.get() == Scope::Chat>
                    <option value="" selected=move || chosen.with(Option::is_none)>
                        "A new conversation"
                    </option>
                </Show>
                {options}
            </select>
        </Show>
    }
}

/// What asking will probably cost.
fn price(scope: Scope) -> String {
    match scope.ask().typical_credits() {
        0.0 => "free".to_owned(),
        credits => credits_estimate(credits),
    }
}

/// A request about some ideas only names them: GEN refines the whole newest set otherwise.
fn about_ideas(text: &str, titles: &[String]) -> String {
    if titles.is_empty() {
        return text.to_owned();
    }
    let named: Vec<String> = titles.iter().map(|title| format!("“{title}”")).collect();
    format!("Only change {}: {text}", named.join(", "))
}

/// Refuses before anything is sent what GEN would not take.
fn checked(text: &str) -> Result<(), AppError> {
    let length = text.chars().count();
    if length > MESSAGE_MAX {
        return Err(AppError::invalid(
            "Message",
            format!("The message has {length} characters; {MESSAGE_MAX} fit."),
        ));
    }
    if text.trim().is_empty() {
        return Err(AppError::invalid("Message", "Write first what to ask for."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selected_ideas_are_named_in_the_message() {
        assert_eq!(about_ideas("punchier", &[]), "punchier");
        let titles = ["One".to_owned(), "Two".to_owned()];
        assert_eq!(about_ideas("punchier", &titles), "Only change “One”, “Two”: punchier");
    }

    #[test]
    fn an_empty_or_endless_message_is_not_sent() {
        assert!(checked(" \n").is_err());
        assert!(checked(&"a".repeat(MESSAGE_MAX)).is_ok());
        let refused = checked(&"ä".repeat(MESSAGE_MAX + 1)).unwrap_err();
        assert!(refused.message.contains("10001"), "{refused:?}");
    }
}
