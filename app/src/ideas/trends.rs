use leptos::prelude::*;
use model::shown_source;

use super::desk::Desk;
use crate::agents::server_fns::open_core;
use crate::page;
use crate::paths;
use crate::ui::{Empty, ErrorNote, Icon, IconName};

/// What to ask about a source: what the button says, and the question.
const QUESTIONS: [(&str, &str); 3] = [
    ("What worked", "What performed best lately for"),
    ("Hooks", "Which hooks held viewers longest this week for"),
    ("Compare", "How do our videos compare with what performs for"),
];

/// What the agent watches, with questions about it. GEN gives no raw data: the agent is asked.
#[component]
pub fn Trends(
    /// What the page works on.
    desk: Desk,
) -> impl IntoView {
    let core = page::of_agent(desk.agent, open_core);
    let lines = move || {
        let (_, answer) = core.get()?;
        Some(match answer {
            Err(error) => view! { <ErrorNote error /> }.into_any(),
            Ok(core) if core.value.monitored.is_empty() => {
                let setup = move || desk.agent.with(|agent| agent.as_ref().map(paths::setup));
                view! {
                    <Empty icon=IconName::Wave title="The agent watches nobody yet.">
                        <a class="button primary" href=setup>
                            "Add accounts and hashtags in Setup"
                        </a>
                    </Empty>
                }
                .into_any()
            }
            Ok(core) => {
                let line = |source| view! { <Source name=shown_source(source) desk /> };
                let lines = core.value.monitored.iter().map(line).collect_view();
                view! {
                    <ul role="list" class="trends" aria-label="Watched sources">
                        {lines}
                    </ul>
                }
                .into_any()
            }
        })
    };
    view! {
        <div class="ideas-table">
            <p class="muted">"GEN keeps what it gathers to itself; the agent answers questions about it, for about 7 credits each."</p>
            <Transition>{lines}</Transition>
        </div>
    }
}

#[component]
fn Source(name: String, desk: Desk) -> impl IntoView {
    let questions = QUESTIONS
        .into_iter()
        .map(|(words, question)| {
            let text = format!("{question} {name}?");
            let label = format!("{words}: {name}");
            view! {
                <button type="button" class="starter" aria-label=label on:click=move |_| desk.writing.chat(&text)>
                    {words}
                </button>
            }
        })
        .collect_view();
    view! {
        <li class="trend">
            <Icon name=IconName::Eye />
            <span class="trend-name">{name.clone()}</span>
            <span class="starters">{questions}</span>
        </li>
    }
}
