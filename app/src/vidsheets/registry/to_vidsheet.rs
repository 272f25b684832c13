use gen_client::{AgentId, VidsheetId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::VidsheetPlan;

use super::unfinished::missing_words;
use crate::error::AppError;
use crate::paths;
use crate::ui::ErrorNote;
use crate::vidsheets::server_fns::{complete_vidsheet, list_vidsheets};

type Navigate = Box<dyn Fn(&str) + Send + Sync>;

/// An act that ends in another vidsheet: one at a time, its error beside the button.
#[derive(Clone, Copy)]
pub(crate) struct ToVidsheet {
    /// Whether the answer is still to come.
    pub(crate) busy: RwSignal<bool>,
    /// Why the last one failed.
    pub(crate) trouble: RwSignal<Option<AppError>>,
    half: RwSignal<Option<Half>>,
    navigate: StoredValue<Navigate>,
}

/// A vidsheet that was made and did not get all it was made for.
#[derive(Clone)]
struct Half {
    agent: AgentId,
    vidsheet: VidsheetId,
    missing: Option<VidsheetPlan>,
}

impl ToVidsheet {
    /// Nothing asked yet.
    pub(crate) fn new() -> Self {
        let navigate = use_navigate();
        Self {
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            half: RwSignal::new(None),
            navigate: StoredValue::new(Box::new(move |path| navigate(path, NavigateOptions::default()))),
        }
    }

    /// Asks, unless an answer is still to come, and goes to the vidsheet of this agent. `done` runs before.
    pub(crate) fn go(
        self,
        agent: AgentId,
        act: impl Future<Output = Result<VidsheetId, AppError>> + 'static,
        done: impl FnOnce() + 'static,
    ) {
        self.run(async move {
            let vidsheet = act.await?;
            done();
            self.open(&agent, &vidsheet);
            Ok(())
        });
    }

    /// The same for a new vidsheet that is to get columns or rows: they are made before it is gone to. When that
    /// fails the vidsheet stays, and what is missing can be made from the note. `made` runs once there is a vidsheet.
    pub(crate) fn go_whole(
        self,
        agent: AgentId,
        act: impl Future<Output = Result<VidsheetId, AppError>> + 'static,
        made: impl FnOnce() + 'static,
    ) {
        self.run(async move {
            let vidsheet = act.await?;
            made();
            self.complete(agent, vidsheet).await
        });
    }

    /// The error, where it is to stand.
    pub(crate) fn note(self) -> impl IntoView {
        move || {
            let half = self.half.get().map(|half| self.rest(half));
            let error = self.trouble.get().map(|error| view! { <ErrorNote error /> });
            view! {
                {half}
                {error}
            }
        }
    }

    fn rest(self, half: Half) -> impl IntoView {
        let Half { agent, vidsheet, missing } = half;
        let href = paths::vidsheet(&agent, &vidsheet);
        let words =
            missing.map_or_else(|| "Something may be missing".to_owned(), |missing| missing_words(&missing));
        let again = move |_| {
            let (agent, vidsheet) = (agent.clone(), vidsheet.clone());
            self.run(self.complete(agent, vidsheet));
        };
        view! {
            <div class="note note-warn">
                <div>
                    <p class="note-message">"The vidsheet is made. " {words} "."</p>
                    <div class="buttons">
                        <button type="button" class="button" disabled=self.busy on:click=again>
                            "Make what is missing"
                        </button>
                        <a class="button" href=href>
                            "Open it as it is"
                        </a>
                    </div>
                </div>
            </div>
        }
    }

    async fn complete(self, agent: AgentId, vidsheet: VidsheetId) -> Result<(), AppError> {
        let completed = complete_vidsheet(agent.clone(), vidsheet.clone()).await;
        if completed.is_ok() {
            self.half.try_set(None);
            self.open(&agent, &vidsheet);
        } else {
            let lines = list_vidsheets(agent.clone()).await.unwrap_or_default();
            let missing = lines.into_iter().find(|line| line.id == vidsheet).and_then(|line| line.missing);
            self.half.try_set(Some(Half { agent, vidsheet, missing }));
        }
        completed
    }

    fn run(self, act: impl Future<Output = Result<(), AppError>> + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            let answer = act.await;
            self.busy.try_set(false);
            if let Err(error) = answer {
                self.trouble.try_set(Some(error));
            }
        });
    }

    fn open(self, agent: &AgentId, vidsheet: &VidsheetId) {
        self.navigate.try_with_value(|navigate| navigate(&paths::vidsheet(agent, vidsheet)));
    }
}
