//! The drawer *Import*: a file, where its columns go, what that would change, and one yes.

mod mapping;
mod preview;
pub mod server_fns;

use gen_client::{AgentId, VidsheetId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::{Action, ImportMapping, ImportPlan, NewFile};

use crate::error::AppError;
use crate::shell::use_surroundings;
use crate::ui::{Drawer, ErrorNote, FileInput};
use mapping::MappingFields;
use preview::Preview;
use server_fns::{import_rows, plan_import};

const FILE_MAX: usize = 8 * 1024 * 1024;

/// An import while it is decided and done; a copy is the same thing.
#[derive(Clone, Copy)]
struct Desk {
    ids: StoredValue<(AgentId, VidsheetId)>,
    file: RwSignal<Option<NewFile>>,
    plan: RwSignal<Option<ImportPlan>>,
    /// The line to go on with.
    from: RwSignal<u32>,
    /// Rows added and changed so far.
    written: RwSignal<(u32, u32)>,
    /// Grows with every question, so that a late answer to an older one is left aside.
    asked: StoredValue<u32>,
    busy: RwSignal<bool>,
    done: RwSignal<bool>,
    trouble: RwSignal<Option<AppError>>,
}

impl Desk {
    fn take(self, file: NewFile) {
        self.file.set(Some(file));
        self.plan.set(None);
        self.from.set(0);
        self.written.set((0, 0));
        self.done.set(false);
        self.look(None);
    }

    /// Asks what it would do with this mapping, or what is proposed.
    fn look(self, mapping: Option<ImportMapping>) {
        let Some(file) = self.file.get_untracked() else { return };
        let (agent, vidsheet) = self.ids.get_value();
        let from = self.from.get_untracked();
        self.trouble.set(None);
        self.asked.update_value(|asked| *asked += 1);
        let own = self.asked.get_value();
        spawn_local(async move {
            let answer = plan_import(agent, vidsheet, file, mapping, from).await;
            if self.asked.try_get_value() != Some(own) {
                return;
            }
            match answer {
                Ok(plan) => drop(self.plan.try_set(Some(plan))),
                Err(error) => drop(self.trouble.try_set(Some(error))),
            }
        });
    }

    /// Writes step after step until nothing is left or something fails; what is left can be gone on with.
    fn write(self) {
        let (Some(file), Some(plan)) = (self.file.get_untracked(), self.plan.get_untracked()) else { return };
        self.trouble.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let (mut from, mut seal) = (self.from.get_untracked(), plan.seal);
            let trouble = loop {
                let (agent, vidsheet) = self.ids.get_value();
                let sent =
                    import_rows(agent, vidsheet, file.clone(), plan.mapping.clone(), from, seal.clone());
                let report = match sent.await {
                    Ok(report) => report,
                    Err(error) => break Some(error),
                };
                from = report.step.next;
                seal = report.step.seal;
                let alive = self.from.try_set(from).is_none();
                self.written.try_update(|written| {
                    *written = (written.0 + report.step.added, written.1 + report.step.changed);
                });
                if report.trouble.is_some() || !alive {
                    break report.trouble;
                }
                if report.step.done {
                    self.done.try_set(true);
                    break None;
                }
            };
            self.busy.try_set(false);
            if trouble.is_some() {
                // What is left is shown as it would be done now.
                self.look(Some(plan.mapping));
                self.trouble.try_set(trouble);
            }
        });
    }
}

/// The drawer; it is there while it is open.
#[component]
pub(super) fn ImportDrawer(
    /// Whose.
    agent: AgentId,
    /// Into which vidsheet.
    vidsheet: VidsheetId,
    /// Called when the person closes it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let surroundings = use_surroundings();
    let desk = Desk {
        ids: StoredValue::new((agent, vidsheet)),
        file: RwSignal::new(None),
        plan: RwSignal::new(None),
        from: RwSignal::new(0),
        written: RwSignal::new((0, 0)),
        asked: StoredValue::new(0),
        busy: RwSignal::new(false),
        done: RwSignal::new(false),
        trouble: RwSignal::new(None),
    };
    let locked = Signal::derive(move || !surroundings.may(Action::Edit) || desk.busy.get());
    let choose = move |file: Result<NewFile, AppError>| match file {
        Ok(file) => desk.take(file),
        Err(error) => desk.trouble.set(Some(error)),
    };
    let name = move || desk.file.with(|file| file.as_ref().map(|file| file.name.clone()));
    view! {
        <Drawer title="Import rows" on_close=on_close>
            <FileInput label="CSV or XLSX file" id="import-file" accept=".csv,.tsv,.txt,.xlsx" max=FILE_MAX disabled=locked on_file=choose />
            {move || name().map(|name| view! { <p class="muted">"From " <strong>{name}</strong></p> })}
            {move || desk.trouble.get().map(|error| view! { <ErrorNote error /> })}
            <Progress desk />
            <Show when=move || !desk.done.get()>
                <MappingFields desk locked />
                <Preview desk />
                <Confirm desk locked />
            </Show>
        </Drawer>
    }
}

/// How far it came.
#[component]
fn Progress(desk: Desk) -> impl IntoView {
    let words = move || {
        let (added, changed) = desk.written.get();
        let counts = format!("{} added, {} changed", rows(added), rows(changed));
        match (desk.done.get(), desk.from.get()) {
            (true, _) => Some(format!("Imported: {counts}.")),
            (false, 0) => None,
            (false, from) => Some(format!("{from} lines are written so far: {counts}.")),
        }
    };
    view! { <p role="status">{words}</p> }
}

#[component]
fn Confirm(desk: Desk, locked: Signal<bool>) -> impl IntoView {
    let ready = move || {
        desk.plan.with(|plan| {
            plan.as_ref().is_some_and(|plan| plan.problem.is_none() && plan.added + plan.changed > 0)
        })
    };
    let word = move || {
        let begun = desk.from.get() > 0;
        match (desk.busy.get(), begun) {
            (true, _) => "Importing",
            (false, true) => "Go on",
            (false, false) => "Import",
        }
    };
    let problem = move || desk.plan.with(|plan| plan.as_ref().and_then(|plan| plan.problem.clone()));
    view! {
        {move || problem().map(|problem| view! { <p class="field-error" role="alert">{problem}</p> })}
        <Show when=move || desk.plan.with(Option::is_some)>
            <div class="buttons">
                <button
                    type="button"
                    class="button primary large"
                    disabled=move || locked.get() || !ready()
                    on:click=move |_| desk.write()
                >
                    {word}
                </button>
                <span class="muted">"Free. New rows are made one by one."</span>
            </div>
        </Show>
    }
}

/// Such as “1 row”.
fn rows(count: u32) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}
