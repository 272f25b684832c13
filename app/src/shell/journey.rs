//! How far an agent's work has come, from an empty core to rendered videos.

use gen_client::AgentId;
use gen_client::model::{AgentCore, IdeaStatus};
use leptos::prelude::*;
use model::{Progress, VidsheetSummary, Work};
use serde::{Deserialize, Serialize};

use crate::agents::completeness;
use crate::agents::server_fns::open_core;
use crate::error::AppError;
use crate::ideas::server_fns::open_board;
use crate::paths;
use crate::renders::server_fns::list_renders;
use crate::settings::keys::server_fns::list_keys;
use crate::ui::{Icon, IconName, number};
use crate::vidsheets::server_fns::list_vidsheets;

/// How many vidsheets Home lists.
const RECENT: usize = 5;
/// How many renders Home shows.
const LATEST: usize = 8;

/// The counts of the journey strip, and what a newcomer has done already.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Journey {
    /// Whose; `None` where no key reaches an agent.
    pub(super) agent: Option<AgentId>,
    has_key: bool,
    setup_percent: u32,
    ideas: usize,
    ideas_waiting: usize,
    rows_in_work: u32,
    renders_ready: usize,
    /// The newest vidsheets, newest first.
    pub(super) recent: Vec<VidsheetSummary>,
    /// The newest finished renders, newest first.
    pub(super) latest: Vec<Work>,
}

/// Counts; every part comes from the saved copy.
pub(super) async fn load_journey(agent: Option<AgentId>) -> Result<Journey, AppError> {
    let has_key = !list_keys().await?.is_empty();
    let Some(agent) = agent else { return Ok(Journey { has_key, ..Journey::default() }) };
    let core: AgentCore = open_core(agent.clone()).await?.value;
    let ideas = open_board(agent.clone()).await?.value.ideas;
    let mut sheets = list_vidsheets(agent.clone()).await?;
    sheets.retain(|sheet| !sheet.archived);
    sheets.sort_by_key(|sheet| std::cmp::Reverse(sheet.updated_at));
    let mut renders = list_renders(agent.clone()).await?;
    renders.retain(|work| work.progress == Progress::Completed);
    let waits = |status: &IdeaStatus| {
        matches!(status, IdeaStatus::Generated | IdeaStatus::ApproveToCreate | IdeaStatus::ReadyForReview)
    };
    Ok(Journey {
        agent: Some(agent),
        has_key,
        setup_percent: completeness(&core).0,
        ideas: ideas.len(),
        ideas_waiting: ideas.iter().filter(|idea| waits(&idea.status)).count(),
        rows_in_work: sheets.iter().map(|sheet| sheet.rows.saturating_sub(sheet.renders)).sum(),
        recent: sheets.into_iter().take(RECENT).collect(),
        renders_ready: renders.len(),
        latest: renders.into_iter().take(LATEST).collect(),
    })
}

/// Setup → Ideas → Vidsheets → Renders, each a link with its count.
#[component]
pub(super) fn JourneyStrip(journey: Journey) -> impl IntoView {
    let steps = journey.agent.as_ref().map(|agent| {
        [
            (IconName::Cards, format!("{} %", journey.setup_percent), "set up", paths::setup(agent)),
            (IconName::Bulb, count(journey.ideas_waiting), "ideas waiting", paths::ideas(agent)),
            (
                IconName::Table,
                number(f64::from(journey.rows_in_work)),
                "rows in work",
                paths::vidsheets(agent),
            ),
            (IconName::Film, count(journey.renders_ready), "renders ready", paths::renders(agent)),
        ]
    });
    steps.map(|steps| {
        view! {
            <ol class="journey" aria-label="Journey">
                {steps
                    .map(|(icon, count, words, href)| {
                        view! {
                            <li>
                                <a href=href>
                                    <Icon name=icon />
                                    <strong class="num">{count}</strong>
                                    " "
                                    <span>{words}</span>
                                </a>
                            </li>
                        }
                    })
                    .into_iter()
                    .collect_view()}
            </ol>
        }
    })
}

/// What a newcomer does first; gone once all is done.
#[component]
pub(super) fn Checklist(journey: Journey) -> impl IntoView {
    let agent = journey.agent.as_ref();
    let steps = [
        (
            journey.has_key,
            "Add your GEN key",
            "It stays encrypted on this server.",
            Some(paths::SETTINGS_KEYS.to_owned()),
        ),
        (
            agent.is_some(),
            "Choose an agent",
            "Your key's agents appear at the top of every page.",
            agent.map(paths::setup),
        ),
        (
            journey.ideas > 0,
            "Ask for the first ideas",
            "The better the Setup, the better the ideas.",
            agent.map(paths::ideas),
        ),
        (
            journey.renders_ready > 0,
            "Render the first video",
            "Clone a template, fill a row, render it.",
            agent.map(paths::templates),
        ),
    ];
    let done = steps.iter().filter(|step| step.0).count();
    let next = steps.iter().position(|step| !step.0);
    next.map(|next| {
        view! {
            <section class="card checklist" aria-labelledby="first-steps">
                <header class="card-head">
                    <h2 id="first-steps">"First steps"</h2>
                    <span class="count">{format!("{done} of {}", steps.len())}</span>
                </header>
                <ol>
                    {steps
                        .into_iter()
                        .enumerate()
                        .map(|(place, (done, title, hint, href))| {
                            view! { <Step done is_next=place == next title hint href /> }
                        })
                        .collect_view()}
                </ol>
            </section>
        }
    })
}

#[component]
fn Step(
    done: bool,
    is_next: bool,
    title: &'static str,
    hint: &'static str,
    href: Option<String>,
) -> impl IntoView {
    let icon = if done { IconName::CheckCircle } else { IconName::Dashed };
    view! {
        <li class="step" class:done=done>
            <Icon name=icon />
            <div class="grow">
                <p class="strong">
                    {title} <span class="visually-hidden">{if done { " (done)" } else { " (to do)" }}</span>
                </p>
                <p class="meta">{hint}</p>
            </div>
            {href
                .filter(|_| is_next)
                .map(|href| {
                    view! {
                        <a class="button primary" href=href>
                            {title}
                        </a>
                    }
                })}
        </li>
    }
}

fn count(count: usize) -> String {
    number(count as f64)
}
