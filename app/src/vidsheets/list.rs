use gen_client::{AgentId, VidsheetId};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::{Topic, VidsheetSummary};

use super::server_fns::{adopt_vidsheet, clone_vidsheet, create_vidsheet, list_vidsheets};
use crate::error::AppError;
use crate::live::on_change;
use crate::page::{self, Answer};
use crate::paths;
use crate::ui::{Empty, ErrorNote, Icon, IconName, TimeAgo, credits, draft_text};

const TITLE_MAX: usize = 200;

/// The vidsheets of an agent. GEN cannot list them, so the list is our own.
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
            <Content agent vidsheets />
        </Transition>
    }
}

#[component]
fn Content(agent: Memo<Option<AgentId>>, vidsheets: Resource<Answer<Vec<VidsheetSummary>>>) -> impl IntoView {
    let (known, error) = page::kept(vidsheets);
    let all = Memo::new(move |_| known.get().unwrap_or_default());
    let key = |line: &VidsheetSummary| {
        (line.id.clone(), line.updated_at, line.rows, line.filled, line.renders, line.title.clone())
    };
    let lines = move || {
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
                        <For each=move || all.get() key=key let:line>
                            <Line line />
                        </For>
                    </tbody>
                </table>
            </div>
        }
    };
    let nothing = move || known.with(Option::is_some) && all.with(Vec::is_empty);
    view! {
        <div class="vidsheets">
            <header class="page-head">
                <h1>"Vidsheets"</h1>
                <span class="page-count num">{move || all.with(Vec::len)}</span>
            </header>
            <div class="vidsheets-body">
                <div class="vidsheet-forms">
                    <NewVidsheet agent />
                    <Adopt agent />
                </div>
                {move || error.get().map(|error| view! { <ErrorNote error /> })}
                <Show when=nothing>
                    <Empty icon=IconName::Table title="No vidsheet yet. A template brings its columns with it, for free.">
                        <a
                            class="button primary"
                            href=move || agent.with(|agent| agent.as_ref().map(paths::templates))
                        >
                            "Choose a template"
                        </a>
                    </Empty>
                </Show>
                <Show when=move || all.with(|all| !all.is_empty())>{lines}</Show>
            </div>
        </div>
    }
}

#[component]
fn Line(line: VidsheetSummary) -> impl IntoView {
    let title = shown_title(&line);
    let (filled, of) = line.filled;
    // An empty vidsheet has nothing to fill.
    let percent =
        if of == 0 { "–".to_owned() } else { format!("{} %", u64::from(filled) * 100 / u64::from(of)) };
    let href = paths::vidsheet(&line.agent_id, &line.id);
    view! {
        <tr>
            <th scope="row">
                <a href=href>{title.clone()}</a>
            </th>
            <td class="end num">{line.rows}</td>
            <td class="end num">{percent}</td>
            <td class="end num">{line.renders}</td>
            <td class="end num">{credits(line.spent)}</td>
            <td>
                <TimeAgo at=line.updated_at />
            </td>
            <td class="end">
                <CloneLine agent=line.agent_id.clone() vidsheet=line.id.clone() title />
            </td>
        </tr>
    }
}

#[component]
fn CloneLine(agent: AgentId, vidsheet: VidsheetId, title: String) -> impl IntoView {
    let to_vidsheet = ToVidsheet::new();
    let clone = move |_| {
        let (agent, vidsheet) = (agent.clone(), vidsheet.clone());
        to_vidsheet.go(agent.clone(), clone_vidsheet(agent, vidsheet), || ());
    };
    view! {
        <button type="button" class="button" aria-label=format!("Clone {title}") disabled=to_vidsheet.busy on:click=clone>
            <Icon name=IconName::Sheets />
            "Clone"
        </button>
        {to_vidsheet.note()}
    }
}

#[component]
fn NewVidsheet(agent: Memo<Option<AgentId>>) -> impl IntoView {
    let title = RwSignal::new(String::new());
    draft_text("new-vidsheet", title);
    let to_vidsheet = ToVidsheet::new();
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(agent) = agent.get_untracked() else {
            return;
        };
        match checked_title(&title.get_untracked()) {
            Ok(text) => {
                to_vidsheet.go(agent.clone(), create_vidsheet(agent, text), move || title.set(String::new()))
            }
            Err(error) => to_vidsheet.trouble.set(Some(error)),
        }
    };
    view! {
        <form class="line-form" aria-label="New vidsheet" on:submit=create>
            <label class="label" for="new-vidsheet">
                "New vidsheet"
            </label>
            <div class="line-form-fields">
                <input id="new-vidsheet" class="input" type="text" placeholder="Title" autocomplete="off" bind:value=title />
                <button type="submit" class="button primary large" disabled=to_vidsheet.busy>
                    <Icon name=IconName::Plus />
                    "Create"
                </button>
            </div>
            {to_vidsheet.note()}
        </form>
    }
}

#[component]
fn Adopt(agent: Memo<Option<AgentId>>) -> impl IntoView {
    let place = RwSignal::new(String::new());
    draft_text("adopt-vidsheet", place);
    let to_vidsheet = ToVidsheet::new();
    let adopt = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(agent) = agent.get_untracked() else {
            return;
        };
        match vidsheet_of(&place.get_untracked()) {
            Some(id) => {
                to_vidsheet.go(agent.clone(), adopt_vidsheet(agent, id), move || place.set(String::new()))
            }
            None => to_vidsheet.trouble.set(Some(AppError::invalid(
                "Vidsheet made elsewhere",
                "This is neither a vidsheet's id nor its address at GEN.",
            ))),
        }
    };
    view! {
        <form class="line-form" aria-label="Adopt a vidsheet" on:submit=adopt>
            <label class="label" for="adopt-vidsheet">
                "Vidsheet made elsewhere"
            </label>
            <div class="line-form-fields">
                <input
                    id="adopt-vidsheet"
                    class="input"
                    type="text"
                    placeholder="Its id or address at GEN"
                    autocomplete="off"
                    bind:value=place
                />
                <button type="submit" class="button large" disabled=to_vidsheet.busy>
                    "Adopt"
                </button>
            </div>
            {to_vidsheet.note()}
        </form>
    }
}

type Navigate = Box<dyn Fn(&str) + Send + Sync>;

/// An act that ends in another vidsheet: one at a time, its error beside the button.
#[derive(Clone, Copy)]
struct ToVidsheet {
    busy: RwSignal<bool>,
    trouble: RwSignal<Option<AppError>>,
    navigate: StoredValue<Navigate>,
}

impl ToVidsheet {
    fn new() -> Self {
        let navigate = use_navigate();
        Self {
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            navigate: StoredValue::new(Box::new(move |path| navigate(path, NavigateOptions::default()))),
        }
    }

    fn go(
        self,
        agent: AgentId,
        act: impl Future<Output = Result<VidsheetId, AppError>> + 'static,
        done: impl FnOnce() + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            match act.await {
                Ok(vidsheet) => {
                    done();
                    self.navigate.with_value(|navigate| navigate(&paths::vidsheet(&agent, &vidsheet)));
                }
                Err(error) => self.trouble.set(Some(error)),
            }
            self.busy.set(false);
        });
    }

    fn note(self) -> impl IntoView {
        move || self.trouble.get().map(|error| view! { <ErrorNote error /> })
    }
}

fn shown_title(line: &VidsheetSummary) -> String {
    let title = line.title.trim();
    if title.is_empty() { format!("Vidsheet {}", line.id) } else { title.to_owned() }
}

fn checked_title(title: &str) -> Result<String, AppError> {
    let title = title.trim();
    let length = title.chars().count();
    if title.is_empty() {
        return Err(AppError::invalid("New vidsheet", "Give it a title first."));
    }
    if length > TITLE_MAX {
        return Err(AppError::invalid(
            "New vidsheet",
            format!("The title has {length} characters; {TITLE_MAX} fit."),
        ));
    }
    Ok(title.to_owned())
}

/// The vidsheet that a person means: by its id, or by an address whose path ends in it.
fn vidsheet_of(text: &str) -> Option<VidsheetId> {
    let text = text.trim();
    let last = match text.split_once("://") {
        Some((_, address)) => {
            let (_, path) = address.split(['?', '#']).next()?.split_once('/')?;
            path.trim_end_matches('/').rsplit('/').next()?
        }
        None => text,
    };
    last.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vidsheet_is_found_in_an_id_or_an_address() {
        for (text, expected) in [
            ("123", Some("123")),
            (" 123 ", Some("123")),
            ("https://gen.pro/7/vidsheets/123", Some("123")),
            ("https://gen.pro/7/vidsheets/123/?row=4#top", Some("123")),
            ("https://gen", None),
            ("https://gen/", None),
            ("my sheet", None),
            ("../etc/passwd", None),
            ("", None),
        ] {
            assert_eq!(vidsheet_of(text).map(|id| id.to_string()).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_title_is_neither_empty_nor_endless() {
        assert_eq!(checked_title(" Spring ").unwrap(), "Spring");
        assert!(checked_title(" ").is_err());
        assert!(checked_title(&"a".repeat(TITLE_MAX + 1)).is_err());
    }
}
