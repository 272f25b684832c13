//! The state of a cell in an icon, a word and a fact, the same for every kind.

use gen_client::model::{ColumnKind, ColumnRole, Generation, GenerationStatus, GenerationType, MediaKind};
use model::Progress;

use super::{CellContent, Saving};
use crate::ui::{IconName, credits, credits_estimate};

/// What a cell says about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// Drawn beside the word.
    pub icon: IconName,
    /// One word for the eye.
    pub word: &'static str,
    /// One muted line: time, reason or price.
    pub fact: String,
    /// The colour of icon and word.
    pub tone: Tone,
    /// The word for assistive technology and tests; `None` where nothing was ever generated.
    pub state: Option<&'static str>,
}

/// What a colour means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing to say.
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

/// The face of a cell.
pub fn face(content: &CellContent) -> Face {
    if content.column.role == ColumnRole::Stats {
        let fact = super::stats::spent(content);
        return Face { icon: IconName::Chart, word: "Spent", fact, tone: Tone::Quiet, state: None };
    }
    match progress(content) {
        Some(progress) => face_of(progress, content),
        None if content.text.is_empty() => Face {
            icon: IconName::Dashed,
            word: "Empty",
            fact: price(content),
            tone: Tone::Quiet,
            state: None,
        },
        None => Face {
            icon: IconName::Check,
            word: "Filled",
            fact: String::new(),
            tone: Tone::Quiet,
            state: None,
        },
    }
}

/// The newest generation of a cell that it shows or could show.
pub fn newest(content: &CellContent) -> Option<&Generation> {
    content.cell.running().or(content.cell.default_generation.as_ref()).or(content.cell.generations.last())
}

/// The media id of what the cell shows, preferring its small picture where `thumbnail` is asked for.
pub fn shown_media(content: &CellContent, thumbnail: bool) -> Option<&str> {
    let output = content.cell.default_generation.as_ref()?.outputs.first()?;
    let small = output.thumbnail_url.as_deref().filter(|_| thumbnail);
    let whole = (!thumbnail || output.kind() == MediaKind::Image).then_some(output.url.as_deref()).flatten();
    small.or(whole)
}

/// What assistive technology reads: the column's title, what is in the cell, and its state.
pub fn accessible_name(content: &CellContent) -> String {
    let mut name = content.column.title.clone();
    let mut say = |words: &str| {
        if !words.is_empty() {
            name.push_str(", ");
            name.push_str(words);
        }
    };
    match (content.column.role, &content.column.kind) {
        (ColumnRole::Video, _) => say(&super::layers::count(content)),
        (ColumnRole::Stats, _) | (_, ColumnKind::Stats) => say(&super::stats::spent(content)),
        (ColumnRole::Ingredient, ColumnKind::Text) => {
            say(&content.text.chars().take(120).collect::<String>());
        }
        _ => {}
    }
    let face = face(content);
    match face.state {
        Some(state) => say(state),
        None if content.text.is_empty() && content.column.role != ColumnRole::Stats => say("empty"),
        None => {}
    }
    if face.tone == Tone::Error {
        say(&face.fact);
    }
    match content.saving {
        Saving::Saved => {}
        Saving::Underway => say("saving"),
        Saving::Refused => say("not saved"),
    }
    name
}

/// Work of ours that runs or went wrong speaks first; then what GEN says of the cell.
fn progress(content: &CellContent) -> Option<Progress> {
    let ours = content.work.as_ref().map(|work| work.progress);
    let settled = newest(content).map(|generation| match &generation.status {
        GenerationStatus::Pending => Progress::Pending,
        GenerationStatus::Processing | GenerationStatus::Unknown(_) => Progress::Processing,
        GenerationStatus::Completed => Progress::Completed,
        GenerationStatus::Failed => Progress::Failed,
        GenerationStatus::Stopped => Progress::Stopped,
    });
    match ours {
        Some(Progress::Completed) | None => settled.or(ours),
        ours => ours,
    }
}

fn face_of(progress: Progress, content: &CellContent) -> Face {
    let (icon, word, tone) = match progress {
        Progress::Held => (IconName::Clock, "Held", Tone::Warn),
        Progress::Queued => (IconName::Clock, "Queued", Tone::Quiet),
        Progress::Sending => (IconName::Clock, "Sending", Tone::Quiet),
        Progress::Pending => (IconName::Clock, "Pending", Tone::Running),
        Progress::Processing => (IconName::Running, "Running", Tone::Running),
        Progress::Completed => (IconName::CheckCircle, "Ready", Tone::Ok),
        Progress::Failed => (IconName::CrossCircle, "Failed", Tone::Error),
        Progress::Stopped => (IconName::Stopped, "Stopped", Tone::Quiet),
        Progress::Refused => (IconName::CrossCircle, "Refused", Tone::Error),
        Progress::NotSent => (IconName::CrossCircle, "Not sent", Tone::Error),
        Progress::Unknown => (IconName::Warning, "Unknown", Tone::Warn),
    };
    Face { icon, word, fact: fact(progress, content), tone, state: Some(progress.as_str()) }
}

fn fact(progress: Progress, content: &CellContent) -> String {
    let reason = || {
        let ours = content.work.as_ref().and_then(|work| work.reason.clone());
        let gens = newest(content).and_then(|generation| generation.failed_reason.clone());
        ours.or(gens).unwrap_or_default()
    };
    match progress {
        Progress::Completed => {
            let takes = content.cell.generations.len();
            match (takes, content.column.role) {
                (_, ColumnRole::FinalVideo) => content.cell.cost.map(credits).unwrap_or_default(),
                (0 | 1, _) => "1 take".to_owned(),
                (takes, _) => format!("{takes} takes"),
            }
        }
        Progress::Failed | Progress::Refused | Progress::NotSent => reason(),
        Progress::Unknown => "may be charged".to_owned(),
        Progress::Stopped => "refunded".to_owned(),
        Progress::Held | Progress::Queued | Progress::Sending | Progress::Pending | Progress::Processing => {
            let estimate = content.work.as_ref().and_then(|work| work.estimate);
            estimate.map(credits_estimate).unwrap_or_default()
        }
    }
}

/// What making this cell typically costs.
fn price(content: &CellContent) -> String {
    match crate::vidsheets::creation_card::default_type(&content.column) {
        Some(kind) => credits_estimate(GenerationType::typical_credits(&kind).into()),
        None if content.column.role == ColumnRole::FinalVideo => credits_estimate(RENDER_CREDITS.into()),
        None => String::new(),
    }
}

/// Credits a render typically takes, by GEN's published table.
pub const RENDER_CREDITS: u32 = 50;
