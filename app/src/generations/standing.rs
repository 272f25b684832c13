use leptos::prelude::*;
use model::Progress;

use crate::ui::{Icon, IconName};

/// What a colour means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to say.
    #[default]
    Quiet,
    /// Done.
    Ok,
    /// Going on.
    Running,
    /// Wants a look.
    Warn,
    /// Went wrong.
    Error,
}

impl Tone {
    /// The class that `style/cells.css` colours.
    pub fn class(self) -> &'static str {
        match self {
            Self::Quiet => "tone-quiet",
            Self::Ok => "tone-ok",
            Self::Running => "tone-running",
            Self::Warn => "tone-warn",
            Self::Error => "tone-error",
        }
    }
}

/// Where work stands, as every screen draws it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Drawn beside the word.
    pub icon: IconName,
    /// The colour of icon and word.
    pub tone: Tone,
    /// A short word for the eye, where room is scarce; [`Progress::as_str`] is the word that is read aloud.
    pub word: &'static str,
}

/// The one table of states. `late` says that it takes longer than usual.
pub fn standing(progress: Progress, late: bool) -> Standing {
    let (icon, tone, word) = match progress {
        Progress::Held => (IconName::Held, Tone::Warn, "Held"),
        Progress::Queued => (IconName::Clock, Tone::Quiet, "Queued"),
        Progress::Sending | Progress::Pending | Progress::Processing if late => {
            (IconName::Hourglass, Tone::Warn, "Slow")
        }
        Progress::Sending => (IconName::Send, Tone::Running, "Sending"),
        Progress::Pending => (IconName::Clock, Tone::Running, "Pending"),
        Progress::Processing => (IconName::Running, Tone::Running, "Running"),
        Progress::Completed => (IconName::CheckCircle, Tone::Ok, "Ready"),
        Progress::Failed => (IconName::CrossCircle, Tone::Error, "Failed"),
        Progress::Stopped => (IconName::Stopped, Tone::Quiet, "Stopped"),
        Progress::Refused => (IconName::CrossCircle, Tone::Error, "Refused"),
        Progress::NotSent => (IconName::CrossCircle, Tone::Error, "Not sent"),
        Progress::Unknown => (IconName::Warning, Tone::Warn, "Unknown"),
    };
    Standing { icon, tone, word }
}

/// Where work stands: drawing, word and colour.
#[component]
pub fn StateWord(
    /// Where it stands.
    progress: Progress,
    /// Whether it takes longer than usual.
    #[prop(into, optional)]
    late: Signal<bool>,
) -> impl IntoView {
    move || {
        let Standing { icon, tone, .. } = standing(progress, late.get());
        view! {
            <span class=format!("state {}", tone.class())>
                <Icon name=icon />
                {progress.as_str()}
            </span>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_gen_works_on_can_be_slow() {
        for progress in [Progress::Held, Progress::Queued, Progress::Completed, Progress::Unknown] {
            assert_eq!(standing(progress, true), standing(progress, false), "{progress:?}");
        }
        assert_eq!(standing(Progress::Processing, true).tone, Tone::Warn);
    }
}
