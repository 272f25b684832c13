use gen_client::model::{Citation, ResearchDepth, ResearchFindings};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Ask, Research, RunOrder, SavedRun, Topic};

use super::desk::Desk;
use super::drawer::{OutsideLink, Part};
use super::prose::Prose;
use super::server_fns::{open_research, start_run};
use super::words::words;
use crate::error::{AppError, ErrorKind};
use crate::live::on_change;
use crate::ui::{
    Dialog, Drawer, ErrorNote, Icon, IconName, TimeAgo, credits_estimate, draft_text, new_request, number,
};

/// The depths with what they take, by GEN's documentation.
const DEPTHS: [(ResearchDepth, &str, &str); 3] = [
    (ResearchDepth::Quick, "Quick", "about 30 seconds"),
    (ResearchDepth::Default, "Default", "about 2 minutes"),
    (ResearchDepth::Deep, "Deep", "about 5 minutes"),
];

/// The window that asks for a topic; paid, so it says its price.
#[component]
pub fn ResearchDialog(
    /// What the page works on.
    desk: Desk,
    /// Called with what was started.
    on_started: Callback<SavedRun>,
) -> impl IntoView {
    let topic = RwSignal::new(String::new());
    draft_text("research-topic", topic);
    view! {
        <Dialog open=desk.researching title="Research" on_close=move |()| desk.researching.set(false)>
            <Form desk topic on_started />
        </Dialog>
    }
}

#[component]
fn Form(desk: Desk, topic: RwSignal<String>, on_started: Callback<SavedRun>) -> impl IntoView {
    let depth = RwSignal::new(ResearchDepth::Default);
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<AppError>);
    let request = StoredValue::new(new_request());
    let send = move || {
        let Some(agent) = desk.agent.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        trouble.set(None);
        let ask = Ask::Research(depth.get_untracked());
        let order = RunOrder {
            ask,
            message: topic.get_untracked(),
            conversation: None,
            vidsheet: None,
            attachments: Vec::new(),
        };
        spawn_local(async move {
            match start_run(agent, order, request.get_value()).await {
                Ok(run) => {
                    request.set_value(new_request());
                    topic.set(String::new());
                    desk.researching.set(false);
                    on_started.run(run);
                }
                Err(error) => {
                    if error.kind != ErrorKind::Offline {
                        request.set_value(new_request());
                    }
                    trouble.set(Some(error));
                }
            }
            busy.set(false);
        });
    };
    let choices = DEPTHS
        .into_iter()
        .map(|(one, name, takes)| {
            let (own, chosen) = (one.clone(), one.clone());
            view! {
                <label class="check">
                    <input
                        type="radio"
                        name="depth"
                        checked=one == ResearchDepth::Default
                        prop:checked=move || depth.get() == own
                        on:change=move |_| depth.set(chosen.clone())
                    />
                    <span>{name} " " <span class="muted">{takes}</span></span>
                </label>
            }
        })
        .collect_view();
    view! {
        <form
            class="research"
            on:submit=move |event| {
                event.prevent_default();
                send();
            }
        >
            <label class="field">
                <span class="label">"Topic"</span>
                <textarea class="input" rows="3" maxlength="2000" bind:value=topic></textarea>
            </label>
            <div class="field" role="radiogroup" aria-label="Depth">
                <span class="label">"Depth"</span>
                {choices}
            </div>
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
            <button
                type="submit"
                class="button primary large"
                disabled=move || busy.get() || topic.with(|topic| topic.trim().is_empty())
            >
                <Icon name=IconName::Search />
                {move || if busy.get() { "Sending" } else { "Research" }}
                <span class="price">{move || credits_estimate(Ask::Research(depth.get()).typical_credits())}</span>
            </button>
        </form>
    }
}

/// What a research found, beside the board.
#[component]
pub fn ResearchPanel(
    /// Which, by our id of its run.
    run: String,
    /// What the page works on.
    desk: Desk,
    /// Called when the person closes it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let research = Resource::new(
        move || (desk.agent.get(), run.clone()),
        |(agent, run)| async move {
            match agent {
                Some(agent) => open_research(agent, run).await,
                None => Err(AppError::not_found("agent")),
            }
        },
    );
    let concerns = move |topic: &Topic| matches!(topic, Topic::Ideas { agent_id } if desk.agent.with_untracked(|agent| agent.as_ref() == Some(agent_id)));
    on_change(concerns, move || research.refetch());
    let body = move || {
        let found = research.get()?;
        Some(match found {
            Ok(found) => view! { <Report found desk /> }.into_any(),
            Err(error) => view! { <ErrorNote error /> }.into_any(),
        })
    };
    view! {
        <Drawer title="Research" on_close>
            <Transition>{body}</Transition>
        </Drawer>
    }
}

#[component]
fn Report(found: Research, desk: Desk) -> impl IntoView {
    let topic = StoredValue::new(found.run.message.clone());
    let progress = found.run.progress.as_str();
    let depth = match &found.run.ask {
        Ask::Research(depth) => words(depth.as_str()),
        _ => String::new(),
    };
    let findings = match found.findings {
        Some(findings) => view! { <Findings findings topic desk /> }.into_any(),
        None => {
            let reason = found.run.reason.unwrap_or_else(|| "What it finds will stand here.".to_owned());
            view! { <p class="muted">{reason}</p> }.into_any()
        }
    };
    view! {
        <h3 class="talk-title">{topic.get_value()}</h3>
        <p class="event-head">
            <span>{depth} " · " {progress} " · " {found.run.started_by}</span>
            <TimeAgo at=found.run.started_at />
        </p>
        {findings}
    }
}

#[component]
fn Findings(findings: ResearchFindings, topic: StoredValue<String>, desk: Desk) -> impl IntoView {
    let sources = findings
        .sources
        .into_iter()
        .map(|(name, count)| view! { <li class="tag">{words(&name)} " " <span class="num">{number(count)}</span></li> })
        .collect_view();
    let pages = findings
        .citations
        .into_iter()
        .map(|page: Citation| {
            view! {
                <li>
                    {page.title} " "
                    <OutsideLink url=page.url />
                </li>
            }
        })
        .collect_view();
    view! {
        <Prose text=findings.summary />
        <ul role="list" class="template-tags" aria-label="Read">
            {sources}
        </ul>
        <Part title="Sources">
            <ol class="citations">{pages}</ol>
        </Part>
        <button type="button" class="button primary" on:click=move |_| desk.writing.ideas_from(&topic.get_value())>
            <Icon name=IconName::Sparkle />
            "Make ideas from this"
        </button>
    }
}
