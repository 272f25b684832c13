//! What happened last, on Home.

use leptos::prelude::*;
use model::{VidsheetSummary, Work};

use super::journey::Journey;
use crate::generations::name;
use crate::paths;
use crate::ui::{Icon, IconName};

/// The vidsheets that somebody worked on last.
#[component]
pub(super) fn RecentVidsheets(journey: Journey) -> impl IntoView {
    (!journey.recent.is_empty()).then(|| {
        let sheets =
            journey.recent.into_iter().map(|sheet| view! { <RecentVidsheet sheet /> }).collect_view();
        view! {
            <section class="card recent" aria-labelledby="recent">
                <header class="card-head">
                    <h2 id="recent">"Lately worked on"</h2>
                </header>
                <ul class="rows">{sheets}</ul>
            </section>
        }
    })
}

#[component]
fn RecentVidsheet(sheet: VidsheetSummary) -> impl IntoView {
    let (filled, of) = sheet.filled;
    let counts = format!("{} rows · {filled} of {of} cells filled · {} rendered", sheet.rows, sheet.renders);
    view! {
        <li>
            <a href=paths::vidsheet(&sheet.agent_id, &sheet.id)>
                <Icon name=IconName::Table />
                <span class="grow cut strong">{sheet.title}</span>
                <span class="meta num">{counts}</span>
            </a>
        </li>
    }
}

/// The newest finished videos.
#[component]
pub(super) fn LatestRenders(journey: Journey) -> impl IntoView {
    (!journey.latest.is_empty()).then(|| {
        let renders = journey.latest.into_iter().map(|work| view! { <LatestRender work /> }).collect_view();
        view! {
            <section class="card latest" aria-labelledby="latest">
                <header class="card-head">
                    <h2 id="latest">"Lately rendered"</h2>
                </header>
                <ul>{renders}</ul>
            </section>
        }
    })
}

#[component]
fn LatestRender(work: Work) -> impl IntoView {
    let output = work.generation.as_ref().and_then(|generation| generation.outputs.first());
    let poster = output.and_then(|output| output.thumbnail_url.as_deref()).map(paths::media);
    let cell = work.cell.as_ref();
    let row = cell.and_then(|cell| cell.row_number).map_or_else(|| name(&work), |row| format!("Row {row}"));
    let sheet = cell.map(|cell| cell.vidsheet_title.clone());
    view! {
        <li>
            <a href=paths::renders_with(&work.agent_id, None, Some(&work.id))>
                <span class="latest-poster">
                    {match poster {
                        Some(poster) => view! { <img src=poster alt="" loading="lazy" /> }.into_any(),
                        None => view! { <Icon name=IconName::Film /> }.into_any(),
                    }}
                </span>
                <span class="strong cut">{row}</span>
                <span class="meta cut">{sheet}</span>
            </a>
        </li>
    }
}
