use std::future::Future;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::ErrorNote;
use crate::error::AppError;

/// Something that a person asks of the server: one request at a time, with its error kept beside the button.
#[derive(Clone, Copy)]
pub struct Act {
    /// Whether the answer is still to come.
    pub busy: RwSignal<bool>,
    /// Why the last one failed.
    pub trouble: RwSignal<Option<AppError>>,
}

impl Act {
    /// Nothing asked yet.
    pub fn idle() -> Self {
        Self { busy: RwSignal::new(false), trouble: RwSignal::new(None) }
    }

    /// Asks, unless an answer is still to come. `done` gets the answer; whoever left meanwhile is not told.
    pub fn run<T: 'static>(
        self,
        asked: impl Future<Output = Result<T, AppError>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
            let answer = asked.await;
            self.busy.try_set(false);
            match answer {
                Ok(answer) => done(answer),
                Err(error) => drop(self.trouble.try_set(Some(error))),
            }
        });
    }

    /// The error, where it is to stand.
    pub fn note(self) -> impl IntoView {
        move || self.trouble.get().map(|error| view! { <ErrorNote error /> })
    }
}
