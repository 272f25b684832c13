use gen_client::model::ColumnKind;
use gen_client::{AgentId, VidsheetId};
use serde::{Deserialize, Serialize};

/// A line of our vidsheet registry. GEN cannot list vidsheets, so this registry is the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VidsheetSummary {
    /// GEN's number.
    pub id: VidsheetId,
    /// Whose.
    pub agent_id: AgentId,
    /// What people call it: the name given here, else GEN's.
    pub title: String,
    /// How many rows.
    pub rows: u32,
    /// How many ingredient cells hold something, of how many.
    pub filled: (u32, u32),
    /// How many rows have a finished render.
    pub renders: u32,
    /// Credits spent, as far as GEN said.
    pub spent: f64,
    /// When anything last changed, in milliseconds since 1970.
    pub updated_at: i64,
    /// Free words that people here gave it, in order of the alphabet.
    pub labels: Vec<String>,
    /// Whether it was put out of sight here.
    pub archived: bool,
    /// What it was made for and does not have yet.
    pub missing: Option<VidsheetPlan>,
}

/// Columns and rows of a vidsheet that is not whole yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VidsheetPlan {
    /// Ingredient columns, in order.
    pub columns: Vec<PlannedColumn>,
    /// A number of rows.
    pub rows: u32,
}

/// An ingredient column to be made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedColumn {
    /// What people call it; unique in its vidsheet.
    pub title: String,
    /// Text, image, video or audio.
    pub kind: ColumnKind,
}

impl VidsheetPlan {
    /// The longest list of columns that is made in one go.
    pub const COLUMNS_MAX: usize = 40;
    /// The most rows that are made in one go.
    pub const ROWS_MAX: u32 = 200;
    /// The longest title of a column, in characters.
    pub const TITLE_MAX: usize = 80;

    /// Why it cannot be made, if so.
    pub fn problem(&self) -> Option<String> {
        let mut known: Vec<String> = Vec::new();
        for column in &self.columns {
            let title = column.title.trim();
            if title.is_empty() {
                return Some("Give every column a title, or take it away.".to_owned());
            }
            if title.chars().count() > Self::TITLE_MAX {
                return Some(format!("A column's title has at most {} characters.", Self::TITLE_MAX));
            }
            if known.contains(&title.to_lowercase()) {
                return Some(format!("Two columns are called {title}."));
            }
            if !matches!(
                column.kind,
                ColumnKind::Text | ColumnKind::Image | ColumnKind::Video | ColumnKind::Audio
            ) {
                return Some(format!("GEN makes no column of the kind {}.", column.kind.as_str()));
            }
            known.push(title.to_lowercase());
        }
        if self.columns.len() > Self::COLUMNS_MAX {
            return Some(format!("At most {} columns are made in one go.", Self::COLUMNS_MAX));
        }
        if self.rows > Self::ROWS_MAX {
            return Some(format!("At most {} rows are made in one go.", Self::ROWS_MAX));
        }
        None
    }

    /// How many calls of GEN it takes.
    pub fn calls(&self) -> usize {
        self.columns.len() + self.rows as usize
    }

    /// What is left of it where columns of these titles and so many rows are there; `None` when nothing is.
    pub fn left(&self, titles: &[String], rows: u32) -> Option<Self> {
        let there = |title: &str| titles.iter().any(|known| known.trim().eq_ignore_ascii_case(title.trim()));
        let columns: Vec<PlannedColumn> =
            self.columns.iter().filter(|column| !there(&column.title)).cloned().collect();
        let rows = self.rows.saturating_sub(rows);
        (!columns.is_empty() || rows > 0).then_some(Self { columns, rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(titles: &[&str], rows: u32) -> VidsheetPlan {
        let column = |title: &&str| PlannedColumn { title: (*title).to_owned(), kind: ColumnKind::Text };
        VidsheetPlan { columns: titles.iter().map(column).collect(), rows }
    }

    #[test]
    fn a_plan_says_why_it_cannot_be_made() {
        assert_eq!(plan(&["HOOK", "SCRIPT"], 3).problem(), None);
        assert!(plan(&["HOOK", " "], 0).problem().unwrap().contains("title"));
        assert!(plan(&["HOOK", "hook "], 0).problem().unwrap().contains("Two columns"));
        assert!(plan(&[&"x".repeat(81)], 0).problem().is_some());
        assert!(plan(&[], VidsheetPlan::ROWS_MAX + 1).problem().is_some());
        let stats = PlannedColumn { title: "STATS".to_owned(), kind: ColumnKind::Stats };
        assert!(VidsheetPlan { columns: vec![stats], rows: 0 }.problem().is_some());
    }

    #[test]
    fn what_is_there_is_not_made_again() {
        let plan = plan(&["HOOK", "SCRIPT"], 3);
        assert_eq!(plan.left(&["HOOK".into()], 1).map(|left| (left.columns.len(), left.rows)), Some((1, 2)));
        assert_eq!(plan.left(&["script".into(), "Hook".into()], 4), None);
    }
}
