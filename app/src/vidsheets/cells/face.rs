//! The state of a cell in an icon, a word and a fact, the same for every kind.

use gen_client::model::{ColumnKind, ColumnRole, Generation, GenerationStatus, GenerationType, MediaKind};
use model::{Progress, Typical};

use super::{CellContent, Saving};
use crate::generations::{Standing, Tone, money, since, standing};
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
    /// Since when it runs, and how long the same took before.
    pub clock: Option<(i64, Option<Typical>)>,
    /// The colour of icon and word.
    pub tone: Tone,
    /// The word for assistive technology and tests; `None` where nothing was ever generated.
    pub state: Option<&'static str>,
}

/// The face of a cell.
pub fn face(content: &CellContent) -> Face {
    if content.column.role == ColumnRole::Stats {
        let fact = super::stats::spent(content);
        return quiet(IconName::Chart, "Spent", fact);
    }
    match progress(content) {
        Some(progress) => face_of(progress, content),
        None if content.text.is_empty() => quiet(IconName::Dashed, "Empty", price(content)),
        None => quiet(IconName::Check, "Filled", String::new()),
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
    if matches!(face.tone, Tone::Error | Tone::Warn) {
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
    let Standing { icon, tone, word } = standing(progress, content.late);
    let at_gen = matches!(progress, Progress::Sending | Progress::Pending | Progress::Processing);
    // Where it takes longer than usual, that is said instead: a cell has no room for both.
    let clock = content.work.as_ref().filter(|_| at_gen && !content.late);
    let clock = clock.map(|work| (since(work), work.typical));
    Face { icon, word, fact: fact(progress, content), clock, tone, state: Some(progress.as_str()) }
}

fn quiet(icon: IconName, word: &'static str, fact: String) -> Face {
    Face { icon, word, fact, clock: None, tone: Tone::Quiet, state: None }
}

fn fact(progress: Progress, content: &CellContent) -> String {
    let work = content.work.as_deref();
    let reason = || {
        let ours = work.and_then(|work| work.reason.clone());
        let gens = newest(content).and_then(|generation| generation.failed_reason.clone());
        ours.or(gens)
    };
    let about = || work.map(money).unwrap_or_default();
    match progress {
        Progress::Completed => {
            let takes = content.cell.generations.len();
            match (takes, content.column.role) {
                (_, ColumnRole::FinalVideo) => content.cell.cost.map(credits).unwrap_or_default(),
                (0 | 1, _) => "1 take".to_owned(),
                (takes, _) => format!("{takes} takes"),
            }
        }
        Progress::Failed | Progress::Refused | Progress::NotSent => reason().unwrap_or_default(),
        Progress::Held => reason().unwrap_or_else(|| "over the cap".to_owned()),
        Progress::Unknown => "may be charged".to_owned(),
        Progress::Stopped => about().word.unwrap_or("refunded").to_owned(),
        Progress::Queued => about().amount,
        Progress::Sending | Progress::Pending | Progress::Processing if content.late => {
            "longer than usual".to_owned()
        }
        Progress::Sending | Progress::Pending | Progress::Processing => about().amount,
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
