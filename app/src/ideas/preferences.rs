use leptos::prelude::*;
use model::{Preference, Preferences, Topic};

use super::desk::Desk;
use super::server_fns::list_preferences;
use crate::error::AppError;
use crate::live::on_change;
use crate::ui::{Drawer, Empty, ErrorNote, Icon, IconName, TimeAgo};

/// The standing rules of the agent, beside the board.
#[component]
pub fn PreferencesPanel(
    /// What the page works on.
    desk: Desk,
    /// Called when the person closes it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let rules = Resource::new(
        move || desk.agent.get(),
        |agent| async move {
            match agent {
                Some(agent) => list_preferences(agent).await,
                None => Err(AppError::not_found("agent")),
            }
        },
    );
    let concerns = move |topic: &Topic| matches!(topic, Topic::Ideas { agent_id } if desk.agent.with_untracked(|agent| agent.as_ref() == Some(agent_id)));
    on_change(concerns, move || rules.refetch());
    let body = move || {
        let rules = rules.get()?;
        Some(match rules {
            Ok(rules) => view! { <Ledger rules desk /> }.into_any(),
            Err(error) => view! { <ErrorNote error /> }.into_any(),
        })
    };
    view! {
        <Drawer title="Standing rules" on_close>
            <Transition>{body}</Transition>
        </Drawer>
    }
}

#[component]
fn Ledger(rules: Preferences, desk: Desk) -> impl IntoView {
    let nothing = rules.rules.is_empty() && rules.others.is_empty();
    let asked = match rules.asked_at {
        Some(at) => view! { <span>"The agent was last asked " <TimeAgo at /></span> }.into_any(),
        None => view! { <span>"The agent was not asked yet what it holds."</span> }.into_any(),
    };
    let ours = rules.rules.into_iter().map(|rule| view! { <Rule rule desk /> }).collect_view();
    let has_others = !rules.others.is_empty();
    let others = rules
        .others
        .into_iter()
        .map(|rule| {
            view! {
                <li class="chip rule">
                    <span class="rule-text">{rule.clone()}</span>
                    <span class="state warn">
                        <Icon name=IconName::Info />
                        "not sent from here"
                    </span>
                    {forget(desk, rule)}
                </li>
            }
        })
        .collect_view();
    view! {
        <p class="muted">"Rules that the agent keeps for every later request. Remembering and forgetting is free."</p>
        {nothing.then(|| view! { <Empty icon=IconName::Star title="No rule was sent from here yet." /> })}
        <ul role="list" class="rules" aria-label="Rules sent from here">
            {ours}
        </ul>
        {has_others
            .then(|| {
                view! {
                    <ul role="list" class="rules" aria-label="Other rules the agent named">
                        {others}
                    </ul>
                }
            })}
        <p class="muted">{asked}</p>
        <div class="buttons">
            <button type="button" class="button" on:click=move |_| desk.writing.remember()>
                <Icon name=IconName::Plus />
                "Add a rule"
            </button>
            <button type="button" class="button" on:click=move |_| desk.writing.chat("list all my current preferences")>
                "Ask what it holds"
            </button>
        </div>
    }
}

#[component]
fn Rule(rule: Preference, desk: Desk) -> impl IntoView {
    let held = match rule.held {
        Some(true) => view! { <span class="state ok"><Icon name=IconName::Check />"held"</span> }.into_any(),
        Some(false) => {
            view! { <span class="state warn"><Icon name=IconName::Warning />"not named by the agent"</span> }
                .into_any()
        }
        None => view! { <span class="state">"not checked"</span> }.into_any(),
    };
    view! {
        <li class="chip rule">
            <span class="rule-text">{rule.rule.clone()}</span>
            {held}
            <span class="muted">{rule.by.unwrap_or_else(|| "Somebody".to_owned())} ", " <TimeAgo at=rule.at /></span>
            {forget(desk, rule.rule)}
        </li>
    }
}

/// Writes the taking back of a rule into the box; sending it stays a person's act.
fn forget(desk: Desk, rule: String) -> impl IntoView {
    view! {
        <button
            type="button"
            class="chip-remove"
            aria-label=format!("Forget {rule}")
            title="Forget"
            on:click=move |_| desk.writing.forget(&rule)
        >
            <Icon name=IconName::Cross />
        </button>
    }
}
