//! The vidsheets of an agent. GEN cannot list, rename or delete them, so list, names, labels and archive are our own.

mod adopt;
mod copy;
mod describe;
mod line;
mod new;
mod to_vidsheet;
mod unfinished;

use gen_client::AgentId;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Topic, VidsheetSummary};

use super::server_fns::list_vidsheets;
use crate::live::on_change;
use crate::page::{self, Answer};
use crate::paths;
use crate::ui::{Empty, ErrorNote, Icon, IconName};
use adopt::Adopt;
use copy::CopyDialog;
use describe::DescribeDialog;
use line::Line;
use new::NewVidsheet;
pub(crate) use to_vidsheet::ToVidsheet;

/// The registry.
#[component]
pub fn VidsheetsPage() -> impl IntoView {
    let agent = page::current_agent();
    let vidsheets = page::of_agent(agent, list_vidsheets);
    let concerns = move |topic: &Topic| {
        matches!(topic, Topic::Vidsheets { agent_id } | Topic::Vidsheet { agent_id, .. } | Topic::Work { agent_id }
            if agent.with_untracked(|agent| agent.as_ref() == Some(agent_id)))
    };
    on_change(concerns, move || vidsheets.refetch());
    view! {
        <Title text="Vidsheets · Reelsheet" />
        <Transition fallback=|| view! { <h1 class="visually-hidden">"Vidsheets"</h1> }>
            {page::after(async move { drop(vidsheets.await) }, move || view! { <Content agent vidsheets /> })}
        </Transition>
    }
}

/// What a line can ask the page for.
#[derive(Clone, Copy)]
struct Desk {
    /// The vidsheet whose name and labels are being written.
    describing: RwSignal<Option<VidsheetSummary>>,
    /// The vidsheet that is being copied.
    copying: RwSignal<Option<VidsheetSummary>>,
}

#[component]
fn Content(agent: Memo<Option<AgentId>>, vidsheets: Resource<Answer<Vec<VidsheetSummary>>>) -> impl IntoView {
    let (known, error) = page::kept(vidsheets);
    let all = Memo::new(move |_| known.get().unwrap_or_default());
    let (words, label, archived) =
        (RwSignal::new(String::new()), RwSignal::new(None::<String>), RwSignal::new(false));
    let labels = Memo::new(move |_| {
        let mut labels: Vec<String> =
            all.with(|all| all.iter().flat_map(|line| line.labels.clone()).collect());
        labels.sort();
        labels.dedup();
        labels
    });
    let put_away = Memo::new(move |_| all.with(|all| all.iter().filter(|line| line.archived).count()));
    let shown = Memo::new(move |_| {
        let (words, label, archived) = (words.get().to_lowercase(), label.get(), archived.get());
        let fits =
            |line: &&VidsheetSummary| line.archived == archived && is_about(line, label.as_deref(), &words);
        all.with(|all| all.iter().filter(fits).cloned().collect::<Vec<_>>())
    });
    let desk = Desk { describing: RwSignal::new(None), copying: RwSignal::new(None) };
    let nothing_yet = move || known.with(Option::is_some) && all.with(Vec::is_empty);
    let none_fits = move || all.with(|all| !all.is_empty()) && shown.with(Vec::is_empty);
    let label_filters = move || {
        view! {
            <div class="tag-filters" role="group" aria-label="Labels">
                <For each=move || labels.get() key=String::clone let:name>
                    <LabelFilter name label />
                </For>
            </div>
        }
    };
    view! {
        <div class="vidsheets">
            <header class="page-head">
                <h1>"Vidsheets"</h1>
                <span class="page-count num">{move || shown.with(Vec::len)}</span>
            </header>
            <div class="vidsheets-body">
                <div class="vidsheet-forms">
                    <NewVidsheet agent on_made=move |()| vidsheets.refetch() />
                    <Adopt agent />
                </div>
                {move || error.get().map(|error| view! { <ErrorNote error /> })}
                <Show when=move || all.with(|all| !all.is_empty())>
                    <div class="vidsheet-filters">
                        <label class="input-line template-search">
                            <Icon name=IconName::Search />
                            <span class="visually-hidden">"Search vidsheets"</span>
                            <input type="search" placeholder="Search" autocomplete="off" bind:value=words />
                        </label>
                        <Show when=move || labels.with(|labels| !labels.is_empty())>{label_filters}</Show>
                        <Show when=move || { put_away.get() > 0 || archived.get() }>
                            <label class="check">
                                <input type="checkbox" bind:checked=archived />
                                <span>{move || format!("Archived ({})", put_away.get())}</span>
                            </label>
                        </Show>
                    </div>
                </Show>
                <Show when=nothing_yet>
                    <Empty icon=IconName::Table title="No vidsheet yet. A template brings its columns with it, for free.">
                        <a
                            class="button primary"
                            href=move || agent.with(|agent| agent.as_ref().map(paths::templates))
                        >
                            "Choose a template"
                        </a>
                    </Empty>
                </Show>
                <Show when=none_fits>
                    <Empty icon=IconName::Table title="No vidsheet fits. Take a word or a label away." />
                </Show>
                <Show when=move || shown.with(|shown| !shown.is_empty())>
                    <Lines shown desk />
                </Show>
            </div>
            <DescribeDialog of=desk.describing known=labels />
            <CopyDialog of=desk.copying />
        </div>
    }
}

#[component]
fn Lines(shown: Memo<Vec<VidsheetSummary>>, desk: Desk) -> impl IntoView {
    // A line is drawn anew when anything about it is another.
    let key = |line: &VidsheetSummary| {
        let missing = line.missing.as_ref().map(model::VidsheetPlan::calls);
        let heads = (line.title.clone(), line.labels.clone(), line.archived, missing);
        (line.id.clone(), line.updated_at, line.rows, line.filled, line.renders, heads)
    };
    view! {
        <div class="table-frame" tabindex="0" role="region" aria-label="Vidsheets of this agent">
            <table class="table vidsheet-list">
                <thead>
                    <tr>
                        <th scope="col">"Title"</th>
                        <th scope="col" class="end">"Rows"</th>
                        <th scope="col" class="end">"Filled"</th>
                        <th scope="col" class="end">"Renders"</th>
                        <th scope="col" class="end">"Spent"</th>
                        <th scope="col">"Last activity"</th>
                        <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || shown.get() key=key let:line>
                        <Line line desk />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn LabelFilter(name: String, label: RwSignal<Option<String>>) -> impl IntoView {
    let own = StoredValue::new(name.clone());
    let on = move || own.with_value(|own| label.with(|label| label.as_ref() == Some(own)));
    let toggle = move |_| {
        let next = (!on()).then(|| own.get_value());
        label.set(next);
    };
    view! {
        <button type="button" class="tag-filter as-written" aria-pressed=move || on().to_string() on:click=toggle>
            {name}
        </button>
    }
}

/// What stands for a vidsheet without a title.
fn shown_title(line: &VidsheetSummary) -> String {
    let title = line.title.trim();
    if title.is_empty() { format!("Vidsheet {}", line.id) } else { title.to_owned() }
}

/// Whether a vidsheet has the label, and every word in its title, labels or number.
fn is_about(line: &VidsheetSummary, label: Option<&str>, words: &str) -> bool {
    let labelled = label.is_none_or(|label| line.labels.iter().any(|own| own == label));
    let text = format!("{} {} {}", line.title, line.labels.join(" "), line.id).to_lowercase();
    labelled && words.split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vidsheet_is_found_by_label_and_by_every_word() {
        let line: VidsheetSummary = serde_json::from_value(serde_json::json!({
            "id": 4100, "agent_id": "ag_1", "title": "Spring glazes", "rows": 1, "filled": [0, 1], "renders": 0,
            "spent": 0.0, "updated_at": 0, "labels": ["May"], "archived": false, "missing": null
        }))
        .unwrap();
        assert!(is_about(&line, None, ""));
        assert!(is_about(&line, Some("May"), "glaz may"));
        assert!(is_about(&line, None, "4100"));
        assert!(!is_about(&line, Some("June"), ""));
        assert!(!is_about(&line, None, "glazes winter"));
        assert_eq!(shown_title(&VidsheetSummary { title: " ".into(), ..line }), "Vidsheet 4100");
    }
}
