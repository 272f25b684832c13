use gen_client::model::{Agent, Cell, Organization, Vidsheet};
use gen_client::{AgentId, RowId};
use serde::{Deserialize, Serialize};

use crate::{EditedBy, SheetView, Shown, WaitingEdit, Work, view};

/// An agent with who pays for it: what the top bar shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgentOverview {
    /// The agent; its avatar URL is our media id.
    pub agent: Agent,
    /// Its organization with what is left to spend, if the key may see it.
    pub organization: Option<Organization>,
}

/// A vidsheet as the grid needs it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedVidsheet {
    /// Whose.
    pub agent_id: AgentId,
    /// Columns, rows, cells; media URLs are our media ids.
    pub vidsheet: Vidsheet,
    /// Work of ours under way, or ended without the cell knowing: newest per cell.
    pub work: Vec<Work>,
    /// Texts that GEN does not have. The cells of those that wait show them already.
    #[serde(default)]
    pub waiting: Vec<WaitingEdit>,
    /// How many rows are put away.
    #[serde(default)]
    pub archived_rows: u32,
    /// How many columns are put away.
    #[serde(default)]
    pub archived_columns: u32,
    /// What the view that it was opened with left out.
    #[serde(default)]
    pub shown: Shown,
}

impl SavedVidsheet {
    /// Leaves what a view shows, in its order.
    pub fn looked_at(mut self, view: &SheetView) -> Self {
        self.shown = view::look(view, &mut self.vidsheet, &self.work);
        self
    }
}

/// One cell again, after something about it changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedCell {
    /// Its row.
    pub row_id: RowId,
    /// The cell; media URLs are our media ids.
    pub cell: Cell,
    /// The newest work of ours on it.
    pub work: Option<Work>,
    /// Who changed it last, if it was somebody here.
    #[serde(default)]
    pub edited_by: Option<EditedBy>,
    /// Texts for it that GEN does not have; one that waits is what the cell shows.
    #[serde(default)]
    pub waiting: Vec<WaitingEdit>,
}
