//! What the store and the browser both speak and GEN does not: people and their roles, keys, saved copies
//! with their age, the history of paid work, and the news that open pages listen for.
//!
//! Times are milliseconds since 1970 in UTC.

#![warn(missing_docs)]

mod cached;
mod change;
mod conversion;
mod core_limits;
mod core_part;
mod formula;
mod history;
mod ideas;
mod import;
mod people;
mod queue;
mod registry;
mod setup;
mod sheet_acts;
mod sheets;
mod sketch;
mod sources;
mod variables;
mod view;

pub use cached::{Cached, Trouble};
pub use change::{Change, News, Topic};
pub use conversion::{
    ColumnMapping, Conversion, ConversionOrder, ConversionPlan, ConversionTarget, IdeaField, IdeaRow,
};
pub use core_limits::{CoreProblem, LIST_WORD_MAX, core_problems, too_long};
pub use core_part::{Changed, CoreChange, CorePart, core_changes};
pub use formula::{harmless, unharmed};
pub use history::{FOLLOWED_MS, Progress, Refund, Take, Typical, Work, WorkCell, WorkKind};
pub use ideas::{
    Ask, Assignee, IdeaDeed, IdeaEvent, IdeasBoard, Preference, Preferences, Research, RunOrder, SavedRun,
    Thread,
};
pub use import::{
    FileColumn, ImportCell, ImportKey, ImportLine, ImportMapping, ImportPlan, ImportStep, TargetColumn,
};
pub use people::{Action, KeySummary, NewKey, Person, PersonId, Role};
pub use queue::{
    AlreadyMade, Basis, Batch, BatchQuote, Budget, Candidate, Cap, CapScope, Funds, Queue, Quote, QuoteLine,
    Skipped, Unclear,
};
pub use registry::{PlannedColumn, VidsheetPlan, VidsheetSummary};
pub use setup::{
    ApiCall, Bought, CallFilter, CloneSource, CoreSnapshot, CreatedGenKey, GenKey, NewFile, READING_CREDITS,
    Reading, SAMPLES_CREDITS, SampleSet, Watch, Watched, watch_price,
};
pub use sheet_acts::{
    ArchivedColumn, CellEdit, EditOutcome, EditStands, Edited, EditedBy, EditedCell, Gesture, Keep,
    LABEL_MAX, NewColumn, Paste, PasteColumn, Pasted, Present, RowColour, RowMark, SheetAct, Undone,
    VALUE_MAX, WaitingEdit,
};
pub use sheets::{AgentOverview, SavedCell, SavedVidsheet};
pub use sketch::Sketch;
pub use sources::{account_name, listed_sources, read_source, same_account, shown_source, split_sources};
pub use variables::{
    UsedName, UsedVariable, VARIABLES_MAX, VariableChange, VariableList, VariableSnapshot, names_in,
    pasted_variables, variable_changes, variables_problem,
};
pub use view::{Filter, Operand, RowGroup, RowHeight, RowState, SavedView, SheetView, Shown, SortBy, Test};
