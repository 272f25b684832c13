use serde_json::{Value, json};

use super::{AsItCame, positions, stand_in};
use crate::call::Call;
use crate::model::{self, Column, ColumnKind, ColumnPatch};
use crate::operation as op;
use crate::{AgentId, ColumnId, Error, GenClient, VidsheetId};

/// Only ingredient columns may be made or changed; the others are the platform's.
impl GenClient {
    /// The columns of a vidsheet, by position. GEN: listColumns.
    pub async fn list_columns(&self, agent: &AgentId, vidsheet: &VidsheetId) -> Result<Vec<Column>, Error> {
        let call = Call::to(&op::LIST_COLUMNS, &[vidsheet.as_str()]).agent(agent);
        Ok(model::by_position(self.many(call).await?))
    }

    /// Adds an ingredient column, with an empty cell in every row. GEN: createColumn. 422 `validation_error`.
    pub async fn create_column(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        title: &str,
        kind: &ColumnKind,
        position: Option<u32>,
    ) -> Result<Column, Error> {
        let mut column = json!({ "title": title, "type": kind });
        if let Some(position) = position {
            column["position"] = json!(position);
        }
        let call = Call::to(&op::CREATE_COLUMN, &[vidsheet.as_str()]).agent(agent);
        self.one(call.body(json!({ "spreadsheet_column": column }))).await
    }

    /// Copies a column with what its cells hold. GEN: duplicateColumn.
    pub async fn duplicate_column(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        column: &ColumnId,
    ) -> Result<Column, Error> {
        let ids = [vidsheet.as_str(), column.as_str()];
        self.one(Call::to(&op::DUPLICATE_COLUMN, &ids).agent(agent)).await
    }

    /// Puts columns in this order, first to last. GEN: updateColumnPositions; both spellings of its body are sent
    /// (D23). Empty where GEN did not send the columns back: then list them again.
    pub async fn move_columns(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        order: &[ColumnId],
    ) -> Result<Vec<Column>, Error> {
        let call = Call::to(&op::MOVE_COLUMNS, &[vidsheet.as_str()]).agent(agent);
        let sent = self.maybe_many(call.body(positions("columns", order))).await.map(model::by_position);
        let moved = |columns: Vec<Column>| {
            stand_in(order, columns.iter().map(|column| &column.id)).then_some(columns)
        };
        self.reread(sent, self.list_columns(agent, vidsheet), moved).await
    }

    /// Renames and describes columns, all or none. GEN: massUpdateColumns, whose body the reference leaves out: both
    /// known spellings are sent (D24). Empty where GEN did not send the columns back.
    pub async fn mass_update_columns(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        patches: &[ColumnPatch],
    ) -> Result<Vec<Column>, Error> {
        let call = Call::to(&op::MASS_UPDATE_COLUMNS, &[vidsheet.as_str()]).agent(agent);
        let sent =
            self.maybe_many(call.body(json!({ "columns": patches, "spreadsheet_columns": patches }))).await;
        let read = self.many(Call::to(&op::LIST_COLUMNS, &[vidsheet.as_str()]).agent(agent));
        let wanted: Vec<Value> = patches.iter().map(|patch| json!(patch)).collect();
        let set = |found: Vec<AsItCame>| AsItCame::all_hold(&found, &wanted).then(Vec::new);
        self.reread(sent, read, set).await
    }
}
