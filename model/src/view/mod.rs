//! A way of looking at a sheet, and which rows it shows in which order. Pure, so that server and browser agree.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use gen_client::ColumnId;
use gen_client::model::{Cell, Column, ColumnRole, GenerationStatus, Row, Vidsheet};
use serde::{Deserialize, Serialize};

use crate::{PersonId, Work};

/// A view as people save it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedView {
    /// Ours.
    pub id: i64,
    /// What people call it.
    pub name: String,
    /// Whose; `None` is the whole team's.
    pub owner: Option<PersonId>,
    /// What it does.
    pub view: SheetView,
}

/// What a view hides, sorts, filters and groups, and how it is laid out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetView {
    /// Columns out of sight.
    pub hidden_columns: Vec<ColumnId>,
    /// Widths in CSS pixels, by the column's number.
    pub widths: BTreeMap<String, u32>,
    /// How tall rows are.
    pub row_height: RowHeight,
    /// How many columns stay at the left.
    pub frozen: u32,
    /// The first that tells two rows apart decides.
    pub sort: Vec<SortBy>,
    /// All of them must hold.
    pub filters: Vec<Filter>,
    /// Rows with the same here stand together.
    pub group: Option<Operand>,
}

/// How tall rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowHeight {
    /// One line.
    #[serde(rename = "s")]
    Small,
    /// Three lines.
    #[default]
    #[serde(rename = "m")]
    Medium,
    /// A poster.
    #[serde(rename = "l")]
    Large,
}

/// What about a row is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Operand {
    /// What its cell under a column holds.
    Column {
        /// Which.
        id: ColumnId,
    },
    /// How far the row has come.
    State,
    /// Credits it took.
    Cost,
}

/// One rule of an order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SortBy {
    /// What is compared.
    pub by: Operand,
    /// Largest first. What is empty comes last either way.
    pub descending: bool,
}

/// One rule of a filter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Filter {
    /// What is looked at.
    pub on: Operand,
    /// What must be so.
    pub is: Test,
}

/// What must be so. Texts are compared without regard to case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "test", content = "with", rename_all = "snake_case")]
pub enum Test {
    /// The text has it in it.
    Contains(String),
    /// The text has it not in it.
    Lacks(String),
    /// The text is it.
    Equals(String),
    /// The text is something else.
    Differs(String),
    /// There is nothing.
    Empty,
    /// There is something.
    Filled,
    /// The number is larger; what is no number is not.
    Above(f64),
    /// The number is smaller; what is no number is not.
    Below(f64),
    /// The row has come so far.
    In(RowState),
}

/// How far a row has come, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    /// Nobody put anything into it.
    Empty,
    /// Something of its ingredients is missing.
    Started,
    /// Something in it failed, or nobody knows how it ended.
    Failed,
    /// Something is being made for it.
    Running,
    /// Every ingredient is there.
    Filled,
    /// It has a finished video.
    Rendered,
}

impl Default for SheetView {
    /// The sheet as it is, with its first column always in sight.
    fn default() -> Self {
        Self {
            hidden_columns: Vec::new(),
            widths: BTreeMap::new(),
            row_height: RowHeight::default(),
            frozen: 1,
            sort: Vec::new(),
            filters: Vec::new(),
            group: None,
        }
    }
}

impl SheetView {
    /// Whether rows stand in another order than the sheet's own.
    pub fn orders(&self) -> bool {
        !self.sort.is_empty() || self.group.is_some()
    }

    /// Whether two views show the same rows and columns in the same order; they may be laid out differently.
    pub fn picks_as(&self, other: &Self) -> bool {
        (&self.hidden_columns, &self.sort, &self.filters, &self.group)
            == (&other.hidden_columns, &other.sort, &other.filters, &other.group)
    }
}

/// Rows that stand together under a heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowGroup {
    /// The place of its first row among those shown.
    pub first: usize,
    /// How many rows.
    pub rows: usize,
    /// What they have in common; nothing where that is empty.
    pub words: String,
}

/// What a view leaves of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// How many rows there are without it.
    pub all_rows: usize,
    /// The columns that it hides.
    pub hidden: Vec<Column>,
    /// The headings between the rows, in order.
    pub groups: Vec<RowGroup>,
}

impl RowState {
    /// All of them, the least first.
    pub const ALL: [Self; 6] =
        [Self::Empty, Self::Started, Self::Failed, Self::Running, Self::Filled, Self::Rendered];

    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Empty => "Empty",
            Self::Started => "Needs work",
            Self::Failed => "Failed",
            Self::Running => "Running",
            Self::Filled => "Ready to render",
            Self::Rendered => "Rendered",
        }
    }
}

/// Leaves of a sheet what the view shows, in its order.
pub fn look(view: &SheetView, sheet: &mut Vidsheet, work: &[Work]) -> Shown {
    let (order, groups) = grouped(view, sheet, work);
    let all_rows = sheet.rows.len();
    let mut rows: Vec<Option<Row>> = std::mem::take(&mut sheet.rows).into_iter().map(Some).collect();
    sheet.rows = order.into_iter().filter_map(|at| rows[at].take()).collect();
    // Whoever reads a sheet puts its rows in the order of their positions.
    for (place, row) in sheet.rows.iter_mut().enumerate().filter(|_| view.orders()) {
        row.position = Some(place as f64);
    }
    let (hidden, columns): (Vec<Column>, Vec<Column>) = std::mem::take(&mut sheet.columns)
        .into_iter()
        .partition(|column| view.hidden_columns.contains(&column.id));
    sheet.columns = columns;
    let is_hidden = |cell: &Cell| cell.column_id.as_ref().is_some_and(|id| view.hidden_columns.contains(id));
    sheet.rows.iter_mut().for_each(|row| row.cells.retain(|cell| !is_hidden(cell)));
    Shown { all_rows, hidden, groups }
}

/// The rows that the view shows, as places in [`Vidsheet::rows`], in its order. Rows that nothing tells apart stay in
/// the sheet's own order.
fn apply(view: &SheetView, sheet: &Vidsheet, work: &[Work]) -> Vec<usize> {
    let states: Vec<RowState> = sheet.rows.iter().map(|row| row_state(row, sheet, work)).collect();
    let look = |at: usize, operand: &Operand| Seen::of(&sheet.rows[at], operand, states[at]);
    let passes = |at: &usize| view.filters.iter().all(|filter| look(*at, &filter.on).passes(&filter.is));
    let mut shown: Vec<usize> = (0..sheet.rows.len()).filter(passes).collect();
    let group = view.group.iter().map(|by| SortBy { by: by.clone(), descending: false });
    let rules: Vec<SortBy> = group.chain(view.sort.iter().cloned()).collect();
    shown.sort_by(|one, other| {
        let orders =
            rules.iter().map(|rule| look(*one, &rule.by).compare(&look(*other, &rule.by), rule.descending));
        orders.fold(Ordering::Equal, Ordering::then)
    });
    shown
}

/// The rows that the view shows, and where its groups begin.
fn grouped(view: &SheetView, sheet: &Vidsheet, work: &[Work]) -> (Vec<usize>, Vec<RowGroup>) {
    let order = apply(view, sheet, work);
    let mut groups: Vec<RowGroup> = Vec::new();
    if let Some(by) = &view.group {
        for (place, at) in order.iter().enumerate() {
            let row = &sheet.rows[*at];
            let words = Seen::of(row, by, row_state(row, sheet, work)).words();
            match groups.last_mut().filter(|group| group.words.to_lowercase() == words.to_lowercase()) {
                Some(group) => group.rows += 1,
                None => groups.push(RowGroup { first: place, rows: 1, words }),
            }
        }
    }
    (order, groups)
}

/// How far a row has come.
fn row_state(row: &Row, sheet: &Vidsheet, work: &[Work]) -> RowState {
    let own: Vec<&Work> =
        work.iter().filter(|work| work.cell.as_ref().is_some_and(|cell| cell.row_id == row.id)).collect();
    let is_running = row.cells.iter().any(|cell| cell.running().is_some())
        || own.iter().any(|work| work.progress.is_running() || work.progress.is_waiting());
    if is_running {
        return RowState::Running;
    }
    let under = |role: ColumnRole| {
        sheet.columns.iter().filter(move |column| column.role == role).map(|column| row.cell(&column.id))
    };
    let is_made = |cell: &Cell| {
        let chosen = cell.default_generation.as_ref();
        chosen.is_some_and(|generation| generation.status == GenerationStatus::Completed)
    };
    if under(ColumnRole::FinalVideo).flatten().any(is_made) {
        return RowState::Rendered;
    }
    let holds = |cell: &Cell| cell.value.as_deref().is_some_and(|value| !value.is_empty()) || is_made(cell);
    let is_failed = |cell: &Cell| {
        !holds(cell) && cell.generations.last().is_some_and(|last| last.status == GenerationStatus::Failed)
    };
    let ended_badly =
        |work: &&Work| !work.progress.is_running() && work.progress != crate::Progress::Completed;
    if row.cells.iter().any(is_failed) || own.iter().any(ended_badly) {
        return RowState::Failed;
    }
    let ingredients: Vec<bool> = under(ColumnRole::Ingredient).map(|cell| cell.is_some_and(holds)).collect();
    match ingredients.iter().filter(|filled| **filled).count() {
        0 => RowState::Empty,
        filled if filled == ingredients.len() => RowState::Filled,
        _ => RowState::Started,
    }
}

/// What about a row is looked at, as it is.
enum Seen<'a> {
    Text(&'a str),
    Number(Option<f64>),
    State(RowState),
}

impl<'a> Seen<'a> {
    fn of(row: &'a Row, operand: &Operand, state: RowState) -> Self {
        match operand {
            Operand::Column { id } => {
                Self::Text(row.cell(id).and_then(|cell| cell.value.as_deref()).unwrap_or_default().trim())
            }
            Operand::State => Self::State(state),
            Operand::Cost => Self::Number(row.cost),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Number(number) => number.is_none(),
            Self::State(state) => *state == RowState::Empty,
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            Self::Text(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
            Self::Number(number) => *number,
            Self::State(_) => None,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.to_lowercase(),
            Self::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
            Self::State(_) => String::new(),
        }
    }

    /// What a heading says; texts as they are written.
    fn words(&self) -> String {
        match self {
            Self::Text(text) => (*text).to_owned(),
            Self::State(state) => state.words().to_owned(),
            Self::Number(_) => self.text(),
        }
    }

    fn passes(&self, test: &Test) -> bool {
        match test {
            Test::Contains(part) => self.text().contains(&part.to_lowercase()),
            Test::Lacks(part) => !self.text().contains(&part.to_lowercase()),
            Test::Equals(text) => self.text() == text.trim().to_lowercase(),
            Test::Differs(text) => self.text() != text.trim().to_lowercase(),
            Test::Empty => self.is_empty(),
            Test::Filled => !self.is_empty(),
            Test::Above(limit) => self.number().is_some_and(|number| number > *limit),
            Test::Below(limit) => self.number().is_some_and(|number| number < *limit),
            Test::In(wanted) => matches!(self, Self::State(state) if state == wanted),
        }
    }

    /// Numbers before texts; what is empty comes last either way.
    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        if let (Self::State(one), Self::State(two)) = (self, other) {
            return turned(one.cmp(two));
        }
        match (self.is_empty(), other.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => turned(match (self.number(), other.number()) {
                (Some(one), Some(two)) => one.total_cmp(&two),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (None, None) => self.text().cmp(&other.text()),
            }),
        }
    }
}

#[cfg(test)]
mod tests;
