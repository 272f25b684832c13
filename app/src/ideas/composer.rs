use gen_client::model::Conversation;
use gen_client::{AgentId, ConversationId};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::SavedRun;

use super::server_fns::start_run;
use crate::error::{AppError, ErrorKind};
use crate::ui::{Counter, ErrorNote, Icon, IconName, credits_estimate, draft_text, new_request};

/// More than anybody types; beyond it the text is refused before anything is sent.
const MESSAGE_MAX: usize = 10_000;

/// GEN's three ways to ask: a new set of ideas, a change to the newest set of a thread, a standing rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    New,
    Refine,
    Remember,
}

impl Scope {
    const ALL: [Self; 3] = [Self::New, Self::Refine, Self::Remember];

    fn words(self) -> &'static str {
        match self {
            Self::New => "New ideas",
            Self::Refine => "Refine a conversation",
            Self::Remember => "Remember always",
        }
    }

    fn explained(self) -> &'static str {
        match self {
            Self::New => "Starts a new set of ideas.",
            Self::Refine => "Changes the newest set of ideas in this conversation.",
            Self::Remember => "Kept for every later request; “forget: …” removes it.",
        }
    }

    /// Credits a request of this sort typically takes, by GEN's published table.
    fn typical_credits(self) -> f64 {
        match self {
            Self::New => 59.0,
            Self::Refine => 35.0,
            Self::Remember => 7.0,
        }
    }

    /// Ready-made requests: what the button says and what it writes.
    fn starters(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::New => &[
                ("5 ideas", "Give me 5 new ideas."),
                ("Talking avatar", "Give me 5 new ideas, all as talking avatar."),
                ("As montage", "Give me 5 new ideas, all as montage."),
                ("≤ 12 s", "Give me 5 new ideas of at most 12 seconds."),
            ],
            Self::Refine => &[
                ("Punchier", "Make every hook shorter and punchier."),
                ("As montage", "Change the ideas to montage format."),
                ("≤ 12 s", "Cut every script to at most 12 seconds."),
                ("Drop the weakest", "Drop the weakest idea and replace it."),
            ],
            Self::Remember => {
                &[("No prices", "never mention prices"), ("First person", "always write in the first person")]
            }
        }
    }

    /// The text as GEN reads it.
    fn message(self, text: &str) -> String {
        match self {
            Self::Remember if !text.to_lowercase().starts_with("forget:") => format!("remember: {text}"),
            _ => text.to_owned(),
        }
    }
}

/// What the composer holds, so that others can put a text into it.
#[derive(Clone, Copy)]
pub struct Writing {
    text: RwSignal<String>,
    scope: RwSignal<Scope>,
    thread: RwSignal<Option<ConversationId>>,
    area: NodeRef<html::Textarea>,
}

impl Writing {
    /// An empty box, to be made by the page.
    pub fn new() -> Self {
        Self {
            text: RwSignal::new(String::new()),
            scope: RwSignal::new(Scope::New),
            thread: RwSignal::new(None),
            area: NodeRef::new(),
        }
    }

    /// Puts the text of a request that did not succeed back into the box; sending it stays a person's act.
    pub fn again(self, run: &SavedRun) {
        self.text.set(run.message.clone());
        self.scope.set(if run.conversation_id.is_some() { Scope::Refine } else { Scope::New });
        self.thread.set(run.conversation_id.clone());
        self.focus();
    }

    fn focus(self) {
        if let Some(area) = self.area.get_untracked()
            && let Err(error) = area.focus()
        {
            leptos::logging::error!("the focus cannot be set: {error:?}");
        }
    }
}

/// The one box that asks the agent; paid, so it says its price.
#[component]
pub fn Composer(
    /// Whose ideas.
    agent: Memo<Option<AgentId>>,
    /// The threads that can be refined, pinned first.
    conversations: Memo<Vec<Conversation>>,
    /// What the box holds.
    writing: Writing,
    /// Called with what was started.
    on_started: Callback<SavedRun>,
) -> impl IntoView {
    let Writing { text, scope, thread, area } = writing;
    let sending = RwSignal::new(false);
    let trouble = RwSignal::new(None::<AppError>);
    let request = StoredValue::new(new_request());
    draft_text("message", text);
    // The newest thread, until the person chooses another.
    let chosen = Memo::new(move |_| {
        thread
            .get()
            .or_else(|| conversations.with(|all| all.first().map(|conversation| conversation.id.clone())))
    });
    let send = move || {
        let Some(agent) = agent.get_untracked() else { return };
        let typed = text.get_untracked();
        if sending.get_untracked() {
            return;
        }
        if let Err(error) = checked(&typed) {
            trouble.set(Some(error));
            return;
        }
        let asked = scope.get_untracked();
        let conversation = if asked == Scope::Refine { chosen.get_untracked() } else { None };
        sending.set(true);
        trouble.set(None);
        spawn_local(async move {
            match start_run(agent, asked.message(typed.trim()), conversation, request.get_value()).await {
                Ok(run) => {
                    request.set_value(new_request());
                    // What was typed meanwhile is kept.
                    if text.try_get_untracked().is_some_and(|now| now == typed) {
                        text.set(String::new());
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
                writing.focus();
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
                <Show when=move || scope.get() == Scope::Refine>
                    <ThreadChoice conversations chosen thread />
                </Show>
                <span class="composer-hint">{move || scope.get().explained()}</span>
            </div>
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
            <div class="composer-box">
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
                        <span class="price">{move || credits_estimate(scope.get().typical_credits())}</span>
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
) -> impl IntoView {
    let options = move || {
        let option = |conversation: Conversation| {
            let id = conversation.id.clone();
            let selected = move || chosen.with(|chosen| chosen.as_ref() == Some(&id));
            let title = conversation.title.unwrap_or_else(|| format!("Conversation {}", conversation.id));
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
                {options}
            </select>
        </Show>
    }
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
    fn a_rule_is_marked_as_one() {
        assert_eq!(Scope::Remember.message("no prices"), "remember: no prices");
        assert_eq!(Scope::Remember.message("Forget: no prices"), "Forget: no prices");
        assert_eq!(Scope::New.message("5 ideas"), "5 ideas");
    }

    #[test]
    fn an_empty_or_endless_message_is_not_sent() {
        assert!(checked(" \n").is_err());
        assert!(checked(&"a".repeat(MESSAGE_MAX)).is_ok());
        let refused = checked(&"ä".repeat(MESSAGE_MAX + 1)).unwrap_err();
        assert!(refused.message.contains("10001"), "{refused:?}");
    }
}
