//! From idea to row: which part of an idea goes where, and how far it has come.

use std::collections::BTreeMap;

use gen_client::model::{Column, ColumnKind, Idea, IdeaStatus};
use gen_client::{IdeaId, RowId, VidsheetId};
use serde::{Deserialize, Serialize};

/// A part of an idea that a cell can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdeaField {
    /// What it is called.
    Title,
    /// The first words of the video.
    Hook,
    /// Everything that is said.
    FullScript,
    /// What is shown.
    Description,
    /// Why the agent proposes it.
    Rationale,
    /// The kind of video, GEN's word.
    VideoType,
    /// Seconds, as a bare number.
    Duration,
    /// Such as `9:16`.
    AspectRatio,
    /// The addresses of the material it wants, one a line.
    Assets,
}

/// Which part of an idea goes under which column, by the column's title: a template's columns get ids when it is
/// cloned, and titles are unique in a vidsheet.
pub type ColumnMapping = BTreeMap<String, IdeaField>;

impl IdeaField {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Hook,
        Self::FullScript,
        Self::Description,
        Self::Rationale,
        Self::VideoType,
        Self::Duration,
        Self::AspectRatio,
        Self::Assets,
    ];

    /// What people call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Hook => "Hook",
            Self::FullScript => "Full script",
            Self::Description => "What is shown",
            Self::Rationale => "Why this idea",
            Self::VideoType => "Video type",
            Self::Duration => "Duration",
            Self::AspectRatio => "Aspect ratio",
            Self::Assets => "Asset links",
        }
    }

    /// What a cell gets of this idea; empty where the idea has nothing to say.
    pub fn of(self, idea: &Idea) -> String {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        match self {
            Self::Title => idea.title.clone(),
            Self::Hook => text(&idea.hook),
            Self::FullScript => text(&idea.full_script),
            Self::Description => text(&idea.description),
            Self::Rationale => text(&idea.data.rationale),
            Self::VideoType => text(&idea.video_type),
            Self::Duration => idea.estimated_duration.map(|seconds| seconds.to_string()).unwrap_or_default(),
            Self::AspectRatio => text(&idea.aspect_ratio),
            Self::Assets => {
                let urls = idea
                    .data
                    .selected_assets
                    .iter()
                    .filter_map(|asset| asset.get("url").and_then(|url| url.as_str()));
                urls.collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// A first proposal for these columns: by their titles, and the script into the last text that is left.
    pub fn propose(columns: &[Column]) -> ColumnMapping {
        let texts = || columns.iter().filter(|column| column.kind == ColumnKind::Text);
        let mut mapping = ColumnMapping::new();
        for column in texts() {
            let title = column.title.to_lowercase();
            let named = |words: &[&str]| words.iter().any(|word| title.contains(word));
            let field = match () {
                () if named(&["script", "voice over", "voiceover"]) => Some(Self::FullScript),
                () if named(&["hook", "text 1", "headline"]) => Some(Self::Hook),
                () if named(&["title", "name"]) => Some(Self::Title),
                () if named(&["prompt", "description", "caption", "visual"]) => Some(Self::Description),
                () if named(&["duration", "seconds"]) => Some(Self::Duration),
                () if named(&["ratio"]) => Some(Self::AspectRatio),
                () => None,
            };
            if let Some(field) = field.filter(|field| !mapping.values().any(|taken| taken == field)) {
                mapping.insert(column.title.clone(), field);
            }
        }
        if !mapping.values().any(|field| *field == Self::FullScript)
            && let Some(free) = texts().rfind(|column| !mapping.contains_key(&column.title))
        {
            mapping.insert(free.title.clone(), Self::FullScript);
        }
        mapping
    }
}

/// Where the rows shall be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "in", rename_all = "snake_case")]
pub enum ConversionTarget {
    /// In a new vidsheet, cloned from a template; free.
    Template {
        /// Its name in URLs.
        slug: String,
    },
    /// At the end of a vidsheet that is there.
    Vidsheet {
        /// Which.
        id: VidsheetId,
    },
}

/// What there is to decide before ideas become rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConversionPlan {
    /// The columns that people may fill, in order.
    pub columns: Vec<Column>,
    /// As decided the last time, or as proposed.
    pub mapping: ColumnMapping,
    /// Whether it is what was decided the last time.
    pub remembered: bool,
}

/// What a person has decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConversionOrder {
    /// One row each, in this order.
    pub ideas: Vec<IdeaId>,
    /// Where.
    pub target: ConversionTarget,
    /// What goes under which column.
    pub mapping: ColumnMapping,
    /// Where the ideas go on the board, unless they are that far already; `None`: they stay.
    pub status: Option<IdeaStatus>,
}

/// Ideas that are being turned into rows, or were.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conversion {
    /// Ours.
    pub id: String,
    /// Once there is one.
    pub vidsheet_id: Option<VidsheetId>,
    /// That vidsheet's title.
    pub vidsheet_title: Option<String>,
    /// How many ideas.
    pub ideas: u32,
    /// How many of them have their row.
    pub rows: u32,
    /// How many of these rows hold their texts.
    pub filled: u32,
    /// Whether everything is done.
    pub ended: bool,
    /// Why it stands still; a person may let it go on.
    pub trouble: Option<String>,
    /// Who wanted it.
    pub started_by: Option<String>,
    /// When, in milliseconds since 1970.
    pub started_at: i64,
}

/// The row that was made from an idea.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IdeaRow {
    /// From which.
    pub idea_id: IdeaId,
    /// In which vidsheet.
    pub vidsheet_id: VidsheetId,
    /// That vidsheet's title.
    pub vidsheet_title: String,
    /// Which row.
    pub row_id: RowId,
    /// Counted from one, as the grid shows it; `None` when the row is gone.
    pub row_number: Option<u32>,
    /// Credits that work on this row took, as far as GEN said.
    pub spent: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn columns(titles: &[&str]) -> Vec<Column> {
        let column = |(id, title): (usize, &&str)| json!({"id": id, "title": title, "type": "text"});
        let all: Vec<Value> = titles.iter().enumerate().map(column).collect();
        all.into_iter().map(|column| serde_json::from_value(column).unwrap()).collect()
    }

    #[test]
    fn columns_are_proposed_by_their_titles_and_each_part_once() {
        let proposed = |titles: &[&str]| {
            let mapping = IdeaField::propose(&columns(titles));
            titles.iter().map(|title| mapping.get(*title).copied()).collect::<Vec<_>>()
        };
        use IdeaField::{Description, FullScript, Hook};
        assert_eq!(proposed(&["TEXT 1", "SCRIPT"]), [Some(Hook), Some(FullScript)]);
        assert_eq!(
            proposed(&["TEXT 1", "TEXT 2", "PROMPT"]),
            [Some(Hook), Some(FullScript), Some(Description)]
        );
        assert_eq!(proposed(&["Script", "Script 2"]), [Some(FullScript), None]);
        assert_eq!(proposed(&[]), []);
    }
}
