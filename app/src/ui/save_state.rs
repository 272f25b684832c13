use leptos::prelude::*;

use super::{Icon, IconName};
use crate::error::AppError;

/// How far the saving of something typed has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Saving {
    /// Nothing to say.
    #[default]
    Idle,
    /// On its way.
    Saving,
    /// Kept.
    Saved,
    /// Not kept; the text is still in the field, and an [`super::ErrorNote`] beside it says more.
    Failed(AppError),
}

impl Saving {
    /// Of a form whose trouble stands in a note of its own.
    pub fn of(busy: bool, saved: bool) -> Self {
        match (busy, saved) {
            (true, _) => Self::Saving,
            (false, true) => Self::Saved,
            (false, false) => Self::Idle,
        }
    }

    /// What went wrong, if something did.
    pub fn error(&self) -> Option<AppError> {
        match self {
            Self::Failed(error) => Some(error.clone()),
            _ => None,
        }
    }
}

/// One word about saving, for eyes and for screen readers.
#[component]
pub fn SaveState(
    /// How far it has come.
    #[prop(into)]
    state: Signal<Saving>,
) -> impl IntoView {
    let shown = move || match state.get() {
        Saving::Idle => None,
        Saving::Saving => Some(("save-state info", IconName::Refresh, "Saving")),
        Saving::Saved => Some(("save-state", IconName::Check, "Saved")),
        Saving::Failed(_) => Some(("save-state error", IconName::CrossCircle, "Not saved")),
    };
    view! {
        <span role="status" class="save-status">
            {move || {
                shown()
                    .map(|(class, icon, word)| {
                        view! {
                            <span class=class>
                                <Icon name=icon />
                                {word}
                            </span>
                        }
                    })
            }}
        </span>
    }
}
