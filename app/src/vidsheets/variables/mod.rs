//! The drawer *Variables*: a table to edit, what uses them, and one replacement of them all, looked at before.

mod changes;
mod history;
mod more;
mod row;
pub mod server_fns;

use gen_client::model::Variable;
use gen_client::{AgentId, VidsheetId};
use leptos::prelude::*;
use model::{Action, Topic, VariableList, variable_changes, variables_problem};

use crate::error::ErrorKind;
use crate::live::on_change;
use crate::page::in_browser;
use crate::shell::use_surroundings;
use crate::ui::{Act, Drawer, ErrorNote, Icon, IconName};
use changes::Changes;
use history::History;
use more::More;
use row::{Draft, VariableRow};
use server_fns::{list_variables, replace_variables};

/// The variables while they are being written; a copy is the same thing.
#[derive(Clone, Copy)]
struct Desk {
    ids: StoredValue<(AgentId, VidsheetId)>,
    /// What GEN holds, as last heard.
    known: RwSignal<Option<VariableList>>,
    drafts: RwSignal<Vec<Draft>>,
    next: StoredValue<usize>,
    /// Whoever presses a button may be gone before the variable is.
    owner: StoredValue<Owner>,
    locked: Signal<bool>,
    /// Grows when GEN's variables were replaced.
    turn: RwSignal<u32>,
}

impl Desk {
    fn add(self, variable: &Variable) {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        let draft = self.owner.with_value(|owner| {
            let (name, value) = (variable.name.clone(), variable.value.clone());
            owner.with(|| Draft { key, name: RwSignal::new(name), value: RwSignal::new(value) })
        });
        self.drafts.update(|drafts| drafts.push(draft));
    }

    /// Adds these, or gives a variable that is there already its new value.
    fn merge(self, variables: &[Variable]) {
        for variable in variables {
            let there = self.drafts.with_untracked(|drafts| {
                drafts
                    .iter()
                    .find(|draft| draft.name.with_untracked(|name| name.trim() == variable.name))
                    .copied()
            });
            match there {
                Some(draft) => draft.value.set(variable.value.clone()),
                None => self.add(variable),
            }
        }
    }

    fn replace(self, variables: &[Variable]) {
        self.drafts.set(Vec::new());
        variables.iter().for_each(|variable| self.add(variable));
    }

    /// What is written now; a line without name and value is none.
    fn written(self) -> Vec<Variable> {
        let one =
            |draft: &Draft| Variable { name: draft.name.get().trim().to_owned(), value: draft.value.get() };
        let is_something = |variable: &Variable| !variable.name.is_empty() || !variable.value.is_empty();
        self.drafts.with(|drafts| drafts.iter().map(one).filter(is_something).collect())
    }

    fn before(self) -> Vec<Variable> {
        self.known.with(|known| known.as_ref().map(VariableList::plain).unwrap_or_default())
    }
}

/// The drawer; it is there while it is open.
#[component]
pub(super) fn VariablesDrawer(
    /// Whose.
    agent: AgentId,
    /// Of which vidsheet.
    vidsheet: VidsheetId,
    /// What is written and not replaced yet; it outlives the drawer.
    kept: RwSignal<Option<Vec<Variable>>>,
    /// Called when the person closes it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let (saving, turn) = (Act::idle(), RwSignal::new(0_u32));
    let desk = Desk {
        ids: StoredValue::new((agent, vidsheet)),
        known: RwSignal::new(None),
        drafts: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
        owner: StoredValue::new(Owner::current().unwrap_or_default()),
        locked: Signal::derive(move || !surroundings.may(Action::Edit) || saving.busy.get()),
        turn,
    };
    let asked = in_browser(move || {
        turn.track();
        let (agent, vidsheet) = desk.ids.get_value();
        Some(list_variables(agent, vidsheet))
    });
    let concerns = move |topic: &Topic| {
        desk.ids.with_value(|(_, own)| {
            matches!(topic, Topic::Vidsheet { vidsheet_id, .. } | Topic::Cell { vidsheet_id, .. } if vidsheet_id == own)
        })
    };
    on_change(concerns, move || turn.update(|turn| *turn += 1));
    Effect::new(move || {
        let Some(Ok(answer)) = asked.get() else { return };
        // What somebody is writing stays; a table that nobody touched follows GEN.
        let untouched = untrack(|| desk.known.with(Option::is_none) || desk.written() == desk.before());
        desk.known.set(Some(answer.value));
        if untouched {
            let written = kept.get_untracked();
            desk.replace(&written.unwrap_or_else(|| untrack(|| desk.before())));
        }
    });
    Effect::new(move || {
        if desk.known.with(Option::is_some) {
            let written = desk.written();
            kept.set((written != desk.before()).then_some(written));
        }
    });
    let trouble =
        move || asked.with(|asked| asked.as_ref().and_then(|answer| answer.as_ref().err().cloned()));
    let changes = Memo::new(move |_| variable_changes(&desk.before(), &desk.written()));
    let problem = Memo::new(move |_| variables_problem(&desk.written()));
    let replace = move |_| {
        let (agent, vidsheet) = desk.ids.get_value();
        let (before, written) = untrack(|| (desk.before(), desk.written()));
        saving.run(replace_variables(agent, vidsheet, before, written), move |()| {
            turn.update(|turn| *turn += 1);
        });
    };
    // Somebody was faster: what GEN holds now is shown beside what is written here.
    Effect::new(move || {
        let conflict = saving.trouble.with(|trouble| {
            trouble.as_ref().is_some_and(|error| matches!(error.kind, ErrorKind::Conflict { .. }))
        });
        if conflict {
            turn.update(|turn| *turn += 1);
        }
    });
    view! {
        <Drawer title="Variables" on_close=on_close>
            <p class="muted">
                "A prompt or a cell names a variable as " <code>"{{name}}"</code> "; GEN puts its value there."
            </p>
            {move || trouble().map(|error| view! { <ErrorNote error /> })}
            <Undefined desk />
            <Table desk />
            <div class="buttons">
                <button
                    type="button"
                    class="button"
                    disabled=desk.locked
                    on:click=move |_| desk.add(&Variable { name: String::new(), value: String::new() })
                >
                    <Icon name=IconName::Plus />
                    "Add variable"
                </button>
            </div>
            <Changes changes written=Signal::derive(move || desk.written().len()) />
            {move || problem.get().map(|problem| view! { <p class="field-error" role="alert">{problem}</p> })}
            {saving.note()}
            <div class="buttons">
                <button
                    type="button"
                    class="button primary large"
                    disabled=move || desk.locked.get() || changes.with(Vec::is_empty) || problem.with(Option::is_some)
                    on:click=replace
                >
                    {move || if saving.busy.get() { "Replacing" } else { "Replace variables" }}
                </button>
                <button
                    type="button"
                    class="button large"
                    disabled=move || desk.locked.get() || changes.with(Vec::is_empty)
                    on:click=move |_| desk.replace(&untrack(|| desk.before()))
                >
                    "Undo my changes"
                </button>
            </div>
            <More desk />
            <History desk />
        </Drawer>
    }
}

#[component]
fn Table(desk: Desk) -> impl IntoView {
    let nothing = move || desk.known.with(Option::is_some) && desk.drafts.with(Vec::is_empty);
    view! {
        <ul role="list" class="variable-list" aria-label="Variables">
            <For each=move || desk.drafts.get() key=|draft| draft.key let:draft>
                <VariableRow draft desk />
            </For>
        </ul>
        <Show when=nothing>
            <p class="muted">"This vidsheet has no variables yet."</p>
        </Show>
    }
}

/// Names that cells use and nobody defined: GEN would leave them in the text as they are.
#[component]
fn Undefined(desk: Desk) -> impl IntoView {
    let names = Memo::new(move |_| {
        let written: Vec<String> = desk.written().into_iter().map(|variable| variable.name).collect();
        let all =
            desk.known.with(|known| known.as_ref().map(|known| known.undefined.clone()).unwrap_or_default());
        all.into_iter().filter(|used| !written.contains(&used.name)).collect::<Vec<_>>()
    });
    let lines = move || {
        names
            .get()
            .into_iter()
            .map(|used| {
                let words = format!("{{{{{}}}}}, {}", used.name, row::in_cells(used.cells));
                let new = Variable { name: used.name.clone(), value: String::new() };
                view! {
                    <li>
                        <span>{words}</span>
                        <button
                            type="button"
                            class="link-button"
                            aria-label=format!("Define {}", used.name)
                            disabled=desk.locked
                            on:click=move |_| desk.add(&new)
                        >
                            "Define"
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || names.with(|names| !names.is_empty())>
            <div class="note note-warn">
                <Icon name=IconName::Info />
                <div>
                    <p class="note-message">"Used, but not defined. GEN leaves these in the text as they stand."</p>
                    <ul role="list" class="undefined-list" aria-label="Not defined">
                        {lines}
                    </ul>
                </div>
            </div>
        </Show>
    }
}
