use gen_client::AgentId;
use gen_client::model::ColumnKind;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Action, PlannedColumn, VidsheetPlan};

use super::ToVidsheet;
use crate::error::AppError;
use crate::paths;
use crate::shell::use_surroundings;
use crate::ui::{Dialog, Icon, IconName, draft_text};
use crate::vidsheets::server_fns::create_vidsheet;

/// Columns to begin with, by the kind of video.
const PRESETS: [(&str, &[(&str, ColumnKind)]); 3] = [
    (
        "Talking avatar",
        &[("TEXT 1", ColumnKind::Text), ("SCRIPT", ColumnKind::Text), ("VOICE", ColumnKind::Audio)],
    ),
    (
        "Montage",
        &[
            ("HOOK", ColumnKind::Text),
            ("SCRIPT", ColumnKind::Text),
            ("HERO", ColumnKind::Image),
            ("VOICE", ColumnKind::Audio),
            ("B-ROLL", ColumnKind::Video),
        ],
    ),
    (
        "Text only",
        &[("TEXT 1", ColumnKind::Text), ("TEXT 2", ColumnKind::Text), ("PROMPT", ColumnKind::Text)],
    ),
];
const KINDS: [(&str, ColumnKind); 4] = [
    ("Text", ColumnKind::Text),
    ("Image", ColumnKind::Image),
    ("Video", ColumnKind::Video),
    ("Audio", ColumnKind::Audio),
];

/// One column while it is being decided; `key` tells it from the others whatever its title.
#[derive(Clone, Copy, PartialEq)]
struct Draft {
    key: usize,
    title: RwSignal<String>,
    kind: RwSignal<String>,
}

/// The columns while they are being decided.
#[derive(Clone, Copy)]
struct Columns {
    all: RwSignal<Vec<Draft>>,
    next: StoredValue<usize>,
    /// Whoever presses a button may be gone before the column is.
    owner: StoredValue<Owner>,
}

impl Columns {
    fn add(self, title: &str, kind: &ColumnKind) {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        let draft = self.owner.with_value(|owner| {
            owner.with(|| Draft {
                key,
                title: RwSignal::new(title.to_owned()),
                kind: RwSignal::new(kind.as_str().to_owned()),
            })
        });
        self.all.update(|all| all.push(draft));
    }

    fn shift(self, key: usize, by: isize) {
        self.all.update(|all| {
            let at = all.iter().position(|draft| draft.key == key);
            let to = at.and_then(|at| at.checked_add_signed(by));
            if let (Some(at), Some(to)) = (at, to.filter(|to| *to < all.len())) {
                all.swap(at, to);
            }
        });
    }

    fn replace(self, preset: &[(&str, ColumnKind)]) {
        self.all.set(Vec::new());
        for (title, kind) in preset {
            self.add(title, kind);
        }
    }

    fn planned(self) -> Vec<PlannedColumn> {
        let column = |draft: &Draft| PlannedColumn {
            title: draft.title.get().trim().to_owned(),
            kind: ColumnKind::from(draft.kind.get().as_str()),
        };
        self.all.with(|all| all.iter().map(column).collect())
    }
}

/// Makes a blank vidsheet with the columns that a person puts together.
#[component]
pub(super) fn NewVidsheet(
    /// Whose.
    agent: Memo<Option<AgentId>>,
    /// Called once there is a new vidsheet, whether it is whole or not.
    #[prop(into)]
    on_made: Callback<()>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let open = RwSignal::new(false);
    let (title, rows) = (RwSignal::new(String::new()), RwSignal::new("1".to_owned()));
    draft_text("new-vidsheet", title);
    let owner = StoredValue::new(Owner::current().unwrap_or_default());
    let columns = Columns { all: RwSignal::new(Vec::new()), next: StoredValue::new(0), owner };
    columns.replace(PRESETS[0].1);
    let to_vidsheet = ToVidsheet::new();
    let plan = Memo::new(move |_| {
        let rows = rows.get().trim().parse().unwrap_or(0);
        VidsheetPlan { columns: columns.planned(), rows }
    });
    let create = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(agent) = agent.get_untracked() else {
            return;
        };
        let (text, plan) = (title.get_untracked(), plan.get_untracked());
        if let Some(problem) = plan.problem() {
            return to_vidsheet.trouble.set(Some(AppError::invalid("Columns and rows", problem)));
        }
        to_vidsheet.go_whole(agent.clone(), create_vidsheet(agent, text, plan), move || {
            title.set(String::new());
            on_made.run(());
        });
    };
    view! {
        <div class="line-form">
            <span class="label">"From scratch, or from a template"</span>
            <div class="line-form-fields">
                <button
                    type="button"
                    class="button primary large"
                    disabled=move || !surroundings.may(Action::Edit)
                    on:click=move |_| open.set(true)
                >
                    <Icon name=IconName::Plus />
                    "New vidsheet"
                </button>
                <a class="button large" href=move || agent.with(|agent| agent.as_ref().map(paths::templates))>
                    "Choose a template"
                </a>
            </div>
        </div>
        <Dialog open title="New vidsheet" on_close=move |()| open.set(false)>
            <form class="new-vidsheet" aria-label="New vidsheet" on:submit=create>
                <label class="field">
                    <span class="label">"Title"</span>
                    <input class="input" type="text" autocomplete="off" required bind:value=title />
                </label>
                <ColumnsField columns />
                <label class="field new-vidsheet-rows">
                    <span class="label">"Rows"</span>
                    <input
                        class="input num"
                        type="number"
                        min="0"
                        max=VidsheetPlan::ROWS_MAX.to_string()
                        bind:value=rows
                    />
                </label>
                <p class="muted">
                    {move || format!("Free. GEN makes these one by one: {} calls. ", plan.with(VidsheetPlan::calls) + 1)}
                    "VIDEO, FINAL VIDEO and STATS are GEN's own columns; they come with templates, and a blank vidsheet has none."
                </p>
                {to_vidsheet.note()}
                <div class="buttons">
                    <button type="submit" class="button primary large" disabled=to_vidsheet.busy>
                        {move || if to_vidsheet.busy.get() { "Making it" } else { "Create" }}
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn ColumnsField(columns: Columns) -> impl IntoView {
    let presets = PRESETS
        .iter()
        .map(|(name, preset)| {
            view! {
                <button type="button" class="tag-filter as-written" on:click=move |_| columns.replace(preset)>
                    {*name}
                </button>
            }
        })
        .collect_view();
    view! {
        <fieldset class="new-columns">
            <legend class="label">"Columns"</legend>
            <div class="tag-filters" role="group" aria-label="Begin with the columns of">
                {presets}
            </div>
            <ol role="list" aria-label="Columns">
                <For each=move || columns.all.get() key=|draft| draft.key let:draft>
                    <ColumnRow draft columns />
                </For>
            </ol>
            <button type="button" class="button" on:click=move |_| columns.add("", &ColumnKind::Text)>
                <Icon name=IconName::Plus />
                "Add column"
            </button>
        </fieldset>
    }
}

#[component]
fn ColumnRow(draft: Draft, columns: Columns) -> impl IntoView {
    let number = move || {
        columns.all.with(|all| all.iter().position(|other| other.key == draft.key).map_or(0, |at| at + 1))
    };
    let last = move || columns.all.with(Vec::len);
    let options = KINDS
        .iter()
        .map(|(words, kind)| {
            let value = kind.as_str();
            let selected = draft.kind.with_untracked(|chosen| chosen == value);
            view! {
                <option value=value selected=selected>
                    {*words}
                </option>
            }
        })
        .collect_view();
    let remove = move |_| columns.all.update(|all| all.retain(|other| other.key != draft.key));
    view! {
        <li class="new-column">
            <input
                class="input"
                type="text"
                autocomplete="off"
                aria-label=move || format!("Title of column {}", number())
                bind:value=draft.title
            />
            <select
                class="input"
                aria-label=move || format!("Kind of column {}", number())
                on:change:target=move |event| draft.kind.set(event.target().value())
            >
                {options}
            </select>
            <button
                type="button"
                class="button icon-only"
                aria-label=move || format!("Move column {} up", number())
                disabled=move || number() == 1
                on:click=move |_| columns.shift(draft.key, -1)
            >
                <Icon name=IconName::ChevronUp />
            </button>
            <button
                type="button"
                class="button icon-only"
                aria-label=move || format!("Move column {} down", number())
                disabled=move || number() == last()
                on:click=move |_| columns.shift(draft.key, 1)
            >
                <Icon name=IconName::ChevronDown />
            </button>
            <button
                type="button"
                class="button icon-only"
                aria-label=move || format!("Remove column {}", number())
                on:click=remove
            >
                <Icon name=IconName::Cross />
            </button>
        </li>
    }
}
